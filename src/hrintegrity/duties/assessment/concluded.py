"""What scripts see of conclusions: each of them, and what is to be said of many."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from hrintegrity.packing import Packed


@dataclass(frozen=True)
class ConclusionView:
    """A conclusion as scripts see it."""

    id: str
    code: str
    name: str
    year: int
    sequence: int
    date: dt.date
    total: Decimal
    band: str
    missing_sources: list[str]
    status: str


@dataclass(frozen=True)
class Missing:
    """A concluded agency, and the sources of which it has no sheet."""

    code: str
    name: str
    missing: list[str]


@dataclass(frozen=True)
class Doubtful:
    """A score of a concluded agency that the records contradict, by the indicator's number."""

    code: str
    name: str
    indicator: int
    reason: str


@dataclass(frozen=True)
class Unplaced:
    """A concluded municipal agency of which it is not known in which district it is."""

    code: str
    name: str


@dataclass
class Concluded:
    """What was concluded, and the codes of the agencies that were passed over, by why.

    `names` has the names of those. `too_high`: a sheet does not fit the standard in use, as
    where it has scores above its points. `warnings` are Chinese sentences.
    """

    concluded: Packed[ConclusionView] = field(default_factory=Packed)
    without_sheets: list[str] = field(default_factory=list)
    without_total: list[str] = field(default_factory=list)
    too_high: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    already: int = 0
    warnings: list[str] = field(default_factory=list)
    missing_sources: Packed[Missing] = field(default_factory=Packed)
    doubts: Packed[Doubtful] = field(default_factory=Packed)
    without_location: list[Unplaced] = field(default_factory=list)
