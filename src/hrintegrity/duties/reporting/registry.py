"""All figures of the summary, in the order of the paper: each is defined here and nowhere else.

Five chapters stand here; assessment and what goes on all the year in modules of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from functools import cache

from hrintegrity.duties.reporting import figures_assessment, figures_year
from hrintegrity.duties.reporting.figure import (
    Counted,
    Figure,
    Value,
    by_name,
    count,
    share,
    total,
)
from hrintegrity.duties.reporting.rows_month import (
    ACTIVITIES,
    AGENCIES,
    BULLETINS,
    DISTRIBUTIONS,
    GAPS,
    INSPECTIONS,
    OFFICES,
    OUTSTANDING,
    STAFF,
    TITLES,
)
from hrintegrity.notice.indicators import Annex, annex
from hrintegrity.notice.measures import activities, systems
from hrintegrity.notice.words import JOINT, SYSTEM, TITLE
from hrintegrity.rules.rates import mean

ORGANISATION = "四(一)"
CAMPAIGN = "三(四)"
INSPECTION = "三(四) 二"
ASSOCIATION = "四(二)"
DOSSIER = "三(六)1"

_COUNTED = (
    ("people", "参加人数", "人次"),
    ("agencies", "参加机构", "家次"),
    ("media", "媒体报道", "篇次"),
)
_COMPLETE = " AND ".join(
    f"COALESCE({column}, '') <> ''" for column in ("license", "representative", "address", "phone")
)
BUILT = f"{_COMPLETE} AND since IS NOT NULL AND pledged AND inspected_this_year AND assessed"
"""When a dossier counts as built: our reading of 建档, said so wherever it is printed."""


def _organisation() -> Iterable[Figure]:
    yield count(
        "offices_led", "明确主管领导和责任部门的单位", "个", ORGANISATION, OFFICES,
        how="主管领导和责任部门都有的行数",
        where="COALESCE(leader, '') <> '' AND COALESCE(department, '') <> ''", yearly=False,
    )  # fmt: skip
    yield count(
        "offices_planned", "制订工作方案的单位", "个", ORGANISATION, OFFICES,
        how="工作方案为“是”的行数", where="planned = 1", yearly=False,
    )  # fmt: skip


def _activities(day: dt.date) -> Iterable[Figure]:
    five = f"kind <> '{JOINT}'"
    but = "活动类型不是“专项行动”的"
    yield count("activities", "主题活动", "场", CAMPAIGN, ACTIVITIES, how=f"{but}行数", where=five)
    for name, label, unit in _COUNTED:
        yield total(
            f"activities_{name}", f"主题活动{label}", unit, CAMPAIGN, ACTIVITIES,
            how=f"{but}行，{label}之和", column=name, where=five,
        )  # fmt: skip
    for kind, known in activities(day).items():
        where = f"kind = '{kind}'"
        yield count(
            f"activities_{kind}", known.word, "场", known.clause, ACTIVITIES,
            how=f"活动类型为“{known.word}”的行数", where=where, rare=kind == JOINT,
        )  # fmt: skip
        for name, label, unit in _COUNTED:
            yield total(
                f"activities_{kind}_{name}", f"{known.word}{label}", unit, known.clause, ACTIVITIES,
                how=f"活动类型为“{known.word}”的行，{label}之和", column=name, where=where,
                rare=kind == JOINT,
            )  # fmt: skip
    yield count(
        "convention_distributed", "发放自律公约的机构", "家", "三(四) 一", DISTRIBUTIONS,
        how="行数", rare=True,
    )  # fmt: skip
    yield from _bulletins()
    yield count("outstanding", "表现突出的机构", "家", "三(七)", OUTSTANDING, how="行数")
    for title in TITLE:
        word = TITLE.chinese(title)
        yield count(
            f"titles_{title}", word, "个", "三(四) 三", TITLES, how=f"称号为“{word}”的行数",
            where=f"title = '{title}'",
        )  # fmt: skip


def _bulletins() -> Iterable[Figure]:
    bulletins = count("bulletins", "上报活动信息", "期", "四(四)", BULLETINS, how="行数", rare=True)
    days = total(
        "bulletins_days", "活动信息上报用时合计", "天", "四(四)", BULLETINS, how="相隔天数之和",
        column="days", rare=True,
    )  # fmt: skip
    yield bulletins
    yield days

    def value(counted: Counted) -> Value:
        return mean(Fraction(counted[days.name]), counted[bulletins.name])

    yield Figure(
        "bulletins_days_mean", "活动信息平均上报用时", "天", "四(四)", BULLETINS,
        how=f"“{days.label}”除以“{bulletins.label}”", value=value, rare=True,
    )  # fmt: skip


AGENCIES_ALL = count("agencies", "正常机构", "家", DOSSIER, AGENCIES, how="行数", yearly=False)


def _inspection(day: dt.date) -> Iterable[Figure]:
    yield AGENCIES_ALL
    yield count(
        "agencies_commercial", "经营性机构", "家", DOSSIER, AGENCIES, how="性质为“经营性”的行数",
        where="kind = 'commercial'", yearly=False,
    )  # fmt: skip
    yield count(
        "agencies_graded", "已评定等级的机构", "家", "三(二)", AGENCIES, how="有等级的行数",
        where="grade IS NOT NULL", yearly=False,
    )  # fmt: skip
    yield count("inspections", "检查", "次", INSPECTION, INSPECTIONS, how="行数")
    official = "inspector IN ('city', 'district')"
    yield count(
        "inspected", "大检查所查机构", "家", INSPECTION, INSPECTIONS,
        how="检查方为市级、区县的行里，不同的机构数", of="agency_id", where=official,
    )  # fmt: skip
    inspected = count(
        "agencies_inspected", "正常机构中大检查所查的", "家", INSPECTION, AGENCIES,
        how="活动期间大检查为“是”的行数", where="inspected",
    )  # fmt: skip
    yield inspected
    yield share(
        "inspection_rate", "大检查覆盖率", INSPECTION, AGENCIES, inspected, whole=AGENCIES_ALL
    )
    yield count(
        "self_inspected", "自查机构", "家", ASSOCIATION, INSPECTIONS,
        how="检查方为自查的行里，不同的机构数", of="agency_id", where="inspector = 'self'",
    )  # fmt: skip
    yield count(
        "peer_inspected", "行业协会检查、互查机构", "家", ASSOCIATION, INSPECTIONS,
        how="检查方为行业协会、互查的行里，不同的机构数", of="agency_id",
        where="inspector IN ('association', 'peer')",
    )  # fmt: skip
    yield count(
        "convention_displayed", "检查见已张贴自律公约的机构", "家", "三(四) 一", INSPECTIONS,
        how="公约为“合格”的行里，不同的机构数", of="agency_id", where="convention = 'pass'",
    )  # fmt: skip
    yield from _gaps(day)


def _gaps(day: dt.date) -> Iterable[Figure]:
    found = count("gaps", "检查发现的缺项", "项", INSPECTION, GAPS, how="行数")
    mended = count(
        "gaps_mended", "已补建的缺项", "项", INSPECTION, GAPS, how="有补建日期的行数",
        where="mended IS NOT NULL",
    )  # fmt: skip
    yield found
    for system in SYSTEM:
        word = SYSTEM.chinese(system)
        yield count(
            f"gaps_{system}", f"{word}缺项", "项", systems(day)[system].clause, GAPS,
            how=f"制度为“{word}”的行数", where=f"system = '{system}'",
        )  # fmt: skip
        yield count(
            f"gaps_{system}_mended", f"{word}缺项已补建", "项", systems(day)[system].clause, GAPS,
            how=f"制度为“{word}”、有补建日期的行数",
            where=f"system = '{system}' AND mended IS NOT NULL",
        )  # fmt: skip
    yield mended
    yield share("gaps_mended_rate", "缺项补建率", INSPECTION, GAPS, mended, whole=found)
    yield count(
        "gaps_mended_in_month", "活动期间补建的缺项", "项", INSPECTION, GAPS,
        how="补建日期在活动期间的行数", where="mended <= :end",
    )  # fmt: skip
    yield count(
        "gaps_open", "尚未补建的缺项", "项", INSPECTION, GAPS, how="没有补建日期的行数",
        where="mended IS NULL",
    )  # fmt: skip
    yield count(
        "gaps_overdue", "逾期未补建的缺项", "项", INSPECTION, GAPS,
        how="没有补建日期、期限已过的行数", where="mended IS NULL AND deadline < :today",
    )  # fmt: skip


def _pledges() -> Iterable[Figure]:
    pledged = count(
        "pledged", "签署自律承诺书的机构", "家", ORGANISATION, AGENCIES,
        how="签署承诺书为“是”的行数", where="pledged", yearly=False,
    )  # fmt: skip
    staff = count(
        "staff", "在岗从业人员", "人", ORGANISATION, STAFF, how="不同的人数", of="practitioner_id",
        yearly=False,
    )  # fmt: skip
    staff_pledged = count(
        "staff_pledged", "签署服务承诺书的从业人员", "人", ORGANISATION, STAFF,
        how="有承诺日期的行里，不同的人数", of="practitioner_id", where="pledged IS NOT NULL",
        yearly=False,
    )  # fmt: skip
    dossiers = count(
        "dossiers", "建立诚信档案的机构", "家", ORGANISATION, AGENCIES,
        how="许可证号、从业起始日期、法定代表人、地址、电话齐全，且签署承诺书、本年度检查、本年度评定都为“是”的行数",
        where=BUILT, yearly=False,
    )  # fmt: skip
    yield pledged
    yield share(
        "pledge_rate", "自律承诺书签署率", ORGANISATION, AGENCIES, pledged, whole=AGENCIES_ALL,
        yearly=False,
    )  # fmt: skip
    yield count(
        "pledges_displayed", "公开自律承诺书的机构", "家", "三(三) 二", AGENCIES,
        how="公开承诺书为“是”的行数", where="displayed", yearly=False,
    )  # fmt: skip
    yield staff
    yield staff_pledged
    yield share(
        "staff_pledge_rate", "服务承诺书签署率", ORGANISATION, STAFF, staff_pledged, whole=staff,
        yearly=False,
    )  # fmt: skip
    yield dossiers
    yield share(
        "dossier_rate", "诚信档案建档率", ORGANISATION, AGENCIES, dossiers, whole=AGENCIES_ALL,
        yearly=False,
    )  # fmt: skip


@cache
def chapters(
    year: int, annex: Annex, bands: tuple[str, ...], ways: tuple[tuple[str, str], ...] = ()
) -> dict[str, tuple[Figure, ...]]:
    """Return a campaign's figures by the chapters of the paper.

    `bands` are those that occur, `ways` the districts' own ways of evaluation with their words.
    """
    day = dt.date(year, 12, 31)
    assessment = figures_assessment.figures(annex, bands, ways, AGENCIES_ALL)
    return {
        "组织领导": tuple(_organisation()),
        "主题活动": tuple(_activities(day)),
        "诚信服务大检查": tuple(_inspection(day)),
        "诚信状况评估": tuple(assessment),
        "承诺书签署和诚信档案建档": tuple(_pledges()),
        "投诉举报和意见建议": tuple(figures_year.complaints()),
        "激励和惩戒": tuple(figures_year.measures(day)),
        "示范单位推荐": tuple(figures_year.recommendations()),
    }


@cache
def figures(
    year: int, annex: Annex, bands: tuple[str, ...], ways: tuple[tuple[str, str], ...] = ()
) -> dict[str, Figure]:
    """Return all figures by name, in the order of the paper."""
    found = chapters(year, annex, bands, ways)
    return by_name(one for chapter in found.values() for one in chapter)


def counts(year: int) -> dict[str, Figure]:
    """Return the figures that are plain counts, which neither annex nor bands bear on."""
    return {name: one for name, one in figures(year, annex(year), ()).items() if one.sql}
