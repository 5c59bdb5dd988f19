"""Who is in charge of an office (四(一)) and how it is called, sent beside its records.

The row itself is each archive's own, since it says who owns the archive and who numbers papers. Of
what two archives say of one office the later word holds; the moment travels with it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from sqlmodel import select

from hrintegrity.archive.adopting import Adopted, adopt_many
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.journal import canonical
from hrintegrity.archive.tables.journal import JournalEntry
from hrintegrity.archive.tables.office import Office
from hrintegrity.duties.exchange import store
from hrintegrity.duties.exchange.graph import kinds
from hrintegrity.duties.exchange.keys import PublicKey
from hrintegrity.duties.exchange.lines import encodes
from hrintegrity.duties.exchange.package import damaged
from hrintegrity.duties.exchange.placing import Placing

DESCRIBED = ("name", "prefix", "leader", "department", "plan", "address")


def description(archive: Archive, district: str) -> dict[str, str] | None:
    """Return what an office says of itself, and when it last did; None where it never did."""
    row = _row(archive, district)
    at = None if row is None else _set_at(archive, str(row["id"]))
    if row is None or at is None:
        return None
    return {"at": at, **{column: row[column] for column in DESCRIBED if row[column] is not None}}


def take(placing: Placing, district: str, key: PublicKey, said: object) -> None:
    """Keep what an office says of itself, unless something later is known here.

    Raises InputError `bundle-damaged`.
    """
    if said is None:
        return
    if not isinstance(said, dict) or not _is_description(said):
        raise damaged("对机关的说明写法不对")
    archive = placing.archive
    row = _row(archive, district)
    if row is not None and (_set_at(archive, str(row["id"])) or "") >= said["at"]:
        placing.counts["unchanged"] += 1
        return
    values = {column: said.get(column) for column in DESCRIBED}
    after = {**(row or Office(district=district).model_dump()), **values}
    origin = canonical({"at": said["at"], "from": district, "key": key.fingerprint})
    adopt_many(archive, Office, [Adopted(after["id"], row, after, origin)])
    action = "added" if row is None else "updated"
    placing.counts[action] += 1
    placing.note("office", after["id"], action, row, after)


def _row(archive: Archive, district: str) -> store.Row | None:
    kind = kinds()["office"]
    return next(iter(store.matching(archive, kind, kind.table.c.district == district)), None)


def _set_at(archive: Archive, record: str) -> str | None:
    """Return when what an office says was last set, here or where it was set."""
    query = select(JournalEntry).where(JournalEntry.record == record)
    at = None
    for entry in archive.session.exec(query.order_by(JournalEntry.id)):  # type: ignore[arg-type]  # a column at run time.
        changed = [json.loads(text or "{}") for text in (entry.before, entry.after)]
        if any(row.get(column) is not None for row in changed for column in DESCRIBED):
            at = json.loads(entry.origin or "{}").get("at", entry.at)
    return at


def _is_description(said: Mapping[str, Any]) -> bool:
    known = "at" in said and set(said) <= {"at", *DESCRIBED}
    return known and _is_moment(said["at"]) and all(map(_is_text, said.values()))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and "\0" not in value and encodes(value)


def _is_moment(text: Any) -> bool:
    """Whether this is a moment as the journal writes it, so that two compare as text."""
    try:
        moment = dt.datetime.fromisoformat(text)
        written = moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
    except (TypeError, ValueError, OverflowError):
        return False
    return bool(written == text)
