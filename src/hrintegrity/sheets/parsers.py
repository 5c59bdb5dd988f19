"""How the text of each column becomes its value: days are bounded, codes guarded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hrintegrity.days import refuse_year
from hrintegrity.sheets.columns import VERDICT_MARKS, Column, identifier
from hrintegrity.sheets.content import EMPTY_MARKS, clean, clean_line, damaged
from hrintegrity.text import halved


@dataclass(frozen=True)
class Hints:
    """What is known of a file beforehand.

    `given` are values that every row has, `remarks` what is to be said of them. `words` say what
    the words in its cells mean, an empty text that they mean nothing. `latest` is the last year of
    a day that does not end something, `today` the day after which such days are remarked on.
    """

    given: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    latest: int | None = None
    today: dt.date | None = None
    remarks: tuple[str, ...] = ()


class LaterError(ValueError):
    """A day lies after today, which is remarked on: `day` in ISO 8601."""

    def __init__(self, day: str) -> None:
        super().__init__(day)
        self.day = day


def means_nothing(word: str, column: Column) -> bool:
    """Say whether a word that the user gave means that a cell of this column is empty."""
    return not word or (word in EMPTY_MARKS and not column.choices and column.marks is None)


def goes_first(word: str, column: Column) -> bool:
    """Say whether what the user says a text means goes before the column's own reading of it.

    It does for names, for what means nothing, and where the column's list of words has it.
    """
    if column.is_name or means_nothing(word, column):
        return True
    try:
        return bool(column.choices) and column.parse(word) is not None
    except ValueError:
        return False


def meaning(word: str, column: Column, parse: Callable[[str], Any]) -> Any:
    """Return the value of a word that goes first, None for nothing. Raises ValueError."""
    if means_nothing(word, column):
        return None
    return (column.parse if column.choices else parse)(word)


def parser_of(column: Column, hints: Hints) -> Callable[[str], Any]:
    """Return how a column's text is parsed: days bounded by what is known, codes guarded.

    A text of which the user said what it means is refused here, so that the row is looked at.
    """
    parse = _by_kind(column, hints)
    said = {text.strip() for text, word in hints.words.items() if goes_first(word, column)}
    return _unless(parse, said) if said else parse


def _by_kind(column: Column, hints: Hints) -> Callable[[str], Any]:
    parse = column.parse
    if column.is_date:
        return parse if column.ends else _bounded(parse, hints)
    if column.is_year:
        return _bounded_year(parse, hints)
    if column.marks is not None:
        return _marked(parse, column.marks)
    if column.choices:
        return parse
    # What a text may hold was looked at for the row as a whole.
    if parse in (clean, clean_line):
        parse = str
    if not column.is_code:
        return parse
    return parse_identifier if parse is identifier else _guarded(parse)


def parse_identifier(text: str) -> str:
    """Parse the text of a plain column of identifiers that is clean. Raises ValueError."""
    reason = damaged(text)
    if reason:
        raise ValueError(reason)
    return halved(text)


def are_identifiers(texts: Iterable[str]) -> bool:
    """Say whether `parse_identifier` certainly returns all of these texts as they are."""
    together = "".join(texts)
    return "+" not in together and halved(together) == together


def _unless(parse: Callable[[str], Any], said: Collection[str]) -> Callable[[str], Any]:
    def text_of(text: str) -> Any:
        if text in said:
            raise ValueError
        return parse(text)

    return text_of


def _bounded(parse: Callable[[str], Any], hints: Hints) -> Callable[[str], Any]:
    latest, today = hints.latest, None if hints.today is None else hints.today.isoformat()

    def day(text: str) -> Any:
        value = parse(text)
        refuse_year(int(str(value)[:4]), latest)
        if today is not None and str(value) > today:
            raise LaterError(str(value))
        return value

    return day


def _bounded_year(parse: Callable[[str], Any], hints: Hints) -> Callable[[str], Any]:
    def year(text: str) -> Any:
        value = parse(text)
        refuse_year(value, hints.latest)
        return value

    return year


def _marked(parse: Callable[[str], Any], marks: tuple[Any, Any]) -> Callable[[str], Any]:
    def verdict(text: str) -> Any:
        for value, signs in zip(marks, VERDICT_MARKS, strict=True):
            if text in signs:
                return value
        return parse(text)

    return verdict


def _guarded(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    def code(text: str) -> Any:
        reason = damaged(text)
        if reason:
            raise ValueError(reason)
        return parse(text)

    return code
