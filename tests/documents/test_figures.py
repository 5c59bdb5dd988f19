"""Charts: the same figures in every format, told apart in grey, never of a foreign font."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from hrintegrity.documents import Paper, check_template, compose, to_docx, to_html, to_pdf
from hrintegrity.errors import InputError
from printed import LEFT, RIGHT, pages, squeezed, text_of_docx

PAGE = """{% from "_charts.xhtml" import bars, grouped %}<article><h1>图</h1><p>见下图。</p>
{{ bars(rows, "图1　各等次机构数") }}{{ grouped(groups, series, "图2　签署率和建档率", "g", 100) }}
</article>"""
BARS = [("优秀", 12), ("良好", 31), ("合格", 9), ("不合格", 0)]
GROUPS = {"海淀区": (98, 87, 76), "北京经济技术开发区": (33.3, 66.7, 100)}
Draw = Callable[..., Paper]


@pytest.fixture
def draw(tmp_path: Path) -> Draw:
    (tmp_path / "chart.xhtml").write_text(PAGE, "utf-8")

    def made(bars: list[tuple[str, float]] = BARS) -> Paper:
        context = {
            "rows": [{"label": one, "value": value, "text": f"{value}家"} for one, value in bars],
            "series": ["机构承诺", "人员承诺", "建档率"],
            "groups": [
                {"label": one, "values": [{"value": v, "text": f"{v}%"} for v in values]}
                for one, values in GROUPS.items()
            ],
        }
        return compose("chart", context, office_templates=tmp_path)

    return made


def pictures(content: bytes) -> list[Image.Image]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/media/")]
        return [Image.open(io.BytesIO(archive.read(name))) for name in sorted(names)]


def test_every_figure_stands_in_page_and_print(draw: Draw, fonts: str) -> None:
    paper = draw()
    printed = pages(to_pdf(paper))
    text = "".join(page.text for page in printed)
    for wanted in ("12家", "31家", "0家", "98%", "33.3%", "北京经济技术开发区", "建档率", "图1"):
        assert wanted in squeezed(to_html(paper))
        assert wanted in text
    for page in printed:
        assert all(one["x0"] >= LEFT - 1 and one["x1"] <= RIGHT + 1 for one in page.chars)


def test_word_shows_the_figures_as_pictures_and_tells_them_in_words(draw: Draw, fonts: str) -> None:
    content = to_docx(draw())
    assert len(pictures(content)) == 2
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document = archive.read("word/document.xml").decode()
    assert "优秀12家，良好31家" in document
    assert "海淀区机构承诺98%、人员承诺87%、建档率76%" in document


def test_a_bar_is_as_long_as_its_value(draw: Draw) -> None:
    lengths = [
        float(one.get("width", ""))
        for one in draw().root.iter("{http://www.w3.org/2000/svg}rect")
        if one.get("fill") == "#555"
    ]
    assert lengths[3] == 0
    assert lengths[0] / lengths[1] == pytest.approx(12 / 31, abs=0.001)


def test_neighbouring_series_are_told_apart_in_grey(draw: Draw) -> None:
    """Mean lightness over each legend box: solid, white and hatched are far from one another."""
    grey = pictures(to_docx(draw()))[1].convert("L")
    scale = grey.width / 442
    means = []
    for place in range(3):
        left = 104 + place * 110
        box = grey.crop(tuple(round(one * scale) for one in (left + 1, 5, left + 13, 13)))
        means.append(sum(box.get_flattened_data()) / (box.width * box.height))
    assert means[0] < 60
    assert means[1] > 240
    assert 90 < means[2] < 220


def test_a_chart_of_nothing_draws_nothing(draw: Draw) -> None:
    assert len(pictures(to_docx(draw([])))) == 1
    assert draw([("优秀", 0)]).body.count('fill="#555"') == 1


def test_a_character_that_no_chinese_font_has_is_named_in_a_figure_too(draw: Draw) -> None:
    paper = draw([("优秀😀", 3)])
    with pytest.raises(InputError, match="U\\+1F600"):
        to_pdf(paper)
    assert "未能绘出" in text_of_docx(to_docx(paper))


@pytest.mark.usefixtures("without_fonts")
def test_without_a_font_word_tells_the_figure_in_words(draw: Draw) -> None:
    text = text_of_docx(to_docx(draw()))
    assert "未能绘出" in text
    assert "优秀12家，良好31家，合格9家，不合格0家" in text


def test_the_chart_macros_pass_the_check_of_templates(tmp_path: Path) -> None:
    (tmp_path / "_letterhead.xhtml").write_text(
        '{% from "hri/_charts.xhtml" import bars %}{{ bars([{"label": "甲", "value": 1, '
        '"text": "1家"}], "图") }}',
        "utf-8",
    )
    check_template("assess/notice", tmp_path)
