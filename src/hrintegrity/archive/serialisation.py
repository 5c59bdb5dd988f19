"""Serialise rows for the journal: column names, and hashes for what is long or erasable."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table

from hrintegrity.archive.journal import canonical, canonical_columns
from hrintegrity.archive.tables.base import Record
from hrintegrity.notice.names import SALTED


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


def row_serialiser(model: type[Record]) -> Callable[[dict[str, Any]], str]:
    """Return what writes values of a model as the journal has them."""
    if model.journal_salted or model.journal_digest:
        return lambda values: canonical(as_journalled(model, values))
    return canonical


def rows_as_journalled(model: type[Record], columns: Mapping[str, Sequence[Any]]) -> list[str]:
    """Return rows, one at least, given as columns of equal length, as the journal has each."""
    columns = dict(columns)
    if model.journal_salted:
        salts = columns.pop("salt")
        for name in model.journal_salted & columns.keys():
            columns[name] = list(map(_salted, salts, columns[name]))
    for name in model.journal_digest & columns.keys():
        digests = {value: _digest(value) for value in set(columns[name])}
        columns[name] = list(map(digests.__getitem__, columns[name]))
    return canonical_columns(columns)


def as_journalled(model: type[Record], values: dict[str, Any]) -> dict[str, Any]:
    """Return values as the journal has them: what is long or may have to be erased is hashed.

    The salt itself is left out, so that it can be erased too.
    """
    if model.journal_salted:
        salt = values.get("salt")
        values = {
            key: _salted(salt, value) if key in model.journal_salted else value
            for key, value in values.items()
            if key != "salt"
        }
    if model.journal_digest.isdisjoint(values):
        return values
    return {
        key: _digest(value) if key in model.journal_digest else value
        for key, value in values.items()
    }


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


def with_salt(row: Record, values: dict[str, Any]) -> dict[str, Any]:
    """Return a row's changes with the salt that the journal needs for them, if it needs one.

    A change of the salt itself goes before the row's.
    """
    if not row.journal_salted:
        return values
    return {"salt": row.salt, **values}  # type: ignore[attr-defined]  # every salted table has it.
