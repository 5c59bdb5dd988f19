"""The five activities of the campaign month (三(四)): logging, correcting, taking back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.campaign import Activity, Attachment, Bulletin
from hrintegrity.duties import offices
from hrintegrity.duties.campaign import attachments
from hrintegrity.duties.campaign.activity_views import ActivityView, view
from hrintegrity.duties.entering import words_if_any
from hrintegrity.duties.identities import meant, where_to_find
from hrintegrity.errors import InputError, LookupFailedError, RuleError, UsageError
from hrintegrity.notice.words import ACTIVITY, CONVENTION_FORM
from hrintegrity.sheets.columns import clean


@dataclass(frozen=True)
class Logged:
    """An activity and what has to be said about it."""

    activity: ActivityView
    warnings: tuple[str, ...]


def log(
    archive: Archive,
    *,
    kind: str,
    date: dt.date,
    title: str,
    people: int | None = None,
    agencies: int | None = None,
    media: int | None = None,
    note: str | None = None,
    form: str | None = None,
    partners: str | None = None,
    attach: Sequence[Path] = (),
    district: str | None = None,
    year: int | None = None,
) -> Logged:
    """Enter an activity; in the city's archive, without a district, it is the city's own.

    Raises LookupFailedError `activity-exists` or `file-missing`, InputError `bad-title`, UsageError
    `form-of-convention`, and what `attachments.attach` raises.
    """
    _refuse_form(form, kind)
    month = offices.campaign(archive, year)
    district = offices.scope(archive, district) or offices.CITY
    title = _title(title)
    attachments.refuse_missing(attach)
    known = of_key(
        archive=archive, district=district, year=month.year, kind=kind, date=date, title=title
    )
    if known is not None:
        raise LookupFailedError(
            "activity-exists",
            f"{date} 的这项活动已经登记，未改动：{title}",
            f"要更正它，请用 hri campaign edit {known.id}。",
        )
    row = writer.insert(
        archive,
        Activity(
            district=district,
            year=month.year,
            kind=kind,
            date=date,
            title=title,
            people=people,
            agencies=agencies,
            media=media,
            note=note or None,
            form=form,
            partners=words_if_any(partners, "联合部门"),
        ),
    )
    attachments.attach(archive, row.id, attach)
    return Logged(view(archive, row.id), outside(month, date))


def edit(
    archive: Archive,
    text: str,
    *,
    reason: str | None,
    attach: Sequence[Path] = (),
    **changes: Any,
) -> Logged:
    """Correct an activity, or attach more files to it; an empty note clears it.

    Raises LookupFailedError `activity-missing` or `activity-exists`, RuleError `nothing-changed`.
    """
    row = find(archive, text)
    new = {key: value for key, value in changes.items() if value is not None}
    if "title" in new:
        new["title"] = _title(new["title"])
    for name in ("note", "partners"):
        if new.get(name) == "":
            new[name] = None
    _refuse_form(new.get("form", row.form), new.get("kind", row.kind))
    key = {name: new.get(name, getattr(row, name)) for name in ("kind", "date", "title")}
    known = of_key(archive, row.district, row.year, **key)
    if known is not None and known.id != row.id:
        raise LookupFailedError(
            "activity-exists",
            f"{key['date']} 的这项活动已经登记，未改动：{key['title']}",
            f"两次登记的是同一项活动的，请用 hri campaign remove {row.id} --reason 重复 撤去一次。",
        )
    attachments.refuse_missing(attach)
    changed = writer.update(archive, row, reason=reason, **new)
    added = attachments.attach(archive, row.id, attach)
    if not changed and not added:
        raise RuleError("nothing-changed", f"没有要改的内容：{row.title}", "请给出新的值。")
    return Logged(view(archive, row.id), outside(offices.campaign(archive, row.year), row.date))


def remove(archive: Archive, text: str, *, reason: str) -> ActivityView:
    """Take back an activity that was entered by mistake; the journal keeps what it was.

    The content of its attachments stays: another activity may have the same. Its bulletins go too.
    """
    row = find(archive, text)
    removed = view(archive, row.id)
    for model in (Attachment, Bulletin):
        for belonging in archive.session.exec(
            select(model).where(model.activity_id == row.id)
        ).all():
            writer.delete(archive, belonging, reason=reason)
    writer.delete(archive, row, reason=reason)
    return removed


def find(archive: Archive, text: str) -> Activity:
    """Return an activity by its id. Raises LookupFailedError `activity-missing`."""
    row = meant(archive, Activity, text)
    if row is None:
        raise LookupFailedError(
            "activity-missing", f"没有这项活动：{text}", where_to_find(text, "hri campaign list")
        )
    offices.scope(archive, row.district)
    return row


def of_key(
    archive: Archive, district: str, year: int, kind: str, date: dt.date, title: str
) -> Activity | None:
    """Return the activity that is known by kind, day and title, if it is there."""
    return archive.session.exec(
        select(Activity).where(
            Activity.district == district,
            Activity.year == year,
            Activity.kind == kind,
            Activity.date == date,
            Activity.title == title,
        )
    ).first()


def outside(month: offices.CampaignView, date: dt.date) -> tuple[str, ...]:
    """Return the warning for a day outside the campaign month."""
    if month.start <= date <= month.end:
        return ()
    return (f"{date} 不在{month.year}年的活动月（{month.start} 至 {month.end}）里。",)


def _refuse_form(form: str | None, kind: str) -> None:
    if form is not None and kind != "convention":
        raise UsageError(
            "form-of-convention",
            f"{CONVENTION_FORM.chinese(form)}是行业协会的自律活动，活动类型应是"
            f"{ACTIVITY.chinese('convention')}。",
            "--form 要与 --kind convention 一起用。",
            clause="四(二)",
        )


def _title(text: str) -> str:
    try:
        title = clean(text)
    except ValueError as error:
        raise InputError("bad-title", f"活动名称{error}。", "请改正名称。") from None
    if not title:
        raise InputError("bad-title", "没有活动名称。", "请给出 --title。")
    return title
