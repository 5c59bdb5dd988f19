"""Progress on standard error, for long work at a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")

_SHORT = 50


def progress(label: str) -> Callable[[Sequence[T]], Iterable[T]]:
    """Return a function that goes through a sequence and shows how far it is."""

    def track(items: Sequence[T]) -> Iterable[T]:
        if len(items) < _SHORT or not sys.stderr.isatty():
            return iter(items)
        from rich.console import Console
        from rich.progress import track as rich_track

        return rich_track(items, description=label, console=Console(stderr=True), transient=True)

    return track
