"""How each kind of complaint may end, case by case."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hrintegrity.notice.clauses import CLAUSES
from hrintegrity.notice.words import COMPLAINT_KIND, OUTCOME
from hrintegrity.rules import complaints

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/complaints.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_how_it_may_end(case):
    refused = complaints.refusal(case["kind"], case["outcome"], dishonest=case["dishonest"])
    assert (refused and refused.code) == case.get("error")
    assert case["clause"] in CLAUSES
    if refused is not None:
        assert refused.clause == case["clause"]


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("收费不明", False),
        ("2013年10月8日收费300元", False),
        ("机构代码91110108MA0000000X", False),
        ("联系人13911112222", True),
        ("电话 139-1111-2222", True),
        ("请回电010-62345678。", True),
        ("来人身份证11010119900307123X", True),
        ("订单号2013100812345678901", False),
    ],
)
def test_a_number_by_which_a_person_is_known_is_pointed_out_in_a_subject(subject, told):
    assert bool(complaints.contact_warnings(subject)) is told


def test_every_kind_and_outcome_is_among_the_cases():
    assert {case["kind"] for case in CASES} == set(COMPLAINT_KIND) == set(complaints.OUTCOMES)
    assert {case["outcome"] for case in CASES} == set(OUTCOME)
