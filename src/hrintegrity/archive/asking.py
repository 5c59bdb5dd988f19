"""Questions about a thousand values at once, over which SQLAlchemy takes longer than SQLite."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from hrintegrity.archive.reader import Answer, Reader
from hrintegrity.errors import UnusableError

if TYPE_CHECKING:
    from sqlalchemy import Select


def among(
    archive: Reader,
    sql: str,
    values: Collection[str | int],
    order: str = "",
    *,
    given: Sequence[str | int] = (),
) -> list[tuple[Any, ...]]:
    """Return the rows of a query that ends in `IN`, for these values; none are for no values.

    `order` is what comes after the values, `given` are the values of the marks before them. At most
    32,766 values, which is what SQLite takes. Days and truths are as the driver gives them, for
    `as_day` and `as_truth` to read.
    """
    # SQLAlchemy's rows have more than a tuple has, which a Reader's rows would lack.
    return [] if not values else list(map(tuple, _found(archive, sql, values, order, given).all()))


def named_among(archive: Reader, sql: str, values: Collection[str | int]) -> list[dict[str, Any]]:
    """Return the same rows by the names of their columns."""
    if not values:
        return []
    found = _found(archive, sql, values, "", ())
    columns = list(found.keys())
    return [dict(zip(columns, row, strict=True)) for row in found.all()]


def _found(
    archive: Reader,
    sql: str,
    values: Collection[str | int],
    order: str,
    given: Sequence[str | int],
) -> Answer:
    marked = f"{sql} ({archive.marks(len(values))}) {order}"
    return archive.connection.exec_driver_sql(marked, (*given, *values))


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
