"""Two entries of one agency become one (三(六)1): `agency merge`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import MERGED_CODE, Agency, AgencyChange, FormerName
from hrintegrity.duties import agencies, agency_history, agency_texts, ownership, units
from hrintegrity.duties.agency_views import AgencyView, view
from hrintegrity.duties.exchange import store
from hrintegrity.duties.exchange.placing import Placing
from hrintegrity.duties.exchange.store import Row
from hrintegrity.duties.exchange.uniting import Side, side, unite
from hrintegrity.errors import LookupFailedError, RuleError
from hrintegrity.notice.records.agencies import AGENCY
from hrintegrity.rules.codes import check_code

CLAUSE = "二(三)"

_FILLED = tuple(field.name for field in AGENCY.which("merged"))


@dataclass(frozen=True)
class Merged:
    """The agency that remained, the one that ended in it, and how many conflicts that raised."""

    id: str
    agency: AgencyView
    merged_id: str
    merged_code: str
    merged_name: str
    filled: tuple[str, ...]
    conflicts: int


def merge(archive: Archive, text: str, into: str, *, reason: str, today: dt.date) -> Merged:
    """Let one agency end in another, which takes over all its records and keeps name and code.

    Either may be one that another archive sent and that is held because its code is taken; it is
    named by its identity, its conflict's, its name or its code. What both have and only one may
    have, such as two sheets of one rater, becomes a conflict. Raises LookupFailedError
    `agency-missing` or `agency-ambiguous`, RuleError `same-agency`, `not-ours`, `merge-other-way`
    or `both-held`.
    """
    loser, winner = _sides(archive, text, into)
    _refuse_foreign(archive, loser, winner)
    before = len(store.held(archive))
    filled = unite_agencies(archive, loser, winner, reason=reason, today=today)
    agency = archive.session.get_one(Agency, winner.head.record)
    return Merged(
        id=agency.id,
        agency=view(archive, agency, today=today),
        merged_id=loser.head.record,
        merged_code=loser.head.row["code"],
        merged_name=loser.head.row["name"],
        filled=filled,
        conflicts=max(0, len(store.held(archive)) - before),
    )


def unite_agencies(
    archive: Archive, loser: Side, winner: Side, *, reason: str | None, today: dt.date
) -> tuple[str, ...]:
    """Unite two agencies; return which columns the one that remains took over."""
    gone, kept = loser.head.row, winner.head.row
    # An entry that another office sent stays as that office has it.
    ours = winner.head.sender in (None, ownership.owner(archive).code)
    filled = {
        c: gone[c] for c in _FILLED if ours and kept.get(c) is None and gone.get(c) is not None
    }
    archive.session.expunge_all()
    unite(Placing(archive, today, reason), loser, winner, {**kept, **filled} if ours else None)
    archive.session.expunge_all()
    record = winner.head.record
    for row in agency_history.past(record, today, dict(kept), filled):
        writer.insert(archive, row, reason=reason)
    key = agency_texts.name_key(gone["name"])
    names = archive.session.exec(select(FormerName.name_key).where(FormerName.agency_id == record))
    if key not in {*names, kept["name_key"]}:
        former = FormerName(agency_id=record, name=gone["name"], name_key=key, until=today)
        writer.insert(archive, former, reason=reason)
    if gone["code"] != kept["code"]:
        borne = {"field": MERGED_CODE, "before": gone["code"], "after": kept["code"]}
        writer.insert(archive, AgencyChange(agency_id=record, date=today, **borne), reason=reason)
    agency = archive.session.get(Agency, record)
    if agency is not None:
        units.settle(archive, agency)
    return tuple(filled)


def _sides(archive: Archive, text: str, into: str) -> tuple[Side, Side]:
    """Return the two agencies; where a code is borne by both, which is which."""
    losers, winners = _candidates(archive, text), _candidates(archive, into)
    pairs = [(a, b) for a in losers for b in winners if a != b]
    if losers == winners and len(losers) == 2:
        # Both were named by the code that they share: the one that is held ends in the other.
        pairs = [(a, b) for a, b in pairs if not losers[a] and losers[b]]
    if not pairs:
        raise RuleError(
            "same-agency", f"“{text}”和“{into}”是同一家机构。", "请指明两家不同的机构。"
        )
    if len(pairs) > 1:
        raise LookupFailedError(
            "agency-ambiguous",
            f"“{text}”和“{into}”可指不止两家机构。",
            "请用 hri archive conflicts 列出的标识（id）指明。",
        )
    loser, winner = pairs[0]
    return side(archive, "agency", loser), side(archive, "agency", winner)


def _candidates(archive: Archive, text: str) -> dict[str, bool]:
    """Return which agencies are meant, and of each whether it is here."""
    if store.rows(archive, "agency", [text]):
        return {text: True}
    found: dict[str, bool] = {}
    wanted = (check_code(text).code, agency_texts.name_key(text))
    for item in store.held(archive):
        row: Row = dict(item.version.row)
        if item.version.table == "agency" and item.kind == "twin" and item.version.alive:
            if text in (item.id, item.version.record):
                return {item.version.record: False}
            if wanted[0] == row["code"] or wanted[1] == row["name_key"]:
                found[item.version.record] = False
    try:
        found[agencies.find_anywhere(archive, text).id] = True
    except LookupFailedError:
        if not found:
            raise
    return found


def _refuse_foreign(archive: Archive, loser: Side, winner: Side) -> None:
    """Refuse what is another office's to merge, since its next bundle would undo it."""
    own = ownership.owner(archive)
    for one in (loser, winner):
        if own.code not in (ownership.CITY, one.head.row["district"]):
            raise ownership.not_ours(own, str(one.head.row["name"]))
    sender = loser.head.sender
    if own.code == ownership.CITY and sender not in (None, ownership.CITY):
        raise RuleError(
            "merge-other-way",
            f"{loser.head.row['name']}（{loser.head.row['code']}）由"
            f"{ownership.district_name(str(sender))}报来，不能在市局并入别的机构。",
            "请反过来，把另一家并入它；两家都由区县报来的，由该区县合并后重新报送。",
            clause=CLAUSE,
        )
