"""What an .ods says beside its values: hidden rows, merged cells, errors, unvalued formulas.

Scanned by byte patterns over the inflated content, as `ooxml` does with an .xlsx.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from hrintegrity.sheets import ooxml
from hrintegrity.sheets.cells import BOOLEAN
from hrintegrity.sheets.content import error_reason
from hrintegrity.sheets.ooxml import Scan

_TAGS = re.compile(rb"<table:(table-row|table-column|table)(?=[\s/>])[^>]*>")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_TEXT = re.compile(rb"<text:p[^>]*>([^<]*)<")
_WORTH = re.compile(
    rb'table:formula|number-rows-spanned|value-type="(?:error|boolean|float|percentage|currency)"'
)
_ERROR = re.compile(rb"#[A-Z/0!?_]+$|Err:\d+$")
_NUMBER = re.compile(rb'office:value-type="(float|percentage|currency)"')
_UNIT = re.compile(r"(?<=\d)\s*[^\d.%,\s]+$")
_GENERAL = re.compile(r"-?[\d.]+(?:E[+-]?\d+)?")
_HIDDEN = re.compile(rb'\stable:visibility="(?:collapse|filter)"')
_FILTERED = re.compile(rb'\stable:visibility="filter"')
_LAST_ROW = 1 << 20


@dataclass
class OdsNotes:
    """What was found in one sheet, and its merged areas (first row, last row, column)."""

    scan: Scan = field(default_factory=Scan)
    merges: list[tuple[int, int, int]] = field(default_factory=list)


def scan(path: Path) -> dict[str, OdsNotes]:
    """Scan the content of an .ods; by sheet name. Raises RefusalError."""
    sheets: dict[str, OdsNotes] = {}
    notes = OdsNotes()
    row = 0
    for text in ooxml.pieces(path, "content.xml"):
        tags = list(_TAGS.finditer(text))
        for place, tag in enumerate(tags):
            if tag[1] == b"table":
                notes = sheets.setdefault(unescape(_attribute(tag[0], b"name")), OdsNotes())
                row = 0
            elif tag[1] == b"table-column":
                notes.scan.hidden_columns |= _HIDDEN.search(tag[0]) is not None
            else:
                end = tags[place + 1].start() if place + 1 < len(tags) else len(text)
                count = _repeated(tag[0], b"number-rows-repeated")
                if _HIDDEN.search(tag[0]):
                    notes.scan.hidden.update(range(row, min(row + count, _LAST_ROW)))
                    notes.scan.filtered |= _FILTERED.search(tag[0]) is not None
                if _WORTH.search(text, tag.end(), end):
                    _cells(text[tag.end() : end], row, notes)
                row += count
    return sheets


def _cells(text: bytes, row: int, notes: OdsNotes) -> None:
    """Look at the cells of one row."""
    column = 0
    for cell in _CELL.finditer(text):
        attributes = cell[1]
        shown = b""
        stored = False
        if not attributes.endswith(b"/"):
            inner = _TEXT.match(text, cell.end())
            shown = inner[1] if inner else b""
            # A formula whose result is an empty text shows an empty paragraph, one without a
            # result shows none.
            stored = text.startswith(b"<text:p", cell.end())
        count = _repeated(attributes, b"number-columns-repeated")
        spanned = _repeated(attributes, b"number-rows-spanned")
        if spanned > 1:
            notes.merges.append((row, row + spanned - 1, column))
        for place in range(column, column + min(count, 1024)):
            wrong = _wrong(attributes, shown)
            if wrong:
                notes.scan.wrong[row, place] = wrong
            elif (
                not stored
                and b"table:formula=" in attributes
                and b"office:value-type=" not in attributes
            ):
                notes.scan.unvalued.add((row, place))
            elif digits := _digits(attributes, shown):
                notes.scan.digits[row, place] = digits
        column += count


def _wrong(attributes: bytes, shown: bytes) -> tuple[str, str] | None:
    """Return text and reason of a cell that holds an error or a logical value."""
    text = unescape(shown.decode("utf-8", "replace"))
    is_formula = b"table:formula=" in attributes
    if b'calcext:value-type="error"' in attributes or (is_formula and _ERROR.match(shown)):
        return text, error_reason(text)
    is_number = b'office:value-type="float"' in attributes
    if b'office:value-type="boolean"' in attributes or (is_number and text in ("TRUE", "FALSE")):
        return text, BOOLEAN
    return None


def _digits(attributes: bytes, shown: bytes) -> int:
    """Return how many digits a cell shows, 0 where it shows its number, -1 where something else."""
    kind = _NUMBER.search(attributes)
    if kind is None:
        return 0
    try:
        value = float(_attribute(attributes, b"value", b"office"))
        # A unit behind the digits says nothing else than the number: 123元.
        text = _UNIT.sub("", unescape(shown.decode("utf-8", "replace"))).replace(",", "").strip()
        if float(text) == value and kind[1] == b"float":
            return len(text) if re.fullmatch(r"0\d+", text) else 0
        if kind[1] == b"float" and _GENERAL.fullmatch(text):
            # LibreOffice shows ten digits of a number whose format says nothing.
            return 0 if abs(float(text) - value) <= 1e-9 * abs(value) else -1
    except ValueError:
        pass
    return -1


def _attribute(tag: bytes, name: bytes, space: bytes = b"table") -> str:
    match = re.search(rb'\s%b:%b="([^"]*)"' % (space, name), tag)
    return match[1].decode("utf-8", "replace") if match else ""


def _repeated(tag: bytes, name: bytes) -> int:
    text = _attribute(tag, name)
    return int(text) if text.isdecimal() and len(text) < 9 else 1
