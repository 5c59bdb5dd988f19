"""Exact figures for people: rounded once, when shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def round_half_up(value: Fraction, places: int = 2) -> Decimal:
    """Round to so many decimals; what lies in the middle goes up."""
    return Decimal(_half_up(value.numerator * 10**places, value.denominator)).scaleb(-places)


def hundredths(above: int, below: int) -> int:
    """Return a ratio in hundredths; what lies in the middle goes up."""
    return _half_up(above * 100, below)


def _half_up(above: int, below: int) -> int:
    # On integers, since a list of results rounds a hundred figures for each agency.
    return (2 * above + below) // (2 * below)


def plain_number(value: Fraction) -> int | float | str:
    """Return a figure fit for JSON and YAML that is read back exactly: 3, 2.5 or `1/3`."""
    if value.denominator == 1:
        return value.numerator
    if Fraction(repr(float(value))) == value:
        return float(value)
    return f"{value.numerator}/{value.denominator}"


def as_json(numbers: Sequence[int | None]) -> str:
    """Return numbers as JSON, a blank after each comma; `json` takes three times as long."""
    return str(list(numbers)).replace("None", "null")


def without_blanks(numbers: str) -> str:
    """Return JSON of numbers without the blanks between them, whoever wrote it."""
    return "".join(numbers.split())


def exact_text(value: Fraction, places: int = 4) -> str:
    """Write a figure for a calculation: as a decimal where it ends, else with ≈."""
    rounded = round_half_up(value, places)
    text = f"{rounded.normalize():f}"
    return text if Fraction(rounded) == value else f"≈{text}"
