"""What administrative procedure asks before and after a sanction, by day (`data/procedure.yaml`).

The notice says 依法 and no more (三(八)2); what follows from the law of the time stands in data. An
office may tighten or loosen it: `read_own`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from hrintegrity.notice._reading import Value, given_file, given_mapping
from hrintegrity.notice.timeline import Timeline, read_timeline
from hrintegrity.notice.words import MEASURE

Need = Literal["none", "warned", "required"]
NEEDS: tuple[Need, ...] = ("none", "warned", "required")
REFUSED = "procedure-refused"


@dataclass(frozen=True)
class Term:
    """So many days, working days or any, from the day after service."""

    days: int
    working: bool


@dataclass(frozen=True)
class Beforehand:
    """Whether a kind needs a notice beforehand, and whether it gives a right to a hearing."""

    need: Need
    hearing: bool


NOTHING = Beforehand("none", hearing=False)


@dataclass(frozen=True)
class Procedure:
    """What holds on a day: terms, per kind what is needed, and the law as papers cite it.

    `hearing_before` is how many days before a hearing its time and place are told;
    `publication_days` how many working days there are to report a decision for publication.
    """

    clause: str
    statement: Term
    hearing: Term
    hearing_before: int
    publication_days: int
    kinds: Mapping[str, Beforehand]
    cites_statement: str
    cites_hearing: str

    def of(self, kind: str) -> Beforehand:
        """Return what a kind needs beforehand; one that is not listed needs nothing."""
        return self.kinds.get(kind, NOTHING)


def procedure(day: dt.date, own: str | None = None) -> Procedure:
    """Return the procedure of a day, with an office's `own` changes as JSON-ready text over it.

    Raises UnusableError `data-broken`.
    """
    found = _timeline().on(day)
    return found if own is None else _with_own(found, own)


def read_own(path: Path) -> dict[str, Any]:
    """Read an office's own settings: `statement_days`, and `kinds` with what each needs.

    Raises InputError `procedure-refused`, LookupFailedError `file-missing`.
    """
    return _own(given_file(path, REFUSED))


def _own(value: Value) -> dict[str, Any]:
    part = value.keys((), ("statement_days", "kinds"))
    found: dict[str, Any] = {}
    if "statement_days" in part:
        found["statement_days"] = part["statement_days"].whole(1)
    if "kinds" in part:
        found["kinds"] = {}
        for word, need in part["kinds"].entries().items():
            try:
                kind = MEASURE.parse(word)
            except ValueError as error:
                need.fail(str(error))
            found["kinds"][kind] = _need(need)
    if not found:
        value.fail("没有写 statement_days，也没有写 kinds")
    return found


def _with_own(found: Procedure, text: str) -> Procedure:
    import json  # noqa: PLC0415 — only where an office has settings of its own.

    own = _own(given_mapping(json.loads(text), "程序", REFUSED))
    kinds = dict(found.kinds)
    for kind, need in own.get("kinds", {}).items():
        kinds[kind] = replace(found.of(kind), need=need)
    days = own.get("statement_days")
    statement = found.statement if days is None else replace(found.statement, days=days)
    return replace(found, kinds=kinds, statement=statement)


@cache
def _timeline() -> Timeline[Procedure]:
    return read_timeline(
        "procedure.yaml",
        _procedure,
        required=("cites", "statement", "hearing", "publication", "kinds"),
        clause=Value.text,
    )


def _procedure(part: Mapping[str, Value], clause: str) -> Procedure:
    cites = part["cites"].keys(("statement", "hearing"))
    statement = part["statement"].keys(("days", "working"))
    hearing = part["hearing"].keys(("days", "working", "before"))
    kinds: dict[str, Beforehand] = {}
    for item in part["kinds"].items():
        one = item.keys(("kind", "notice", "hearing"))
        kind = one["kind"].text()
        if kind not in MEASURE or kind in kinds:
            one["kind"].fail(f"应是{MEASURE.name}之一，各写一次")
        kinds[kind] = Beforehand(_need(one["notice"]), one["hearing"].flag())
    return Procedure(
        clause=clause,
        statement=Term(statement["days"].whole(1), statement["working"].flag()),
        hearing=Term(hearing["days"].whole(1), hearing["working"].flag()),
        hearing_before=hearing["before"].whole(1),
        publication_days=part["publication"].keys(("days",))["days"].whole(1),
        kinds=kinds,
        cites_statement=cites["statement"].text(),
        cites_hearing=cites["hearing"].text(),
    )


def _need(value: Value) -> Need:
    found: dict[object, Need] = {need: need for need in NEEDS}
    if value.content not in found:
        value.fail(f"只能是：{'、'.join(NEEDS)}")
    return found[value.content]
