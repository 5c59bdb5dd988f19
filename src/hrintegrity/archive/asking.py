"""Questions about a thousand values at once, over which SQLAlchemy takes longer than SQLite."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from hrintegrity.archive.engine import Archive


def among(archive: Archive, sql: str, values: Collection[str | int]) -> Sequence[Any]:
    """Return the rows of a query that ends in `IN`, for these values; none are for no values.

    Days are as the driver gives them: text from SQLite.
    """
    if not values:
        return []
    marked = f"{sql} ({archive.marks(len(values))})"
    return archive.connection.exec_driver_sql(marked, tuple(values)).all()
