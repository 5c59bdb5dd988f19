"""What is remarked on in the cells of a table: counted, with the rows, one sentence per column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hrintegrity.notice.words import ENDED, NOT
from hrintegrity.sheets.columns import VERDICT_MARKS, Table
from hrintegrity.sheets.content import EMPTY_MARKS
from hrintegrity.sheets.layouts import Layout, one_line
from hrintegrity.sheets.source import spans

_SHORT = 20
"""A longer text is no word for a state, though it may have one in it."""

_SHOWN = 3
_MEMO_LIMIT = 1 << 14


@dataclass
class Noted:
    """Rows by what is to be said of them; of a column by its index.

    `emptied` counts marks that were taken as empty, `used_words` are the user's words that were
    needed.
    """

    table: Table
    layout: Layout
    today: dt.date | None
    emptied: dict[str, int] = field(default_factory=dict)
    used_words: set[str] = field(default_factory=set)
    months: list[int] = field(default_factory=list)
    later: dict[int, list[int]] = field(default_factory=dict)
    timed: dict[int, list[int]] = field(default_factory=dict)
    unlike: dict[int, list[int]] = field(default_factory=dict)
    unequal: list[int] = field(default_factory=list)
    total: int | None = None

    def remarks(self) -> Iterator[str]:
        """Yield what is to be said; complete after the last row."""
        if self.emptied:
            marks = "、".join(f"“{mark}”" for mark in self.emptied)
            yield f"{sum(self.emptied.values())} 格只写了{marks}，按空格处理"
        if self.months:
            yield f"第 {spans(self.months)} 行的日期只写到月，按当月 1 日登记"
        for index, rows in self.timed.items():
            yield f"{self._of(index, rows)}还写了钟点，只取日期"
        for index, rows in self.later.items():
            yield f"{self._of(index, rows)}在今天（{self.today}）之后，请核对"
        for index, rows in self.unlike.items():
            yield f"{self._of(index, rows)}起日与另一列所写的不同，起日以那一列为准，请核对"
        yield from self.contradictions()

    def contradictions(self) -> Iterator[str]:
        """Yield what is to be said of totals that are not the sum of the scores beside them."""
        if self.unequal and self.total is not None:
            header = self.layout.headers[self.total]
            yield f"第 {spans(self.unequal)} 行的“{header}”与各项得分之和不符，请核对"

    def _of(self, index: int, rows: list[int]) -> str:
        found = sorted(set(rows))
        header = one_line(self.layout.headers[index])
        column = f"“{header}”（{self.layout.letters(index)} 列）"
        return f"{column}有 {len(found)} 行（第 {spans(found)} 行）"


class Ended:
    """Looks in the columns that were not used for what has ceased, and for who has left."""

    def __init__(self, table: Table, layout: Layout) -> None:
        self._layout = layout
        self._then = table.ended
        # Beneath 注销日期 it is enough that something is written.
        watched = sorted(layout.unused) if table.ended and not layout.places else []
        self.watched = [(i, any(word in layout.unused[i] for word in ENDED)) for i in watched]
        self._known: dict[str, bool] = {}
        self._rows: dict[int, list[int]] = {}
        self._texts: dict[int, dict[str, None]] = {}

    def look(self, number: int, cells: Sequence[str]) -> None:
        """Note a row that an unused column says has ceased."""
        for index, is_any in self.watched:
            text = cells[index] if index < len(cells) else ""
            if text and (_says(text) if is_any else self._is_ended(text)):
                self._rows.setdefault(index, []).append(number)
                texts = self._texts.setdefault(index, {})
                if len(texts) <= _SHOWN:
                    texts[text.strip()] = None

    def _is_ended(self, text: str) -> bool:
        found = self._known.get(text)
        if found is None:
            found = _is_ended(text)
            if len(self._known) < _MEMO_LIMIT:
                self._known[text] = found
        return found

    def remarks(self) -> Iterator[str]:
        """Yield a sentence for each column."""
        for index, rows in self._rows.items():
            shown = list(self._texts[index])
            texts = "、".join(f"“{text}”" for text in shown[:_SHOWN])
            more = "等" if len(shown) > _SHOWN else ""
            header = one_line(self._layout.unused[index])
            yield (
                f"“{header}”一列（{self._layout.letters(index)} 列）没有读入，其中 {len(rows)} 行"
                f"（第 {spans(rows)} 行）写的是{texts}{more}；{self._then}"
            )


def _says(text: str) -> bool:
    """Say whether a cell holds more than a mark for nothing or no."""
    plain = text.strip()
    return plain != "" and plain not in EMPTY_MARKS and plain not in VERDICT_MARKS[1]


def _is_ended(text: str) -> bool:
    plain = "".join(text.split())
    if len(plain) > _SHORT:
        return False
    for word in ENDED:
        place = plain.find(word)
        if place >= 0 and not plain[:place].endswith(NOT):
            return True
    return False
