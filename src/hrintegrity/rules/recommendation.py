"""Who may be recommended, who goes first, and whether a list keeps to annex 2 (三(七)).

Eligibility is the district's standard, by default the project's own, never the notice's. Priority,
quota and the half of commercial agencies are the notice's and come from `data/`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TypeVar

from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.priority import priority as priority_rule
from hrintegrity.notice.quotas import CommercialShare, commercial_share
from hrintegrity.rules.exact import exact_text
from hrintegrity.rules.standard import Standard

UNITS = "三(七)"
SANCTIONS = "三(八)2"
ASSESSMENT = "三(五)"
ANNEX = "附件2"

PARTS: Mapping[str, str] = {
    "reason": "推荐理由",
    "opinion": "区县人力资源和社会保障局意见",
    "self_summary": "机构自评总结",
    "assessment": "评估结果",
}
"""What a recommendation consists of (三(七)); `missing` below names these."""

_Row = TypeVar("_Row")


@dataclass(frozen=True)
class Cause:
    """A record that rules an agency out: which, of what day, and what it is in Chinese."""

    id: str
    date: dt.date
    text: str


@dataclass(frozen=True)
class Candidate:
    """What counts when an agency is to be recommended; all events are of the campaign's `year`.

    `total` and `band` are those of the concluded assessment, `missing_sources` have no sheet in it,
    `refused_bands` are ruled out by its standard. `open_rectifications` are of any year.
    """

    code: str
    name: str
    district: str
    kind: str
    year: int
    grade: str | None = None
    outstanding: bool = False
    active: bool = True
    concluded: bool = False
    missing_sources: tuple[str, ...] = ()
    total: Decimal | None = None
    band: str | None = None
    refused_bands: frozenset[str] = frozenset()
    sanctions: tuple[Cause, ...] = ()
    open_rectifications: tuple[Cause, ...] = ()
    complaints: tuple[Cause, ...] = ()
    lost_titles: tuple[Cause, ...] = ()


@dataclass(frozen=True)
class Reason:
    """Why an agency is not eligible. `key` tells this reason from another one of its code."""

    code: str
    message: str
    clause: str
    key: str


@dataclass(frozen=True)
class Listed:
    """A recommended agency, and how it stands now.

    `missing` names the PARTS that are not there. `excused` are the keys of the reasons against it
    that were known when it was recommended `despite` them. What is `submitted` can't be mended.
    """

    candidate: Candidate
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    despite: str | None = None
    excused: frozenset[str] = frozenset()
    submitted: bool = False


@dataclass(frozen=True)
class Finding:
    """A problem or a warning, with the codes of the agencies that it is about."""

    code: str
    message: str
    clause: str
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """How a district's list stands against annex 2; `commercial_share` is None when it is empty."""

    quota: int
    recommended: int
    remaining: int
    commercial: int
    commercial_share: Fraction | None
    relaxed: bool
    ok: bool
    problems: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def ineligibility(candidate: Candidate, standard: Standard) -> tuple[Reason, ...]:
    """Return why an agency may not be recommended under a standard; empty where it may.

    A band is judged by this standard where it has a band of that name, else by the standard under
    which the assessment was concluded.
    """
    rule = standard.eligibility
    known = {band.name for band in standard.bands}
    refused = rule.refused_bands if candidate.band in known else candidate.refused_bands
    found: list[Reason] = []

    def add(applies: bool, code: str, message: str, clause: str) -> None:
        if applies:
            found.append(Reason(code, message, clause, code))

    def add_each(applies: bool, code: str, causes: Iterable[Cause], text: str) -> None:
        found.extend(
            Reason(code, text.format(cause), SANCTIONS, f"{code}:{cause.id}")
            for cause in causes
            if applies
        )

    add(rule.concluded and not candidate.concluded, "not-concluded", "本年度评估未评定", UNITS)
    add(
        rule.expert_sheet and "expert" in candidate.missing_sources,
        "no-expert-sheet",
        "没有专家评价",
        ASSESSMENT,
    )
    add(candidate.band in refused, "refused-band", f"评估等次为{candidate.band}", UNITS)
    add(rule.active and not candidate.active, "closed", "机构已终止", UNITS)
    add_each(rule.no_sanction, "sanctioned", candidate.sanctions, "{0.date}受到惩戒：{0.text}")
    add_each(
        rule.no_open_rectification,
        "open-rectification",
        candidate.open_rectifications,
        "{0.date}责令整改，尚未改正",
    )
    add_each(
        rule.no_substantiated_complaint,
        "substantiated-complaint",
        candidate.complaints,
        "{0.date}查实投诉举报：{0.text}",
    )
    add_each(rule.no_lost_title, "lost-title", candidate.lost_titles, "{0.date}被撤销示范单位称号")
    return tuple(found)


