"""What follows from an inspection (三(四) 二): gaps, by when to mend them, and overdue ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hrintegrity.errors import UsageError
from hrintegrity.notice.words import PUBLICITY_ITEM, SYSTEM

CLAUSE = "三(四) 二"


class Term(NamedTuple):
    """The day by which a gap is to be mended, and in Chinese what looks odd about it."""

    deadline: dt.date
    warnings: tuple[str, ...]


def failed_systems(verdicts: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return the systems that failed, in the notice's order; one that was not seen has no gap."""
    if "fail" not in verdicts.values():
        return ()  # as of nearly all rows of an import.
    return tuple(system for system in SYSTEM if verdicts.get(system) == "fail")


def read_lacks(items: Iterable[str], publicity: str | None) -> tuple[str, ...]:
    """Return which things of 公示 are lacking (三(三) 一), in the notice's order.

    Raises UsageError `lacks-without-fail` where 公示 did not fail.
    """
    named = set(items)
    if named and publicity != "fail":
        raise UsageError(
            "lacks-without-fail",
            "公示合格的，不能再写缺少哪些公示内容。",
            "--lacks 要与 --publicity fail（不合格）一起用。",
            clause="三(三) 一",
        )
    return tuple(item for item in PUBLICITY_ITEM if item in named)


def term(found: dt.date, given: dt.date | None, month_end: dt.date) -> Term:
    """Return by when a gap found on a day is to be mended.

    Gaps are made good within the campaign month (在主题活动期间进行补建): that is the default, and
    a later day is pointed out, as is the month of another year than the finding's. What is found
    after the month needs a day of its own. Raises UsageError `deadline-missing`.
    """
    if given is None:
        if found > month_end:
            raise UsageError(
                "deadline-missing",
                f"检查日期 {found} 在主题活动结束（{month_end}）之后，缺项要有补建期限。",
                "请用 --deadline 给出补建期限。",
                clause=CLAUSE,
            )
        if found.year < month_end.year:
            warning = (
                f"检查日期 {found} 不在{month_end.year}年，补建期限仍取该年活动的最后一天"
                f" {month_end}；是另一年的检查，请用 --year 指明。"
            )
            return Term(month_end, (warning,))
        return Term(month_end, ())
    warnings = []
    if given > month_end >= found:
        warnings.append(
            f"补建期限 {given} 晚于主题活动结束的 {month_end}；通知要求在主题活动期间补建。"
        )
    if given < found:
        warnings.append(f"补建期限 {given} 早于检查日期 {found}，请核对。")
    return Term(given, tuple(warnings))


def is_overdue(deadline: dt.date, mended: dt.date | None, today: dt.date) -> bool:
    """Whether a gap is still open after its last day; the day itself is in time."""
    return mended is None and today > deadline
