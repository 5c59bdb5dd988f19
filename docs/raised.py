"""Find where the program raises an error, or returns a refusal that becomes one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hrintegrity import errors
from hrintegrity.notice.steps import Obstacle, steps

SOURCE = Path(__file__).parents[1] / "src" / "hrintegrity"
RULE, USAGE = errors.RuleError.exit_status, errors.UsageError.exit_status
RECORDED = errors.LookupFailedError.exit_status
_CALLS = {
    name: (kind.exit_status, 0)
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.HriError)
} | {"Refusal": (RULE, 0), "_refusal": (RULE, 1), "_usage_refusal": (USAGE, 1)}
"""What raises, or makes what is raised: the exit status, and where the code stands."""


class Raised(NamedTuple):
    """One place: the file, the exit status, and the expressions of code, message and hint."""

    file: Path
    status: int
    given: dict[str, ast.expr]


def places() -> Iterator[tuple[ast.Module, Raised]]:
    """Yield each place with the module in which it is."""
    for file in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            status, first = _CALLS.get(node.func.id, (None, 0))
            if status is None or len(node.args) <= first:
                continue
            given = dict(zip(("code", "message", "hint"), node.args[first:], strict=False))
            given |= {one.arg: one.value for one in node.keywords if one.arg}
            yield tree, Raised(file, status, given)


def obstacles() -> dict[str, Obstacle]:
    """Return the obstacles by which `data/steps.yaml` refuses a step, by their codes."""
    found = {}
    for row in steps().table.values():
        for obstacle in row.values():
            if obstacle is not None:
                found[obstacle.code] = obstacle
    return found
