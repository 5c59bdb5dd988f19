"""What a figure of the summary is: named, typed, with unit and clause, and how it comes about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from hrintegrity.duties.reporting.querying import RowQuery
from hrintegrity.notice.indicators import Annex
from hrintegrity.rules.rates import percent, rate
from hrintegrity.rules.weighing import Exact

Value = int | Decimal | None


@dataclass
class Scored:
    """Sums of exact scores over so many agencies that were assessed by one standard and annex.

    `sums` has for each common denominator the sums of the numerators, first of each indicator, then
    of each category: integers, since a city has a hundred thousand of them. `without` says by the
    same places how many agencies have no score there.
    """

    agencies: int = 0
    sums: dict[int, list[int]] = field(default_factory=dict)
    without: Counter[int] = field(default_factory=Counter)

    def take(self, exact: Exact, agencies: int = 1) -> None:
        """Take in the scores of agencies."""
        given = [*exact.indicators, *exact.categories]
        if None in given:
            lacking = [place for place, one in enumerate(given) if one is None]
            self.without.update(dict.fromkeys(lacking, agencies))
        self._take(exact.denominator, [one or 0 for one in given])
        self.agencies += agencies

    def add(self, other: Scored) -> None:
        """Take in what was counted elsewhere."""
        self.agencies += other.agencies
        self.without += other.without
        for denominator, given in other.sums.items():
            self._take(denominator, given)

    def _take(self, denominator: int, given: list[int]) -> None:
        sums = self.sums.get(denominator)
        self.sums[denominator] = (
            list(given) if sums is None else list(map(int.__add__, sums, given))
        )

    def of(self, place: int) -> tuple[Fraction, int]:
        """Return the sum of all scores at a place, exactly, and how many agencies have one."""
        parts = (Fraction(sums[place], denominator) for denominator, sums in self.sums.items())
        return sum(parts, Fraction()), self.agencies - self.without[place]


MadeBy = tuple[str, Annex]
"""The standard as JSON text, and the annex by which was assessed."""


@dataclass
class Counted:
    """What was counted of one district, or of all together.

    `sums` are the counts by name. `totals` says how often each total occurs, exactly, as numerator
    and denominator; `bands` how often each band. `scored` are sums of scores by what they were made
    by. `rated` has for each source, by the number of its raters, the agencies and the sum of all
    their sheets in tenths.
    """

    sums: dict[str, int | None] = field(default_factory=dict)
    totals: Counter[tuple[int, int]] = field(default_factory=Counter)
    bands: Counter[str] = field(default_factory=Counter)
    scored: dict[MadeBy, Scored] = field(default_factory=dict)
    rated: dict[str, dict[int, tuple[int, int]]] = field(default_factory=dict)
    quota: int | None = None

    def __getitem__(self, name: str) -> int:
        return self.sums.get(name) or 0

    @property
    def assessed(self) -> int:
        """How many assessments stand."""
        return self.totals.total()

    def of_annex(self, annex: Annex) -> Iterator[tuple[str, Scored]]:
        """Yield what was assessed by the categories and indicators of an annex, by standard."""
        for (standard, used), scored in self.scored.items():
            if used.same_as(annex):
                yield standard, scored

    def add(self, other: Counted) -> None:
        """Take in what was counted elsewhere, but for the `sums`."""
        self.totals += other.totals
        self.bands += other.bands
        for made_by, scored in other.scored.items():
            self.scored.setdefault(made_by, Scored()).add(scored)
        for source, by_raters in other.rated.items():
            mine_by_raters = self.rated.setdefault(source, {})
            for raters, (agencies, points) in by_raters.items():
                before = mine_by_raters.get(raters, (0, 0))
                mine_by_raters[raters] = (before[0] + agencies, before[1] + points)
        if other.quota is not None:
            self.quota = (self.quota or 0) + other.quota


@dataclass(frozen=True)
class Figure:
    """One figure: its name, what it is called, its unit and the clause that asks for it.

    `rows` are the records behind it and `how` says in Chinese how it comes from them. `sql` is the
    aggregate over the rows where it is a plain count, `empty` its value where there are no rows.
    `largest` marks a greatest value: of all districts together it is the greatest, not the sum.
    `yearly` is false for what describes the present and not a year's campaign. A `rare` one stands
    on paper and in the workbook only where it is above nothing.
    """

    name: str
    label: str
    unit: str
    clause: str
    rows: RowQuery | None
    how: str
    value: Callable[[Counted], Value]
    sql: str | None = None
    empty: int | None = 0
    largest: bool = False
    yearly: bool = True
    rare: bool = False

    def is_printed(self, value: Value) -> bool:
        """Whether it stands on paper and in the workbook with this value."""
        return bool(value) or not self.rare


def _counted(name: str) -> Callable[[Counted], Value]:
    return lambda counted: counted.sums.get(name)


def count(
    name: str,
    label: str,
    unit: str,
    clause: str,
    rows: RowQuery,
    how: str,
    *,
    where: str | None = None,
    of: str | None = None,
    yearly: bool = True,
    rare: bool = False,
) -> Figure:
    """Return a figure that counts rows, or with `of` the different values of a column."""
    counted = "1" if of is None else of
    inner = counted if where is None else f"CASE WHEN {where} THEN {counted} END"
    sql = f"COUNT({'' if of is None else 'DISTINCT '}{inner})"
    return Figure(
        name=name,
        label=label,
        unit=unit,
        clause=clause,
        rows=rows,
        how=how,
        value=_counted(name),
        sql=sql,
        yearly=yearly,
        rare=rare,
    )


def total(
    name: str,
    label: str,
    unit: str,
    clause: str,
    rows: RowQuery,
    how: str,
    *,
    column: str,
    where: str | None = None,
    largest: bool = False,
    rare: bool = False,
) -> Figure:
    """Return a figure that adds up a column, or takes its greatest value.

    Where nothing was counted it has no value.
    """
    inner = column if where is None else f"CASE WHEN {where} THEN {column} END"
    sql = f"{'MAX' if largest else 'SUM'}({inner})"
    return Figure(
        name=name,
        label=label,
        unit=unit,
        clause=clause,
        rows=rows,
        how=how,
        value=_counted(name),
        sql=sql,
        empty=None,
        largest=largest,
        rare=rare,
    )


def share(
    name: str,
    label: str,
    clause: str,
    rows: RowQuery | None,
    part: Figure,
    whole: Figure,
    *,
    yearly: bool = True,
) -> Figure:
    """Return a figure that is a part of a whole in per cent; over nothing it has no value."""

    def value(counted: Counted) -> Value:
        return percent(rate(counted[part.name], counted[whole.name]))

    how = f"“{part.label}”除以“{whole.label}”"
    return Figure(
        name=name,
        label=label,
        unit="%",
        clause=clause,
        rows=rows,
        how=how,
        value=value,
        yearly=yearly,
    )


def shown(value: Value) -> str:
    """Return a figure as people read it: whole numbers, or two decimals, alike in a paper."""
    if value is None:
        return "无"
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def by_name(figures: Iterable[Figure]) -> dict[str, Figure]:
    """Return figures by their names. Raises AssertionError where two share one."""
    found: dict[str, Figure] = {}
    for figure in figures:
        if figure.name in found:
            raise AssertionError(f"two figures are called {figure.name}")
        found[figure.name] = figure
    return found
