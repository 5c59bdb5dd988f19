"""No text of a table is lost, however long: a row that has no room breaks over pages."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile

import pytest

from hrintegrity.documents import Paper, compose, to_docx, to_pdf
from hrintegrity.documents.render import specimens
from printed import BOTTOM, LEFT, RIGHT, pages, squeezed, text_of_docx

A_STOP = 10.5
"""Typed from the stylesheet: the size of type in the closest table, in points."""


def long(length: int) -> str:
    said = (
        "检查时3月至9月的台账缺失，（见附件）询问王经理，称电脑损坏；已责令补建，10月31日前报送。"
    )
    return (said * (length // len(said) + 1))[: length - 1] + "终"


def row(*cells: str, of: str = "") -> str:
    return f"<tr{of}>" + "".join(f'<td class="left">{cell}</td>' for cell in cells) + "</tr>"


def paper_of(widths: tuple[int, ...], rows: list[str], *, of: str = "", head: bool = True) -> Paper:
    columns = "".join(f'<col style="width:{width}%"/>' for width in widths)
    top = f"<thead><tr>{'<th>题</th>' * len(widths)}</tr></thead>" if head else ""
    table = f"<table{of}><colgroup>{columns}</colgroup>{top}<tbody>{''.join(rows)}</tbody></table>"
    return Paper(f"<article><p>前文</p>{table}<p>后文</p></article>")


def assert_nothing_is_lost(paper: Paper, *, beyond: float = 1.0) -> None:
    """Every character is in the PDF and in the Word file, and within the type area."""
    said = squeezed("".join(paper.root.itertext()))
    assert text_of_docx(to_docx(paper)) == said
    printed = pages(to_pdf(paper))
    for page in printed:
        for one in page.chars:
            assert one["x0"] >= LEFT - beyond, one["text"]
            assert one["x1"] <= RIGHT + beyond, one["text"]
        assert "".join(one["text"] for one in page.folio).strip("—1234567890") == ""
        assert max(page.baseline(one) for one in page.chars) <= BOTTOM
    heads = "".join(one.text for one in paper.root.iter("th"))
    got = "".join(page.text for page in printed)
    for char in set(said) - set(heads):
        assert got.count(char) == said.count(char), char


@pytest.mark.parametrize("length", [300, 480, 5000])
@pytest.mark.parametrize("others", [0, 9])
def test_a_row_that_has_no_room_on_a_page_breaks(length: int, others: int) -> None:
    short = [row("甲", "乙", "丙", "丁")] * others
    rows = [*short, row("甲", "乙", long(length), "丁"), *short]
    assert_nothing_is_lost(paper_of((12, 12, 50, 26), rows, of=' class="dense"'))


@pytest.mark.parametrize("length", [300, 1000])
def test_rows_under_one_cell_break_where_they_must(length: int) -> None:
    first = f'<tr><td rowspan="3">类</td><td class="left">{long(length)}</td><td>1</td></tr>'
    rows = [first, *[row(long(length), "1")] * 2]
    assert_nothing_is_lost(paper_of((20, 60, 20), rows))
    above = f'<tr><td rowspan="2">{long(length)}</td><td>甲</td></tr>'
    assert_nothing_is_lost(paper_of((30, 70), [above, row("乙")]))


@pytest.mark.parametrize("length", [300, 1000])
def test_a_tall_row_of_a_form_breaks_too(length: int) -> None:
    rows = [row("推荐理由", long(length), of=' class="tall"')] * 2
    assert_nothing_is_lost(paper_of((26, 74), rows, of=' class="form"', head=False))


@pytest.mark.parametrize("text", ["A1" * 300, "！" * 300, "…" * 300, "http://a.cn/" + "m" * 99])
def test_what_has_no_place_to_break_stays_in_its_cell_and_its_line(text: str) -> None:
    paper = paper_of((12, 12, 50, 26), [row("甲", "乙", text, "丁")])
    assert_nothing_is_lost(paper)
    assert_nothing_is_lost(Paper(f"<article><p>{text}</p></article>"))


@pytest.mark.parametrize("seed", range(4))
def test_no_table_of_any_text_loses_a_character(seed: int) -> None:
    chance = random.Random(seed)
    widths = ((12, 12, 50, 26), (10,) * 10, (50, 50), (8, 8, 84))[seed % 4]
    kind = ("", ' class="dense"', ' class="form"')[seed % 3]
    rows = [
        row(*(said(chance, chance.choice((0, 3, 20, 100, 400))) for _ in widths))
        for _ in range(chance.choice((1, 3, 8, 9)))
    ]
    # Where a character and its stop are wider than the column, the stop stands beside it.
    assert_nothing_is_lost(paper_of(widths, rows, of=kind), beyond=A_STOP)


def said(chance: random.Random, length: int) -> str:
    return "".join(chance.choice("检查时缺台账，。（）ABw12 时m") for _ in range(length))


def test_only_rows_that_may_break_do_so_in_word() -> None:
    content = to_docx(paper_of((12, 88), [row("甲", "乙"), row("甲", long(5000)), row("甲", "乙")]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
    whole = ["<w:cantSplit/>" in one for one in re.findall(r"<w:tr>.*?</w:tr>", body)]
    assert whole == [True, True, False, True]


@pytest.mark.parametrize("filling", [17, 18, 19, 20, 21])
def test_a_head_at_the_foot_of_a_page_has_two_rows_with_it(filling: int) -> None:
    rows = [row("行", "乙")] * 60
    table = paper_of((50, 50), rows, of=' class="dense"').body
    paper = Paper(table.replace("<p>前文</p>", '<p class="flush">填</p>' * filling))
    for page in pages(to_pdf(paper)):
        assert page.text.count("行") != 1
        assert ("题" in page.text) == ("行" in page.text)


@pytest.mark.parametrize("length", [300, 1000])
@pytest.mark.parametrize("template", ["sanction/decision", "sanction/annulment"])
def test_no_ground_of_a_decision_is_lost(template: str, length: int) -> None:
    context = {**specimens(template)[0], "facts": long(length)}
    assert_nothing_is_lost(compose(template, context))


@pytest.mark.parametrize("length", [480, 1500])
def test_no_text_of_a_dossier_is_lost(length: int) -> None:
    context = copy.deepcopy(specimens("dossier/dossier")[0])
    for part in context["parts"]:
        for block in part["blocks"]:
            block["rows"] = [
                {"cells": [*line["cells"][:-1], long(length)], "below": [long(length)]}
                for line in block["rows"]
            ]
    assert_nothing_is_lost(compose("dossier/dossier", context))
