"""What an .xlsx says beside its values: hidden rows, errors, formulas without a stored value.

The reader of values gives an error and a formula without a value as an empty text, and knows no
hidden rows. So each sheet's XML is scanned once more, by byte patterns over the inflated stream;
that runs in a thread beside the reader, which needs no interpreter lock.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import join, normpath
from xml.etree import ElementTree

from hrintegrity.sheets.refusals import RefusalError

UNPACKED_LIMIT = 512 << 20
"""The most bytes that a workbook may hold when unpacked."""

_CHUNK = 1 << 20
_CARRY_LIMIT = 16 << 20
_SMALL = 32 << 20
_ENTRIES = 20_000
_BOMB = "解压后过大（疑似压缩炸弹）"
_DAMAGED = "工作簿已损坏或不完整，打不开"
_PAD = re.compile(r"0{2,}")
_INVISIBLE = re.compile(r"\[[^\]]*\]|_.|\*.")
_LITERAL = re.compile(r'(?:"[^"]*"|\\.|-).*[0#?]')
Position = tuple[int, int]


@dataclass
class Scan:
    """What was found in one sheet; rows and columns count from 0.

    `hidden` rows; `errors` by position, with the text that is shown; `unvalued` formulas;
    `digits` by position: how many digits the number format shows, -1 for another odd format;
    `filtered` whether a filter is set; `hidden_columns`; `hidden_somewhere` for rows that are
    hidden but bear no number.
    """

    hidden: set[int] = field(default_factory=set)
    errors: dict[Position, str] = field(default_factory=dict)
    unvalued: set[Position] = field(default_factory=set)
    digits: dict[Position, int] = field(default_factory=dict)
    hidden_columns: bool = False
    filtered: bool = False
    hidden_somewhere: bool = False


def check_archive(path: Path) -> int:
    """Return how many bytes a zip holds unpacked, by its directory. Raises RefusalError."""
    with _open(path) as archive:
        entries = archive.infolist()
        total = sum(entry.file_size for entry in entries)
        if total > UNPACKED_LIMIT or len(entries) > _ENTRIES:
            raise RefusalError(_BOMB, f"超过 {UNPACKED_LIMIT >> 20} MB 的工作簿请分成几个文件。")
        if any(entry.flag_bits & 1 for entry in entries):
            raise RefusalError("是加密的文件", "请先解除密码，再导入。")
        return total


def archive_kind(path: Path) -> str:
    """Return `xlsx` or `ods`, or raise RefusalError with what the zip is instead."""
    with _open(path) as archive:
        names = {name.lower() for name in archive.namelist()}
        mime = _small(archive, "mimetype", 200) if "mimetype" in names else b""
        types = _small(archive, "[Content_Types].xml") if "[content_types].xml" in names else b""
    if b"opendocument.spreadsheet" in mime:
        return "ods"
    if b"opendocument" in mime:
        raise RefusalError("是 OpenDocument 文档，不是表格")
    if "xl/workbook.bin" in names or b"sheet.binary" in types:
        raise RefusalError("是 xlsb（二进制工作簿）")
    if "word/document.xml" in names or b"wordprocessingml.document.main" in types:
        raise RefusalError("是 Word 文档（.docx）")
    if any(name.startswith("ppt/") for name in names):
        raise RefusalError("是 PowerPoint 演示文稿（.pptx）")
    if "xl/workbook.xml" in names or b"spreadsheetml.sheet.main" in types:
        return "xlsx"
    raise RefusalError("是 zip 压缩包，不是工作簿", "请先解压，再导入其中的表格。")


def sheet_parts(path: Path) -> dict[str, str]:
    """Return the part of each sheet by the sheet's name. Raises RefusalError."""
    with _open(path) as archive:
        try:
            book = ElementTree.fromstring(_small(archive, "xl/workbook.xml"))
            links = ElementTree.fromstring(_small(archive, "xl/_rels/workbook.xml.rels"))
        except ElementTree.ParseError:
            raise RefusalError(_DAMAGED) from None
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts = {}
    for element in book.iter():
        if _local(element.tag) == "sheet":
            link = next((v for k, v in element.items() if _local(k) == "id"), None)
            target = targets.get(link, "")
            parts[element.get("name", "")] = normpath(join("xl", target)).lstrip("/")
    return parts


def starts_in_1904(path: Path) -> bool:
    """Say whether the workbook counts days from 1904."""
    with _open(path) as archive:
        head = _small(archive, "xl/workbook.xml")
    return re.search(rb"""\sdate1904\s*=\s*["'](?:1|true|on)["']""", head) is not None


def odd_styles(path: Path) -> dict[bytes, int]:
    """Return the styles whose number format shows other digits than the number has.

    By style index: how many digits the format shows, or -1.
    """
    with _open(path) as archive:
        if "xl/styles.xml" not in archive.namelist():
            return {}
        try:
            styles = ElementTree.fromstring(_small(archive, "xl/styles.xml"))
        except ElementTree.ParseError:
            raise RefusalError(_DAMAGED) from None
    formats: dict[str, int] = {}
    for element in styles.iter():
        if _local(element.tag) == "numFmt":
            digits = format_digits(element.get("formatCode", ""))
            if digits:
                formats[element.get("numFmtId", "")] = digits
    cells = next((e for e in styles if _local(e.tag) == "cellXfs"), ())
    return {
        str(index).encode(): formats[number]
        for index, style in enumerate(cells)
        if (number := style.get("numFmtId", "")) in formats
    }


