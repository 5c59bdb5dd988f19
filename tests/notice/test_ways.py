"""Every kind of record says how it is listed, corrected and taken back, by commands that exist."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import typer

from hrintegrity.duties.exchange.graph import kinds as tables
from hrintegrity.duties.withdrawal import WITHDRAWN
from hrintegrity.notice.records import kinds
from hrintegrity.notice.records.ways import WAYS

DOCS = Path(__file__).parents[2] / "docs"
OWN_WAYS = (
    *("score_sheet", "gap", "complainant", "conclusion", "sanction", "recommendation", "activity"),
    *("outstanding", "creation_title", "key_trust", "conflict"),
)
"""What the page of the command line gives a way of its own; the rest goes by `archive withdraw`."""


def made(name: str):
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def commands() -> set[str]:
    """Return every command of the program."""
    module = made("make_commands")
    root = typer.main.get_command(module.app)
    found = module.commands(root, typer.Context(root, info_name="hri"))
    return {path.removeprefix("hri").strip() for path, _ in found}


def test_every_kind_of_record_has_a_way():
    assert set(WAYS) == set(tables())


@pytest.mark.parametrize("name", WAYS)
def test_the_ways_of_a_record_are_commands_and_what_has_none_says_why(commands, name):
    way = WAYS[name]
    assert {way.listed, way.corrected, way.taken_back} - {""} <= commands
    assert way.taken_back or way.follows
    assert set(way.parts) <= {table for table, _ in tables()[name].dependents}


def test_what_the_page_says_goes_by_a_way_of_its_own_does_not_go_by_withdraw():
    assert not set(OWN_WAYS) & set(WITHDRAWN)
    assert {"objection", "service", "unit", "relaxation", "agency"} <= set(WITHDRAWN)


def test_the_table_of_ways_is_current():
    text = (DOCS / "taking-back.md").read_text(encoding="utf-8")
    assert text == made("make_fields").ways()
    assert all(one.title in text for one in kinds().values())
