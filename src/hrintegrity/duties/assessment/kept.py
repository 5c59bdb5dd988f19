"""What a conclusion carries, as it was kept: read, and never judged again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from hrintegrity.archive.tables.assessment import Conclusion
from hrintegrity.notice.indicators import kept_annex
from hrintegrity.rules.assessment import Exact, Result, Sheet, as_concluded
from hrintegrity.rules.standard_reading import kept_standard


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


def exact_text(exact: Exact) -> str:
    """Return exact scores as the JSON text that conclusions carry."""
    return json.dumps([exact.denominator, *exact.numerators], separators=(",", ":"))


def exact_of(text: str) -> Exact:
    """Return the exact scores of a conclusion's JSON text."""
    denominator, *numerators = json.loads(text)
    return Exact(denominator, tuple(numerators))


def result(conclusion: Conclusion, made_of: Iterable[Sheet] | None = None) -> Result:
    """Return a conclusion's result, from what it was made of and came to."""
    return as_concluded(
        sheets(conclusion.sheets) if made_of is None else made_of,
        kept_standard(conclusion.standard),
        kept_annex(conclusion.annex),
        exact=None if conclusion.exact is None else exact_of(conclusion.exact),
        band=conclusion.band,
    )
