"""The one function that makes a dossier, from the rows of one agency."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeVar

from hrintegrity.duties import ownership
from hrintegrity.duties.dossier.parts import (
    Assessment,
    Basic,
    Complaint,
    Compliance,
    CreationTitle,
    Dossier,
    Education,
    Gap,
    Inspection,
    Objection,
    Outstanding,
    Penalty,
    Pledge,
    Practitioner,
    Promises,
    Review,
    Reward,
    RewardsAndSanctions,
    Sanction,
    Title,
)
from hrintegrity.duties.dossier.rows import Row, Rows
from hrintegrity.rules.sanctions import REVIEW_RESULT, state_of
from hrintegrity.rules.titles import (
    Cause,
    complaint_reason,
    recover_by,
    recovered_on,
    sanction_reason,
    title_loss,
    title_state,
)

Entry = TypeVar("Entry")


def build(rows: Rows) -> Dossier:
    """Return the dossier that an agency's rows make."""
    (agency,) = rows["agency"]
    basic = _make(
        Basic,
        agency,
        former_names=tuple(row["name"] for row in rows["former_name"]),
        district_name=ownership.district_name(agency["district"]),
    )
    complaints = tuple(
        _make(Complaint, row, dishonest=bool(row["dishonest"])) for row in rows["complaint"]
    )
    return Dossier(
        basic,
        _compliance(rows),
        complaints,
        _rewards_and_sanctions(rows),
        _promises(rows),
        _assessments(rows),
        basic.id,
    )


def _compliance(rows: Rows) -> Compliance:
    """A review that a sanction wrote is read from the sanction, as long as that one stands."""
    reviews = [
        Review(row["id"], row["year"], row["result"], row["date"], None)
        for row in rows["review"]
        if row["sanction_id"] is None
    ]
    reviews += [
        Review(row["id"], row["review_year"], REVIEW_RESULT[row["kind"]], row["date"], row["id"])
        for row in rows["sanction"]
        if row["kind"] in REVIEW_RESULT and row["withdrawn"] is None
    ]
    inspections = tuple(
        _make(
            Inspection,
            row,
            gaps=_all(Gap, (gap for gap in rows["gap"] if gap["inspection_id"] == row["id"])),
        )
        for row in rows["inspection"]
    )
    return Compliance(
        tuple(sorted(reviews, key=lambda review: (review.date, review.id))),
        _all(Penalty, rows["penalty"]),
        inspections,
        _all(Education, rows["education"]),
    )


def _rewards_and_sanctions(rows: Rows) -> RewardsAndSanctions:
    names = {row["id"]: row["name"] for row in rows["practitioner"]}
    numbers = {row["subject_id"]: row["reference"] for row in rows["paper"]}
    creation_titles = tuple(
        _make(CreationTitle, row, **_staff(row, names)) for row in rows["creation_title"]
    )
    sanctions = tuple(
        _make(
            Sanction,
            row,
            state=_sanction_state(row),
            decided_by=row["decided_by"] or row["district"],
            number=numbers.get(row["id"]),
            serious=bool(row["serious"]),
            attributed=bool(row["attributed"]),
            **_staff(row, names),
        )
        for row in rows["sanction"]
    )
    return RewardsAndSanctions(
        _all(Reward, rows["reward"]),
        _all(Outstanding, rows["outstanding"]),
        creation_titles,
        _titles(rows),
        sanctions,
    )


def _staff(row: Row, names: dict[str, str]) -> dict[str, str | None]:
    person = row["practitioner_id"]
    return {"staff": person, "staff_name": names.get(person)}


def _sanction_state(row: Row) -> str:
    return state_of(
        row["kind"],
        mended=_day(row["mended"]),
        failed=_day(row["failed"]),
        withdrawn=row["withdrawn"] is not None,
    )


def _titles(rows: Rows) -> tuple[Title, ...]:
    """Say of each title whether it is lost, by the causes among these rows.

    A loss whose cause is not among them, as one that the city sent, stands as it is written.
    """
    known = {row["id"] for row in (*rows["sanction"], *rows["complaint"])}
    causes = [
        _cause(row["id"], row["date"], sanction_reason(row["kind"], row["grounds"]))
        for row in rows["sanction"]
        if row["withdrawn"] is None and (row["attributed"] or row["practitioner_id"] is None)
    ]
    causes += [
        _cause(row["id"], row["closed"], complaint_reason(row["subject"]))
        for row in rows["complaint"]
        if row["dishonest"] and row["closed"] is not None
    ]
    found = []
    for row in rows["unit"]:
        written = row["revoked"] is not None and row["revoked_by"] not in known
        own = [_cause(row["revoked_by"] or "", row["revoked"], row["reason"])] if written else []
        found.append(_title(row, title_loss(dt.date.fromisoformat(row["awarded"]), causes + own)))
    return tuple(found)


def _title(row: Row, loss: Cause | None) -> Title:
    lost = None if loss is None else loss.date
    return _make(
        Title,
        row,
        state=title_state(lost, _day(row["recovered"])),
        revoked=_text(lost),
        recovered=_text(recovered_on(lost, _day(row["recovered"]))),
        reason=None if loss is None else loss.reason,
        recover_by=None if lost is None else _due(row, lost),
    )


def _due(row: Row, lost: dt.date) -> str | None:
    """Return when the plaque is due: as it was told for this loss, else by the rule."""
    told_of = _day(row.get("told_of", row["revoked"]))
    told: str | None = row["recover_by"] if told_of == lost else None
    return told or _text(recover_by(lost))


def _promises(rows: Rows) -> Promises:
    people = {row["id"]: row for row in rows["practitioner"]}
    practitioners = tuple(
        Practitioner(
            job["practitioner_id"],
            people[job["practitioner_id"]]["name"],
            people[job["practitioner_id"]]["certificate"],
            people[job["practitioner_id"]]["pledged"],
            job["since"],
            job["left"],
        )
        for job in rows["employment"]
    )
    here = [person for person in practitioners if person.left is None]
    pledges = tuple(
        Pledge(row["id"], row["date"], None if row["displayed"] is None else bool(row["displayed"]))
        for row in rows["pledge"]
    )
    return Promises(pledges, len(here), sum(1 for person in here if person.pledged), practitioners)


def _assessments(rows: Rows) -> tuple[Assessment, ...]:
    papers = {row["subject_id"]: row for row in rows["paper"]}
    served = {row["paper_id"]: row["date"] for row in rows["service"]}
    found = []
    for row in rows["conclusion"]:
        paper = papers.get(row["id"])
        objections = (one for one in rows["objection"] if one["conclusion_id"] == row["id"])
        found.append(
            _make(
                Assessment,
                row,
                total=Decimal(row["total"]).scaleb(-2),
                number=None if paper is None else paper["reference"],
                notified=None if paper is None else paper["date"],
                served=None if paper is None else served.get(paper["id"]),
                objections=_all(Objection, objections),
            )
        )
    return tuple(found)


def _all(entry: type[Entry], rows: Iterable[Row]) -> tuple[Entry, ...]:
    return tuple(_make(entry, row) for row in rows)


def _make(entry: type[Entry], row: Row, **others: Any) -> Entry:
    """Return an entry: what `others` gives, and the rest from the columns of the same name."""
    fields = dataclasses.fields(entry)  # type: ignore[arg-type]  # every entry is a dataclass.
    values = {f.name: others[f.name] if f.name in others else row[f.name] for f in fields}
    return entry(**values)


def _cause(identity: str, day: str, reason: str | None) -> Cause:
    return Cause(identity, dt.date.fromisoformat(day), reason or "")


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _text(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
