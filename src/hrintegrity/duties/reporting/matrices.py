"""Figures that are read across as well as down: the tables of the annex of the paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from hrintegrity.notice.indicators import Annex
from hrintegrity.notice.measures import activities
from hrintegrity.notice.words import CHANNEL, JOINT, OUTCOME, RARE_CHANNELS, SYSTEM

TOTAL = "合计"


@dataclass(frozen=True)
class Row:
    """A row: what it is about, and the names of its figures.

    A `rare` one stands there only where its first figure is above nothing.
    """

    label: str
    names: tuple[str, ...]
    rare: bool = False


@dataclass(frozen=True)
class Matrix:
    """A table of figures; the unit stands in the caption or at the head of a column."""

    caption: str
    clause: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


def _activities(day: dt.date) -> Iterable[Row]:
    def row(label: str, name: str, *, rare: bool = False) -> Row:
        more = (f"{name}_{one}" for one in ("people", "agencies", "media"))
        return Row(label, (name, *more), rare)

    for kind, known in activities(day).items():
        if kind != JOINT:
            yield row(known.word, f"activities_{kind}")
    yield row(TOTAL, "activities")
    yield row(f"另：{activities(day)[JOINT].word}", f"activities_{JOINT}", rare=True)


def _gaps() -> Iterable[Row]:
    for system in SYSTEM:
        yield Row(SYSTEM.chinese(system), (f"gaps_{system}", f"gaps_{system}_mended"))
    yield Row(TOTAL, ("gaps", "gaps_mended"))


def _complaints() -> Iterable[Row]:
    ends = (*OUTCOME, "open", "closed", "days", "days_mean")
    for channel in CHANNEL:
        name = f"complaints_{channel}"
        more = (f"{name}_{end}" for end in ends)
        yield Row(CHANNEL.chinese(channel), (name, *more), channel in RARE_CHANNELS)
    yield Row(TOTAL, ("complaints", *(f"complaints_{end}" for end in ends)))


_OUTCOMES = tuple(OUTCOME.chinese(word) for word in OUTCOME)


@cache
def matrices(year: int, annex: Annex) -> tuple[Matrix, ...]:
    """Return the tables of a campaign's summary."""
    return (
    Matrix(
        "表1　主题活动",
        "三(四)",
        ("活动", "场次（场）", "参加（人次）", "机构（家次）", "媒体报道（篇次）"),
        tuple(_activities(dt.date(year, 12, 31))),
    ),
    Matrix("表2　检查发现的缺项和补建", "三(四) 二", ("制度", "缺项（项）", "已补建（项）"),
           tuple(_gaps())),
    Matrix(
        "表3　各类指标平均得分",
        "附件1",
        ("类别", "平均得分（分）", "得分率（%）"),
        tuple(
            Row(f"{one.name}（{one.points}分）",
                (f"category_{one.id}_mean", f"category_{one.id}_rate"))
            for one in annex.categories
        ),
    ),
    Matrix(
        "表4　各项指标得分率",
        "附件1",
        ("指标", "得分率（%）"),
        tuple(Row(one.heading, (f"indicator_{one.id}_rate",)) for one in annex.indicators),
    ),
    Matrix(
        "表5　投诉举报和意见建议的渠道和办理（件，天）",
        "三(三) 四",
        ("渠道", "受理", *_OUTCOMES, "未办结", "已办结", "天数合计", "平均天数"),
        tuple(_complaints()),
    ),
)  # fmt: skip
