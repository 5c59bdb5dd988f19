from pathlib import Path

import pytest

from hrintegrity.notice import words
from hrintegrity.notice.words import (
    ACTIVITY,
    CHANNEL,
    DEPARTMENT,
    GRADE,
    INCENTIVE,
    KIND,
    MEASURE,
    REVIEW_RESULT,
    SOURCE,
    VERDICT,
    VOCABULARIES,
)

NOTICE = (Path(__file__).parents[2] / "docs/notice/220.txt").read_text(encoding="utf-8")

# The words of the page on the command line, typed from there.
PAGE = {
    "KIND": "commercial 经营性 public 公益性",
    "SOURCE": "self 自我评价 expert 专家评价 public 群众评价",
    "VERDICT": "pass 合格 fail 不合格",
    "DEPARTMENT": "market 市场管理 labour 劳动监察",
    "MEASURE": "interview 约谈 exposure 曝光 circular 通报 entry 载入诚信档案 rectify 责令整改 "
    "defer-review 暂缓通过年审 cancel-licence 注销许可证",
    "PUBLICITY_ITEM": "certificates 证照 hotline 监督举报电话 services 服务项目 procedures "
    "服务规程 prices 收费标准",
    "COMPLAINT_KIND": "complaint 投诉 report 举报 suggestion 意见建议",
}
ENGLISH = {
    "CHANNEL": "market labour 12333 other",
    "OUTCOME": "substantiated unfounded withdrawn adopted declined",
    "INCENTIVE": "qualification expansion funding publicity policy honour",
    "ACTIVITY": "convention inspection creation training publicity joint",
    "INSPECTOR": "city district association peer self",
    "REVIEW_RESULT": "passed deferred failed",
    "AGENCY_STATUS": "active closed",
    "ASSESSMENT_STATUS": "none open concluded notified served",
    "GRADE": "A AA AAA AAAA AAAAA",
    "UNIT_STATE": "current reported revoked recovered",
    "REPORT_SYSTEM": "market credit",
    "SYSTEM": "publicity pledge ledger feedback convention",
    "DOSSIER_PART": "basic compliance complaints rewards_and_sanctions promises assessments",
}


@pytest.mark.parametrize("name", PAGE)
def test_the_words_are_those_of_the_page_on_the_command_line(name) -> None:
    typed = PAGE[name].split()
    vocabulary = getattr(words, name)
    assert [w for english in vocabulary for w in (english, vocabulary.chinese(english))] == typed


@pytest.mark.parametrize("name", ENGLISH)
def test_the_english_words_stand_in_the_page_s_order(name) -> None:
    assert list(getattr(words, name)) == ENGLISH[name].split()


@pytest.mark.parametrize("name", ["SOURCE", "MEASURE", "SYSTEM", "DOSSIER_PART", "TITLE",
                                  "REPORT_SYSTEM"])  # fmt: skip
def test_a_statutory_word_stands_in_the_notice(name) -> None:
    vocabulary = getattr(words, name)
    assert [e for e in vocabulary if vocabulary.chinese(e) not in NOTICE] == []


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.name)
def test_every_word_is_understood_in_both_languages(vocabulary) -> None:
    for english in vocabulary:
        assert vocabulary.parse(english) == english
        assert vocabulary.parse(vocabulary.chinese(english)) == english
        assert english in vocabulary


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.name)
def test_no_word_of_a_list_means_two_things(vocabulary) -> None:
    chinese = [vocabulary.chinese(english) for english in vocabulary]
    assert len(set(chinese)) == len(chinese) == len(vocabulary)


@pytest.mark.parametrize(
    "text", ["Commercial", " 经营性 ", "ｃｏｍｍｅｒｃｉａｌ", "经 营性", "COMMERCIAL"]
)
def test_width_case_and_blanks_make_no_difference(text) -> None:
    assert KIND.parse(text) == "commercial"


@pytest.mark.parametrize("text", ["", "商业", "commercial public", "0", "经营"])
def test_another_word_is_refused_and_the_right_ones_are_named(text) -> None:
    with pytest.raises(ValueError, match=r"机构性质只能是：经营性（commercial）、公益性（public）"):
        KIND.parse(text)


@pytest.mark.parametrize(("text", "grade"), [("A", "A"), ("aaa", "AAA"), ("ＡＡＡ", "AAA")])
def test_a_grade_is_understood_in_any_width_and_case(text, grade) -> None:
    assert GRADE.parse(text) == grade


@pytest.mark.parametrize("text", ["6A", "AAAAAA", "B", "0A", "A+", "级", "3A", "AAA级"])
def test_another_grade_is_refused(text) -> None:
    with pytest.raises(ValueError, match="等级"):
        GRADE.parse(text)


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.name)
def test_a_third_word_is_the_notice_s_own_for_one_of_two_things_that_it_joins(vocabulary) -> None:
    third = {
        word: english
        for word, english in vocabulary.words.items()
        if word not in (english, vocabulary.chinese(english))
    }
    # Offices write 经营性机构 for 经营性 in their lists; nothing else of the kind is taken.
    third = {word: english for word, english in third.items() if not word.endswith("性机构")}
    assert [word for word in third if word not in NOTICE] == []
    assert not third or vocabulary in (INCENTIVE, ACTIVITY)


@pytest.mark.parametrize(
    ("vocabulary", "text"),
    [(SOURCE, "群众"), (SOURCE, "专家"), (SOURCE, "自评"), (ACTIVITY, "培训"), (CHANNEL, "其它"),
     (DEPARTMENT, "劳动监察部门"), (REVIEW_RESULT, "合格"), (INCENTIVE, "荣誉")],
)  # fmt: skip
def test_a_word_that_is_near_is_refused(vocabulary, text) -> None:
    with pytest.raises(ValueError, match="只能是"):
        vocabulary.parse(text)


def test_a_word_of_one_list_is_none_of_another() -> None:
    with pytest.raises(ValueError, match="评价方式"):
        SOURCE.parse("合格")
    with pytest.raises(KeyError):
        VERDICT.chinese("self")
    assert "self" not in MEASURE
