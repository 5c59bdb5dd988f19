"""What the records that an office enters day by day have in common: texts, identities, days."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.base import Record
from hrintegrity.duties import agency_lookup, ownership
from hrintegrity.duties.agency_rows import AgencyLike
from hrintegrity.duties.identities import meant, where_to_find
from hrintegrity.errors import InputError, LookupFailedError
from hrintegrity.sheets.content import EMPTY_MARKS, clean

R = TypeVar("R", bound=Record)


def words(text: str | None, what: str) -> str:
    """Return a text that may not be empty. Raises InputError `text-refused`."""
    found = _cleaned(text, what)
    if not found:
        raise InputError("text-refused", f"{what}是空的。", f"请写明{what}。")
    return found


def words_if_any(text: str | None, what: str) -> str | None:
    """Return a text, None for an empty one or a mark such as 无 or /. Raises as `words`."""
    found = _cleaned(text, what)
    return None if found in EMPTY_MARKS else found or None


def _cleaned(text: str | None, what: str) -> str:
    try:
        return clean(text or "")
    except ValueError as error:
        raise InputError("text-refused", f"{what}{error}。", "请改正。") from None


def of_id(archive: Archive, model: type[R], text: str, what: str, where: str) -> R:
    """Return the record of an id. Raises LookupFailedError `record-missing`, or as `meant`."""
    row = meant(archive, model, text)
    if row is None:
        raise LookupFailedError(
            "record-missing", f"没有这条{what}：{text.strip()}", where_to_find(text, where)
        )
    return row


def own_agency(archive: Archive, agency_id: str) -> Agency:
    """Return the agency of a record. Raises RuleError `not-ours`."""
    agency = archive.session.get(Agency, agency_id)
    if agency is None:
        raise AssertionError(f"agency {agency_id} is gone")
    agency_lookup.refuse_foreign(ownership.owner(archive), agency)
    return agency


def odd_day(agency: AgencyLike, date: dt.date, *, what: str) -> tuple[str, ...]:
    """Return the warning for something that happened after an agency had closed."""
    if agency.closed is not None and date > agency.closed:
        return (f"{agency.name}已于 {agency.closed} 终止，{what} {date} 在其后，请核对。",)
    return ()
