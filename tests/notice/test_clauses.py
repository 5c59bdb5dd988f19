import re
from pathlib import Path

import pytest

from hrintegrity.errors import InputError
from hrintegrity.notice._reading import given_mapping
from hrintegrity.notice.clauses import CLAUSES, NOTICE_NUMBER, NOTICE_TITLE, read_clause

NOTICE = (Path(__file__).parents[2] / "docs/notice/220.txt").read_text(encoding="utf-8")


def test_every_heading_of_the_notice_is_a_clause_with_its_title() -> None:
    """Walks over the notice's own numbering: chapter 一、, section （一）, item 1., annex."""
    found: dict[str, str] = {}
    chapter = section = ""
    body, annexes = NOTICE.split("\n附件：", 1)
    for line in map(str.strip, body.splitlines()):
        if match := re.match(r"([一二三四])、(.+)", line):
            chapter, section = match[1], ""
            found[chapter] = match[2]
        elif match := re.match(r"（([一二三四五六七八])）([^。]+)", line):
            section = f"{chapter}({match[1]})"
            found[section] = match[2]
        elif match := re.match(r"(\d)\.([^。]+)", line):
            found[f"{section}{match[1]}"] = match[2]
    headed = {key: title for key, title in CLAUSES.items() if key in found}
    assert headed == {key: found[key] for key in headed}
    # Chapters that only gather sections are not cited themselves.
    assert set(found) - set(headed) == {"二", "三", "四"}
    inner = {key for key in CLAUSES if " " in key} | {f"附件{n}" for n in range(1, 5)}
    assert set(CLAUSES) - set(headed) == inner
    assert all(f"附件{n}\n" in annexes for n in range(1, 5))


@pytest.mark.parametrize("clause", [key for key in CLAUSES if " " in key])
def test_an_item_inside_a_section_is_introduced_by_its_numeral(clause) -> None:
    section, numeral = clause.split()
    heading = CLAUSES[section]
    paragraph = next(p for p in NOTICE.split("\n（") if heading in p.split("\n")[0])
    assert f"{numeral}是" in paragraph
    item = paragraph.split(f"{numeral}是", 1)[1]
    assert CLAUSES[clause] in item


def test_the_number_and_title_are_the_notice_s() -> None:
    assert NOTICE.splitlines()[:2] == [NOTICE_TITLE, NOTICE_NUMBER]


@pytest.mark.parametrize("text", ["三(九)", "附件5", "三（八）2", "", "三(八) 2"])
def test_a_clause_that_the_notice_has_not_is_refused(text) -> None:
    with pytest.raises(InputError):
        read_clause(given_mapping(text, "x", "x-refused"))
