"""Questions about many values at once, over which SQLAlchemy takes longer than SQLite."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from hrintegrity.archive.reader import Answer, Reader
from hrintegrity.chunking import chunks
from hrintegrity.errors import UnusableError

if TYPE_CHECKING:
    from sqlalchemy import Select

_AT_ONCE = 1000
"""So many values by one statement: SQLite takes 32,766."""


def among(
    archive: Reader,
    sql: str,
    values: Iterable[str | int],
    order: str = "",
    *,
    given: Sequence[str | int] = (),
) -> list[tuple[Any, ...]]:
    """Return the rows of a query that ends in `IN`, for these values; none are for no values.

    `order` is what comes after the values, `given` are the values of the marks before them. A
    thousand values are asked for at a time, and the rows of a thousand are in order. Days and
    truths are as the driver gives them, for `as_day` and `as_truth` to read.
    """
    # SQLAlchemy's rows have more than a tuple has, which a Reader's rows would lack.
    answers = _answers(archive, sql, values, order, given)
    return [tuple(row) for answer in answers for row in answer.all()]


def named_among(archive: Reader, sql: str, values: Iterable[str | int]) -> list[dict[str, Any]]:
    """Return the same rows by the names of their columns."""
    return [row for answer in _answers(archive, sql, values) for row in named(answer)]


def named(answer: Answer) -> Iterator[dict[str, Any]]:
    """Yield rows by the names of their columns."""
    columns = list(answer.keys())
    for row in answer:
        yield dict(zip(columns, row, strict=True))


def _answers(
    archive: Reader,
    sql: str,
    values: Iterable[str | int],
    order: str = "",
    given: Sequence[str | int] = (),
) -> Iterator[Answer]:
    for chunk in chunks(values, _AT_ONCE):
        marked = f"{sql} ({archive.marks(len(chunk))}) {order}"
        yield archive.connection.exec_driver_sql(marked, (*given, *chunk))


def as_day(stored: str | dt.date) -> dt.date:
    """Return a day as a driver gives it: SQLite's is text.

    Raises UnusableError `archive-damaged` for what only a change past the program can have put in.
    """
    if isinstance(stored, dt.date):
        return stored
    try:
        found = dt.date.fromisoformat(stored)
        # Python reads weeks too, and days without dashes.
        if stored[4:8:3] == "--":
            return found
    except (TypeError, ValueError):
        pass
    raise no_day(f"{stored!r}")


def no_day(what: str) -> UnusableError:
    """Return the error for what stands where a day should: a value, or where it is too."""
    return UnusableError(
        "archive-damaged",
        f"档案库里应是日期的不是日期：{what}。",
        "请运行 hri archive verify 查明，再用完好的备份恢复：hri archive restore。",
    )


def as_truth(stored: int | None) -> bool | None:
    """Return what is so or not as a driver gives it: SQLite's is a number."""
    return None if stored is None else bool(stored)


def listed(archive: Reader, values: Collection[str]) -> Select[Any]:
    """Return a query for these texts, which a column can be asked to be `in_`.

    It binds one value: a list binds each, over which SQLAlchemy takes longer than SQLite over the
    query.
    """
    from sqlalchemy import ARRAY, Text, func, literal, select  # noqa: PLC0415 — not for rows.

    if archive.is_sqlite:
        each = func.json_each(json.dumps(list(values), ensure_ascii=False)).table_valued("value")
        return select(each.c.value)
    return select(func.unnest(literal(list(values), ARRAY(Text))))
