"""Composing papers: what comes through, what is refused, what stays the same."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hrintegrity.documents import (
    Paper,
    check_template,
    compose,
    to_docx,
    to_html,
    to_pdf,
    write_paper,
)
from hrintegrity.documents.render import specimens
from hrintegrity.errors import HriError, InputError, LookupFailedError, UnusableError, UsageError
from hrintegrity.resources import folder

TEMPLATES = sorted(
    str(path.relative_to(folder("templates")).with_suffix(""))
    for path in folder("templates").rglob("*.xhtml")
    if not path.name.startswith("_")
)
RARE_NAMES = [
    "甲&乙<丙>有限公司",
    "{{ 7*7 }}{% raw %}有限公司",
    '《人才》"报"\'社》&amp;',
    "北京龘𠮷人力资源有限公司",
    "<script>alert(1)</script>",
    "${x} #{y} $x^2$ @label #let \\LaTeX `code` *粗* _斜_",
]


class _Text(HTMLParser):
    """The text of a page's body, as a browser would show it."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.inside = self.inside or tag == "body"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.parts.append(data)


def text_of_html(page: str) -> str:
    """The page's text without blanks."""
    reader = _Text()
    reader.feed(page)
    return "".join("".join(reader.parts).split())


def notice(**changes: object) -> dict[str, object]:
    return {**specimens("assess/notice")[0], **changes}


def paragraph(inside: str) -> str:
    return f"<article>\n<p>{inside}</p>\n</article>"


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_has_specimens_and_passes_its_own_check(template: str) -> None:
    assert specimens(template)
    check_template(template)


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_blank_of_a_template_stands_between_two_chinese_characters(template: str) -> None:
    for specimen in specimens(template):
        for text in compose(template, specimen).root.itertext():
            assert not re.search(
                r"[\u3000-\u9fff\uff00-\uffef] +[\u3000-\u9fff\uff00-\uffef]", text
            )


@pytest.mark.parametrize("name", RARE_NAMES)
def test_any_name_comes_through_as_it_is(name: str) -> None:
    paper = compose("assess/notice", notice(addressee=name))
    addressee = paper.root.find(".//p[@class='addressee']")
    assert addressee is not None
    assert addressee.text == name + "："
    assert "".join(name.split()) in text_of_html(to_html(paper))


def test_a_name_over_two_lines_comes_through() -> None:
    paper = compose("assess/notice", notice(addressee="北京甲\r\n有限公司"))
    assert "北京甲有限公司：" in text_of_html(to_html(paper))


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ufffe", "\ud800"])
def test_a_control_character_is_refused_by_its_number(character: str) -> None:
    with pytest.raises(InputError) as caught:
        compose("assess/notice", notice(addressee=f"北京甲{character}有限公司"))
    assert caught.value.code == "control-character"
    assert f"U+{ord(character):04X}" in caught.value.message
    assert "北京甲" in caught.value.message


def test_stored_text_is_never_run_as_a_template() -> None:
    paper = compose("assess/notice", notice(objection="{{ office.name }}{% for x in y %}"))
    assert "{{ office.name }}{% for x in y %}" in paper.body


def test_the_same_context_gives_the_same_bytes() -> None:
    first, second = (compose("assess/notice", notice()) for _ in range(2))
    assert first.body == second.body
    assert first.sha256 == second.sha256
    assert to_html(first) == to_html(second)


def test_a_kept_body_gives_the_same_paper_again() -> None:
    first = compose("assess/notice", notice())
    again = Paper(first.body)
    assert again == first
    assert again.title == "人力资源服务机构诚信状况评估结果告知书"
    assert to_html(again) == to_html(first)


def test_a_paper_cannot_be_changed() -> None:
    paper = compose("assess/notice", notice())
    with pytest.raises(dataclasses.FrozenInstanceError):
        paper.body = ""  # type: ignore[misc]


