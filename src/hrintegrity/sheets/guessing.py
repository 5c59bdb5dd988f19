"""What a header that nobody knows may mean, and what to show of its column."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from difflib import SequenceMatcher
from itertools import islice

from hrintegrity.notice.words import ENDED
from hrintegrity.sheets.columns import Column
from hrintegrity.sheets.layouts import as_option, bare, letters, normal, one_line

_COUNTERS = frozenset({"序号", "序", "行号", "排序", "no", "id"})

_NEAR = 0.6
"""How alike a header and the name of a field are at least, for one to be named beside the other."""

_SAMPLES = 3


def only_counts(header: str) -> bool:
    """Say whether a column only counts the rows, so that nobody need be asked what it means."""
    return normal(header) in _COUNTERS


def nearest(columns: Sequence[Column], header: str, taken: Collection[str]) -> Column | None:
    """Return the field whose names a header resembles most, of those that are not `taken`."""
    # 注销日期 is like 注册日期, and means the contrary.
    if only_counts(header) or any(word in header for word in ENDED):
        return None
    name = bare(header)
    alike = [
        (max(SequenceMatcher(None, name, normal(h)).ratio() for h in (c.field, *c.headers)), c)
        for c in columns
        if c.field not in taken
    ]
    ratio, column = max(alike, key=lambda one: one[0], default=(0.0, None))
    return column if ratio >= _NEAR else None


def not_used(columns: Sequence[Column], unused: Mapping[int, str], present: Set[str]) -> str:
    """Say in Chinese which headers were not used and which field each is nearest to.

    The options that take them for these fields can be copied as they stand.
    """
    said: list[str] = []
    options: dict[str, str] = {}
    for index, header in unused.items():
        near = nearest(columns, header, present)
        like = f"，像是 {near.header}（{near.field}）" if near else ""
        said.append(f"“{one_line(header)}”（{letters(index)} 列{like}）")
        if near:
            options.setdefault(near.field, f"--map {as_option(one_line(header), near.header)}")
    copied = f"像的都对，就照抄：{' '.join(options.values())} 。" if options else ""
    return f"没有用到的列：{'、'.join(said)}。{copied}" if said else ""


def samples(below: Sequence[Sequence[str]], index: int) -> tuple[str, ...]:
    """Return the first few different cells beneath a header."""
    cells = (one_line(cells[index]) for cells in below if len(cells) > index)
    return tuple(islice(dict.fromkeys(cell for cell in cells if cell), _SAMPLES))