def priority_grounds(candidate: Candidate) -> tuple[str, ...]:
    """Return in the notice's words why an agency goes first; empty where it doesn't."""
    holds = {"grade": candidate.grade is not None, "outstanding": candidate.outstanding}
    return tuple(
        word for kind, word in priority_rule(candidate.year).grounds.items() if holds[kind]
    )


def ranked(rows: Iterable[_Row], candidate: Callable[[_Row], Candidate]) -> list[_Row]:
    """Return rows with priority first, then by total, the highest first, then by code."""

    def place(row: _Row) -> tuple[bool, Decimal, str]:
        one = candidate(row)
        return precedence(bool(priority_grounds(one)), one.total, one.code)

    return sorted(rows, key=place)


def precedence(priority: bool, total: Decimal | None, code: str) -> tuple[bool, Decimal, str]:
    """Return what sorts candidates: priority first, then by total, the highest first, then code."""
    return (not priority, -(Decimal(-1) if total is None else total), code)


def judge(
    district: str,
    quota: int,
    listed: Sequence[Listed],
    *,
    year: int,
    relaxed: bool,
    not_listed: Iterable[Candidate] = (),
) -> Verdict:
    """Judge a district's list against annex 2 and the standard.

    `not_listed` are agencies of the district that are eligible and not recommended. A relaxation
    is about the half alone, never about the quota.
    """
    share = commercial_share(year)
    count = len(listed)
    commercial = sum(one.candidate.kind == "commercial" for one in listed)
    problems = [
        *_over(district, quota, count),
        *_half(district, count, commercial, share, relaxed=relaxed),
    ]
    warnings: list[Finding] = []
    for one in listed:
        # What was submitted can't be taken back, so that it is reported but does not block a check.
        (warnings if one.submitted else problems).extend(_unfit(district, one))
    warnings += _passed_over(listed, not_listed)
    for one in listed:
        warnings += _remarks(one)
    return Verdict(
        quota=quota,
        recommended=count,
        remaining=quota - count,
        commercial=commercial,
        commercial_share=Fraction(commercial, count) if count else None,
        relaxed=relaxed,
        ok=not problems,
        problems=tuple(problems),
        warnings=tuple(warnings),
    )


def _over(district: str, quota: int, count: int) -> list[Finding]:
    if count <= quota:
        return []
    name = BY_CODE[district].name
    text = f"{name}推荐 {count} 家，名额 {quota} 家，超出 {count - quota} 家。"
    return [Finding("quota-exceeded", text, ANNEX)]


def _half(
    district: str, count: int, commercial: int, share: CommercialShare, *, relaxed: bool
) -> list[Finding]:
    if district in share.exempt or relaxed or commercial >= share.least * count:
        return []
    text = (
        f"{BY_CODE[district].name}推荐 {count} 家，其中经营性机构 {commercial} 家，"
        f"不足 {exact_text(share.least * 100)}%（应有 {ceil(share.least * count)} 家）。"
    )
    return [Finding("commercial-share", text, share.clause)]


def _unfit(district: str, one: Listed) -> list[Finding]:
    """Say what became of an agency since it was recommended, or submitted."""
    who, code = one.candidate, (one.candidate.code,)
    when = "报送" if one.submitted else "推荐"
    found = []
    new = [reason for reason in one.reasons if reason.key not in one.excused]
    if new:
        text = (
            f"{who.name}{when}后不再符合推荐条件：{'；'.join(reason.message for reason in new)}。"
        )
        found.append(Finding("not-eligible", text, new[0].clause, code))
    if who.district != district:
        text = (
            f"{who.name}{when}后改归{BY_CODE[who.district].name}管理，"
            f"不在{BY_CODE[district].name}的推荐范围。"
        )
        found.append(Finding("wrong-district", text, UNITS, code))
    return found


def _passed_over(listed: Sequence[Listed], not_listed: Iterable[Candidate]) -> list[Finding]:
    if all(priority_grounds(one.candidate) for one in listed):
        return []
    passed = ranked((one for one in not_listed if priority_grounds(one)), lambda one: one)
    if not passed:
        return []
    named = "、".join(one.name for one in passed[:5]) + ("等" if len(passed) > 5 else "")
    text = f"{len(passed)} 家应优先推荐的机构没有推荐，而推荐了没有优先条件的机构：{named}。"
    rule = priority_rule(passed[0].year)
    return [Finding("priority-passed-over", text, rule.clause, tuple(one.code for one in passed))]


def _remarks(one: Listed) -> list[Finding]:
    found, code = [], (one.candidate.code,)
    if one.missing:
        missing = "、".join(PARTS[part] for part in one.missing)
        found.append(Finding("incomplete", f"{one.candidate.name}缺少：{missing}。", UNITS, code))
    if one.despite:
        why = one.despite.rstrip("。")
        text = f"{one.candidate.name}推荐时不符合推荐条件，仍予推荐，理由：{why}。"
        found.append(Finding("despite", text, UNITS, code))
    return found
