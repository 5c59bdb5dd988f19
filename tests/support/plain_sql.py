"""Every figure of the summary once more, in plain SQL on the file and fractions, for comparison.

Nothing of the program is used here but its lists of words.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from contextlib import closing
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from statistics import median
from typing import Any

from reporting import half_up

ACTIVITIES = ("convention", "inspection", "creation", "training", "publicity", "joint")
SYSTEMS = ("publicity", "pledge", "ledger", "feedback", "convention")
SOURCES = ("self", "expert", "public")
CHANNELS = ("market", "labour", "12333", "other")
KINDS = ("complaint", "report", "suggestion")
OUTCOMES = ("substantiated", "unfounded", "withdrawn", "adopted", "declined")
INCENTIVES = ("qualification", "expansion", "funding", "publicity", "policy", "honour")
MEASURES = (
    "interview", "exposure", "circular", "entry", "rectify", "defer-review", "cancel-licence",
)  # fmt: skip
CATEGORY_SIZES = [4, 4, 4, 4, 3, 3]
CATEGORY_POINTS = (10, 15, 15, 30, 15, 15)
QUOTAS = {
    "municipal": 16, "dongcheng": 10, "xicheng": 10, "chaoyang": 30, "haidian": 16, "fengtai": 8,
    "shijingshan": 3, "mentougou": 3, "fangshan": 3, "tongzhou": 4, "shunyi": 4, "changping": 3,
    "daxing": 4, "pinggu": 4, "huairou": 3, "miyun": 3, "yanqing": 3, "kaifaqu": 3,
}  # fmt: skip
"""Annex 2, typed from the notice."""

MONTH = ("2013-10-01", "2013-10-31")
THIS_YEAR = ("2013-01-01", "2013-12-31")


def percent(part: Any, whole: Any) -> float | None:
    """A rate as it is shown: 100 only where nothing is missing, 0 only where nothing is there."""
    if not whole:
        return None
    exact = Fraction(part) / Fraction(whole) * 100
    if 0 < exact < Fraction(1, 100):
        return 0.01
    if Fraction(9999, 100) < exact < 100:
        return 99.99
    return half_up(exact)


def figures(path: Path, district: str | None, today: str, year: int = 2013) -> dict[str, Any]:
    with closing(sqlite3.connect(path)) as connection:
        return _Plain(connection, district, today, year).all()


class _Plain:
    def __init__(
        self, connection: sqlite3.Connection, district: str | None, today: str, year: int
    ) -> None:
        self.connection = connection
        self.district = district
        self.today = today
        self.year = year
        self.found: dict[str, Any] = {}

    def one(self, sql: str, *values: Any) -> Any:
        return self.connection.execute(sql, values).fetchone()[0]

    def rows(self, sql: str, *values: Any) -> list[Any]:
        return self.connection.execute(sql, values).fetchall()

    def of(self, column: str) -> str:
        return "" if self.district is None else f" AND {column} = '{self.district}'"

    def all(self) -> dict[str, Any]:
        self.offices()
        self.activities()
        self.agencies()
        self.inspections()
        self.assessments()
        self.complaints()
        self.measures()
        self.recommendations()
        return self.found

    def offices(self) -> None:
        led = "SELECT COUNT(*) FROM office WHERE leader > '' AND department > ''"
        self.found["offices_led"] = self.one(led + self.of("district"))
        planned = "SELECT COUNT(*) FROM office WHERE plan > ''"
        self.found["offices_planned"] = self.one(planned + self.of("district"))

    def activities(self) -> None:
        of = f"FROM activity WHERE year = {self.year}{self.of('district')}"
        for name, also in (("activities", " AND kind <> 'joint'"), *(
            (f"activities_{kind}", f" AND kind = '{kind}'") for kind in ACTIVITIES
        )):  # fmt: skip
            self.found[name] = self.one(f"SELECT COUNT(*) {of}{also}")
            for column in ("people", "agencies", "media"):
                self.found[f"{name}_{column}"] = self.one(f"SELECT SUM({column}) {of}{also}")
        self._bulletins()
        agency = f"JOIN agency ON agency.id = agency_id WHERE year = {self.year}"
        own = self.of("agency.district")
        self.found["convention_distributed"] = self.one(
            f"SELECT COUNT(*) FROM distribution {agency}{own}"
        )
        self.found["outstanding"] = self.one(f"SELECT COUNT(*) FROM outstanding {agency}{own}")
        for title in ("window", "worker"):
            self.found[f"titles_{title}"] = self.one(
                f"SELECT COUNT(*) FROM creation_title {agency}{own} AND title = ?", title
            )

    def _bulletins(self) -> None:
        of = (
            "FROM bulletin JOIN activity ON activity.id = activity_id"
            f" WHERE year = {self.year}{self.of('activity.district')}"
        )
        days = [
            (dt.date.fromisoformat(str(then)) - dt.date.fromisoformat(str(held))).days
            for then, held in self.rows(f"SELECT bulletin.date, activity.date {of}")
        ]
        self.found["bulletins"] = len(days)
        self.found["bulletins_days"] = sum(days) if days else None
        self.found["bulletins_days_mean"] = (
            half_up(Fraction(sum(days), len(days))) if days else None
        )

    def agencies(self) -> None:
        active = f"FROM agency WHERE status = 'active'{self.of('district')}"

        def count(also: str = "") -> int:
            return int(self.one(f"SELECT COUNT(*) {active}{also}"))

        agencies = self.found["agencies"] = count()
        self.found["agencies_commercial"] = count(" AND kind = 'commercial'")
        self.found["agencies_graded"] = count(" AND grade IS NOT NULL")
        outstanding = f"SELECT agency_id FROM outstanding WHERE year = {self.year}"
        self.found["agencies_priority"] = count(f" AND (grade > '' OR id IN ({outstanding}))")
        pledged = " AND id IN (SELECT agency_id FROM pledge)"
        self.found["pledged"] = count(pledged)
        self.found["pledge_rate"] = percent(count(pledged), agencies)
        latest = dict(self.rows("SELECT agency_id, displayed FROM pledge ORDER BY date, id"))
        self.found["pledges_displayed"] = sum(
            bool(latest.get(one)) for (one,) in self.rows(f"SELECT id {active}")
        )
        year = f"date >= '{THIS_YEAR[0]}' AND date <= '{THIS_YEAR[1]}'"
        inspected = f" AND id IN (SELECT agency_id FROM inspection WHERE {year})"
        assessed = (
            f" AND id IN (SELECT agency_id FROM conclusion WHERE year = {self.year}"
            " AND reopened IS NULL)"
        )
        built = " AND license > '' AND since > '' AND representative > '' AND address > ''"
        dossiers = count(f"{built} AND phone > ''{pledged}{inspected}{assessed}")
        self.found |= {"dossiers": dossiers, "dossier_rate": percent(dossiers, agencies)}
        self.found["agencies_assessed"] = count(assessed)
        self.found["assessment_rate"] = percent(count(assessed), agencies)
        month = f"date >= '{MONTH[0]}' AND date <= '{MONTH[1]}'"
        general = (
            f" AND id IN (SELECT agency_id FROM inspection WHERE {month}"
            " AND inspector IN ('city', 'district'))"
        )
        self.found["agencies_inspected"] = count(general)
        self.found["inspection_rate"] = percent(count(general), agencies)
        people = (
            "SELECT COUNT(*) FROM practitioner WHERE id IN (SELECT practitioner_id FROM employment"
            f' WHERE "left" IS NULL AND agency_id IN (SELECT id {active}))'
        )
        staff = self.found["staff"] = self.one(people)
        signed = self.found["staff_pledged"] = self.one(f"{people} AND pledged IS NOT NULL")
        self.found["staff_pledge_rate"] = percent(signed, staff)

    def inspections(self) -> None:
        of = (
            "FROM inspection i, agency a WHERE a.id = i.agency_id"
            f" AND i.date >= '{MONTH[0]}' AND i.date <= '{MONTH[1]}'{self.of('a.district')}"
        )
        self.found["inspections"] = self.one(f"SELECT COUNT(*) {of}")
        for name, also in (
            ("inspected", "(inspector = 'city' OR inspector = 'district')"),
            ("self_inspected", "inspector = 'self'"),
            ("peer_inspected", "(inspector = 'peer' OR inspector = 'association')"),
            ("convention_displayed", "convention = 'pass'"),
        ):
            self.found[name] = self.one(f"SELECT COUNT(DISTINCT a.id) {of} AND {also}")
        of = (
            "FROM gap g, agency a WHERE a.id = g.agency_id"
            f" AND g.found >= '{MONTH[0]}' AND g.found <= '{MONTH[1]}'{self.of('a.district')}"
        )

        def count(also: str = "") -> int:
            return int(self.one(f"SELECT COUNT(*) {of}{also}"))

        mended = " AND mended IS NOT NULL"
        self.found["gaps"] = count()
        self.found["gaps_mended"] = count(mended)
        self.found["gaps_mended_rate"] = percent(count(mended), count())
        self.found["gaps_mended_in_month"] = count(f" AND mended <= '{MONTH[1]}'")
        self.found["gaps_open"] = count(" AND mended IS NULL")
        overdue = f" AND mended IS NULL AND deadline < '{self.today}'"
        self.found["gaps_overdue"] = count(overdue)
        for system in SYSTEMS:
            self.found[f"gaps_{system}"] = count(f" AND system = '{system}'")
            self.found[f"gaps_{system}_mended"] = count(f" AND system = '{system}'{mended}")

    def assessments(self) -> None:
        of = (
            "FROM conclusion c JOIN agency a ON a.id = c.agency_id"
            f" WHERE c.year = {self.year} AND c.reopened IS NULL{self.of('a.district')}"
        )
        rows = self.rows(f"SELECT c.sheets, c.band, c.standard, c.total, a.id {of}")
        results = [_from_sheets(row[0], row[2]) for row in rows]
        totals = [sum(scores, Fraction()) for scores, _ in results]
        self.found["assessed"] = len(rows)
        standards = [json.loads(row[2]) for row in rows]
        self.found["standards"] = len({row[2] for row in rows})
        names = {band["name"] for one in standards for band in one["bands"]}
        for band in names | {row[1] for row in rows}:
            self.found[f"band_{band}"] = sum(row[1] == band for row in rows)
        for name, function in (
            ("mean", _mean), ("median", median), ("highest", max), ("lowest", min),
        ):  # fmt: skip
            self.found[f"total_{name}"] = half_up(function(totals)) if totals else None
        ends = list(accumulate(CATEGORY_SIZES))
        for place, points in enumerate(CATEGORY_POINTS):
            start, end = ends[place] - CATEGORY_SIZES[place], ends[place]
            scores = [sum(one[start:end], Fraction()) for one, _ in results]
            self.found[f"category_{place + 1}_mean"] = half_up(_mean(scores))
            rate = None if not scores else percent(_mean(scores), points)
            self.found[f"category_{place + 1}_rate"] = rate
        for place in range(22):
            rates = [scores[place] / most[place] for scores, most in results]
            rate = None if not rates else percent(_mean(rates), 1)
            self.found[f"indicator_{place + 1}_rate"] = rate
        self.sheets({row[4] for row in rows})
        notified = f"{of} AND c.id IN (SELECT subject_id FROM paper)"
        self.found["notified"] = self.one(f"SELECT COUNT(*) {notified}")
        served = "SELECT subject_id FROM paper WHERE id IN (SELECT paper_id FROM service)"
        self.found["served"] = self.one(f"SELECT COUNT(*) {of} AND c.id IN ({served})")

    def sheets(self, agencies: set[str]) -> None:
        for source in SOURCES:
            by_agency: dict[str, list[Fraction]] = {}
            for agency, scores in self.rows(
                "SELECT agency_id, scores FROM score_sheet WHERE year = ? AND source = ?",
                self.year,
                source,
            ):
                if agency in agencies:
                    total = Fraction(sum(json.loads(scores)), 10)
                    by_agency.setdefault(agency, []).append(total)
            self.found[f"source_{source}_agencies"] = len(by_agency)
            means = [_mean(one) for one in by_agency.values()]
            self.found[f"source_{source}_mean"] = half_up(_mean(means))

    def complaints(self) -> None:
        of = (
            f"FROM complaint WHERE received >= '{THIS_YEAR[0]}' AND received <= '{THIS_YEAR[1]}'"
            + self.of("district")
        )

        def count(also: str = "") -> int:
            return int(self.one(f"SELECT COUNT(*) {of}{also}"))

        self.found["complaints"] = count()
        month = f" AND received >= '{MONTH[0]}' AND received <= '{MONTH[1]}'"
        self.found["complaints_in_month"] = count(month)
        self.found["complaints_dishonest"] = count(" AND dishonest = 1")
        for kind in KINDS:
            self.found[f"complaints_kind_{kind}"] = count(f" AND kind = '{kind}'")
        days = "SELECT julianday(closed) - julianday(received)"
        longest = [row[0] for row in self.rows(f"{days} {of} AND closed IS NOT NULL")]
        self.found["complaints_days_longest"] = max(longest, default=None)
        for name, also in (
            ("complaints", ""), *((f"complaints_{c}", f" AND channel = '{c}'") for c in CHANNELS)
        ):  # fmt: skip
            self.found[name] = count(also)
            for outcome in OUTCOMES:
                self.found[f"{name}_{outcome}"] = count(f"{also} AND outcome = '{outcome}'")
            self.found[f"{name}_open"] = count(f"{also} AND closed IS NULL")
            taken = [
                Fraction(row[0]) for row in self.rows(f"{days} {of}{also} AND closed IS NOT NULL")
            ]
            self.found[f"{name}_closed"] = len(taken)
            self.found[f"{name}_days"] = sum(taken) if taken else None
            self.found[f"{name}_days_mean"] = half_up(_mean(taken))

    def measures(self) -> None:
        year = f"date >= '{THIS_YEAR[0]}' AND date <= '{THIS_YEAR[1]}'"
        of = f"FROM reward, agency WHERE agency.id = agency_id AND {year}{self.of('district')}"
        self.found["rewards"] = self.one(f"SELECT COUNT(*) {of}")
        for kind in INCENTIVES:
            found = self.one(f"SELECT COUNT(*) {of} AND reward.kind = ?", kind)
            self.found[f"rewards_{kind}"] = found
        of = f"FROM sanction WHERE {year}{self.of('district')}"
        rows = self.rows(
            f"SELECT kind, practitioner_id, withdrawn, mended, failed, deadline, id {of}"
        )
        stand = [row for row in rows if row[2] is None]
        self.found["sanctions"] = len(stand)
        issued = {row[0] for row in self.rows("SELECT subject_id FROM paper")}
        gone = [row for row in rows if row[2] is not None and row[6] in issued]
        self.found["sanctions_withdrawn"] = len(gone)
        self.found["sanctions_staff"] = sum(row[1] is not None for row in stand)
        for kind in MEASURES:
            name = f"sanctions_{kind.replace('-', '_')}"
            self.found[name] = sum(row[0] == kind for row in stand)
        states = [_order(*row[3:6], self.today) for row in stand if row[0] == "rectify"]
        for state in ("mended", "failed", "open", "overdue"):
            self.found[f"rectify_{state}"] = sum(state in one for one in states)
        for system in ("market", "credit"):
            told = {
                row[0]
                for row in self.rows(
                    "SELECT sanction_id FROM sanction_report"
                    " WHERE system = ? AND reported IS NOT NULL",
                    system,
                )
            }
            self.found[f"sanctions_reported_{system}"] = sum(row[6] in told for row in stand)
        self.found["units_revoked"] = self.one(
            "SELECT COUNT(*) FROM unit, agency WHERE agency.id = agency_id"
            f" AND revoked >= '{THIS_YEAR[0]}' AND revoked <= '{THIS_YEAR[1]}'{self.of('district')}"
        )

    def recommendations(self) -> None:
        of = (
            "FROM recommendation r JOIN agency a ON a.id = r.agency_id"
            f" WHERE r.year = {self.year}{self.of('r.district')}"
        )

        def count(also: str = "") -> int:
            return int(self.one(f"SELECT COUNT(*) {of}{also}"))

        quota = sum(QUOTAS.values()) if self.district is None else QUOTAS[self.district]
        self.found["quota"] = quota if self.year == 2013 else None
        self.found["recommended"] = count()
        commercial = count(" AND a.kind = 'commercial'")
        self.found["recommended_commercial"] = commercial
        self.found["commercial_share"] = percent(commercial, count())
        best = f"SELECT agency_id FROM outstanding WHERE year = {self.year}"
        self.found["recommended_priority"] = count(f" AND (a.grade > '' OR a.id IN ({best}))")
        self.found["submitted"] = count(" AND r.submission_id IS NOT NULL")
        self.found["units_awarded"] = self.one(
            "SELECT COUNT(*) FROM unit, agency WHERE agency.id = agency_id AND year = ?"
            + self.of("district"),
            self.year,
        )


def _order(mended: str | None, failed: str | None, deadline: str, today: str) -> set[str]:
    """In which states an order to rectify is; of the two days the later one holds."""
    if mended is None and failed is None:
        return {"open", "overdue"} if deadline < today else {"open"}
    if failed is None or (mended is not None and mended >= failed):
        return {"mended"}
    return {"failed"}


def _from_sheets(sheets: str, standard: str) -> tuple[list[Fraction], list[Fraction]]:
    """Return each indicator's score and its points, by the rule as a person would write it."""
    used = json.loads(standard)
    by_source: dict[str, list[list[int]]] = {}
    for sheet in json.loads(sheets):
        by_source.setdefault(sheet["source"], []).append(sheet["scores"])
    weights = {source: Fraction(str(used["weights"][source])) for source in by_source}
    whole = sum(weights.values())
    scores = [
        sum(
            (
                weights[source] / whole * Fraction(sum(one[place] for one in rows), 10) / len(rows)
                for source, rows in by_source.items()
            ),
            Fraction(),
        )
        for place in range(22)
    ]
    return scores, [Fraction(str(used["points"][str(number)])) for number in range(1, 23)]


def _mean(values: Any) -> Fraction | None:
    listed = list(values)
    return sum(listed, Fraction(0)) / len(listed) if listed else None
