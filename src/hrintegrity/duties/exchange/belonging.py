"""To which district a record belongs: that of its agency, else the one that it names itself.

What a district sends and what its key may write are the same records, found by one condition. An
agency that was handed over belongs to its former district as well, with all its records, so that
what was entered there late is not lost; the agency itself may be changed by the present one only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from hrintegrity.duties.exchange.graph import kinds
from hrintegrity.duties.ownership import CITY

WHOLE_CITY = ("", CITY)
"""The value of the column `district` of the city's own records."""

CITYS_OWN = ("quota_set", "hotline_list", "campaign", "conferral")
"""Tables that only the city decides on; `unit` is another, where districts add the loss."""

DECIDED = ("sanction", "sanction_notice", "paper")
"""Tables in which a record may be the city's, though it is about a district's agency."""

FOLLOWING = ("sanction_report", "title_report", "service")
"""Tables whose records go where the record goes that they are about."""

CARRIED = ("unit", *DECIDED, *FOLLOWING)
"""What the city writes of the districts' agencies too: titles, its sanctions with their papers."""


def citys_own(table: str, row: Mapping[str, Any]) -> bool:
    """Whether a record is the city's to write, whatever agency it is about."""
    decided = "district" if table == "paper" else "decided_by"
    return table in CITYS_OWN or (table in DECIDED and row.get(decided) == CITY)


def belongs(table: str, district: str) -> ColumnElement[bool]:
    """Return the condition that a record of a table belongs to a district."""
    columns = kinds()[table].table.c
    if table in CITYS_OWN:
        return true() if district == CITY else false()
    if table == "unit" and district == CITY:
        return true()
    if table in DECIDED and district == CITY:
        # It is the agency's district's as well, which passes it on and reports it.
        decided = columns.district if table == "paper" else columns.decided_by
        return or_(columns.agency_id.in_(_agencies(CITY)), decided == CITY)
    if table == "agency":
        return columns.id.in_(_agencies(district))
    if table == "practitioner":
        employment = kinds()["employment"].table.c
        there = select(employment.practitioner_id).where(belongs("employment", district))
        return columns.id.in_(there)
    if "agency_id" in columns:
        of_agency = columns.agency_id.in_(_agencies(district))
        if columns.agency_id.nullable:
            return or_(of_agency, and_(columns.agency_id.is_(None), _named(columns, district)))
        return of_agency
    if "district" in columns:
        return _named(columns, district)
    column, parent = parent_of(table)
    above = kinds()[parent].table.c
    return columns[column].in_(select(above.id).where(belongs(parent, district)))


def parent_of(table: str) -> tuple[str, str]:
    """Return the column and the table of the record that a record belongs with."""
    references = kinds()[table].references
    if "agency_id" in references:
        return "agency_id", "agency"
    return next(iter(references.items()))


def _agencies(district: str) -> Select[Any]:
    agency, change = kinds()["agency"].table.c, kinds()["agency_change"].table.c
    left = select(change.agency_id).where(change.field == "district", change.before == district)
    return select(agency.id).where(or_(agency.district == district, agency.id.in_(left)))


def _named(columns: Any, district: str) -> ColumnElement[bool]:
    if district == CITY:
        return columns.district.in_(WHOLE_CITY)  # type: ignore[no-any-return]  # a column at run time.
    return columns.district == district  # type: ignore[no-any-return]  # a column at run time.
