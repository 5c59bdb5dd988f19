"""What a header that nobody knows may mean, and what to show of its column."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from difflib import SequenceMatcher
from itertools import islice

from hrintegrity.days import MonthAloneError, parse_date, without_clock
from hrintegrity.notice.words import ENDED
from hrintegrity.sheets.columns import Column
from hrintegrity.sheets.content import EMPTY_MARKS
from hrintegrity.sheets.layouts import as_option, bare, letters, normal, one_line

_COUNTERS = frozenset({"序号", "序", "行号", "排序", "no", "id"})

_NEVER = (*ENDED, "身份证", "证件")
"""Headers with one of these are none of our fields, like one as they may be.

注销日期 is like 注册日期 and means the contrary; a citizen's number is no 证号 of ours.
"""

_NO_START = (*ENDED, "出生", "生日", "承诺")
"""Headers with one of these are of days on which nobody entered an agency."""

_NEAR = 0.6
"""How alike a header and the name of a field are at least, for one to be named beside the other."""

_SAMPLES = 3


def only_counts(header: str) -> bool:
    """Say whether a column only counts the rows, so that nobody need be asked what it means."""
    return normal(header) in _COUNTERS


def nearest(columns: Sequence[Column], header: str, taken: Collection[str]) -> Column | None:
    """Return the field whose names a header resembles most, of those that are not `taken`."""
    if only_counts(header) or any(word in header for word in _NEVER):
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


def undated(
    columns: Sequence[Column],
    unused: Mapping[int, str],
    present: Set[str],
    below: Sequence[Sequence[str]],
) -> Iterator[str]:
    """Yield a sentence for each day that rows have of today, as no column gives it.

    Says which unused columns hold days, one of which may be meant.
    """
    days = [
        (index, one_line(header))
        for index, header in unused.items()
        if not any(word in header for word in _NO_START) and _are_days(samples(below, index))
    ]
    for column in columns:
        if days and column.or_today and column.field not in present:
            named = "、".join(f"“{header}”（{letters(index)} 列）" for index, header in days)
            header = days[0][1] if len(days) == 1 else "表头"
            yield (
                f"没有{column.header}一列，新登记的按今天算；没有读入的{named}写的是日期，"
                f"确是{column.header}的，请加 --map {as_option(header, column.header)}"
                " 重新导入（已经导入的，再加 --on-duplicate update）"
            )


def _are_days(texts: Collection[str]) -> bool:
    said = [text for text in texts if text not in EMPTY_MARKS]
    return bool(said) and all(map(_is_day, said))


def _is_day(text: str) -> bool:
    try:
        parse_date(without_clock(text) or text)
    except MonthAloneError:
        return True
    except ValueError:
        return False
    return True


def samples(below: Sequence[Sequence[str]], index: int) -> tuple[str, ...]:
    """Return the first few different cells beneath a header."""
    cells = (one_line(cells[index]) for cells in below if len(cells) > index)
    return tuple(islice(dict.fromkeys(cell for cell in cells if cell), _SAMPLES))
