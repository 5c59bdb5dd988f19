from fractions import Fraction

from hrintegrity.rules.case import Sheet
from hrintegrity.rules.explanation import explain
from notice_2013 import combine, default_standard, parse_standard

FULL = default_standard().points
LESS = (20, *FULL[1:])


def test_every_step_from_the_sources_to_the_band_is_told_in_order() -> None:
    sheets = [Sheet("self", "甲", FULL), Sheet("expert", "乙", LESS), Sheet("public", "丙", FULL)]
    steps = explain(combine(sheets, default_standard()))
    kinds = [step.kind for step in steps]
    assert kinds[:3] == ["source"] * 3
    assert kinds[3:8] == ["indicator"] * 4 + ["category"]
    assert kinds.count("indicator") == 22
    assert kinds.count("category") == 6
    assert kinds[-3:] == ["total", "rounding", "band"]
    assert steps[3].reckoning == "自我评价 3 × 0.2 + 专家评价 2 × 0.5 + 群众评价 3 × 0.3"
    assert steps[3].value == Fraction(5, 2)
    assert steps[7].reckoning == "2.5 + 2 + 2 + 3"
    assert (steps[7].label, steps[7].value) == ("一、基本条件10分", Fraction(19, 2))
    assert (steps[-3].reckoning, steps[-3].value) == (
        "9.5 + 15 + 15 + 30 + 15 + 15",
        Fraction(199, 2),
    )
    assert steps[-2].reckoning == "99.5 保留两位小数得 99.50"
    assert (steps[-1].label, steps[-1].reckoning) == ("等次：优秀", "99.50 ≥ 90")


def test_a_missing_source_is_named_and_the_mean_divided_by_what_is_left() -> None:
    sheets = [Sheet("self", "甲", FULL), Sheet("expert", "乙", LESS), Sheet("expert", "丙", LESS)]
    steps = explain(combine(sheets, default_standard()))
    assert [step.kind for step in steps[:3]] == ["source", "source", "missing"]
    assert steps[1].reckoning == "2 份评分表取平均；权重 0.5，按有评分表的来源折算为 5/7"
    assert steps[3].reckoning == "（自我评价 3 × 0.2 + 专家评价 2 × 0.5）÷ 0.7"
    assert steps[3].value == Fraction(16, 7)
    assert steps[7].reckoning == "≈2.2857 + 2 + 2 + 3"


def test_a_rounded_total_shows_what_it_was_rounded_from() -> None:
    points = [(*FULL[:21], tenths) for tenths in (0, 0, 1)]
    steps = explain(combine([Sheet("expert", str(n), p) for n, p in enumerate(points)],
                            default_standard()))  # fmt: skip
    assert steps[-2].reckoning == "≈95.033333 保留两位小数得 95.03"
    assert steps[-2].value == Fraction("95.03")


def test_a_lower_band_is_told_with_the_border_it_missed() -> None:
    steps = explain(combine([Sheet("expert", "甲", (*FULL[:18], 0, 0, 0, 49))], default_standard()))
    assert (steps[-1].label, steps[-1].reckoning) == ("等次：良好", "84.90 ≥ 80，且 < 90")


def test_without_a_total_the_reason_is_the_last_line() -> None:
    weights = {"self": 0, "expert": 1, "public": 0}
    standard = parse_standard(default_standard().as_mapping() | {"weights": weights})
    steps = explain(combine([Sheet("self", "甲", FULL)], standard))
    assert steps[-1].value is None
    assert "不能得出总分" in steps[-1].reckoning
    assert "band" not in [step.kind for step in steps]
