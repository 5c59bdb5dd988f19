import datetime as dt
import itertools
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from hrintegrity.notice import priority as priority_data
from hrintegrity.notice.quotas import notice_quotas
from hrintegrity.rules.recommendation import (
    Candidate,
    Cause,
    Listed,
    Reason,
    ineligibility,
    judge,
    priority_grounds,
    ranked,
)
from notice_2013 import default_standard, parse_standard

CASES = Path(__file__).parents[1] / "cases"
ELIGIBILITY = yaml.safe_load((CASES / "eligibility.yaml").read_text(encoding="utf-8"))
QUOTA = yaml.safe_load((CASES / "quota.yaml").read_text(encoding="utf-8"))
EVENTS = ("sanctions", "open_rectifications", "complaints", "lost_titles")
NUMBERS = itertools.count(1)
AGAINST = Reason("sanctioned", "2013-10-12受到惩戒：曝光", "三(八)2", "sanctioned:1")


def candidate(**known) -> Candidate:
    number = next(NUMBERS)
    plain = {"district": "haidian", "kind": "commercial", "year": 2013, "concluded": True}
    found = plain | {"total": Decimal("85.00"), "band": "良好"} | known
    for event in EVENTS:
        found[event] = tuple(
            Cause(f"{event}-{place}", dt.date(2013, 10, 12), text)
            for place, text in enumerate(found.get(event, ()))
        )
    found["missing_sources"] = tuple(found.get("missing_sources", ()))
    found["refused_bands"] = frozenset(found.get("refused_bands", ()))
    return Candidate(f"{number:04}", f"甲{number}", **found)


@pytest.mark.parametrize("case", ELIGIBILITY, ids=lambda case: case["name"])
def test_eligibility_comes_out_as_written_with_its_clauses(case) -> None:
    content = default_standard().as_mapping()
    content["eligibility"] |= case.get("rules", {})
    reasons = ineligibility(candidate(**case["known"]), parse_standard(content))
    assert [[reason.code, reason.clause] for reason in reasons] == case["against"]
    assert all(reason.message for reason in reasons)
    assert len({reason.key for reason in reasons}) == len(reasons)


def test_a_reason_names_the_day_and_the_measure() -> None:
    (reason,) = ineligibility(candidate(sanctions=["曝光"]), default_standard())
    assert reason.message == "2013-10-12受到惩戒：曝光"


def entries(case) -> list[Listed]:
    whose = case["district"]
    made = {
        "commercial": lambda: Listed(candidate(district=whose)),
        "public": lambda: Listed(candidate(district=whose, kind="public")),
        "ineligible": lambda: Listed(candidate(district=whose), (AGAINST,)),
        "excused": lambda: Listed(
            candidate(district=whose),
            (AGAINST,),
            despite="已改正",
            excused=frozenset([AGAINST.key]),
        ),
        "moved": lambda: Listed(candidate(district="chaoyang")),
        "submitted": lambda: Listed(candidate(district=whose), (AGAINST,), submitted=True),
    }
    return [made[what]() for what, count in case["list"].items() for _ in range(count)]


@pytest.mark.parametrize("case", QUOTA, ids=lambda case: case["name"])
def test_a_list_against_annex_2_comes_out_as_written(case) -> None:
    assert notice_quotas(2013).by_district[case["district"]] == case["quota"]
    listed = entries(case)
    found = judge(
        case["district"], case["quota"], listed, year=2013, relaxed=case.get("relaxed", False)
    )
    assert found.ok is case["ok"]
    assert [one.code for one in found.problems] == case.get("problems", [])
    assert [one.code for one in found.warnings] == case.get("warnings", [])
    assert found.remaining == case["remaining"]
    assert found.recommended == len(listed)
    share = case["share"]
    assert found.commercial_share == (None if share is None else Fraction(share))


def test_problems_say_how_much_is_missing_and_cite_the_annex() -> None:
    listed = [Listed(candidate(kind=kind)) for kind in ("commercial", *["public"] * 4)]
    over, half = judge("pinggu", 4, listed, year=2013, relaxed=False).problems[:2]
    assert over.message == "平谷区推荐 5 家，名额 4 家，超出 1 家。"
    assert half.message == "平谷区推荐 5 家，其中经营性机构 1 家，不足 50%（应有 3 家）。"
    assert {over.clause, half.clause} == {"附件2"}


def test_a_later_reason_is_not_excused_with_an_earlier_one() -> None:
    later = Reason("sanctioned", "2013-10-20受到惩戒：通报", "三(八)2", "sanctioned:2")
    one = Listed(candidate(), (AGAINST, later), despite="已改正", excused=frozenset([AGAINST.key]))
    (problem,) = judge("haidian", 16, [one], year=2013, relaxed=False).problems
    assert problem.code == "not-eligible"
    assert "通报" in problem.message
    assert "曝光" not in problem.message


def test_what_is_missing_is_named_in_one_warning_of_the_agency() -> None:
    one = Listed(candidate(), missing=("opinion", "self_summary"))
    found = judge("haidian", 16, [one], year=2013, relaxed=False)
    assert found.ok
    (warning,) = found.warnings
    assert warning.code == "incomplete"
    assert warning.agencies == (one.candidate.code,)
    assert "区县人力资源和社会保障局意见、机构自评总结" in warning.message


def test_a_graded_and_an_outstanding_agency_go_first_in_the_notices_words() -> None:
    notice = (Path(__file__).parents[2] / "docs/notice/220.txt").read_text(encoding="utf-8")
    both = priority_grounds(candidate(grade="A", outstanding=True))
    assert both == ("按照地方标准评定等级", "在“诚信服务月”活动期间表现突出")
    assert all(ground in notice for ground in both)
    assert priority_data.priority(2013).text in notice
    assert priority_grounds(candidate(grade="AAAAA")) == both[:1]
    assert priority_grounds(candidate(outstanding=True)) == both[1:]
    assert priority_grounds(candidate()) == ()


def test_candidates_rank_by_priority_then_total_then_code() -> None:
    rows = [
        candidate(total=None, grade="A"),
        candidate(total=Decimal("99.00")),
        candidate(total=Decimal("70.00"), outstanding=True),
        candidate(total=Decimal("70.00"), grade="AAA"),
        candidate(total=None),
        candidate(total=Decimal("0.00")),
    ]
    order = [rows[3], rows[2], rows[0], rows[1], rows[5], rows[4]]
    # Equal totals go by code, and the third was made before the fourth.
    order[:2] = sorted(order[:2], key=lambda row: row.code)
    for shuffled in itertools.permutations(rows):
        assert ranked(shuffled, lambda row: row) == order


def test_passing_over_a_priority_is_told_only_where_one_without_is_recommended() -> None:
    graded, plain = candidate(grade="AA"), candidate()
    waiting = [graded, candidate()]

    def codes(*listed: Candidate) -> list[str]:
        found = judge(
            "haidian",
            16,
            [Listed(one) for one in listed],
            year=2013,
            relaxed=False,
            not_listed=waiting,
        )
        return [warning.code for warning in found.warnings]

    assert codes() == []
    assert codes(candidate(outstanding=True)) == []
    assert codes(plain) == ["priority-passed-over"]
    assert codes(candidate(grade="A"), plain) == ["priority-passed-over"]
    waiting.remove(graded)
    assert codes(plain) == []
