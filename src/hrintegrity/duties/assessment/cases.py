"""An agency's case, from the archive's rows: what `rules.assessment` judges."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Protocol

from hrintegrity.duties.assessment.sheets import Rated
from hrintegrity.duties.assessment.standards import Standards
from hrintegrity.notice.indicators import Annex
from hrintegrity.rules.case import AgencyFacts, Case, Sheet
from hrintegrity.rules.standard import Standard


class Known(Protocol):
    """An agency, as its row or as a list has it."""

    @property
    def district(self) -> str:
        """Whose it is."""

    @property
    def kind(self) -> str:
        """Commercial or public."""

    @property
    def grade(self) -> str | None:
        """Its grade by the local standard, if it has one."""

    @property
    def since(self) -> dt.date | None:
        """Its first day in business, where it is known."""


def case_of(
    agency: Known,
    standard: Standard,
    annex: Annex,
    day: dt.date,
    rows: Iterable[Rated] = (),
) -> Case:
    """Return the case of an agency by a standard, as of a day; without sheets to score it by."""
    facts = AgencyFacts(agency.kind, agency.grade, agency.since)
    return Case(standard, annex, facts, day, tuple(map(as_sheet, rows)))


def by_district(
    agency: Known, standards: Standards, day: dt.date, rows: Iterable[Rated] = ()
) -> Case:
    """Return the case of an agency by its district's standard. Raises RuleError `no-standard`."""
    standard = standards.of(agency.district).standard
    return case_of(agency, standard, standards.annex, day, rows)


def as_sheet(row: Rated) -> Sheet:
    """Return a sheet as the rules take it."""
    return Sheet(row.source, row.rater, tuple(json.loads(row.scores)))