def test_the_notice_says_what_the_clause_asks_for() -> None:
    context = notice()
    text = text_of_html(to_html(compose("assess/notice", context)))
    for wanted in (
        "北京市海淀区人力资源和社会保障局",
        "海人社诚评〔2013〕17号",
        "总分89.98分，等次为良好",
        "没有取得群众评价",
        "16.纠纷处理",
        "书面提出",
        "88506572（人才中介）",
        "88506601",
        "供各区县参照",
        "90分以上（含90分）为优秀",
        "不足60分为不合格",
        "2013年10月28日",
    ):
        assert wanted in text, wanted
    for indicator in context["indicators"]:  # type: ignore[attr-defined]
        row = f"{indicator['id']}.{indicator['name']}{indicator['max']}{indicator['score']}"
        assert row in text


def test_a_second_notice_names_the_one_it_replaces() -> None:
    text = text_of_html(to_html(compose("assess/notice", specimens("assess/notice")[1])))
    assert "代替海人社诚评〔2013〕17号告知书" in text
    assert "没有取得" not in text


def test_a_value_that_is_missing_is_never_printed_as_none() -> None:
    with pytest.raises(InputError) as caught:
        compose("assess/notice", notice(band=None))
    assert caught.value.code == "template-broken"


def test_a_page_needs_nothing_from_outside() -> None:
    page = to_html(compose("assess/notice", notice()))
    assert not re.search(r"(src|href)=|url\(|@import|<script", page)
    assert 'lang="zh-CN"' in page


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        ("<article>\n<script>1</script>\n</article>", 2, "script"),
        ("<article>\n\n<p class='ornate'>一</p>\n</article>", 3, "ornate"),
        ("<article>\n<p onclick='x()'>一</p></article>", 2, "onclick"),
        ("<article>\n<p style='color:red'>一</p></article>", 2, "style"),
        ("<article>\n<p><table></table></p></article>", 2, "table"),
        ("<article>\n散落的字</article>", 1, "散落的字"),
        ("<article>\n<p>一</p>\n散落的字</article>", 2, "散落的字"),
        ("<article>\n<p>一</article>", 2, "XHTML（标签没有配对）"),
        ("<article><p>甲&乙</p></article>", 1, "XHTML（有不合规定的符号"),
        ("<article><p>&nbsp;</p></article>", 1, "XHTML（用了没有的实体"),
        ("\n<!DOCTYPE article [<!ENTITY a 'b'>]><article/>", 2, "DOCTYPE"),
        ("<html/>", 1, "article"),
        ("", 1, "XHTML（没有内容）"),
        ("<article>\n<table><tr><td>一</td></tr></table></article>", 2, "tr"),
        (
            "<article>\n<table><tbody><tr><td colspan='0'>一</td></tr></tbody></table></article>",
            2,
            "0",
        ),
    ],
)
def test_what_is_no_paper_is_refused_with_its_line(body: str, line: int, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        Paper(body, "某模板")
    assert caught.value.code == "template-broken"
    assert caught.value.details[0]["line"] == line
    assert "某模板" in caught.value.message
    assert reason in caught.value.message


@pytest.mark.parametrize(
    "svg",
    [
        '<script xmlns="http://www.w3.org/2000/svg">1</script>',
        '<rect onload="x()"/>',
        '<rect fill="url(http://a.b/c)"/>',
        '<rect style="x"/>',
        '<image href="file:///etc/passwd"/>',
    ],
)
def test_a_figure_can_load_and_run_nothing(svg: str) -> None:
    with pytest.raises(InputError):
        Paper(
            f'<article><figure><svg xmlns="http://www.w3.org/2000/svg">{svg}</svg></figure></article>'
        )


def test_an_office_template_comes_first_and_ours_stays_in_reach(tmp_path: Path) -> None:
    (tmp_path / "assess").mkdir()
    (tmp_path / "_letterhead.xhtml").write_text(
        '<p class="redhead">本局专用版头</p>\n{% include "hri/_letterhead.xhtml" %}', "utf-8-sig"
    )
    paper = compose("assess/notice", notice(), office_templates=tmp_path)
    text = text_of_html(to_html(paper))
    assert text.startswith("本局专用版头北京市海淀区")
    check_template("assess/notice", tmp_path)


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("<article>\n<p>{{ office.name </p></article>", 2, "语法"),
        ("<article>\n\n{% if x %}<p>一</p></article>", 3, "语法"),
        ("<article>\n<p>{{ office.nmae }}</p></article>", 2, "nmae"),
        ("<article>\n\n<p>{{ adressee }}</p></article>", 3, "adressee"),
        ("<article>\n<blink>一</blink></article>", 2, "blink"),
        ("<article>\n\n{% if replaces %}\n<p class='big'>x</p>{% endif %}</article>", 4, "big"),
        ('<article>\n<p class="big">一</p></article>', 2, "big"),
        ('{% extends "_layuot.xhtml" %}', 1, "_layuot"),
        ("<article>\n<p>{{ ''.__class__.__mro__ }}</p></article>", 2, "__"),
        ("<article>\n<p>{{ 1 // 0 }}</p></article>", 2, "ZeroDivisionError"),
        ('{% extends "assess/notice.xhtml" %}', 1, "Recursion"),
        (
            "<article><table><tbody><tr><td>一</td></tr><tr><td>一</td><td>二</td></tr>"
            "</tbody></table></article>",
            1,
            "列数",
        ),
    ],
)
def test_a_broken_office_template_is_refused_with_file_and_line(
    tmp_path: Path, source: str, line: int, reason: str
) -> None:
    (tmp_path / "assess").mkdir()
    path = tmp_path / "assess" / "notice.xhtml"
    path.write_text(source, "utf-8")
    with pytest.raises(InputError) as caught:
        check_template("assess/notice", tmp_path)
    assert caught.value.code == "template-broken"
    finding = caught.value.details[0]
    assert (finding["line"], reason in str(finding["reason"])) == (line, True), finding
    assert "notice.xhtml" in str(finding["file"])


