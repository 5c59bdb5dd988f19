"""How tables are read, as the user said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hrintegrity.days import MonthAloneError, latest_year
from hrintegrity.errors import UsageError
from hrintegrity.sheets.columns import Column, Table
from hrintegrity.sheets.content import clean, clean_line
from hrintegrity.sheets.headers import Matcher
from hrintegrity.sheets.parsers import Hints, LaterError, means_nothing, parser_of

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
        return None if self.today is None else latest_year(self.today)

    def hints(self, table: Table) -> Hints:
        """Return what is known of the rows beforehand.

        Raises UsageError `field-unknown` or `value-refused`.
        """
        plain = Matcher(table, {}, frozenset())
        bounds = Hints(latest=self.latest, today=self.today)
        given, remarks = {}, []
        for name, text in self.fixed.items():
            column = table.by_field.get(plain.field(name) or "")
            if column is None:
                known = "、".join(f"{c.field}（{c.header}）" for c in table.columns)
                raise UsageError("field-unknown", f"没有这个字段：{name}", f"可用的字段：{known}")
            said = f"--set {name}={text}"
            try:
                given[column.field], remark = _fixed(column, bounds, text)
            except ValueError as error:
                raise UsageError(
                    "value-refused", f"{said}：{error}", "请改正 --set 里等号后面的值。"
                ) from None
            remarks += [f"{said}：{remark}"] if remark else []
        return Hints(given, self.words, self.latest, self.today, tuple(remarks))


def _fixed(column: Column, bounds: Hints, text: str) -> tuple[Any, str]:
    """Return the value that every row has, taken as a cell's, and a remark on it.

    Raises ValueError.
    """
    text = clean(text) if column.lines else clean_line(text)
    if not text or means_nothing(text, column):
        if column.required:
            raise ValueError("没有填写")
        return None, ""
    parse = parser_of(column, bounds)
    try:
        return parse(text), ""
    except LaterError as error:
        return error.day, f"在今天（{bounds.today}）之后，请核对"
    except MonthAloneError as month:
        if not column.by_month:
            raise
        value, later = _fixed(column, bounds, month.first.isoformat())
        return value, "；".join(filter(None, ("只写到月，按当月 1 日登记", later)))
