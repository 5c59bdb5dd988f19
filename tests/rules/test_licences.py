"""The state of a licence, case by case."""

from pathlib import Path

import pytest
import yaml

from hrintegrity.rules.licences import license_state

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "licences.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_licence_is_valid_through_its_last_day_unless_it_was_cancelled(case):
    state = license_state(
        case.get("number"),
        issued=case.get("issued"),
        until=case.get("until"),
        cancelled=case.get("cancelled"),
        today=case["today"],
    )
    assert state == case["state"]
