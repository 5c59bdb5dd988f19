"""The integrity dossier (三(六)1): six parts, a view over the records of one agency.

    found = dossier(archive, "北京甲有限公司", as_of=day, known_at=moment)

One function, `building.build`, makes the dossier from a small set of rows. Where the rows come from
is all that the views differ in: the tables, the tables cut at a day, the journal up to a moment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from hrintegrity.archive.engine import Archive
from hrintegrity.duties import agencies, ownership
from hrintegrity.duties.dossier import journalled, rows
from hrintegrity.duties.dossier.building import build
from hrintegrity.duties.dossier.parts import Dossier
from hrintegrity.errors import LookupFailedError

__all__ = ["Dossier", "dossier", "dossiers"]


def dossier(
    archive: Archive,
    text: str,
    *,
    today: dt.date,
    as_of: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Dossier:
    """Return an agency's dossier: as it stood on a day, as the archive knew it at a moment.

    Without a time zone `known_at` is local time; both together ask what was known then of that
    day. The licence is judged by that day, else by `today`. Raises LookupFailedError
    `not-known-yet`, `not-there-yet` where nothing was on record of it on that day, and as
    `agencies.find`.
    """
    agency = agencies.find(archive, text)
    if known_at is None:
        found = rows.from_tables(archive, [agency.id])[agency.id]
    else:
        found = journalled.from_journal(archive, agency.id, known_at)
        if not found["agency"]:
            shown = known_at.isoformat(" ", timespec="seconds")
            raise LookupFailedError(
                "not-known-yet", f"{shown} 时档案库里还没有{agency.name}。", "请给出更晚的时间。"
            )
    _complete(archive, {agency.id: found})
    if as_of is None:
        return build(found, today)
    then = rows.cut(found, as_of)
    if rows.is_before(found, then, as_of):
        raise LookupFailedError(
            "not-there-yet",
            f"{as_of} 时还没有{agency.name}的任何记录。",
            f"从业起始日期是 {found['agency'][0]['since']}；请给出更晚的日期。",
        )
    return build(then, as_of)


def dossiers(archive: Archive, agency_ids: Sequence[str], *, today: dt.date) -> list[Dossier]:
    """Return the dossiers of agencies as they stand, in the order of the agencies."""
    found = rows.from_tables(archive, agency_ids)
    _complete(archive, found)
    return [build(of_agency, today) for of_agency in found.values()]


def _complete(archive: Archive, found: Mapping[str, rows.Rows]) -> None:
    """Add to the rows of each agency what is no column of theirs."""
    rows.add_missing_sources(archive, found)
    here = ownership.is_city(archive)
    for of_agency in found.values():
        for unit in of_agency["unit"]:
            unit["by_city"] = here or unit.get("confirmed") is not None
