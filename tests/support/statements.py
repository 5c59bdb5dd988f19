"""Statements of all archives of a test process are compiled once, not once an archive.

A command is a process of its own and opens one archive. Tests open thousands, each with an engine
of its own, and compiling its statements anew would be a third of what they cost. SQLAlchemy has no
public way to share them, so this takes its private `_compiled_cache`; what it asks a driver at the
first connection (`dialect.initialize`) it asks once a process.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.pool import NullPool


def compiled_once(create_engine: Callable[..., Engine]) -> Callable[..., Engine]:
    """Return `create_engine` for SQLite, whose engines share what they know of the driver."""
    first: dict[Any, Engine] = {}

    def create(url: str, *, module: Any, creator: Any, poolclass: Any) -> Engine:
        if module not in first:
            first[module] = create_engine(url, module=module, creator=creator, poolclass=poolclass)
            return first[module]
        known = first[module]
        engine = Engine(NullPool(creator, dialect=known.dialect), known.dialect, known.url)
        engine._compiled_cache = known._compiled_cache
        return engine

    return create
