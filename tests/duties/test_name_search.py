"""An agency is named by the initials of its pinyin; a name that nobody has brings the nearest."""

from __future__ import annotations

import re

import pytest

from hrintegrity import pinyin
from hrintegrity.resources import folder
from running import JSON, code_of

NAMES = ("北京中关村英才人力资源有限公司", "北京重庆路劳务派遣有限公司", "A8人才服务中心",
         "北京朝阳银行业人才有限公司")  # fmt: skip


@pytest.fixture
def office(haidian):
    for number, name in enumerate(NAMES, 1):
        haidian.add(name, code_of(number))
    return haidian


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("zgcyc", 0), ("ZGCYC", 0), ("bjzgcycrlzyyxgs", 0), ("ｚｇｃｙｃ", 0),
        ("cqllwpq", 1), ("zqllw", 1), ("a8rcfwzx", 2), ("bjcyyh", 3), ("yxyrc", 3),
    ],
)  # fmt: skip
def test_an_agency_is_found_by_initials_that_it_alone_has(office, text, place):
    assert office("agency", "show", text, *JSON).ok().json["name"] == NAMES[place]
    listed = office("agency", "list", "--name", text, *JSON).ok().json
    assert [one["name"] for one in listed] == [NAMES[place]]


def test_initials_of_several_agencies_name_them(office):
    refused = office("agency", "show", "yxgs", *JSON)
    assert (refused.status, refused.error["code"]) == (4, "agency-ambiguous")
    assert all(name in refused.error["message"] for name in (NAMES[0], NAMES[1], NAMES[3]))


@pytest.mark.parametrize(
    ("text", "place"),
    [("北京中关村英材人力资源公司", 0), ("重庆路劳务派谴", 1), ("A8人才服务中兴", 2),
     (code_of(4)[:-3] + "7" + code_of(4)[-2:], 3), ("关村英材", 0), ("zgcyx", 0)],
)  # fmt: skip
def test_a_name_that_nobody_has_brings_the_nearest(office, text, place):
    refused = office("agency", "show", text)
    assert refused.status == 4
    assert f"是否指 {NAMES[place]}（{code_of(place + 1)}）" in refused.err.splitlines()[1]


def test_what_is_near_to_nothing_brings_no_name(office):
    assert "是否指" not in office("agency", "show", "zzzz").err


def test_the_characters_by_letter_are_those_of_pypinyin():
    from pypinyin import Style
    from pypinyin import pinyin as read

    lines = (folder("data") / "pinyin.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        for character in line[1::97]:
            readings = read(character, style=Style.FIRST_LETTER, heteronym=True)[0]
            assert line[0] in readings or not re.search("[a-z]", "".join(readings)), character


def test_one_letter_and_digits_alone_are_no_initials():
    assert pinyin.pattern("z") is None
    assert pinyin.pattern("110108") is None
    assert pinyin.pattern("中关") is None


def test_a_part_of_a_name_written_with_characters_of_the_same_sound_is_near(haidian):
    haidian.add("北京清河众诚企业管理顾问有限公司", code_of(1))
    haidian.add("北京望京众城文化有限公司", code_of(2))
    haidian.add("北京万柳嘉禾企业管理顾问有限公司", code_of(3))
    assert "北京清河众诚" in haidian("agency", "show", "清河众城").err
    said = haidian("agency", "show", "中诚").err
    assert "北京清河众诚" in said
    assert "嘉禾" not in said
