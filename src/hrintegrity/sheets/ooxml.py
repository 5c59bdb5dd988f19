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

from hrintegrity.sheets.content import error_reason
from hrintegrity.sheets.formats import BUILT_IN, NumberFormat, number_format
from hrintegrity.sheets.refusals import RefusalError

UNPACKED_LIMIT = 512 << 20
"""The most bytes that a workbook may hold when unpacked."""

_CHUNK = 1 << 20
_CARRY_LIMIT = 16 << 20
_SMALL = 32 << 20
_ENTRIES = 20_000
_BOMB = "解压后过大（疑似压缩炸弹）"
_DAMAGED = "工作簿已损坏或不完整，打不开"
Position = tuple[int, int]


@dataclass
class Scan:
    """What was found in one sheet; rows and columns count from 0.

    `hidden` rows; `wrong` by position, the text that is shown and why it is refused; `unvalued`
    formulas; `digits` by position: how many digits the number format shows at least, -1 where it
    shows something else than the number;
    `filtered` whether a filter is set; `hidden_columns`; `hidden_somewhere` for rows that are
    hidden but bear no number.
    """

    hidden: set[int] = field(default_factory=set)
    wrong: dict[Position, tuple[str, str]] = field(default_factory=dict)
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


def odd_styles(path: Path) -> dict[bytes, NumberFormat]:
    """Return by style index the number formats that may show other digits than a number has."""
    with _open(path) as archive:
        if "xl/styles.xml" not in archive.namelist():
            return {}
        try:
            styles = ElementTree.fromstring(_small(archive, "xl/styles.xml"))
        except ElementTree.ParseError:
            raise RefusalError(_DAMAGED) from None
    codes = {str(number): code for number, code in BUILT_IN.items()}
    for element in styles.iter():
        if _local(element.tag) == "numFmt":
            codes[element.get("numFmtId", "")] = element.get("formatCode", "")
    formats = {number: found for number, code in codes.items() if (found := number_format(code))}
    cells = next((e for e in styles if _local(e.tag) == "cellXfs"), ())
    return {
        str(index).encode(): formats[number]
        for index, style in enumerate(cells)
        if (number := style.get("numFmtId", "")) in formats
    }


def scan(path: Path, part: str, styles: dict[bytes, NumberFormat]) -> Scan:
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

    def __init__(self, start: bytes, styles: dict[bytes, NumberFormat]) -> None:
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
        self._stored = rb"<" + p + rb"v"
        numbers = b"|".join(sorted(styles))
        # A text in such a style is none of these: its cell has a type of its own.
        self._styled = re.compile(
            rb"<" + p + rb"""c\b([^>]*?\ss\s*=\s*["'](""" + numbers + rb""")["'][^>]*)>"""
            rb"(?:<" + p + rb"f\b[^>]*(?:/>|>[^<]*</" + p + rb"f\s*>))?\s*<" + p + rb"v>([^<]*)<"
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
        # A plain search is many times faster, and most sheets have nothing of the kind.
        if (b'"e"' in text or b"'e'" in text) and self._error_mark.search(text):
            for match in self._error.finditer(text):
                shown = self._shown.search(text, match.end(), match.end() + 2000)
                position = self._position(match[0], "错误值")
                text_shown = shown[1].decode("utf-8", "replace") if shown else ""
                found.wrong[position] = (text_shown, error_reason(text_shown))
        if b"<%bf" % self._p in text:
            for match in self._formula.finditer(text):
                start = text.rfind(self._cell, 0, match.start())
                tag = text[start : text.find(b">", start) + 1]
                # A formula whose result is an empty text has stored that: t="str" and an empty v.
                stored = re.search(rb"""\st\s*=\s*["']str["']""", tag) and self._stored in match[0]
                if not stored:
                    found.unvalued.add(self._position(tag, "没有结果的公式"))
        if self._styles:
            for match in self._styled.finditer(text):
                digits = _digits(self._styles[match[2]], match[1], match[3])
                if digits:
                    found.digits[self._position(match[0], "特殊的数字格式")] = digits
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


def _digits(shown: NumberFormat, attributes: bytes, value: bytes) -> int:
    """Return how many digits a cell shows, 0 where it shows its number, -1 where something else."""
    if re.search(rb"""\st\s*=\s*["'](?!n["'])""", attributes):
        return 0
    try:
        number = float(value)
    except ValueError:
        return 0
    return shown.pad if shown.shows(number) else -1


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
