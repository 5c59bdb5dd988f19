"""What is looked up every day goes by an index, however large the archive: by the query plan."""

from __future__ import annotations

import pytest

from look_ups import LOOK_UPS, SMALL, plans
from made_archives import made


@pytest.mark.archive_file("the plan is SQLite's")
@pytest.mark.parametrize("name", LOOK_UPS)
def test_a_daily_look_up_goes_by_an_index(tmp_path, name) -> None:
    found = plans(made(tmp_path), name, "EXPLAIN QUERY PLAN")
    steps = [(row[3], statement) for statement, rows in found for row in rows]
    for step, statement in steps:
        words = step.split()
        if words[0] == "SCAN" and words[1] not in SMALL:
            pytest.fail(f"{name} reads the whole of {words[1]}: {step}\n{statement}")
    if name.startswith("sanction"):
        assert any("ix_sanction_open" in step for step, _ in steps)
    if name.startswith("inspect"):
        assert any("ix_gap_mended_deadline" in step for step, _ in steps)
