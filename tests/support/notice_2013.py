"""The rules of assessment by the annex of 2013, the one that most tests are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hrintegrity.notice.indicators import annex
from hrintegrity.rules import assessment, scores, standard_reading
from hrintegrity.rules.assessment import Result, Sheet
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


def combine(sheets: Iterable[Sheet], standard: Standard) -> Result:
    return assessment.combine(sheets, standard, ANNEX)


def parse_scores(content: Any, standard: Standard) -> tuple[int | None, ...]:
    return scores.parse_scores(content, standard, ANNEX, "expert")


def parse_scores_json(text: str, standard: Standard) -> tuple[int | None, ...]:
    return scores.parse_scores_json(text, standard, ANNEX, "expert")
