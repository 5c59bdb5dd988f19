"""What is looked up every day goes by an index on the server too: by the query plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import server
from look_ups import LOOK_UPS, SMALL, plans

PARTIAL = {"ix_sanction_open"}
"""Indexes that hold no more rows than are asked for: they are read whole."""


def _steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _steps(part)


def _is_narrow(step: dict[str, Any]) -> bool:
    return any("Index Cond" in part or part.get("Index Name") in PARTIAL for part in _steps(step))


@pytest.mark.parametrize("name", LOOK_UPS)
def test_a_daily_look_up_goes_by_an_index_on_the_server(there, name) -> None:
    found = plans(server.location_of(there.archive), name, "EXPLAIN (FORMAT JSON)")
    for statement, rows in found:
        for step in _steps(rows[0][0][0]["Plan"]):
            if step.get("Relation Name", "office") not in SMALL and not _is_narrow(step):
                pytest.fail(f"{name} reads all of {step['Relation Name']}: {step}\n{statement}")
