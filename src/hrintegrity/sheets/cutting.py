"""A large sheet of an xlsx as many small ones: its first rows are there before its last are read.

The reader of values takes a sheet whole or not at all, which for a hundred thousand rows is a
second in which whoever wants them waits.
"""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path
from tempfile import NamedTemporaryFile

import python_calamine as calamine

from hrintegrity.sheets import ooxml
from hrintegrity.sheets.source import HEAD_ROWS

LARGE = 8 << 20
"""A sheet of so many bytes is cut."""

_RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_NEEDED = {"[content_types].xml", "_rels/.rels", "xl/styles.xml", "xl/sharedstrings.xml"}
_TAIL = "tail"
_UNSAFE = (b"<!", b"mergeCell", b'"e"', b"'e'")
"""Comments, merged cells, errors: sheets with such are read whole."""

_SHEETS = re.compile(rb"<sheets>.*</sheets>", re.DOTALL)
_DATA = b"<sheetData>"
_ROW_END, _SHEET_END = b"</row>", b"</sheetData></worksheet>"
_NUMBERED = re.compile(rb"""\s*<row\b[^>]*?\sr\s*=\s*["']\d""")


class CutSheet:
    """A sheet in `count` pieces, each a sheet of its own whose rows bear their own numbers.

    `tail` is the XML below the rows.
    """

    def __init__(self, package: Path, count: int) -> None:
        """Take a package that `cut` made; once open it is gone from the disk."""
        self.count = count
        self._book = calamine.CalamineWorkbook.from_path(package)
        self._texts = zipfile.ZipFile(package)
        self.tail = self._texts.read(_TAIL)
        package.unlink()

    def piece(self, number: int) -> calamine.CalamineSheet:
        """Return the values of a piece. Raises CalamineError."""
        return self._book.get_sheet_by_name(str(number))

    def text(self, number: int) -> bytes:
        """Return the XML of a piece."""
        return self._texts.read(_part(number))


def cut(path: Path, part: str) -> CutSheet | None:
    """Cut a sheet of an xlsx into pieces; None where it is small, or can't be cut safely.

    That is where something might reach over a cut, such as merged cells and comments, or where rows
    do not say their number. Raises RefusalError for a damaged part.
    """
    if os.name == "nt":
        return None  # Windows removes no file that is open, and whoever ends us leaves it behind.
    with NamedTemporaryFile(suffix=".xlsx", delete=False) as target:
        made = Path(target.name)
    try:
        with zipfile.ZipFile(path) as source:
            if source.getinfo(part).file_size < LARGE:
                return None
            with zipfile.ZipFile(made, "w") as package:
                count = _copy_rows(path, part, package)
                if not count or not _copy_rest(source, package, count):
                    return None
        return CutSheet(made, count)
    except (KeyError, OSError, zipfile.BadZipFile, calamine.CalamineError):
        return None  # The whole sheet is still there to read, or to be refused.
    finally:
        made.unlink(missing_ok=True)


def _copy_rows(path: Path, part: str, package: zipfile.ZipFile) -> int:
    """Write the rows as sheets of the package; return how many, 0 where they can't be cut."""
    start = b""
    for count, text in enumerate(ooxml.pieces(path, part)):
        if any(mark in text for mark in _UNSAFE):
            return 0
        rows = text
        if not count:
            head, found, rows = text.partition(_DATA)
            if not found or rows.count(_ROW_END) < HEAD_ROWS:
                return 0
            start = head + found
        whole, found, rest = rows.rpartition(_ROW_END)
        if not found:
            package.writestr(_TAIL, rest)
            return 0 if b"<row" in rest else count
        if rest or not _NUMBERED.match(rows):
            return 0
        package.writestr(_part(count), start + whole + found + _SHEET_END)
    return 0


def _copy_rest(source: zipfile.ZipFile, package: zipfile.ZipFile, count: int) -> bool:
    """Copy all but sheets, and list the pieces as the sheets; say if that was possible."""
    numbers = range(count)
    listed = "".join(
        f'<sheet xmlns:r="{_RELATIONS.decode()}" name="{n}" sheetId="{n + 1}" r:id="p{n}"/>'
        for n in numbers
    ).encode()
    linked = b"".join(
        b'<Relationship Id="p%d" Type="%b/worksheet" Target="/%b"/>'
        % (n, _RELATIONS, _part(n).encode())
        for n in numbers
    )
    book, replaced = _SHEETS.subn(lambda _: b"<sheets>" + listed + b"</sheets>", source.read(_BOOK))
    before, found, after = source.read(_LINKS).partition(b"</Relationships>")
    if replaced != 1 or not found:
        return False
    package.writestr(_BOOK, book)
    package.writestr(_LINKS, before + linked + found + after)
    for name in source.namelist():
        if name.lower() in _NEEDED:
            package.writestr(name, source.read(name))
    return True


def _part(number: int) -> str:
    return f"xl/worksheets/piece{number}.xml"
