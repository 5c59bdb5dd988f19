"""JSON as scripts get it: what `json.dumps(indent=2)` would write, in fewer steps."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counting import calls
from hrintegrity.cli.base import output
from hrintegrity.cli.program.plain import json_text, plain
from hrintegrity.packing import Packed

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda one: st.lists(one, max_size=4) | st.dictionaries(st.text(), one, max_size=4),
    max_leaves=20,
)


def standard(value: object) -> str:
    return json.dumps(plain(value), ensure_ascii=False, indent=2)


@given(VALUES)
def test_it_is_what_the_standard_library_writes(value: object) -> None:
    assert json_text(value) == standard(value)


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        [[], {}],
        {"a": [], "b": {}},
        {"a": [1, {"b": [dt.date(2013, 10, 8), Decimal("1.50"), Decimal(2)]}], "c": None},
        "一行,\n又一行",
    ],
)
def test_so_it_is_where_nothing_is_or_much_is_nested(value: object) -> None:
    assert json_text(value) == standard(value)


def test_the_fields_of_a_record_are_encoded_together() -> None:
    rows = [{f"field{n}": "甲" for n in range(12)}] * 100
    assert calls(lambda: json_text(rows))[0] < calls(lambda: standard(rows))[0] / 2


def test_long_lists_deep_in_a_document_are_written_piece_by_piece_as_if_in_one():
    rows = [{"n": number} for number in range(1200)]
    whole = [
        {"district": "a", "missing": {"pledge": rows, "staff": []}, "rate": 0.5},
        {"district": "b", "missing": {"pledge": [], "staff": rows[:1]}, "rate": None},
    ]
    packed = [
        {**one, "missing": {name: Packed(found) for name, found in one["missing"].items()}}
        for one in whole
    ]
    parts = list(output._json(packed))
    assert "".join(parts) == json.dumps(whole, indent=2)
    assert max(map(len, parts)) < len("".join(parts)) / 2
