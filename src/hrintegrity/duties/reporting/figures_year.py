"""The figures of what goes on all the year: complaints, measures, demonstration units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from hrintegrity.duties.reporting.figure import Counted, Figure, Value, count, share, total
from hrintegrity.duties.reporting.rows_month import AGENCIES
from hrintegrity.duties.reporting.rows_year import (
    COMPLAINTS,
    RECOMMENDATIONS,
    REWARDS,
    SANCTIONS,
    UNITS,
)
from hrintegrity.notice.measures import incentives
from hrintegrity.notice.words import (
    CHANNEL,
    COMPLAINT_KIND,
    MEASURE,
    OUTCOME,
    RARE_CHANNELS,
    REPORT_SYSTEM,
)
from hrintegrity.rules.rates import mean

COMPLAINT = "三(三) 四"
OPINION = "四(三)"
SANCTION = "三(八)2"
UNIT = "三(七)"
ANNEX = "附件2"

_STANDS = "withdrawn IS NULL"
_ORDER = f"kind = 'rectify' AND {_STANDS}"
_FAILED = "failed IS NOT NULL AND (mended IS NULL OR mended < failed)"
_MENDED = "mended IS NOT NULL AND (failed IS NULL OR failed <= mended)"
_OPEN = "mended IS NULL AND failed IS NULL"


def complaints() -> Iterable[Figure]:
    """Return the figures of complaints, reports and suggestions received this year."""
    yield count("complaints", "受理投诉举报和意见建议", "件", COMPLAINT, COMPLAINTS, how="行数")
    yield count(
        "complaints_in_month", "活动期间受理的投诉举报和意见建议", "件", COMPLAINT, COMPLAINTS,
        how="受理日期在活动期间的行数", where="received BETWEEN :start AND :end",
    )  # fmt: skip
    for kind in COMPLAINT_KIND:
        word = COMPLAINT_KIND.chinese(kind)
        clause = OPINION if kind == "suggestion" else COMPLAINT
        yield count(
            f"complaints_kind_{kind}", word, "件", clause, COMPLAINTS, how=f"类型为“{word}”的行数",
            where=f"kind = '{kind}'",
        )  # fmt: skip
    yield from _handled("complaints", "", None)
    for channel in CHANNEL:
        word = CHANNEL.chinese(channel)
        where = f"channel = '{channel}'"
        yield count(
            f"complaints_{channel}", f"{word}渠道受理", "件", "三(一)3", COMPLAINTS,
            how=f"渠道为“{word}”的行数", where=where, rare=channel in RARE_CHANNELS,
        )  # fmt: skip
        for figure in _handled(f"complaints_{channel}", f"{word}渠道", where):
            yield replace(figure, rare=channel in RARE_CHANNELS)
    yield count(
        "complaints_dishonest", "认定不诚信行为", "件", SANCTION, COMPLAINTS,
        how="不诚信行为为“是”的行数", where="dishonest",
    )  # fmt: skip
    yield total(
        "complaints_days_longest", "最长办理天数", "天", COMPLAINT, COMPLAINTS,
        how="办理天数的最大值", column="days", largest=True,
    )  # fmt: skip


def _handled(name: str, label: str, within: str | None) -> Iterable[Figure]:
    """Return how those of a channel, or all, were handled."""
    also = "" if within is None else f" AND {within}"
    here = f"{label}的行里，" if label else ""
    for outcome in OUTCOME:
        word = OUTCOME.chinese(outcome)
        yield count(
            f"{name}_{outcome}", f"{label}{word}", "件", COMPLAINT, COMPLAINTS,
            how=f"{here}办理结果为“{word}”的行数", where=f"outcome = '{outcome}'{also}",
        )  # fmt: skip
    yield count(
        f"{name}_open", f"{label}尚未办结", "件", COMPLAINT, COMPLAINTS,
        how=f"{here}没有办结日期的行数", where=f"closed IS NULL{also}",
    )  # fmt: skip
    days = total(
        f"{name}_days", f"{label}办理天数合计", "天", COMPLAINT, COMPLAINTS,
        how=f"{here}办理天数之和", column="days", where=within,
    )  # fmt: skip
    closed = count(
        f"{name}_closed", f"{label}已办结", "件", COMPLAINT, COMPLAINTS,
        how=f"{here}有办结日期的行数", where=f"closed IS NOT NULL{also}",
    )  # fmt: skip
    yield closed
    yield days

    def value(counted: Counted) -> Value:
        return mean(Fraction(counted[days.name]), counted[closed.name])

    yield Figure(
        f"{name}_days_mean", f"{label}平均办理天数", "天", COMPLAINT, COMPLAINTS,
        how=f"“{days.label}”除以“{closed.label}”", value=value,
    )  # fmt: skip


def measures(day: dt.date) -> Iterable[Figure]:
    """Return the figures of rewards and sanctions of this year."""
    yield count("rewards", "激励措施", "项", "三(八)1", REWARDS, how="行数")
    for kind, known in incentives(day).items():
        yield count(
            f"rewards_{kind}", known.word, "项", known.clause, REWARDS,
            how=f"激励措施为“{known.word}”的行数", where=f"kind = '{kind}'",
        )  # fmt: skip
    yield count(
        "sanctions", "惩戒措施", "项", SANCTION, SANCTIONS, how="没有撤销的行数", where=_STANDS
    )
    for kind in MEASURE:
        word = MEASURE.chinese(kind)
        yield count(
            f"sanctions_{kind.replace('-', '_')}", word, "项", SANCTION, SANCTIONS,
            how=f"惩戒措施为“{word}”、没有撤销的行数", where=f"kind = '{kind}' AND {_STANDS}",
        )  # fmt: skip
    yield count(
        "sanctions_staff", "对从业人员的惩戒", "项", SANCTION, SANCTIONS,
        how="有从业人员、没有撤销的行数", where=f"practitioner_id IS NOT NULL AND {_STANDS}",
    )  # fmt: skip
    # One that was withdrawn before its decision was issued was only entered by mistake.
    yield count(
        "sanctions_withdrawn", "已撤销的惩戒", "项", SANCTION, SANCTIONS,
        how="有文号、有撤销日期的行数", where="withdrawn IS NOT NULL AND number IS NOT NULL",
    )  # fmt: skip
    for name, label, where in (
        ("mended", "责令整改已改正", _MENDED),
        ("failed", "责令整改未改正或不到位", _FAILED),
        ("open", "责令整改尚在期限或待认定", _OPEN),
        ("overdue", "责令整改逾期", f"{_OPEN} AND deadline < :today"),
    ):
        yield count(
            f"rectify_{name}", label, "项", SANCTION, SANCTIONS,
            how=f"责令整改、没有撤销的行里，{_HOW[name]}", where=f"{_ORDER} AND {where}",
        )  # fmt: skip
    for system in REPORT_SYSTEM:
        word = REPORT_SYSTEM.chinese(system)
        yield count(
            f"sanctions_reported_{system}", f"已记入{word}的惩戒", "项", SANCTION, SANCTIONS,
            how="没有撤销、已记入该系统的行数", where=f"reported_{system} AND {_STANDS}",
        )  # fmt: skip
    yield count(
        "units_revoked", "撤销示范单位称号", "家", SANCTION, UNITS, how="撤销日期在本年度的行数",
        where="lost = 1",
    )  # fmt: skip


_HOW = {
    "mended": "有改正日期，其后没有再认定未改正的",
    "failed": "有未改正认定日期，其后没有改正的",
    "open": "改正日期和认定日期都没有的",
    "overdue": "改正日期和认定日期都没有、期限已过的",
}


def recommendations() -> Iterable[Figure]:
    """Return the figures of demonstration units."""
    yield Figure(
        "quota",
        "推荐名额",
        "家",
        ANNEX,
        None,
        how="附件2，或当年采用的名额",
        value=lambda c: c.quota,
    )
    recommended = count("recommended", "已推荐机构", "家", UNIT, RECOMMENDATIONS, how="行数")
    commercial = count(
        "recommended_commercial", "推荐的经营性机构", "家", ANNEX, RECOMMENDATIONS,
        how="性质为“经营性”的行数", where="kind = 'commercial'",
    )  # fmt: skip
    yield recommended
    yield commercial
    yield share(
        "commercial_share",
        "推荐的经营性机构比例",
        ANNEX,
        RECOMMENDATIONS,
        commercial,
        whole=recommended,
    )
    yield count(
        "agencies_priority", "应优先推荐的机构", "家", UNIT, AGENCIES,
        how="有等级，或表现突出为“是”的行数",
        where="grade IS NOT NULL OR outstanding", yearly=False,
    )  # fmt: skip
    yield count(
        "recommended_priority", "推荐的应优先机构", "家", UNIT, RECOMMENDATIONS,
        how="有等级，或表现突出为“是”的行数", where="grade IS NOT NULL OR outstanding",
    )  # fmt: skip
    yield count(
        "submitted", "已报送推荐材料", "家", UNIT, RECOMMENDATIONS, how="已报送为“是”的行数",
        where="submitted = 1",
    )  # fmt: skip
    yield count(
        "units_awarded", "授予示范单位称号", "家", UNIT, UNITS, how="年度为本年度的行数",
        where="this_year = 1",
    )  # fmt: skip
