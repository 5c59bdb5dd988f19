import json
from decimal import Decimal

import pytest

from hrintegrity.errors import InputError
from hrintegrity.rules.scores import parse_score, parse_score_text
from notice_2013 import ANNEX, default_standard, parse_scores, parse_scores_json

STANDARD = default_standard()
FULL = {str(number): points // 10 for number, points in enumerate(STANDARD.points, 1)}
HEADINGS = [indicator.heading for indicator in ANNEX.indicators]


def refused(content) -> InputError:
    with pytest.raises(InputError) as caught:
        parse_scores(content, STANDARD)
    assert caught.value.code == "scores-refused"
    assert caught.value.exit_status == 3
    return caught.value


def test_all_22_scores_are_read_in_tenths() -> None:
    assert parse_scores(FULL, STANDARD) == STANDARD.points
    assert (
        parse_scores({int(key): value for key, value in FULL.items()}, STANDARD) == STANDARD.points
    )


@pytest.mark.parametrize(
    ("value", "tenths"),
    [(0, 0), (3, 30), (2.0, 20), (2.5, 25), (0.1, 1), (2.9, 29), (Decimal("2.5"), 25),
     (Decimal("2.50"), 25), (Decimal("1e0"), 10), (Decimal("3.0000"), 30), (-0.0, 0), (0.3, 3),
     (Decimal("0E-50"), 0)],
)  # fmt: skip
def test_a_score_has_at_most_one_decimal_and_lies_within_the_points(value, tenths) -> None:
    assert parse_score(value, 30) == tenths


BAD = [
    (float("nan"), "有限"),
    (float("inf"), "有限"),
    (float("-inf"), "有限"),
    (Decimal("NaN"), "有限"),
    (Decimal("sNaN"), "有限"),
    (-0.1, "负数"),
    (-1, "负数"),
    (3.1, "不能超过 3 分"),
    (4, "不能超过 3 分"),
    (10**5000, "不能超过 3 分"),
    (Decimal("9e999999"), "不能超过 3 分"),
    (2.95, "一位小数"),
    (2.999999, "一位小数"),
    (0.1 + 0.2, "一位小数"),
    (5e-324, "一位小数"),
    (Decimal("0.05"), "一位小数"),
    (Decimal("1e-999999"), "一位小数"),
    (Decimal("0.30000000000000000000000000000000000001"), "一位小数"),
    (True, "应是数字"),
    (False, "应是数字"),
    ("3", "应是数字"),
    ("", "应是数字"),
    (None, "应是数字"),
    ([3], "应是数字"),
    ({"score": 3}, "应是数字"),
    (3j, "应是数字"),
]


@pytest.mark.parametrize(
    ("value", "reason"),
    BAD,
    ids=lambda value: str(value)[:20] if not isinstance(value, int) else "n",
)
def test_any_other_value_is_refused_with_the_indicator_named(value, reason) -> None:
    error = refused(FULL | {"4": value})
    assert "4.行政处罚" in error.message
    (finding,) = error.details
    assert finding["column"] == "4.行政处罚"
    assert reason in finding["reason"]
    json.dumps(error.details, allow_nan=False)


def test_a_score_of_two_decimals_as_typed_is_refused_where_points_allow_it() -> None:
    with pytest.raises(ValueError, match="一位小数"):
        parse_score(89.95, 1000)


def test_21_indicators_are_refused_with_the_missing_one_named() -> None:
    error = refused({key: value for key, value in FULL.items() if key != "22"})
    assert [(f["column"], f["reason"]) for f in error.details] == [("22.社会评价", "缺少评分")]


@pytest.mark.parametrize("key", ["23", "0", "01", "x", "", "1.设立情况"])
def test_a_23rd_indicator_is_refused_by_its_key(key) -> None:
    error = refused(FULL | {key: 1})
    assert [f["column"] for f in error.details] == [key or None]
    assert "没有这项指标" in error.message


def test_every_indicator_at_fault_is_listed() -> None:
    error = refused(dict.fromkeys(FULL, "三分"))
    assert [finding["column"] for finding in error.details] == HEADINGS
    assert [finding["value"] for finding in error.details] == ["三分"] * 22
    assert "共 22 处" in error.message


@pytest.mark.parametrize("content", [[], [3] * 22, "3", 3, None])
def test_what_is_no_object_of_scores_is_refused(content) -> None:
    assert "应是" in refused(content).message


def json_of(replace: str = "", by: str = "") -> str:
    return json.dumps(FULL).replace(replace, by) if replace else json.dumps(FULL)


def test_scores_are_read_from_json_text() -> None:
    assert parse_scores_json(json_of(), STANDARD) == STANDARD.points
    assert parse_scores_json("\ufeff" + json_of(), STANDARD) == STANDARD.points
    halves = json_of('"2": 2', '"2": 1.5')
    assert parse_scores_json(halves, STANDARD)[1] == 15


@pytest.mark.parametrize(
    "literal",
    ["NaN", "Infinity", "-Infinity", "1e400", "-1", "2.05", "true", "null", '"2"', "1e-7",
     "1e99999999999999999999", "9" * 5000, "2.0000000000000000000000000001", "[]", "{}"],
)  # fmt: skip
def test_a_bad_score_in_json_is_refused_with_the_indicator_named(literal) -> None:
    with pytest.raises(InputError, match=r"2\.年检情况") as caught:
        parse_scores_json(json_of('"2": 2', f'"2": {literal}'), STANDARD)
    assert [finding["column"] for finding in caught.value.details] == ["2.年检情况"]


def test_an_indicator_that_stands_twice_is_refused() -> None:
    with pytest.raises(InputError, match=r"2\.年检情况：写了两次"):
        parse_scores_json(json_of('"2": 2', '"2": 2, "2": 1'), STANDARD)


@pytest.mark.parametrize("text", ["", "{", "[1,", "三分", '{"1": 3,}', "[" * 100000, "\x00"])
def test_what_is_no_json_is_refused_in_one_line(text) -> None:
    with pytest.raises(InputError) as caught:
        parse_scores_json(text, STANDARD)
    assert "JSON" in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    ("typed", "tenths"),
    [("3", 30), (" 2.5 ", 25), ("２．５", 25), ("0", 0), ("3.0", 30), (".5", 5)],
)
def test_a_score_is_read_as_it_is_typed(typed, tenths) -> None:
    assert parse_score_text(typed, 30) == tenths


@pytest.mark.parametrize(
    "typed", ["", " ", "三", "3,5", "1e1", "1_0", "nan", "inf", "3.1", "-1", "2.55", "--1", "٣",
              "1 0", "0x1", "3分", "1.2.3", "."]
)  # fmt: skip
def test_any_other_typed_text_is_refused(typed) -> None:
    with pytest.raises(ValueError, match=r"[一-龥]"):
        parse_score_text(typed, 30)
