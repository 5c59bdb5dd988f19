"""Rows about agencies, each named by its code or by its full name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from hrintegrity.archive.engine import Archive
from hrintegrity.duties import ownership
from hrintegrity.duties.agency_rows import AgencyRow
from hrintegrity.duties.agency_texts import name_key
from hrintegrity.duties.importing.target import Fault, Remarks, Rows
from hrintegrity.duties.naming import find_named
from hrintegrity.errors import HriError
from hrintegrity.notice.districts import District
from hrintegrity.notice.records import kind
from hrintegrity.rules.codes import plain_code
from hrintegrity.sheets.columns import declared
from hrintegrity.sheets.content import EMPTY
from hrintegrity.sheets.reading import Row

PARTLY = "{count} 行写的不是机构现在的全称，认作：{first}。请核对。"

K = TypeVar("K")
R = TypeVar("R")


_AGENCY = kind("agency")
AGENCY_COLUMNS = (
    declared(_AGENCY["code"], plain_code, example="", note="代码和机构名称至少填一项"),
    declared(_AGENCY["name"]),
)
EITHER = ("code", "name")
"""A table about agencies has one of these columns."""


class RowsOfAnyAgency(Rows[AgencyRow | None, K, R]):
    """Rows that may name an agency; a row that names none has None looked up for it."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive)
        self.own = ownership.owner(archive)

    def look_up(self, rows: Sequence[Row]) -> list[AgencyRow | Fault | None]:
        """Return the agency of each row, None, or why the row is refused."""
        return agencies_of(self.archive, self.own, rows, self.remarks)


class RowsOfAgencies(Rows[AgencyRow, K, R]):
    """Rows that must name an agency."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive)
        self.own = ownership.owner(archive)

    def look_up(self, rows: Sequence[Row]) -> list[AgencyRow | Fault]:
        """Return the agency of each row, or why the row is refused."""
        found = agencies_of(self.archive, self.own, rows, self.remarks)
        return [
            Fault(column_of(row.values), f"机构的代码和名称都{EMPTY}") if agency is None else agency
            for row, agency in zip(rows, found, strict=True)
        ]


def agencies_of(
    archive: Archive, own: District, rows: Sequence[Row], remarks: Remarks
) -> list[AgencyRow | Fault | None]:
    """Return the agency that each row names, None where it names none, or why it is refused."""
    named = [(row.values.get("code"), row.values.get("name")) for row in rows]
    found = find_named(archive, own, {one for one in named if any(one)})
    for code, name in named:
        agency = found.get((code, name))
        if isinstance(agency, AgencyRow) and name and name_key(name) != agency.name_key:
            remarks.add(PARTLY, f"{name}→{agency.name}")
    return [
        _refused(agency, one[0]) if isinstance(agency, HriError) else agency
        for one in named
        for agency in (found.get(one),)
    ]


def _refused(error: HriError, code: str | None) -> Fault:
    rule = error if error.code == "not-ours" else None
    field = "name" if error.code == "name-differs" or not code else "code"
    return Fault(field, error.message, rule, error.questions)


def column_of(values: Mapping[str, Any]) -> str:
    """Return the field in which a row would name its agency, of those that the file has."""
    return "name" if "name" in values and "code" not in values else "code"
