import datetime as dt
from pathlib import Path

import pytest

from hrintegrity.notice.measures import activities, incentives, sanctions, systems

NOTICE = (Path(__file__).parents[2] / "docs/notice/220.txt").read_text(encoding="utf-8")
DAY = dt.date(2013, 10, 31)


def test_only_the_last_two_sanctions_belong_to_an_annual_review() -> None:
    at_review = [kind for kind, sanction in sanctions(DAY).items() if sanction.at_review]
    assert at_review == ["defer-review", "cancel-licence"]
    assert list(sanctions(DAY))[-2:] == at_review
    assert "在机构年审工作中，依法予以暂缓通过年审或注销许可证" in NOTICE


def test_the_first_five_stand_as_the_notice_lists_them() -> None:
    words = [sanction.word for sanction in sanctions(DAY).values() if not sanction.at_review]
    assert f"视情采取{'、'.join(words)}等方式进行惩戒" in NOTICE


def test_only_an_order_to_rectify_needs_a_term() -> None:
    assert [kind for kind, s in sanctions(DAY).items() if s.needs_deadline] == ["rectify"]


def test_a_practitioner_can_be_interviewed_exposed_reported_and_entered() -> None:
    of_staff = [kind for kind, s in sanctions(DAY).items() if "staff" in s.subjects]
    assert of_staff == ["interview", "exposure", "circular", "entry"]
    assert all("agency" in sanction.subjects for sanction in sanctions(DAY).values())


@pytest.mark.parametrize(
    "measure",
    [*incentives(DAY).values(), *activities(DAY).values(), *systems(DAY).values()],
    ids=lambda measure: f"{measure.clause} {measure.kind}",
)
def test_a_measure_quotes_the_notice(measure) -> None:
    assert measure.text in NOTICE


def test_the_five_incentives_are_those_of_the_incentive_clause_and_honours_are_not() -> None:
    clauses = [measure.clause for measure in incentives(DAY).values()]
    assert clauses == ["三(八)1"] * 5 + ["三(六)1"]
    assert [m.clause for m in activities(DAY).values()] == [
        *(f"三(四) {n}" for n in "一二三四五"),
        "三(一)3",
    ]
    assert [m.clause for m in systems(DAY).values()] == [
        *(f"三(三) {numeral}" for numeral in "一二三四"),
        "三(四) 一",
    ]
    assert {sanction.clause for sanction in sanctions(DAY).values()} == {"三(八)2"}
