"""How tables show what JSON has in English or as a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hrintegrity.notice.words import SOURCE


def district_name(code: str) -> str:
    """Return what a district is called."""
    from hrintegrity.notice.districts import BY_CODE

    return BY_CODE[code].name


def two_places(score: float) -> str:
    """Return a score with two decimal places."""
    return f"{score:.2f}"


_OWN_WAYS: dict[str, str] = {}


def learn_ways(ways: Mapping[str, str]) -> None:
    """Keep what the opened archive calls the districts' own ways of evaluation."""
    _OWN_WAYS.clear()
    _OWN_WAYS.update(ways)


def source_word(source: str) -> str:
    """Return what a source of scores is called; one that no standard declares keeps its name."""
    return SOURCE.chinese(source) if source in SOURCE else _OWN_WAYS.get(source, source)


def sources(found: Iterable[str]) -> str:
    """Return what sources of scores are called."""
    return "、".join(map(source_word, found))
