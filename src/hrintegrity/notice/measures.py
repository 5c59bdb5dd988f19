"""Sanctions, incentives, campaign activities and service systems, each with its clause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from hrintegrity.notice._reading import Value
from hrintegrity.notice.clauses import read_clause
from hrintegrity.notice.timeline import Timeline, read_timeline
from hrintegrity.notice.words import ACTIVITY, INCENTIVE, MEASURE, REVIEW_RESULT, SYSTEM, Vocabulary

_DECISION = "失信惩戒决定书"


@dataclass(frozen=True)
class SanctionKind:
    """A kind of sanction of clause 三(八)2, with what it brings and what its paper says.

    `subjects`: `agency`, and `staff` where a practitioner can be its subject. `review`: the result
    of the annual review to which alone it belongs. `needs_deadline`: it is an order with a term.
    `closes`: it ends the agency. `appointment`: it has a time and a place. `decides` and `asks` are
    the words of the decision, with places such as `{you}`; `paper` and `called` what it is called.
    `example` is a provision that ends a licence.
    """

    kind: str
    word: str
    clause: str
    subjects: frozenset[str]
    review: str | None
    needs_deadline: bool
    closes: bool
    appointment: bool
    paper: str
    called: str
    decides: str
    asks: tuple[str, ...]
    example: str | None = None

    @property
    def at_review(self) -> bool:
        """Whether it is imposed at an annual review only, and by law."""
        return self.review is not None

    @property
    def has_scope(self) -> bool:
        """Whether the decision says where it is made known."""
        return "{scope}" in self.decides


@dataclass(frozen=True)
class Measure:
    """An incentive, an activity or a service system, with the notice's words for it."""

    kind: str
    word: str
    clause: str
    text: str


def sanctions(day: dt.date) -> Mapping[str, SanctionKind]:
    """Return the sanctions that a day knows, by kind, in the notice's order.

    Raises UnusableError `data-broken`.
    """
    return _sanctions().on(day)


@cache
def every_sanction() -> Mapping[str, SanctionKind]:
    """Return all kinds that were ever known, each as it was last. Raises as `sanctions`."""
    return {kind: one for entry in _sanctions().entries for kind, one in entry.content.items()}


def is_order(kind: str) -> bool:
    """Whether a kind of sanction is an order with a term, which is mended or fails."""
    return every_sanction()[kind].needs_deadline


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
def _sanctions() -> Timeline[dict[str, SanctionKind]]:
    def read(part: Mapping[str, Value], clause: str) -> dict[str, SanctionKind]:
        found = [_sanction(item, clause) for item in part["sanctions"].items()]
        by_kind = {one.kind: one for one in found}
        if len(by_kind) != len(found):
            part["sanctions"].fail("有一种写了两次")
        return by_kind

    return read_timeline("sanctions.yaml", read, required=("sanctions",))


@cache
def _measures(name: str) -> Timeline[dict[str, Measure]]:
    words = _WORDS[name]

    def read(part: Mapping[str, Value], _: str) -> dict[str, Measure]:
        return _complete(part[name], words, [_measure(item, words) for item in part[name].items()])

    return read_timeline(f"{name}.yaml", read, required=(name,))


def _sanction(value: Value, clause: str) -> SanctionKind:
    optional = ("review", "deadline", "closes", "appointment", "paper", "called", "example")
    part = value.keys(("kind", "word", "subjects", "decides", "asks"), optional)
    subjects = frozenset(item.text() for item in part["subjects"].items())
    if not subjects <= {"agency", "staff"}:
        part["subjects"].fail("只能是 agency、staff")
    review = part["review"].text() if "review" in part else None
    if review is not None and review not in REVIEW_RESULT:
        part["review"].fail(f"{REVIEW_RESULT.name}没有这个词")
    kind, word = _word(part, MEASURE)
    texts = {key: part[key].text() for key in ("paper", "called") if key in part}

    def flag(key: str) -> bool:
        return key in part and part[key].flag()

    return SanctionKind(
        kind=kind,
        word=word,
        clause=clause,
        subjects=subjects,
        review=review,
        needs_deadline=flag("deadline"),
        closes=flag("closes"),
        appointment=flag("appointment"),
        paper=texts.get("paper", _DECISION),
        called=texts.get("called", "决定"),
        decides=part["decides"].text(),
        asks=tuple(item.text() for item in part["asks"].items()),
        example=part["example"].text() if "example" in part else None,
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


def _complete(value: Value, words: Vocabulary, found: list[Measure]) -> dict[str, Measure]:
    by_kind = {entry.kind: entry for entry in found}
    if list(by_kind) != list(words) or len(found) != len(by_kind):
        value.fail(f"应依次是：{'、'.join(words)}")
    return by_kind
