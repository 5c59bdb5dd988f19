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


def test_every_kind_and_outcome_is_among_the_cases():
    assert {case["kind"] for case in CASES} == set(COMPLAINT_KIND) == set(complaints.OUTCOMES)
    assert {case["outcome"] for case in CASES} == set(OUTCOME)
