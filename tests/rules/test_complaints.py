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
    assert bool(complaints.contact_warnings(subject, name=None, contact=None)) is told


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("已责令退费", ""),
        ("已责令退费，赵先生电话13900001111", "姓名、联系方式"),
        ("已电话告知 赵 先 生", "姓名"),
        ("已回电 139 0000-1111", "联系方式"),
        ("已回电１３９００００１１１１", "联系方式"),
        ("已回电13900002222", ""),
        ("咨询电话010-88506572", ""),
    ],
)
def test_an_answer_that_names_its_complainant_as_recorded_is_pointed_out(answer, said):
    warnings = complaints.contact_warnings(
        "收费不明", answer, name="赵先生", contact="手机 139-0000-1111"
    )
    assert [f"投诉人的{said}" in warning for warning in warnings] == ([True] if said else [])
    assert all("诚信档案" in warning for warning in warnings)


def test_a_subject_that_names_its_complainant_is_pointed_out_and_no_name_is_no_name():
    found = complaints.contact_warnings("王小芳被多收费", name="王小芳", contact=None)
    assert ["投诉人的姓名" in one for one in found] == [True]
    assert complaints.contact_warnings("匿名来信", "已答复匿名人", name="匿名", contact="无") == ()


def test_every_kind_and_outcome_is_among_the_cases():
    assert {case["kind"] for case in CASES} == set(COMPLAINT_KIND) == set(complaints.OUTCOMES)
    assert {case["outcome"] for case in CASES} == set(OUTCOME)
