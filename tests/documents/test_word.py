"""What stands inside the Word file."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from hrintegrity.documents import Paper, compose, to_docx
from hrintegrity.documents.render import specimens
from hrintegrity.errors import InputError
from printed import W, text_of_docx

TWIPS = 1440 / 25.4  # to the millimetre


def parts(paper: Paper) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(to_docx(paper))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def table(inside: str, kind: str = "") -> Paper:
    return Paper(f"<article><table{kind}><tbody>{inside}</tbody></table></article>")


def test_the_page_is_a4_with_the_margins_of_the_standard(paper: Paper) -> None:
    section = docx.Document(io.BytesIO(to_docx(paper))).sections[0]
    millimetres = [
        section.page_width.mm,
        section.page_height.mm,
        section.top_margin.mm,
        section.left_margin.mm,
        section.right_margin.mm,
        section.bottom_margin.mm,
    ]
    assert millimetres == pytest.approx([210, 297, 37, 28, 26, 35], abs=0.05)


def test_every_run_names_a_chinese_font_for_chinese_text(paper: Paper) -> None:
    root = etree.fromstring(parts(paper)["word/document.xml"])
    runs = [run for run in root.iter(f"{W}r") if run.find(f"{W}t") is not None]
    assert runs
    for run in runs:
        font = run.find(f"{W}rPr/{W}rFonts")
        assert font is not None
        assert font.get(qn("w:eastAsia")) in {"仿宋", "方正小标宋简体", "宋体", "黑体", "楷体"}


def test_the_language_of_chinese_text_is_chinese(paper: Paper) -> None:
    styles = etree.fromstring(parts(paper)["word/styles.xml"])
    language = styles.find(f".//{W}lang")
    assert language is not None
    assert language.get(qn("w:eastAsia")) == "zh-CN"


def test_styles_bear_the_sizes_and_the_line_pitch(paper: Paper) -> None:
    document = docx.Document(io.BytesIO(to_docx(paper)))
    sizes = {style.name: style.font.size for style in document.styles if style.type == 1}
    assert {name: sizes[name].pt for name in ("h1", "p", "redhead", "number", "note")} == {
        "h1": 22,
        "p": 16,
        "redhead": 26,
        "number": 16,
        "note": 9,
    }
    assert document.styles["p"].paragraph_format.line_spacing.pt == pytest.approx(28.9)
    assert str(document.styles["redhead"].font.color.rgb) == "E60012"


def test_tables_have_widths_and_repeat_their_head_and_break_no_row(paper: Paper) -> None:
    root = etree.fromstring(parts(paper)["word/document.xml"])
    tables = list(root.iter(f"{W}tbl"))
    assert tables
    for one in tables:
        columns = [int(column.get(qn("w:w"))) for column in one.iter(f"{W}gridCol")]
        assert sum(columns) == pytest.approx(156 * TWIPS, abs=2)
        for row in one.iter(f"{W}tr"):
            assert row.find(f"{W}trPr/{W}cantSplit") is not None
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iter(f"{W}tc")]
            assert sum(1 if s is None else int(s.get(qn("w:val"))) for s in spans) == len(columns)
    if paper.root.find(".//thead") is not None:
        assert tables[0].find(f"{W}tr/{W}trPr/{W}tblHeader") is not None


def test_page_numbers_stand_outside_on_odd_and_even_pages() -> None:
    files = parts(compose("assess/notice", specimens("assess/notice")[0]))
    for name, side in (("word/footer1.xml", "right"), ("word/footer2.xml", "left")):
        footer = etree.fromstring(files[name])
        assert "".join(footer.itertext()) == "— 1 —"
        assert footer.find(f".//{W}fldSimple").get(qn("w:instr")).strip() == "PAGE"  # type: ignore[union-attr]
        assert footer.find(f".//{W}jc").get(qn("w:val")) == side  # type: ignore[union-attr]
    assert b"evenAndOddHeaders" in files["word/settings.xml"]


def test_a_form_bears_no_page_number() -> None:
    files = parts(compose("assess/served", specimens("assess/served")[0]))
    assert b"footerReference" not in files["word/document.xml"]


def test_the_last_paragraph_is_kept_with_the_signature() -> None:
    root = etree.fromstring(
        parts(compose("assess/notice", specimens("assess/notice")[0]))["word/document.xml"]
    )
    body = list(root.iter(f"{W}p"))
    signer = next(
        place
        for place, one in enumerate(body)
        if (style := one.find(f"{W}pPr/{W}pStyle")) is not None
        and style.get(qn("w:val")) == "signer"
    )
    assert body[signer - 2].find(f"{W}pPr/{W}keepNext") is not None
    assert "88506601" in "".join(body[signer - 2].itertext())


def test_two_who_sign_together_stand_over_the_middles_of_the_halves() -> None:
    paper = compose("recommend/revocation", specimens("recommend/revocation")[0])
    document = docx.Document(io.BytesIO(to_docx(paper)))
    signed = [one for one in document.paragraphs if one.style.name in ("signer", "date")]
    assert [one.text for one in signed] == [
        "\t北京市人力资源和社会保障局\t北京人力资源服务行业协会",
        "\t\t2013年12月30日",
    ]
    width = 156 * TWIPS
    for one in signed:
        stops = [stop.position.twips for stop in one.paragraph_format.tab_stops]
        assert stops == pytest.approx([width / 4, 3 * width / 4], abs=2)


def test_a_small_table_before_the_last_line_is_kept_with_it_row_by_row() -> None:
    inside = "<tr><td>表一</td></tr><tr><td>表二</td></tr>"
    root = etree.fromstring(
        parts(
            Paper(
                f"<article><table><tbody>{inside}</tbody></table><p>以上。</p>"
                '<div class="signature"><p class="signer">某局</p><p class="date">某日</p></div>'
                "</article>"
            )
        )["word/document.xml"]
    )
    # All but the date, which is the last paragraph of the file.
    *kept, _ = [one.find(f"{W}pPr/{W}keepNext") is not None or _style(one) == "signer"
                for one in root.iter(f"{W}p")]  # fmt: skip
    assert all(kept)


def _style(paragraph: etree._Element) -> str | None:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if style is None else style.get(qn("w:val"))


def test_every_part_is_well_formed_and_every_relation_leads_somewhere(paper: Paper) -> None:
    files = parts(paper)
    for name, content in files.items():
        assert etree.fromstring(content) is not None, name
    relations = etree.fromstring(files["word/_rels/document.xml.rels"])
    assert {f"word/{one.get('Target')}" for one in relations} <= set(files)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>甲 <b>乙</b>\n 丙</p>", "甲 乙 丙"),
        ("<p>  甲<br/>  乙  </p>", "甲乙"),
        ("<p>甲&amp;amp;&lt;b&gt;　乙</p>", "甲&amp;<b>　乙"),
        ("<p><span class='blank'>　　</span>年</p>", "　　年"),
        ("<p></p>", ""),
    ],
)
def test_blanks_are_those_that_a_browser_shows(body: str, text: str) -> None:
    document = docx.Document(io.BytesIO(to_docx(Paper(f"<article>{body}</article>"))))
    assert "".join(p.text for p in document.paragraphs).replace("\n", "") == text


def test_a_cell_that_reaches_down_is_one_cell_in_word() -> None:
    paper = table("<tr><td rowspan='2'>甲</td><td>乙</td></tr><tr><td>丙</td></tr>")
    word = docx.Document(io.BytesIO(to_docx(paper))).tables[0]
    assert word.cell(0, 0)._tc is word.cell(1, 0)._tc
    assert [cell.text for cell in word.columns[1].cells] == ["乙", "丙"]


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td>甲</td><td>乙</td></tr><tr><td>丙</td></tr>",
        "<tr><td rowspan='3'>甲</td><td>乙</td></tr><tr><td>丙</td></tr>",
        "<tr><td rowspan='2'>甲</td></tr><tr><td>丙</td></tr>",
        "<tr><td>甲</td><td rowspan='2'>乙</td></tr><tr></tr>",
    ],
)
def test_an_uneven_table_is_refused(rows: str) -> None:
    with pytest.raises(InputError, match="表格"):
        to_docx(table(rows))


def test_paragraphs_of_a_cell_all_come_through() -> None:
    paper = table(
        "<tr class='tall'><th>意见</th><td><p class='flush'>同意。</p>"
        "<p class='right'>（公章）</p></td></tr>",
        ' class="form"',
    )
    assert text_of_docx(to_docx(paper)) == "意见同意。（公章）"
