"""The rules of assessment by the annex of 2013, the one that most tests are about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hrintegrity.notice.indicators import Annex, annex
from hrintegrity.rules import assessment, scores, standard_reading
from hrintegrity.rules.assessment import Result
from hrintegrity.rules.case import AgencyFacts, Case, Sheet
from hrintegrity.rules.standard import Standard

YEAR = 2013
ANNEX = annex(YEAR)


def default_standard() -> Standard:
    return standard_reading.default_standard(YEAR)


def parse_standard(content: Mapping[str, Any]) -> Standard:
    return standard_reading.parse_standard(content, ANNEX)


def read_standard(path: Path) -> Standard:
    return standard_reading.read_standard(path, ANNEX)


def standard_yaml(standard: Standard) -> str:
    return standard_reading.standard_yaml(standard, YEAR)


def case_of(sheets: Iterable[Sheet], standard: Standard, of: Annex = ANNEX) -> Case:
    """An agency of which nothing is known, on the last day of the campaign."""
    return Case(standard, of, AgencyFacts(), dt.date(YEAR, 10, 31), tuple(sheets))


def combine(sheets: Iterable[Sheet], standard: Standard, of: Annex = ANNEX) -> Result:
    return assessment.assess(case_of(sheets, standard, of))


def parse_scores(content: Any, standard: Standard) -> tuple[int | None, ...]:
    return scores.parse_scores(content, case_of((), standard), "expert")


def parse_scores_json(text: str, standard: Standard) -> tuple[int | None, ...]:
    return scores.parse_scores_json(text, case_of((), standard), "expert")
