"""Clause 三(七): which agencies are to be recommended first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from hrintegrity.notice._reading import own_file
from hrintegrity.notice.clauses import read_clause

KINDS = ("grade", "outstanding")


@dataclass(frozen=True)
class Priority:
    """What gives priority, in the notice's words by kind: a grade, or being outstanding."""

    grounds: Mapping[str, str]
    text: str
    clause: str


@cache
def priority() -> Priority:
    """Return the rule of priority. Raises UnusableError `data-broken`."""
    part = own_file("priority.yaml").keys(("notice", "clause", "text", "grounds"))
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
    return Priority(MappingProxyType(found), text, read_clause(part["clause"]))
