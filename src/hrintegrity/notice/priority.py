"""Clause 三(七): which agencies are to be recommended first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from hrintegrity.notice._reading import Value
from hrintegrity.notice.timeline import Timeline, read_timeline

KINDS = ("grade", "outstanding")


@dataclass(frozen=True)
class Priority:
    """What gives priority, in the notice's words by kind: a grade, or being outstanding."""

    grounds: Mapping[str, str]
    text: str
    clause: str


def priority(year: int) -> Priority:
    """Return the rule of priority of a campaign. Raises UnusableError `data-broken`."""
    return _timeline().in_year(year)


@cache
def _timeline() -> Timeline[Priority]:
    return read_timeline("priority.yaml", _priority, required=("text", "grounds"))


def _priority(part: Mapping[str, Value], clause: str) -> Priority:
    text = part["text"].text()
    found: dict[str, str] = {}
    for item in part["grounds"].items():
        ground = item.keys(("kind", "word"))
        word = ground["word"].text()
        if word not in text:
            ground["word"].fail("不是条文里的话")
        found[ground["kind"].text()] = word
    if tuple(found) != KINDS:
        part["grounds"].fail(f"应依次是：{'、'.join(KINDS)}")
    return Priority(MappingProxyType(found), text, clause)
