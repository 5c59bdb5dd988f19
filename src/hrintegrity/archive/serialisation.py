"""Serialise rows for the journal: column names, and hashes for what is long or erasable.

Which columns those are is declared in `notice.records`; tables go by their names here, so that
rows can be compared with the journal without a model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from hrintegrity.archive.journal import canonical, canonical_columns
from hrintegrity.notice.names import SALTED
from hrintegrity.notice.records import kind

if TYPE_CHECKING:
    from sqlalchemy import Table

    from hrintegrity.archive.tables.base import Record


def table_name(model: type[Record]) -> str:
    """Return the name of a model's table."""
    # SQLAlchemy's own kind of text, which a database driver takes the long way.
    return str(table_of(model).name)


def columns_of(model: type[Record]) -> list[str]:
    """Return the names of a table's columns, in their order."""
    return [column.name for column in table_of(model).columns]


def by_column(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, Sequence[Any]]:
    """Return rows, of which there is one at least, as the columns of these names."""
    return dict(zip(names, zip(*rows, strict=True), strict=True))


def table_of(model: type[Record]) -> Table:
    """Return the table of a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table models.
    return table


@cache
def row_serialiser(table: str) -> Callable[[Mapping[str, Any]], str]:
    """Return what writes values of a table's row as the journal has them."""
    if kind(table).hidden:
        return lambda values: canonical(as_journalled(table, values))
    return canonical


def rows_as_journalled(table: str, columns: Mapping[str, Sequence[Any]]) -> list[str]:
    """Return rows, one at least, given as columns of equal length, as the journal has each."""
    columns, of = dict(columns), kind(table)
    if of.erasable:
        salts = columns.pop("salt")
        for name in of.erasable & columns.keys():
            columns[name] = list(map(_salted, salts, columns[name]))
    for name in of.hashed & columns.keys():
        digests = {value: _digest(value) for value in set(columns[name])}
        columns[name] = list(map(digests.__getitem__, columns[name]))
    return canonical_columns(columns)


def as_journalled(table: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return values as the journal has them: what is long or may have to be erased is hashed.

    The salt itself is left out, so that it can be erased too.
    """
    of = kind(table)
    if of.erasable:
        salt = values.get("salt")
        values = {
            key: _salted(salt, value) if key in of.erasable else value
            for key, value in values.items()
            if key != "salt"
        }
    if of.hashed.isdisjoint(values):
        return values
    return {key: _digest(value) if key in of.hashed else value for key, value in values.items()}


def _salted(salt: str | None, value: Any) -> Any:
    """Return the hash of a value that may have to be erased.

    Without a salt the value stays: it was journalled so, or there is nothing left to hide.
    """
    if value is None or salt is None:
        return value
    return f"{SALTED}{_sha256(f'{salt}{value}')}"


def _digest(value: Any) -> str | None:
    return None if value is None else f"sha256:{_sha256(value)}"


def _sha256(value: Any) -> str:
    return hashlib.sha256(str(value).encode("utf-8", "surrogatepass")).hexdigest()