def test_an_office_template_in_gbk_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "_letterhead.xhtml").write_bytes('<p class="redhead">海淀区</p>'.encode("gbk"))
    with pytest.raises(InputError) as caught:
        check_template("assess/notice", tmp_path)
    assert "_letterhead.xhtml" in caught.value.message
    assert "UTF-8" in caught.value.message


def test_a_template_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableError) as caught:
        compose("assess/notice", notice(), office_templates=tmp_path / "none")
    assert caught.value.code == "templates-missing"


@pytest.mark.parametrize(
    ("suffix", "made"),
    [(".html", lambda p: to_html(p).encode()), (".docx", to_docx), (".PDF", to_pdf)],
)
def test_a_file_is_written_whole_and_not_twice(
    tmp_path: Path, suffix: str, made: Callable[[Paper], bytes]
) -> None:
    paper = compose("assess/notice", notice())
    target = tmp_path / f"告知书{suffix}"
    write_paper(paper, target)
    assert target.read_bytes() == made(paper)
    with pytest.raises(LookupFailedError):
        write_paper(paper, target)
    write_paper(paper, target, force=True)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_an_unknown_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        write_paper(compose("assess/notice", notice()), tmp_path / "告知书.doc")
    assert caught.value.code == "unknown-suffix"
    assert isinstance(caught.value, HriError)


@pytest.mark.parametrize(
    "text",
    ["{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
     "{{ 'a' * 10**10 }}", "{{ 'a' * 9999999 }}", "{{ 10**99999999 }}", "{{ [0] * 10**8 }}"],
)  # fmt: skip
def test_a_template_neither_runs_for_ever_nor_fills_the_memory(tmp_path, text):
    (tmp_path / "evil.xhtml").write_text(f"<article><h1>{text}</h1></article>", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        compose("evil", {}, office_templates=tmp_path)
    assert refused.value.code == "template-broken"
