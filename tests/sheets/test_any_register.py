"""Any table, however its headers are written and whatever stands around it, reads the same."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hrintegrity.hygiene import hygienic
from hrintegrity.sheets.columns import Column, Table, day
from hrintegrity.sheets.content import EMPTY_MARKS, clean_line, unmarked
from hrintegrity.sheets.headers import Matcher
from hrintegrity.sheets.how import How
from hrintegrity.sheets.layouts import Layout
from hrintegrity.sheets.reading import open_table
from hrintegrity.sheets.rows import Row, RowParser
from importing import KINDS, Imported
from registers import DECORATED, decorated, plain, rows

FEW_OR_MANY = [6, pytest.param(200, marks=pytest.mark.soak)]
"""How many examples are tried of each kind of table."""

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def read(path: Path, table: Table) -> list[dict[str, object]]:
    with open_table(path, table) as reading:
        found = list(reading.rows())
    assert [row.errors for row in found if row.errors] == []
    return [dict(sorted(row.values.items())) for row in found]


@pytest.mark.parametrize("examples", FEW_OR_MANY)
@every_kind
def test_junk_synonyms_order_and_width_of_headers_change_nothing(
    tmp_path: Path, kind: Imported, examples: int
) -> None:
    @settings(deadline=None, max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(rows(kind.table), st.data())
    def holds(drawn, data) -> None:
        first = plain(tmp_path / "plain.csv", kind.table, drawn)
        other = decorated(tmp_path / "other.csv", kind.table, drawn, data)
        assert read(other, kind.table) == read(first, kind.table)

    holds()


def test_a_record_whose_first_text_is_like_a_notes_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "意见.csv"
    path.write_text("事由,受理日期,渠道\n说明,2000-01-01,市场管理\n说明,,\n", encoding="utf-8")
    assert [row["subject"] for row in read(path, KINDS["complaint"].table)] == ["说明"]


# --- any text in any field ------------------------------------------------------------------------

TEXTS = [
    (name, column)
    for name, kind in KINDS.items()
    for column in kind.table.columns
    if not (column.choices or column.is_date or column.marks)
    and column.field not in ("code", "year", "people", "agencies", "media")
    and not column.field.isdigit()
]
"""The columns that take any text."""

ANY = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2FFF), min_size=1, max_size=8),
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "北京", "'", " ", "⽯", "A"]),
        st.characters(),
        st.sampled_from(["", "公司", "'", "\n京", "\u200b", "１"]),
    ),
)
_ODD = ("错误值", "列太窄", "乱码", "科学计数", "不像", "没有填写", "能容纳")
"""Why else a text is refused: what spreadsheets leave, what is no name, nothing, too much."""


def forbidden(character: str) -> bool:
    """Say whether no field may hold a character, as users are told."""
    code = ord(character)
    if character in "\t\n\r":
        return False
    if unicodedata.category(character) in ("Cc", "Cs", "Co"):
        return True
    is_none = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return (
        is_none
        or character in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
        or (0x2066 <= code <= 0x2069)
    )


def parsed(column: Column, text: str) -> Row | None:
    """Return a row with one cell in a column; None where it is passed over."""
    table = Table("t", "表", (column, _DAY), (column.field,))
    layout = Layout(1, (column.header, "某日"), {0: column, 1: _DAY}, {})
    parser = RowParser(table, layout, How().hints(table))
    return next(parser.parse([(2, [text, "2013-10-08"], None)]), None)


_DAY = Column("some_day", ("某日",), day, is_date=True)


@pytest.mark.parametrize("examples", FEW_OR_MANY)
@pytest.mark.parametrize("column", [c for _, c in TEXTS], ids=[f"{n}-{c.field}" for n, c in TEXTS])
def test_any_text_is_refused_with_its_code_point_or_found_by_what_was_typed(
    column: Column, examples: int
) -> None:
    @settings(deadline=None, max_examples=examples * 3)
    @given(ANY)
    @example("\u200b").via("nothing is left of it")
    @example("无锡\ue000").via("a private character")
    @example("无\x85锡").via("a C1 control")
    @example("无\u202e锡").via("a bidirectional control")
    @example("无\ufdd0锡").via("a noncharacter")
    @example("无\x07锡").via("a C0 control")
    def holds(text: str) -> None:
        row = parsed(column, text)
        bad = {f"U+{ord(one):04X}" for one in text if forbidden(one)}
        if row is None:
            assert not bad
            return
        reason = row.errors[0].reason if row.errors else ""
        if bad:
            assert any(one in reason for one in bad), reason
        elif reason:
            assert any(word in reason for word in _ODD), reason
        else:
            kept = row.values[column.field]
            assert kept is not None or unmarked(hygienic(text).strip()) in ("", *EMPTY_MARKS)
            again = parsed(column, kept or "")
            # What is kept is taken as it is, and what was typed comes to the same.
            assert kept is None or (again is not None and again.values[column.field] == kept)

    holds()


@settings(deadline=None)
@given(ANY)
def test_any_text_at_the_command_line_is_taken_as_a_cell_is(text: str) -> None:
    try:
        kept = clean_line(text)
    except ValueError as error:
        reason = str(error)
    else:
        reason = ""
    if reason:
        assert any(word in reason for word in ("U+", *_ODD))
        return
    assert clean_line(kept) == kept == hygienic(kept)
    assert clean_line(f" {text}\n") == kept


@every_kind
def test_every_synonym_gives_its_field(kind: Imported) -> None:
    matcher = Matcher(kind.table, {}, frozenset())

    @settings(max_examples=10)
    @given(st.sampled_from(kind.table.columns), st.data())
    def holds(column, data) -> None:
        header = data.draw(st.sampled_from(column.headers))
        assert matcher.field(data.draw(DECORATED).format(header)) == column.field

    holds()
