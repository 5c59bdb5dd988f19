"""How tables are read, as the user said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hrintegrity.days import LATEST_YEARS, MonthAloneError
from hrintegrity.errors import UsageError
from hrintegrity.sheets.columns import Table
from hrintegrity.sheets.headers import Matcher
from hrintegrity.sheets.parsers import Hints

ALL_SHEETS = "all"


@dataclass(frozen=True)
class How:
    """How tables are read, as the user said.

    `mapping` names columns by hand (header to field), `fixed` gives the text of fields that a file
    lacks, `words` say what a word in cells means, `sheet` is the sheet to read or `all`. `today`
    is the day by which days too far ahead are refused; None takes any. `some_headers`: a header of
    `mapping` may be missing, since it is in another table; so may those in `optional`.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    today: dt.date | None = None
    some_headers: bool = False
    optional: frozenset[str] = frozenset()

    @property
    def latest(self) -> int | None:
        """The last year of a day that does not end something."""
        return None if self.today is None else self.today.year + LATEST_YEARS

    def hints(self, table: Table) -> Hints:
        """Return what is known of the rows beforehand.

        Raises UsageError `field-unknown` or `value-refused`.
        """
        plain = Matcher(table, {}, frozenset())
        given = {}
        for name, text in self.fixed.items():
            named = plain.field(name) or name
            given[named] = _parse_fixed(table, named, text)
        return Hints(given, self.words, self.latest, self.today)


def _parse_fixed(table: Table, name: str, text: str) -> Any:
    column = table.by_field.get(name)
    if column is None:
        known = "、".join(f"{c.field}（{c.header}）" for c in table.columns)
        raise UsageError("field-unknown", f"没有这个字段：{name}", f"可用的字段：{known}")
    try:
        try:
            return column.parse(text.strip())
        except MonthAloneError as month:
            if not column.by_month:
                raise
            return column.parse(month.first.isoformat())
    except ValueError as error:
        raise UsageError(
            "value-refused", f"--set {name}={text}：{error}", "请改正 --set 里等号后面的值。"
        ) from None
