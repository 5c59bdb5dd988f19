"""A row of the table that `make bench` prints: a work, what it takes, and its floor beside it.

The floor is the same work without the program: what nobody could do without. `HRI_BENCH=0.1` makes
the archives and tables of all works that share of their size.
"""

from __future__ import annotations

import os
from statistics import median

SHARE = float(os.environ.get("HRI_BENCH", "1"))
HEAD = "| work | taken | floor | ratio | target |\n|---|---|---|---|---|"


def row(work: str, pairs: list[tuple[float, float]], target: str, unit: str = "s") -> None:
    """Print medians of what a work and its floor took, measured in turn, as a line of Markdown.

    In seconds of the processor, all processes of a command together, unless `unit` says otherwise.
    """
    taken, floor = (median(each) for each in zip(*pairs, strict=True))
    shown, beside = (f"{value:.{0 if value >= 100 else 2}f} {unit}" for value in (taken, floor))
    print(f"| {work} | {shown} | {beside} | {taken / floor:.2f} | {target} |", flush=True)


def growth(work: str, seconds: list[float], peaks: list[float], exponent: float) -> None:
    """Print how memory and time grew, tenfold each time: MiB at the largest and the one before."""
    print(
        f"| {work}, {seconds[-1]:.1f} s; exponent of time {exponent:.2f} (≤ 1.05); memory |"
        f" {peaks[-1]:.0f} MiB | {peaks[-2]:.0f} MiB | {peaks[-1] / peaks[-2]:.2f} | ≤ 1.5 |",
        flush=True,
    )


def sized(whole: int) -> int:
    """Return how many of a work's `whole` number this run takes."""
    return max(100, round(whole * SHARE))
