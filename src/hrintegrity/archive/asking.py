"""Questions about a thousand values at once, over which SQLAlchemy takes longer than SQLite."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from hrintegrity.archive.reader import Reader

if TYPE_CHECKING:
    from sqlalchemy import Select


def among(
    archive: Reader,
    sql: str,
    values: Collection[str | int],
    order: str = "",
    *,
    given: Sequence[str | int] = (),
) -> Sequence[Any]:
    """Return the rows of a query that ends in `IN`, for these values; none are for no values.

    `order` is what comes after the values, `given` are the values of the marks before them. At most
    32,766 values, which is what SQLite takes. Days are as the driver gives them, for `as_day` to
    read.
    """
    if not values:
        return []
    marked = f"{sql} ({archive.marks(len(values))}) {order}"
    return archive.connection.exec_driver_sql(marked, (*given, *values)).all()


def as_day(stored: str | dt.date) -> dt.date:
    """Return a day as a driver gives it: SQLite's is text."""
    return dt.date.fromisoformat(stored) if isinstance(stored, str) else stored


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
