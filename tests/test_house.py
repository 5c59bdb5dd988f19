"""The house stays in order: no circle of imports, no module too long, no argument by its place."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from hrintegrity import __file__ as package

SOURCE = Path(package).parent
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 300
MOST_PLACES = 5


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
    """Each module and which modules of the program it imports, also within functions."""
    import grimp

    graph = grimp.build_graph("hrintegrity", cache_dir=None)
    return {
        name: set(graph.find_modules_directly_imported_by(name)) for name in sorted(graph.modules)
    }


def test_no_modules_import_each_other_in_a_circle(imports):
    assert _circles(imports) == []


def test_no_folders_import_each_other_in_a_circle(imports):
    folders = {name for name in imports if any(other.startswith(f"{name}.") for other in imports)}

    def folder(name: str) -> str:
        return name if name in folders else name.rpartition(".")[0]

    known: dict[str, set[str]] = defaultdict(set)
    for name, found in imports.items():
        for other in found:
            here, there = folder(name), folder(other)
            # A folder within another is a part of it.
            if not f"{here}.".startswith(f"{there}.") and not f"{there}.".startswith(f"{here}."):
                known[here].add(there)
    assert _circles(known) == []


def test_no_module_is_longer_than_it_should_be():
    # A revision that was released is never changed.
    long = [
        path
        for path in MODULES
        if path.parent.name != "versions" and len(path.read_text("utf-8").splitlines()) > LONGEST
    ]
    assert long == []


def test_a_call_with_many_arguments_names_them():
    calls = [
        (str(path.relative_to(SOURCE)), node.lineno)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and len(node.args) > MOST_PLACES and not _is_sql(node)
    ]
    assert calls == []


def _is_sql(call: ast.Call) -> bool:
    """Whether a call takes any number of like things: columns, conditions, names."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in {
        "select", "columns", "and_", "or_", "where", "order_by", "group_by", "create_table",
        "with_only_columns", "Table", "Index", "UniqueConstraint", "join", "max", "min", "zip",
        "one_of", "select_columns", "table_of", "Vocabulary", "union_all", "coalesce", "chain",
    }  # fmt: skip


def _circles(edges: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the circles among names, by taking away again and again what imports nothing left."""
    left = {name: set(found) for name, found in edges.items()}
    for found in edges.values():
        for name in found:
            left.setdefault(name, set())
    while free := [name for name, found in left.items() if not found & left.keys()]:
        for name in free:
            del left[name]
    # What is left leads into a circle, or is in one: keep what can reach itself.
    circular = [name for name in left if name in _reachable(name, left)]
    return sorted(
        {tuple(sorted(n for n in circular if n in _reachable(name, left))) for name in circular}
    )


def _reachable(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = [start]
    while ahead:
        for name in edges[ahead.pop()] & edges.keys():
            if name not in found:
                found.add(name)
                ahead.append(name)
    return found