def format_digits(code: str) -> int:
    """Return how many digits a number format shows, 0 if it says nothing, -1 if it is odd.

    Odd is a format that puts characters of its own before or between the digits.
    """
    first = _INVISIBLE.sub("", code.split(";")[0]).strip()
    if _PAD.fullmatch(first):
        return len(first)
    if "E" in first or re.search("[ymdhs]", re.sub(r'"[^"]*"|\\.', "", first), re.IGNORECASE):
        return 0
    return -1 if _PAD.match(first) or _LITERAL.search(first) else 0


def scan(path: Path, part: str, styles: dict[bytes, int]) -> Scan:
    """Scan one sheet. Raises RefusalError for a part that is damaged."""
    found = Scan()
    patterns: _Patterns | None = None
    for text in pieces(path, part):
        if patterns is None:
            patterns = _Patterns(text, styles)
            patterns.columns(text, found)
        patterns.look(text, found)
    return found


class _Patterns:
    """The byte patterns of one sheet, for the prefix that its elements bear."""

    def __init__(self, start: bytes, styles: dict[bytes, int]) -> None:
        root = re.search(rb"<((?:[\w.-]+:)?)worksheet\b", start)
        p = re.escape(root[1]) if root else b""
        self._p = p
        self._styles = styles
        self._hidden = re.compile(
            rb"<" + p + rb"""row\b[^>]*?\shidden\s*=\s*["'](?:1|true)["'][^>]*>"""
        )
        self._error = re.compile(rb"<" + p + rb"""c\b[^>]*?\st\s*=\s*["']e["'][^>]*>""")
        self._error_mark = re.compile(rb"""\st\s*=\s*["']e["']""")
        self._shown = re.compile(rb"<" + p + rb"v>([^<]{0,40})<")
        self._formula = re.compile(
            rb"<%bf\b(?:[^>]*/>|[^>]*>[^<]*</%bf\s*>)\s*(?:<%bv\s*/>|<%bv>\s*</%bv\s*>)?\s*</%bc\s*>"
            % ((p,) * 6)
        )
        self._cell = rb"<" + p + rb"c"
        numbers = b"|".join(sorted(styles))
        self._styled = re.compile(
            rb"<" + p + rb"""c\b[^>]*?\ss\s*=\s*["'](""" + numbers + rb""")["'][^>]*>"""
        )

    def columns(self, text: bytes, found: Scan) -> None:
        """Note whether columns are hidden; they stand before the rows."""
        found.hidden_columns = (
            re.search(rb"<%bcol\b[^>]*?\shidden\s*=\s*[\"'](?:1|true)" % self._p, text) is not None
        )

    def look(self, text: bytes, found: Scan) -> None:
        """Look through one piece of the sheet, which ends where a row does."""
        if b"hidden" in text:
            for match in self._hidden.finditer(text):
                number = re.search(rb"""\sr\s*=\s*["'](\d{1,8})["']""", match[0])
                if number:
                    found.hidden.add(int(number[1]) - 1)
                else:
                    found.hidden_somewhere = True
        if self._error_mark.search(text):
            for match in self._error.finditer(text):
                shown = self._shown.search(text, match.end(), match.end() + 2000)
                position = self._position(match[0], "错误值")
                found.errors[position] = shown[1].decode("utf-8", "replace") if shown else ""
        if b"<%bf" % self._p in text:
            for match in self._formula.finditer(text):
                start = text.rfind(self._cell, 0, match.start())
                tag = text[start : text.find(b">", start) + 1]
                # A formula whose result is an empty text has stored that: t="str".
                stored = re.search(rb"""\st\s*=\s*["']str["']""", tag) and b"v>" in match[0]
                if not stored:
                    found.unvalued.add(self._position(tag, "没有结果的公式"))
        if self._styles:
            for match in self._styled.finditer(text):
                position = self._position(match[0], "特殊的数字格式")
                found.digits[position] = self._styles[match[1]]
        if b"autoFilter" in text:
            found.filtered = True

    def _position(self, tag: bytes, what: str) -> Position:
        match = re.search(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,8})["']""", tag)
        if match is None:
            # Programs may leave positions out; the reader of values counts, this scan does not.
            raise RefusalError(
                f"有单元格含{what}，又没有写明位置",
                "请用表格软件打开，另存为新的 .xlsx 再导入。",
            )
        column = 0
        for letter in match[1].upper():
            column = column * 26 + letter - 64
        return int(match[2]) - 1, column - 1


def pieces(path: Path, part: str) -> Iterator[bytes]:
    """Yield a part in pieces that end where a row ends. Raises RefusalError."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(part) as stream:
            rest = b""
            while chunk := stream.read(_CHUNK):
                text = rest + chunk
                end = text.rfind(b"row>") + 4
                if end < 4:
                    end = len(text) if len(text) > _CARRY_LIMIT else 0
                rest = text[end:]
                if end:
                    yield text[:end]
            yield rest
    except MemoryError:
        raise
    except Exception:  # zipfile and zlib share no base class; whatever it is, the part is bad.
        raise RefusalError(_DAMAGED) from None


def _open(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise RefusalError(_DAMAGED, "请用表格软件打开试试，或向来源要一份完好的文件。") from None


def _small(archive: zipfile.ZipFile, part: str, limit: int = _SMALL) -> bytes:
    """Return a part that is small in every honest file. Raises RefusalError."""
    names = {name.lower(): name for name in archive.namelist()}
    try:
        with archive.open(names[part.lower()]) as stream:
            text = stream.read(limit + 1)
    except Exception:  # a missing part, a bad checksum, an unknown method: the file is damaged.
        raise RefusalError(_DAMAGED) from None
    if len(text) > limit:
        raise RefusalError(_BOMB)
    return text


def _local(name: str) -> str:
    return name.rpartition("}")[2]
