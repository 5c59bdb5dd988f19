import json
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from hrintegrity.errors import InputError, LookupFailedError
from hrintegrity.rules.standard import FORMS, Band, Standard
from notice_2013 import default_standard, parse_standard, read_standard, standard_yaml

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases/refused_standards.yaml").read_text(encoding="utf-8")
)


def changed(**keys) -> dict:
    return default_standard().as_mapping() | keys


def written(tmp_path, text: str) -> Path:
    path = tmp_path / "海淀.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_default_is_the_one_that_the_command_line_page_gives() -> None:
    standard = default_standard()
    typed = "3 2 2 3 4 4 4 3 4 4 4 3 7 7 8 8 5 5 5 5 5 5"
    assert standard.points == tuple(10 * int(points) for points in typed.split())
    assert standard.weights == {
        "self": Fraction(2, 10),
        "expert": Fraction(5, 10),
        "public": Fraction(3, 10),
    }
    assert standard.bands == (
        Band("优秀", 9000), Band("良好", 8000), Band("合格", 6000), Band("不合格", 0),
    )  # fmt: skip
    rules = standard.as_mapping()["eligibility"]
    assert rules.pop("refused_bands") == ["不合格"]
    assert set(rules.values()) == {True}
    assert len(rules) == 7


def test_the_default_says_that_it_is_the_project_s_own() -> None:
    assert "通知没有规定这些数值" in standard_yaml(default_standard())


@pytest.mark.parametrize(
    "standard",
    [
        default_standard(),
        parse_standard(
            changed(name="yes", weights={"self": "1/3", "expert": "1/3", "public": "1/3"})
        ),
        parse_standard(changed(points=changed()["points"] | {"1": 2.5, "2": 2.5})),
        parse_standard(
            changed(
                name="海淀: 区 #1",
                bands=[{"name": "1", "from": 89.95}, {"name": "null", "from": 0}],
                eligibility={"refused_bands": [], "active": False},
            )
        ),
    ],
)
def test_what_is_written_is_read_back_equal(tmp_path, standard) -> None:
    assert read_standard(written(tmp_path, standard_yaml(standard))) == standard
    assert parse_standard(json.loads(json.dumps(standard.as_mapping()))) == standard


def test_a_standard_other_than_the_default_is_not_called_the_default() -> None:
    assert "默认" not in standard_yaml(parse_standard(changed(name="海淀区评估标准")))


def test_weights_are_read_digit_by_digit(tmp_path) -> None:
    text = standard_yaml(default_standard()).replace(
        "{self: 0.2, expert: 0.5, public: 0.3}", "{self: 0.1, expert: 0.7, public: 0.2}"
    )
    weights = read_standard(written(tmp_path, text)).weights
    assert list(weights.values()) == [Fraction(1, 10), Fraction(7, 10), Fraction(2, 10)]


def test_rules_that_a_district_leaves_out_are_the_default_s() -> None:
    without = {key: value for key, value in changed().items() if key != "eligibility"}
    assert parse_standard(without).eligibility == default_standard().eligibility
    one = parse_standard(changed(eligibility={"no_sanction": False})).eligibility
    assert (one.no_sanction, one.active, one.refused_bands) == (False, True, ("不合格",))


def test_below_the_last_band_comes_the_one_that_fails() -> None:
    bands = parse_standard(changed(bands=[{"name": "优秀", "from": 90}])).bands
    assert bands == (Band("优秀", 9000), Band("不合格", 0))


@pytest.mark.parametrize(
    ("hundredths", "band"),
    [(10000, "优秀"), (9000, "优秀"), (8999, "良好"), (8000, "良好"), (6000, "合格"),
     (5999, "不合格"), (0, "不合格")],
)  # fmt: skip
def test_a_band_begins_at_its_hundredth(hundredths, band) -> None:
    assert default_standard().band_of(hundredths) == band


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_standard_whose_sums_or_keys_do_not_hold_is_refused(tmp_path, case) -> None:
    text = standard_yaml(default_standard())
    assert case["replace"] in text
    path = written(tmp_path, text.replace(case["replace"], case["by"], 1))
    with pytest.raises(InputError) as caught:
        read_standard(path)
    error = caught.value
    assert (error.code, error.exit_status) == ("standard-refused", 3)
    assert error.message.startswith("海淀.yaml")
    assert case["says"] in error.message
    assert len(error.details) == 1
    assert error.details[0]["reason"] in error.message


def test_each_category_that_misses_its_total_is_named() -> None:
    points = default_standard().as_mapping()["points"] | {"1": 4, "13": 6.5, "22": 5.1}
    with pytest.raises(InputError) as caught:
        parse_standard(changed(points=points))
    for part in ("基本条件（1 至 4）合计 11 分", "信用状况（13 至 16）合计 29.5 分", "社会责任"):
        assert part in caught.value.message
    assert "服务规范" not in caught.value.message


def test_a_file_that_is_not_there_is_not_found(tmp_path) -> None:
    with pytest.raises(LookupFailedError):
        read_standard(tmp_path / "x.yaml")


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), True, None, "0.2", "1/0", "-1/3"])
def test_a_weight_from_json_is_a_plain_number(weight) -> None:
    with pytest.raises(InputError, match="weights"):
        parse_standard(changed(weights={"self": weight, "expert": 0.5, "public": 0.3}))


def test_what_scripts_see_has_every_field_also_those_that_a_district_did_not_set() -> None:
    standard = default_standard()
    shown = standard.as_mapping(whole=True)
    assert list(shown) == [field.name for field in fields(Standard)]
    unset = {"ways": {}, "asked": {}, "procedure": None, "complaint_days": None}
    assert shown == standard.as_mapping() | unset


@pytest.mark.parametrize("field", fields(Standard), ids=lambda field: field.name)
def test_every_field_is_declared_with_what_reads_writes_and_keeps_it(field) -> None:
    form = FORMS[field.name]
    value = getattr(default_standard(), field.name)
    if value is not None:
        eligibility = default_standard().eligibility
        content = json.loads(json.dumps(form.plain(value)), parse_float=Decimal)
        assert form.kept(content, eligibility) == value
