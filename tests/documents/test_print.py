"""What the printed pages measure, by GB/T 9704-2012; the figures here are typed from it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from hrintegrity.documents import Paper, compose, pdf_obstacle, to_docx, to_html, to_pdf
from hrintegrity.documents.look import MM
from hrintegrity.documents.render import specimens
from hrintegrity.errors import HriError, InputError
from printed import BOTTOM, LEFT, RIGHT, TOP, pages, squeezed, text_of_docx, tool

A_POINT = 1.0


def flush(*lines: str) -> Paper:
    return Paper(
        "<article>" + "".join(f'<p class="flush">{one}</p>' for one in lines) + "</article>"
    )


def test_the_three_formats_say_the_same(paper: Paper, fonts: str) -> None:
    said = squeezed("".join(paper.root.itertext()))
    assert said in squeezed(re.sub(r"<[^>]*>", "", to_html(paper)).replace("&amp;", "&"))
    assert text_of_docx(to_docx(paper)) == said
    printed = "".join(page.text for page in pages(to_pdf(paper)))
    # typst sets a cell that reaches over rows after them; all else stands in its order.
    assert sorted(printed) == sorted(said)
    for piece in paper.root.iter():
        if piece.tag in ("h1", "p", "td", "th", "caption"):
            assert squeezed("".join(piece.itertext())) in printed


@pytest.mark.parametrize("name", ["甲&乙<丙>", "{{ 7*7 }}", "《人才》“报”'社》", "#let $x$ *a* @b"])
def test_a_name_stands_in_word_and_pdf_as_it_is(name: str, fonts: str) -> None:
    paper = compose("assess/notice", {**specimens("assess/notice")[0], "addressee": name})
    assert squeezed(name) + "：" in text_of_docx(to_docx(paper))
    assert squeezed(name) + "：" in pages(to_pdf(paper))[0].text


def test_nothing_stands_outside_the_type_area(paper: Paper, fonts: str) -> None:
    for page in pages(to_pdf(paper)):
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
        for one in page.chars:
            where = (one["text"], one["x0"], one["x1"], page.baseline(one))
            assert one["x0"] >= LEFT - A_POINT, where
            assert one["x1"] <= RIGHT + A_POINT, where
            assert page.baseline(one) - 0.88 * one["size"] >= TOP - A_POINT, where
        for line in page.lines:
            assert line["x0"] >= LEFT - A_POINT
            assert line["x1"] <= RIGHT + A_POINT


def test_no_page_is_blank_and_letters_are_numbered(paper: Paper, fonts: str) -> None:
    printed = pages(to_pdf(paper))
    form = paper.root.get("class") == "form"
    for number, page in enumerate(printed, 1):
        assert len(page.chars) > 20
        assert "".join(one["text"] for one in page.folio) == ("" if form else f"—{number}—")
        if page.folio:
            assert {one["size"] for one in page.folio} == {14}
            top = page.baseline(page.folio[0]) - 0.88 * 14
            assert top == pytest.approx(BOTTOM + 7 * MM, abs=1.5 * MM)
            odd = number % 2 == 1
            edge = page.folio[-1]["x1"] if odd else page.folio[0]["x0"]
            assert edge == pytest.approx(RIGHT - 14 if odd else LEFT + 14, abs=A_POINT)


def test_a_page_holds_22_lines_of_28_characters(fonts: str) -> None:
    printed = pages(to_pdf(flush("国" * 28 * 22 * 2)))
    assert len(printed) == 2
    for page in printed:
        rows = page.rows()
        assert [len(text) for _, text in rows] == [28] * 22
        assert {one["size"] for one in page.chars} == {16}
        steps = [after[0] - before[0] for before, after in pairwise(rows)]
        assert steps == pytest.approx([28.9] * 21, abs=0.15)


def test_the_letter_measures_as_the_standard_says(fonts: str) -> None:
    page = pages(to_pdf(compose("assess/notice", specimens("assess/notice")[0])))[0]
    rows = page.rows()
    by_text = {text: y for y, text in rows}
    sizes = {
        text: next(one["size"] for one in page.chars if round(page.baseline(one), 1) == y)
        for y, text in rows
    }
    head, number = "北京市海淀区人力资源和社会保障局", "海人社诚评〔2013〕17号"
    title = ("人力资源服务机构诚信状况", "评估结果告知书")
    assert sizes[head] == 26
    assert sizes[number] == 16
    assert {sizes[one] for one in title} == {22}
    assert {sizes[text] for _, text in rows if by_text[text] > by_text[title[1]]} == {16}
    # 35 mm from the type area to the head's upper edge; two lines blank; the rule 4 mm below.
    assert by_text[head] - 0.88 * 26 == pytest.approx(TOP + 35 * MM, abs=A_POINT)
    assert by_text[number] - by_text[head] == pytest.approx(3 * 28.9, abs=6)
    rule = next(one for one in page.lines if one["x1"] - one["x0"] > 150 * MM)
    assert rule["x1"] - rule["x0"] == pytest.approx(156 * MM, abs=A_POINT)
    bottom_of_number = by_text[number] + 0.12 * 16
    assert rule["top"] - bottom_of_number == pytest.approx(4 * MM, abs=A_POINT)
    assert by_text[title[0]] - 0.88 * 22 - rule["top"] == pytest.approx(2 * 28.9, abs=8)
    red = {one["non_stroking_color"] for one in page.chars if one["size"] == 26}
    assert red == {(230 / 255, 0, 18 / 255)} or all(
        colour == pytest.approx((0.902, 0, 0.0706), abs=0.01) for colour in red
    )


def test_signature_and_date_stand_as_for_a_seal(fonts: str) -> None:
    page = pages(to_pdf(compose("assess/notice", specimens("assess/notice")[0])))[1]
    (signed, signer), (dated, date) = page.rows()[-2:]
    assert (signer, date) == ("北京市海淀区人力资源和社会保障局", "2013年10月28日")
    assert dated - signed == pytest.approx(28.9, abs=0.2)
    edges = {
        y: (min(c["x0"] for c in row), max(c["x1"] for c in row))
        for y in (signed, dated)
        if (row := [c for c in page.chars if round(page.baseline(c), 1) == y])
    }
    middle = [sum(edges[y]) / 2 for y in (signed, dated)]
    assert middle[0] == pytest.approx(middle[1], abs=A_POINT)
    assert RIGHT - edges[dated][1] >= 4 * 16 - A_POINT  # 成文日期右空四字
    above = page.rows()[-3][0]
    assert signed - above >= 2.9 * 28.9  # room for a seal of 42 mm over both lines


def test_two_who_sign_together_stand_side_by_side_with_the_date_under_the_last(fonts: str) -> None:
    page = pages(to_pdf(compose("recommend/revocation", specimens("recommend/revocation")[0])))[1]
    (signed, signers), (dated, date) = page.rows()[-2:]
    assert signers == "北京市人力资源和社会保障局北京人力资源服务行业协会"
    assert date == "2013年12月30日"
    assert dated - signed == pytest.approx(28.9, abs=0.2)
    row = sorted((c for c in page.chars if round(page.baseline(c), 1) == signed),
                 key=lambda char: char["x0"])  # fmt: skip
    middle, bureau = (LEFT + RIGHT) / 2, len("北京市人力资源和社会保障局")
    assert row[bureau - 1]["x1"] < middle < row[bureau]["x0"]
    last = (row[bureau]["x0"] + row[-1]["x1"]) / 2
    under = [c for c in page.chars if round(page.baseline(c), 1) == dated]
    centre = (min(c["x0"] for c in under) + max(c["x1"] for c in under)) / 2
    assert centre == pytest.approx(last, abs=A_POINT)


def test_names_too_long_for_half_a_line_stand_one_below_the_other(fonts: str) -> None:
    said = specimens("recommend/revocation")[0]
    said["association"] = "北京市人力资源服务行业协会诚信建设工作委员会"
    paper = compose("recommend/revocation", said)
    page = pages(to_pdf(paper))[-1]
    assert [text for _, text in page.rows()[-3:-1]] == [said["office"]["name"], said["association"]]
    short = compose("recommend/revocation", specimens("recommend/revocation")[0])
    assert ["grid-template-columns:1fr 1fr" in to_html(one) for one in (paper, short)] == [
        False, True,
    ]  # fmt: skip


@pytest.mark.parametrize("filling", range(4, 23))
def test_the_last_page_bears_a_small_table_with_the_line_and_signature_after_it(
    filling: int,
) -> None:
    body = (
        "<article>"
        + '<p class="flush">填</p>' * filling
        + "<table><tbody><tr><td>表一</td></tr><tr><td>表二</td></tr></tbody></table>"
        '<p>以上依据记录打印。</p><div class="signature">'
        '<p class="signer">某局</p><p class="date">2013年10月28日</p></div></article>'
    )
    signed = next(page for page in pages(to_pdf(Paper(body))) if "某局" in page.text)
    assert "表一表二以上依据记录打印" in signed.text


@pytest.mark.parametrize("filling", range(23))
def test_no_page_bears_a_signature_alone(filling: int) -> None:
    body = (
        "<article>"
        + '<p class="flush">填</p>' * filling
        + "<p>末段"
        + "字" * 60
        + '</p><p class="annexes">附件：某</p><div class="signature">'
        '<p class="signer">某局</p><p class="date">2013年10月28日</p></div></article>'
    )
    signed = next(page for page in pages(to_pdf(Paper(body))) if "某局" in page.text)
    assert "字字" in signed.text
    assert "附件：某" in signed.text


def test_a_long_table_repeats_its_head_and_breaks_no_row(fonts: str) -> None:
    rows = "".join(f"<tr><td>{n}</td><td>{'长文字' * 12}</td></tr>" for n in range(1, 61))
    paper = Paper(
        "<article><table><thead><tr><th>序号</th><th>内容</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></article>"
    )
    printed = pages(to_pdf(paper))
    assert len(printed) > 1
    numbers: list[str] = []
    for page in printed:
        assert page.text.startswith("序号内容")
        found = re.findall(r"\d+", page.text)
        assert page.text.count("长文字") == 12 * len(found)
        numbers += found
    assert numbers == [str(n) for n in range(1, 61)]


def test_every_glyph_is_of_an_embedded_chinese_font(paper: Paper, fonts: str) -> None:
    for page in pages(to_pdf(paper)):
        for one in (*page.chars, *page.folio):
            # Six capitals and a plus: a subset that the file carries.
            assert re.match(r"[A-Z]{6}\+", one["fontname"]), one["fontname"]
            if fonts == "wheel":
                assert re.search(r"Noto(Serif|Sans)SC", one["fontname"])


def test_a_search_for_ren_finds_it(fonts: str) -> None:
    paper = compose("assess/notice", specimens("assess/notice")[0])
    text = "".join(page.text for page in pages(to_pdf(paper)))
    assert "人力资源" in text
    assert not re.search("[\u2e80-\u2fdf\uf900-\ufaff]", text)


def test_the_pdf_is_an_archive_file_that_bears_the_papers_day(paper: Paper) -> None:
    content = to_pdf(paper)
    assert b"<pdfaid:part>3</pdfaid:part>" in content
    assert b"<pdfaid:conformance>U</pdfaid:conformance>" in content
    if paper.root.get("class") != "form":
        assert b"D:20131028" in content


def test_the_same_words_give_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    paper = compose("assess/notice", specimens("assess/notice")[0])
    (tmp_path / "body").write_text(paper.body, "utf-8")
    program = (
        "import sys, pathlib; from hrintegrity.documents import Paper, to_docx, to_pdf\n"
        "folder = pathlib.Path(sys.argv[1]); paper = Paper((folder / 'body').read_text('utf-8'))\n"
        "(folder / 'docx').write_bytes(to_docx(paper)); (folder / 'pdf').write_bytes(to_pdf(paper))"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)
    to_pdf(flush("别的"))
    assert (tmp_path / "pdf").read_bytes() == to_pdf(paper)
    assert (tmp_path / "docx").read_bytes() == to_docx(paper)


def test_a_character_that_no_font_has_is_named(fonts: str) -> None:
    with pytest.raises(InputError) as caught:
        to_pdf(flush("北京😀人力"))
    assert caught.value.code == "glyph-missing"
    assert "😀" in caught.value.message
    assert "U+1F600" in caught.value.message


def test_a_rare_character_is_printed_where_a_font_has_it_and_named_where_not(fonts: str) -> None:
    paper = flush("北京龘𠮷人力")
    assert "𠮷" in text_of_docx(to_docx(paper))
    assert "𠮷" in to_html(paper)
    if fonts == "wheel":
        with pytest.raises(InputError, match="𠮷（U\\+20BB7）"):
            to_pdf(paper)
    else:
        noto_cjk_at_hand()
        assert pages(to_pdf(paper))[0].text == "北京龘𠮷人力"


def noto_cjk_at_hand() -> None:
    from hrintegrity.documents.fonts import at_hand

    if "Noto Serif CJK SC" not in at_hand(None)[1]["fangsong"]:
        if os.environ.get("HRI_REQUIRE_TOOLS") == "1":
            pytest.fail("fonts-noto-cjk is not installed, and HRI_REQUIRE_TOOLS=1 asks for it")
        pytest.skip("fonts-noto-cjk is not installed")


@pytest.mark.usefixtures("without_fonts")
def test_without_a_chinese_font_only_the_pdf_is_refused() -> None:
    paper = compose("assess/notice", specimens("assess/notice")[0])
    obstacle = pdf_obstacle()
    assert obstacle is not None
    assert obstacle.code == "font-missing"
    assert "fonts-noto-cjk" in obstacle.hint
    assert "hrintegrity[pdf]" in obstacle.hint
    with pytest.raises(HriError):
        to_pdf(paper)
    assert to_html(paper)
    assert to_docx(paper)


def test_without_the_extra_only_the_pdf_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    paper = compose("assess/notice", specimens("assess/notice")[0])
    with pytest.raises(HriError) as caught:
        to_pdf(paper)
    assert caught.value.code == "pdf-extra-missing"
    assert "hrintegrity[pdf]" in caught.value.hint
    assert to_html(paper)
    assert to_docx(paper)


def test_importing_the_package_loads_neither_jinja_nor_typst() -> None:
    program = (
        "import sys, hrintegrity.documents; "
        "assert not {'jinja2', 'typst', 'zipfile', 'json'} & set(sys.modules) - {'zipfile'}, 1"
    )
    subprocess.run([sys.executable, "-I", "-c", program], check=True)


def test_libreoffice_prints_the_word_file_on_as_many_pages(paper: Paper, tmp_path: Path) -> None:
    office = tool("soffice")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    (tmp_path / "a.docx").write_bytes(to_docx(paper))
    subprocess.run(
        (office, "--headless", profile, "--convert-to", "pdf", "--outdir", tmp_path, "a.docx"),
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=600,
    )
    printed = pages(tmp_path / "a.pdf")
    assert len(printed) == len(pages(to_pdf(paper)))
    for page in printed:
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
        for one in page.chars:
            # LibreOffice hangs a stop in the margin, reading the setting the wrong way round.
            hanging = one["size"] if one["text"] in "。，、；：）" else 0
            assert one["x0"] >= LEFT - A_POINT
            assert one["x1"] <= RIGHT + A_POINT + hanging, one["text"]
