"""Progress on standard error, for long work at a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

_SHORT = 50
_ERASE_LINE = "\r\x1b[K"


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None]]:
    """Yield a function that shows how many there were so far, where no end is known."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    try:
        yield lambda count: print(f"\r{what} {count}", end="", file=sys.stderr, flush=True)
    finally:
        print(_ERASE_LINE, end="", file=sys.stderr, flush=True)


def progress(label: str) -> Callable[[Collection[T]], Iterable[T]]:
    """Return a function that goes through many things and shows how far it is."""

    def track(items: Collection[T]) -> Iterable[T]:
        if len(items) < _SHORT or not sys.stderr.isatty():
            return iter(items)
        from rich.console import Console
        from rich.progress import track as rich_track

        console = Console(stderr=True)
        return rich_track(
            items, total=len(items), description=label, console=console, transient=True
        )

    return track
