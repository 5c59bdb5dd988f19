"""The table of states and steps of a sanction's case (`data/steps.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from hrintegrity.notice._reading import Value
from hrintegrity.notice.timeline import read_timeline

WITHDRAWN = frozenset({"void", "withdrawn", "annulled", "closed"})
"""The stages of a decision that was withdrawn."""


@dataclass(frozen=True)
class Obstacle:
    """Why a step can't be taken: a code, what to say and to do, the clause or law.

    `recorded`: it was taken before.
    """

    code: str
    message: str
    hint: str
    clause: str
    recorded: bool


@dataclass(frozen=True)
class Steps:
    """Per step and stage what stands in the way; None where the step may be taken.

    `of_notice` are the steps that are about the notice beforehand: a decision that was withdrawn
    is no part of what they look at.
    """

    stages: tuple[str, ...]
    of_notice: frozenset[str]
    table: Mapping[str, Mapping[str, Obstacle | None]]


@cache
def steps() -> Steps:
    """Return the table. Raises UnusableError `data-broken` where a step leaves a stage out."""
    timeline = read_timeline("steps.yaml", _steps, required=("stages", "steps", "refusals"))
    return timeline.entries[-1].content


def _steps(part: Mapping[str, Value], _: str) -> Steps:
    stages = tuple(item.text() for item in part["stages"].items())
    obstacles = {code: _obstacle(code, v) for code, v in part["refusals"].entries().items()}
    table: dict[str, dict[str, Obstacle | None]] = {}
    of_notice: set[str] = set()
    for item in part["steps"].items():
        one = item.keys(("step", "of", "yes", "no"))
        asked = set(stages)
        if one["of"].text() not in ("notice", "decision"):
            one["of"].fail("只能是 notice、decision")
        if one["of"].text() == "notice":
            of_notice.add(one["step"].text())
            asked -= WITHDRAWN
        row: dict[str, Obstacle | None] = {stage.text(): None for stage in one["yes"].items()}
        for stage, code in one["no"].entries().items():
            if stage in row:
                code.fail("这个状态写了两次")
            if code.text() not in obstacles:
                code.fail("refusals 里没有这个代码")
            row[stage] = obstacles[code.text()]
        if set(row) != asked:
            item.fail(f"各状态须各写一次：{'、'.join(sorted(asked ^ set(row)))}")
        table[one["step"].text()] = row
    return Steps(stages, frozenset(of_notice), table)


def _obstacle(code: str, value: Value) -> Obstacle:
    part = value.keys(("message", "hint", "clause"), ("recorded",))
    message, hint, clause = (part[key].text() for key in ("message", "hint", "clause"))
    return Obstacle(code, message, hint, clause, "recorded" in part and part["recorded"].flag())
