"""What can be measured of how papers are set: dates, ends of paragraphs, tables, faces, sizes."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise

import docx
import pdfplumber
import pytest
from docx.oxml.ns import qn

from hrintegrity.documents import compose, to_docx, to_pdf
from hrintegrity.documents.blocks import Paragraph, Table
from hrintegrity.documents.columns import fitted
from hrintegrity.documents.render import specimens
from hrintegrity.documents.tree import parse

ORPHAN = re.compile(r"(?:[\u4e00-\u9fff]|\d{1,4})[。；，、）》”]+")
# A line may end between any two characters of a broken date.
ISO, CHINESE = (
    re.compile("\n?".join(parts))
    for parts in (
        [r"(?<!\d)\d", r"\d", r"\d", r"\d", "-", r"\d", r"\d", "-", r"\d", r"\d"],
        [r"(?<!\d)\d", r"\d", r"\d", r"\d", "年", r"\d{1,2}", "月", r"\d{1,2}", "日"],
    )
)
WIDE = 6 * 10.5
"""Narrower cells hold hardly more than an orphan."""


PAPERS = (
    "inspect/form", "inspect/order", "dossier/dossier", "staff/dossier", "complaint/reply",
    "campaign/bulletin", "assess/notice", "report/month", "assess/sheet", "assess/answer",
    "recommend/cover",
)  # fmt: skip


@pytest.fixture(params=PAPERS)
def paper(request):
    return compose(request.param, specimens(request.param)[0])


def opened(paper):
    return pdfplumber.open(BytesIO(to_pdf(paper)))


def cells_of(page):
    for table in page.find_tables():
        for x0, top, x1, bottom in table.cells:
            if x1 - x0 > 4 and bottom - top > 4:
                yield x1 - x0, page.crop((x0, top, x1, bottom)).extract_text(y_tolerance=2) or ""


def test_a_record_to_be_signed_is_one_page_with_its_signatures():
    full = specimens("inspect/form")[0]
    full["agency"] |= {
        "name": "北京中关村国际人力资源服务（集团）股份有限公司海淀第一分公司",
        "license": "（京）人服证字〔2013〕第0100000000号",
        "address": "北京市海淀区中关村南大街1号国际科技会展中心写字楼A座12层1201至1218室",
    }
    with opened(compose("inspect/form", full)) as pdf:
        (page,) = pdf.pages
        text = "".join(page.extract_text().split())
    for words in ("公示", "补建期限", "机构意见", "执法证号", "机构负责人"):
        assert words in text


@pytest.mark.parametrize("place", [0, 1])
def test_a_score_sheet_is_one_page_whoever_is_asked(place):
    with opened(compose("assess/sheet", specimens("assess/sheet")[place])) as pdf:
        assert len(pdf.pages) == 1


def test_no_date_is_broken_in_a_table(paper):
    with opened(paper) as pdf:
        for page in pdf.pages:
            for _, text in cells_of(page):
                for date in (*ISO.findall(text), *CHINESE.findall(text)):
                    assert "\n" not in date, text


def test_no_paragraph_ends_with_one_character_and_a_stop_in_a_line(paper):
    with opened(paper) as pdf:
        for page in pdf.pages:
            cells = "\n".join(text for wide, text in cells_of(page) if wide >= WIDE)
            narrow = "\n".join(text for wide, text in cells_of(page) if wide < WIDE)
            lines = (page.extract_text(y_tolerance=2) or "").splitlines()
            orphans = {line for line in lines if ORPHAN.fullmatch(line.strip())}
            orphans |= {line for line in cells.splitlines() if ORPHAN.fullmatch(line.strip())}
            assert not {one for one in orphans if one not in narrow}


def test_a_caption_and_the_line_that_announces_a_table_stand_on_its_page(paper):
    blocks = parse(paper).blocks
    with opened(paper) as pdf:
        texts = ["".join((page.extract_text() or "").split()) for page in pdf.pages]
    for before, table in pairwise(blocks):
        if not isinstance(table, Table):
            continue
        head = "".join(_said(cell.paragraphs[0]) for cell in (table.head or table.rows)[0].cells)
        lines = [table.caption] if table.caption else []
        if isinstance(before, Paragraph) and before.keep:
            lines.append(before)
        for line in lines:
            said = _said(line)[-20:]
            here = [text for text in texts if said in text]
            assert here, said
            assert any(_letters(head) <= _letters(text.split(said)[-1]) for text in here), said


def _said(one):
    return "".join("".join(run.text for run in one.runs).split())


def _letters(text):
    return set(text)


def test_a_column_takes_what_a_date_needs_from_those_that_have_more():
    paper = compose("dossier/dossier", specimens("dossier/dossier")[0])
    tables = (block for block in parse(paper).blocks if isinstance(block, Table) and block.head)
    wide = (one for one in tables if len(one.head[0].cells) == 5)
    (table,) = (one for one in wide if _said(one.head[0].cells[3].paragraphs[0]) == "离开日期")
    narrow = (0.2, 0.2, 0.5, 0.05, 0.05)
    widths = fitted(narrow, table.rows)
    assert sum(widths) == pytest.approx(1)
    assert widths[3] == widths[4] > 0.12
    assert fitted(widths, table.rows) == widths


def faces(document, kind):
    """Return the Chinese faces and the sizes of the runs of one kind of paragraph."""
    style = document.styles[kind]
    size = style.font.size.pt
    found = {
        run._element.rPr.rFonts.get(qn("w:eastAsia"))
        for one in document.paragraphs
        if one.style.name == kind
        for run in one.runs
        if run.text.strip()
    }
    return found, size


def test_the_summary_has_the_faces_and_sizes_of_an_official_paper():
    paper = compose("report/month", specimens("report/month")[0])
    document = docx.Document(BytesIO(to_docx(paper)))
    assert faces(document, "h1") == ({"方正小标宋简体"}, 22)
    assert faces(document, "h2") == ({"黑体"}, 16)
    assert faces(document, "h3") == ({"楷体"}, 16)
    assert faces(document, "p")[1] == 16
    assert "仿宋" in faces(document, "p")[0]
