"""Any table imports to the same archive, however its headers are written and its cells spelt."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

import server
from hrintegrity.archive.tables import load_all
from hrintegrity.sheets.content import EMPTY_MARKS
from importing import CODE, KINDS, Imported, write
from registers import cells, decorated, plain
from running import JSON, Hri, rows
from sheets.test_any_register import ANY, TEXTS, forbidden

NUMBERS = count()
# Elsewhere a name or a number is of an agency or a notice that has to be there.
FREE = [(n, c) for n, c in TEXTS if n == "agency" or c.field not in ("name", "number")]
FOUND_BY = {
    ("staff", "person"): "agency staff list --name",
    ("staff", "certificate"): "agency staff list --certificate",
    ("agency", "name"): "agency list --name",
}
"""The commands that look for what stands in a field."""

FEW_OR_MANY = [1, pytest.param(30, marks=pytest.mark.soak)]


def tried(examples: int) -> settings:
    """Return the settings for so many examples."""
    return settings(
        deadline=None,
        max_examples=examples,
        suppress_health_check=list(HealthCheck),
        # To make a failing example smaller, hundreds of archives would be made.
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
    )


def everything(archive: Path) -> dict[str, list[tuple]]:
    """Return what all tables have, but for the journal and what differs each time."""
    load_all()
    found = {}
    for table in SQLModel.metadata.sorted_tables:
        names = [c.name for c in table.columns if not c.name.endswith(("id", "salt"))]
        if table.name not in ("journal", "vault", "alembic_version") and names:
            columns = ", ".join(f'"{name}"' for name in names)
            listed = rows(archive, f'SELECT {columns} FROM "{table.name}"')
            found[table.name] = sorted(listed, key=repr)
    return found


def archived(empty: Path, folder: Path, kind: Imported, table: Path) -> dict[str, list[tuple]]:
    """Import a table into a copy of an archive; return all that it then has."""
    archive = folder / f"{next(NUMBERS)}.db"
    server.copy(empty, archive)
    kind.take(Hri(archive), table).ok()
    return everything(archive)


@pytest.mark.parametrize("examples", FEW_OR_MANY)
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_any_table_imports_to_the_same_archive(registry, tmp_path, kind, examples):
    """Rows of different keys, some cells empty and some of hypothesis's making, twice written."""
    known = {header: column for column in kind.table.columns for header in column.headers}
    names = {header: known.get(header, kind.table.by_field.get(header)) for header in kind.row}
    keys = {header for key in (kind.row, *kind.keys)[1:] for header in key}
    free = [h for h in kind.optional if h not in {*keys, *kind.base, "区县"}]
    before = everything(registry.archive)

    @tried(examples * 3)
    @given(st.lists(st.sampled_from(range(len(kind.keys) + 1)), min_size=1, unique=True), st.data())
    def holds(places, data) -> None:
        drawn = []
        for place in places:
            row = {**kind.plain, **({}, *kind.keys)[place]}
            row |= {h: data.draw(cells(names[h])) for h in free}
            drawn.append({names[header].field: text for header, text in row.items()})
        first = plain(tmp_path / "plain.csv", kind.table, drawn)
        other = decorated(tmp_path / "other.csv", kind.table, drawn, data)
        one = archived(registry.archive, tmp_path, kind, first)
        assert archived(registry.archive, tmp_path, kind, other) == one != before

    holds()


@pytest.mark.parametrize("examples", FEW_OR_MANY)
@pytest.mark.parametrize(("name", "column"), FREE, ids=[f"{n}-{c.field}" for n, c in FREE])
def test_a_row_with_any_text_is_refused_or_found_again_by_what_was_typed(
    registry, tmp_path, name, column, examples
):
    kind = KINDS[name]
    header = next(h for h in kind.row if h in (*column.headers, column.field))

    @tried(examples)
    @given(ANY.filter(lambda text: "\0" not in text and text.strip()))
    @example("'⽯景⼭\u200b路　１\n号")
    @example("-")
    @example("-甲公司")
    def holds(text: str) -> None:
        archive = tmp_path / f"{next(NUMBERS)}.db"
        server.copy(registry.archive, archive)
        hri = Hri(archive)
        path = tmp_path / "a.csv"
        write(path, {**kind.row, header: text})
        ran = kind.take(hri, path)
        if ran.status:
            assert any(one["column"] == header for one in ran.error["details"]), ran.err
            return
        assert not any(map(forbidden, text.strip()))
        assert kind.take(hri, path).ok().json["unchanged"] == ran.json["read"] == 1
        is_key = name == "agency" and column.field in ("name", "license")
        if is_key and text.strip() not in EMPTY_MARKS:
            found = hri("agency", "show", *JSON, "--", text)
            assert found.ok().json["code"] == kind.row[CODE]
        option = FOUND_BY.get((name, column.field))
        if option and text.strip() not in EMPTY_MARKS:
            assert len(hri(*option.split(), text, *JSON).ok().json) == 1

    holds()
