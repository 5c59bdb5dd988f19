"""Gaps, their days and what is overdue, case by case."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hrintegrity.errors import UsageError
from hrintegrity.notice.clauses import CLAUSES
from hrintegrity.rules import inspection

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/inspection.yaml").read_text("utf-8"))


def cases(part):
    return [pytest.param(case, id=case["name"]) for case in CASES[part]]


@pytest.mark.parametrize("case", cases("terms"))
def test_by_when_a_gap_is_to_be_mended(case):
    given = case["input"]
    arguments = (given["found"], given.get("given"), given["month_end"])
    expected = case["output"]
    if "error" in expected:
        with pytest.raises(UsageError) as refused:
            inspection.term(*arguments)
        assert (refused.value.code, refused.value.clause) == (expected["error"], case["clause"])
        return
    found = inspection.term(*arguments)
    assert (found.deadline, len(found.warnings)) == (expected["deadline"], expected["warnings"])


@pytest.mark.parametrize("case", cases("overdue"))
def test_when_a_gap_is_overdue(case):
    given = case["input"]
    found = inspection.is_overdue(given["deadline"], given.get("mended"), given["today"])
    assert found is case["output"]


@pytest.mark.parametrize("case", cases("failed"))
def test_which_systems_have_a_gap(case):
    assert list(inspection.failed_systems(case["input"])) == case["output"]


@pytest.mark.parametrize("case", [case for part in CASES.values() for case in part])
def test_each_case_cites_a_clause_of_the_notice(case):
    assert case["clause"] in CLAUSES
