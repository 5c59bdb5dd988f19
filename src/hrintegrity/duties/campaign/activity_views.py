"""Activities of the campaign month (三(四)) as scripts and people see them, with attachments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hrintegrity.archive.asking import as_day
from hrintegrity.archive.reader import Reader
from hrintegrity.duties import offices
from hrintegrity.duties.campaign import attachments
from hrintegrity.duties.campaign.attachments import AttachmentView
from hrintegrity.notice.districts import BY_CODE


@dataclass(frozen=True)
class ActivityView:
    """An activity as scripts see it; figures that were not counted are None.

    `form` is the act of self-discipline (四(二)); `partners` (other departments, 三(一)3) is called
    `with` where scripts see it.
    """

    id: str
    kind: str
    date: dt.date
    title: str
    people: int | None
    agencies: int | None
    media: int | None
    note: str | None
    year: int
    district: str
    district_name: str
    attachments: tuple[AttachmentView, ...]
    form: str | None
    partners: str | None = field(metadata={"key": "with"})


_COLUMNS = (
    "id", "kind", "date", "title", "people", "agencies", "media", "note", "year", "district",
    "form", "partners",
)  # fmt: skip


def view(archive: Reader, activity_id: str) -> ActivityView:
    """Return one activity, which is there."""
    (found,) = _views(archive, "id = :id", {"id": activity_id})
    return found


def listing(
    archive: Reader, *, district: str | None, year: int | None, kind: str | None = None
) -> list[ActivityView]:
    """Return the activities of a campaign by day; in the city's archive, of all districts.

    Raises LookupFailedError `campaign-missing`, RuleError `not-ours`.
    """
    wanted = {
        "year": offices.campaign(archive, year).year,
        "district": offices.scope(archive, district),
        "kind": kind,
    }
    condition = " AND ".join(f"{name} = :{name}" for name, value in wanted.items() if value)
    order = list(BY_CODE)
    found = _views(archive, condition, wanted)
    return sorted(found, key=lambda one: (one.date, order.index(one.district), one.id))


def _views(archive: Reader, condition: str, values: Mapping[str, Any]) -> list[ActivityView]:
    rows = archive.query(f"SELECT {', '.join(_COLUMNS)} FROM activity WHERE {condition}", values)
    found = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
    files = attachments.of_activities(archive, [row["id"] for row in found])
    return [
        ActivityView(
            **row | {"date": as_day(row["date"])},
            district_name=offices.district_name(row["district"]),
            attachments=tuple(files.get(row["id"], ())),
        )
        for row in found
    ]
