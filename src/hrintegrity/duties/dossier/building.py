"""The one function that makes a dossier, from the rows of one agency."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hrintegrity.duties import ownership
from hrintegrity.duties.agency_texts import former_names
from hrintegrity.duties.dossier.parts import Dossier, Entries, Entry, basic, entries, entry
from hrintegrity.duties.dossier.rows import Row, Rows
from hrintegrity.notice.measures import every_sanction
from hrintegrity.rules.licences import license_state
from hrintegrity.rules.numbering import annulment_of
from hrintegrity.rules.sanctions import state_of
from hrintegrity.rules.titles import (
    Cause,
    complaint_reason,
    recover_by,
    recovered_on,
    sanction_reason,
    title_loss,
    title_state,
)


def build(rows: Rows, day: dt.date) -> Dossier:
    """Return the dossier that an agency's rows make; its licence is judged by a day."""
    (agency,) = rows["agency"]
    return Dossier(
        basic=basic(
            agency,
            former_names=former_names((row["name"] for row in rows["former_name"]), agency["name"]),
            district_name=ownership.district_name(agency["district"]),
            license_state=_license_state(agency, rows["sanction"], day),
        ),
        compliance=_compliance(rows),
        complaints=tuple(
            # As of a day before it was closed, nothing is known of it.
            entry("complaint", row, dishonest=bool(row["dishonest"]))
            for row in rows["complaint"]
        ),
        rewards_and_sanctions=_rewards_and_sanctions(rows),
        promises=_promises(rows),
        assessments=_assessments(rows),
        id=agency["id"],
    )


def _license_state(agency: Row, sanctions: list[Row], day: dt.date) -> str:
    cancelled = [
        row["date"]
        for row in sanctions
        if every_sanction()[row["kind"]].closes and row["withdrawn"] is None
    ]
    return license_state(
        agency["license"],
        issued=_day(agency.get("license_from")),
        until=_day(agency.get("license_until")),
        cancelled=_day(max(cancelled, default=None)),
        today=day,
    )


def _compliance(rows: Rows) -> dict[str, Entries]:
    """A review that a sanction wrote is read from the sanction, as long as that one stands."""
    reviews = [
        entry("review", row, sanction=None) for row in rows["review"] if row["sanction_id"] is None
    ]
    reviews += [
        entry(
            "review",
            {**row, "year": row["review_year"], "result": result},
            sanction=row["id"],
        )
        for row in rows["sanction"]
        if (result := every_sanction()[row["kind"]].review) and row["withdrawn"] is None
    ]
    inspections = tuple(
        entry(
            "inspection",
            row,
            gaps=entries("gap", (gap for gap in rows["gap"] if gap["inspection_id"] == row["id"])),
        )
        for row in rows["inspection"]
    )
    return {
        "reviews": tuple(sorted(reviews, key=lambda review: (review["date"], review["id"]))),
        "penalties": entries("penalty", rows["penalty"]),
        "inspections": inspections,
        "education": entries("education", rows["education"]),
    }


def _rewards_and_sanctions(rows: Rows) -> dict[str, Entries]:
    names = {row["id"]: row["name"] for row in rows["practitioner"]}
    papers = {row["subject_id"]: row for row in rows["paper"]}
    numbers = {subject: row["reference"] for subject, row in papers.items()}
    served = {row["paper_id"]: row["date"] for row in rows["service"]}
    sanctions = tuple(
        entry(
            "sanction",
            row,
            state=_sanction_state(row),
            decided_by=row["decided_by"] or row["district"],
            number=numbers.get(row["id"]),
            served=served.get(papers[row["id"]]["id"]) if row["id"] in papers else None,
            annulment=numbers.get(annulment_of(row["id"])),
            **_staff(row, names),
        )
        for row in rows["sanction"]
    )
    return {
        "rewards": entries("reward", rows["reward"]),
        "outstanding": entries("outstanding", rows["outstanding"]),
        "creation_titles": tuple(
            entry("creation_title", row, **_staff(row, names)) for row in rows["creation_title"]
        ),
        "titles": _titles(rows),
        "sanctions": sanctions,
    }


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


def _titles(rows: Rows) -> Entries:
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


def _title(row: Row, loss: Cause | None) -> Entry:
    lost = None if loss is None else loss.date
    return entry(
        "unit",
        row,
        state=title_state(lost, _day(row["recovered"]), by_city=row.get("by_city", True)),
        revoked=_text(lost),
        recovered=_text(recovered_on(lost, _day(row["recovered"]))),
        reason=None if loss is None else loss.reason,
        recover_by=None if lost is None else _due(row, lost),
    )


def _due(row: Row, lost: dt.date) -> str | None:
    """Return when the plaque is due: as it was set for this loss, else by the rule."""
    set_for = _day(row.get("set_for", row["revoked"]))
    term: str | None = row["recover_by"] if set_for == lost else None
    return term or _text(recover_by(lost))


def _promises(rows: Rows) -> dict[str, Any]:
    people = {row["id"]: row for row in rows["practitioner"]}
    practitioners = tuple(
        entry("practitioner", people[job["practitioner_id"]], since=job["since"], left=job["left"])
        for job in rows["employment"]
    )
    here = [person for person in practitioners if person["left"] is None]
    return {
        "pledges": entries("pledge", rows["pledge"]),
        "staff": len(here),
        "staff_pledged": sum(1 for person in here if person["pledged"]),
        "practitioners": practitioners,
    }


def _assessments(rows: Rows) -> Entries:
    papers = {row["subject_id"]: row for row in rows["paper"]}
    served = {row["paper_id"]: row["date"] for row in rows["service"]}
    found = []
    for row in rows["conclusion"]:
        paper = papers.get(row["id"])
        objections = (one for one in rows["objection"] if one["conclusion_id"] == row["id"])
        found.append(
            entry(
                "conclusion",
                row,
                total=Decimal(row["total"]).scaleb(-2),
                missing_sources=row["missing_sources"],
                missing_words=row["missing_words"],
                number=None if paper is None else paper["reference"],
                notified=None if paper is None else paper["date"],
                served=None if paper is None else served.get(paper["id"]),
                objections=entries("objection", objections),
            )
        )
    return tuple(found)


def _cause(identity: str, day: str, reason: str | None) -> Cause:
    return Cause(identity, dt.date.fromisoformat(day), reason or "")


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _text(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
