"""What a conclusion carries, as it was kept: read, and never judged again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from hrintegrity.compact_json import encode
from hrintegrity.notice.indicators import kept_annex
from hrintegrity.rules.assessment import Result, as_concluded
from hrintegrity.rules.case import AgencyFacts, Case, Sheet
from hrintegrity.rules.exact import as_json, without_blanks
from hrintegrity.rules.standard_reading import kept_standard
from hrintegrity.rules.weighing import Exact, exact_of

if TYPE_CHECKING:
    from hrintegrity.archive.tables.assessment import Conclusion
    from hrintegrity.duties.assessment.sheets import Rated


def shown(conclusion: Conclusion) -> dict[str, Any]:
    """Return the result as JSON showed it when it was concluded."""
    found: dict[str, Any] = json.loads(conclusion.result)
    return found


@lru_cache(maxsize=4)
def figures(result: str) -> dict[str, Any]:
    """Return the figures of a result that was kept as JSON text, digit by digit exact."""
    found: dict[str, Any] = json.loads(result, parse_float=Decimal)
    return found


def sheets(text: str) -> list[Sheet]:
    """Return the sheets of which a conclusion was made, from its JSON text."""
    return [
        Sheet(sheet["source"], sheet["rater"], tuple(sheet["scores"])) for sheet in json.loads(text)
    ]


_SHEET = '{"id":%s,"source":%s,"rater":%s,"date":%s,"scores":%s}'


def sheets_text(rows: Iterable[Rated]) -> str:
    """Return sheets as the JSON text that conclusions carry."""
    return f"[{','.join(map(_sheet_text, rows))}]"


def _sheet_text(row: Rated) -> str:
    fields = map(encode_basestring, (row.id, row.source, row.rater, row.date.isoformat()))
    return _SHEET % (*fields, without_blanks(row.scores))


def case(
    *,
    standard: str,
    annex: str | None,
    agency_facts: str | None,
    date: dt.date | str,
    made_of: Iterable[Sheet] = (),
) -> Case:
    """Return the case of a conclusion from its columns; `made_of` are its sheets, if needed."""
    return Case(
        kept_standard(standard),
        kept_annex(annex),
        _facts(agency_facts),
        dt.date.fromisoformat(date) if isinstance(date, str) else date,
        tuple(made_of),
    )


@lru_cache(maxsize=1024)
def _facts(text: str | None) -> AgencyFacts:
    return AgencyFacts() if text is None else AgencyFacts.from_mapping(json.loads(text))


@lru_cache(maxsize=1024)
def facts_text(facts: AgencyFacts) -> str:
    """Return the facts of an agency as the JSON text that conclusions carry."""
    return encode(facts.as_mapping())


def exact_text(exact: Exact) -> str:
    """Return exact scores as the JSON text that conclusions carry: those of the indicators."""
    return without_blanks(as_json([exact.denominator, *exact.indicators]))


def exact(text: str, of: Case) -> Exact:
    """Return the exact scores of a conclusion's case from its JSON text."""
    denominator, *indicators = json.loads(text)
    return exact_of(of, denominator, indicators)


def result(conclusion: Conclusion) -> Result:
    """Return a conclusion's result, from what it was made of and came to."""
    known = case(
        standard=conclusion.standard,
        annex=conclusion.annex,
        agency_facts=conclusion.agency_facts,
        date=conclusion.date,
        made_of=sheets(conclusion.sheets),
    )
    scores = None if conclusion.exact is None else exact(conclusion.exact, known)
    return as_concluded(known, scores, conclusion.band)
