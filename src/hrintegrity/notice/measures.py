"""Sanctions, incentives, campaign activities and service systems, each with its clause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from hrintegrity.notice._reading import Value
from hrintegrity.notice.clauses import read_clause
from hrintegrity.notice.timeline import Timeline, read_timeline
from hrintegrity.notice.words import ACTIVITY, INCENTIVE, MEASURE, SYSTEM, Vocabulary

_Entry = TypeVar("_Entry", "Sanction", "Measure")


@dataclass(frozen=True)
class Sanction:
    """A sanction of clause 三(八)2.

    `at_review`: only at an annual review and by law. `needs_deadline`: it sets a term. `subjects`:
    `agency`, and `staff` where a practitioner can be its subject.
    """

    kind: str
    word: str
    clause: str
    at_review: bool
    needs_deadline: bool
    subjects: frozenset[str]


@dataclass(frozen=True)
class Measure:
    """An incentive, an activity or a service system, with the notice's words for it."""

    kind: str
    word: str
    clause: str
    text: str


def sanctions(day: dt.date) -> Mapping[str, Sanction]:
    """Return the sanctions that a day knows, by kind, in the notice's order.

    Raises UnusableError `data-broken`.
    """
    return _sanctions().on(day)


def incentives(day: dt.date) -> Mapping[str, Measure]:
    """Return the incentives of 三(八)1 and honours. Raises UnusableError `data-broken`."""
    return _measures("incentives").on(day)


def activities(day: dt.date) -> Mapping[str, Measure]:
    """Return the activities of the month, 三(四), and joint actions (三(一)3).

    Raises UnusableError `data-broken`.
    """
    return _measures("activities").on(day)


def systems(day: dt.date) -> Mapping[str, Measure]:
    """Return the four service systems of 三(三), and the convention displayed (三(四) 一).

    Raises UnusableError `data-broken`.
    """
    return _measures("systems").on(day)


_WORDS = {"incentives": INCENTIVE, "activities": ACTIVITY, "systems": SYSTEM}


@cache
def _sanctions() -> Timeline[dict[str, Sanction]]:
    def read(part: Mapping[str, Value], clause: str) -> dict[str, Sanction]:
        items = part["sanctions"].items()
        return _complete(part["sanctions"], MEASURE, [_sanction(item, clause) for item in items])

    return read_timeline("sanctions.yaml", read, required=("sanctions",))


@cache
def _measures(name: str) -> Timeline[dict[str, Measure]]:
    words = _WORDS[name]

    def read(part: Mapping[str, Value], _: str) -> dict[str, Measure]:
        return _complete(part[name], words, [_measure(item, words) for item in part[name].items()])

    return read_timeline(f"{name}.yaml", read, required=(name,))


def _sanction(value: Value, clause: str) -> Sanction:
    part = value.keys(("kind", "word", "at_review", "deadline", "subjects"))
    subjects = frozenset(item.text() for item in part["subjects"].items())
    if not subjects <= {"agency", "staff"}:
        part["subjects"].fail("只能是 agency、staff")
    return Sanction(
        *_word(part, MEASURE), clause, part["at_review"].flag(), part["deadline"].flag(), subjects
    )


def _measure(value: Value, words: Vocabulary) -> Measure:
    part = value.keys(("kind", "word", "clause", "text"))
    return Measure(*_word(part, words), read_clause(part["clause"]), part["text"].text())


def _word(part: dict[str, Value], words: Vocabulary) -> tuple[str, str]:
    kind, word = part["kind"].text(), part["word"].text()
    if kind not in words:
        part["kind"].fail(f"{words.name}没有这个词")
    if word != words.chinese(kind):
        part["word"].fail(f"应是{words.chinese(kind)}")
    return kind, word


def _complete(value: Value, words: Vocabulary, found: list[_Entry]) -> dict[str, _Entry]:
    by_kind = {entry.kind: entry for entry in found}
    if list(by_kind) != list(words) or len(found) != len(by_kind):
        value.fail(f"应依次是：{'、'.join(words)}")
    return by_kind
