"""Which tables travel in a bundle, what their records point at, and what must be unique."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Boolean, Date, Integer, Table, UniqueConstraint

from hrintegrity.archive import tables
from hrintegrity.archive.serialisation import columns_of, table_name
from hrintegrity.archive.tables.base import Record

TRAVELS = (
    *("agency", "agency_change", "former_name", "pledge", "education", "practitioner"),
    *("employment", "staff_education", "penalty", "sanction_notice", "sanction"),
    *("sanction_report", "review", "reward", "inspection", "inspection_draw", "gap", "complaint"),
    *("standard", "score_sheet", "conclusion", "objection", "paper", "service", "submission"),
    *("recommendation", "relaxation", "conferral", "unit", "title_report", "activity"),
    *("attachment", "bulletin", "distribution", "outstanding", "creation_title", "summary"),
    *("quota_set", "hotline_list", "campaign"),
)
"""The tables in an order in which no record comes before one that it points at."""

STAYS = (
    *("annex", "complainant", "conflict", "key_trust", "office", "procedure_rule", "seal", "vault"),
)
"""Who complained stays where it was received; the others are about one archive only.

An annex is taken into use by each office itself, before it scores by it; conclusions carry theirs.

What an office says of itself travels by itself (`office`).
"""

PLACE = {name: number for number, name in enumerate(TRAVELS)}


@dataclass(frozen=True)
class Kind:
    """A table of records: its columns, what they point at, its keys, and what points at it.

    `references` has per column the table that it points at; `keys` the columns that no two records
    share; `dependents` every table and column that points here.
    """

    model: type[Record]
    table: Table
    types: dict[str, type]
    required: frozenset[str]
    references: dict[str, str]
    keys: tuple[tuple[str, ...], ...]
    dependents: tuple[tuple[str, str], ...]

    @cached_property
    def name(self) -> str:
        """The name of the table."""
        return table_name(self.model)

    @cached_property
    def columns(self) -> list[str]:
        """The names of the columns, in their order."""
        return columns_of(self.model)


@cache
def kinds() -> dict[str, Kind]:
    """Return every table by its name, with those that don't travel."""
    for module in pkgutil.iter_modules(tables.__path__):
        importlib.import_module(f"{tables.__name__}.{module.name}")
    models = {table_name(model): model for model in Record.__subclasses__()}
    found = {name: model.__table__ for name, model in models.items()}  # type: ignore[attr-defined]  # SQLModel sets it on table models.
    references = {name: _references(table) for name, table in found.items()}
    return {
        name: Kind(
            model=models[name],
            table=table,
            types={column.name: _type(column.type) for column in table.columns},
            required=frozenset(column.name for column in table.columns if not column.nullable),
            references=references[name],
            keys=_keys(table),
            dependents=tuple(
                (other, column)
                for other, pointing in references.items()
                for column, target in pointing.items()
                if target == name
            ),
        )
        for name, table in found.items()
    }


def _references(table: Table) -> dict[str, str]:
    return {key.parent.name: key.column.table.name for key in table.foreign_keys}


def _keys(table: Table) -> tuple[tuple[str, ...], ...]:
    keys = [
        tuple(sorted(column.name for column in constraint.columns))
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    return tuple(sorted(keys))


def _type(column: Any) -> type:
    for kind, python in ((Boolean, bool), (Integer, int), (Date, dt.date)):
        if isinstance(column, kind):
            return python
    return str
