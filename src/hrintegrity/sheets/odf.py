"""What an .ods says beside its values: hidden rows, merged cells, errors, unvalued formulas.

Scanned by byte patterns over the inflated content, as `ooxml` does with an .xlsx.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from hrintegrity.sheets import ooxml
from hrintegrity.sheets.ooxml import Scan

_TAGS = re.compile(rb"<table:(table-row|table-column|table)(?=[\s/>])[^>]*>")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_TEXT = re.compile(rb"<text:p[^>]*>([^<]*)<")
_WORTH = re.compile(rb'table:formula|number-rows-spanned|value-type="error"|<text:p>0[0-9]')
_ERROR = re.compile(rb"#[A-Z/0!?]+$|Err:\d+$")
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
        if not attributes.endswith(b"/") and (inner := _TEXT.match(text, cell.end())):
            shown = inner[1]
        count = _repeated(attributes, b"number-columns-repeated")
        spanned = _repeated(attributes, b"number-rows-spanned")
        if spanned > 1:
            notes.merges.append((row, row + spanned - 1, column))
        for place in range(column, column + min(count, 1024)):
            formula = b"table:formula=" in attributes
            if b'calcext:value-type="error"' in attributes or (formula and _ERROR.match(shown)):
                notes.scan.errors[row, place] = shown.decode("utf-8", "replace")
            elif formula and b"office:value-type=" not in attributes:
                notes.scan.unvalued.add((row, place))
            elif b'office:value-type="float"' in attributes and re.fullmatch(rb"0\d+", shown):
                notes.scan.digits[row, place] = len(shown)
        column += count


def _attribute(tag: bytes, name: bytes) -> str:
    match = re.search(rb'\stable:%b="([^"]*)"' % name, tag)
    return match[1].decode("utf-8", "replace") if match else ""


def _repeated(tag: bytes, name: bytes) -> int:
    text = _attribute(tag, name)
    return int(text) if text.isdecimal() and len(text) < 9 else 1
