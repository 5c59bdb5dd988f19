"""Files and tables that the tests of `sheets` make for themselves."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from hrintegrity.days import parse_date
from hrintegrity.errors import HriError
from hrintegrity.sheets import child
from hrintegrity.sheets.columns import Column, Table
from hrintegrity.sheets.reading import Row, open_table

DISTRICTS = ("东城区", "西城区", "朝阳区", "海淀区", "丰台区")
KINDS = ("经营性", "公益性")


def district(text: str) -> str:
    if text not in DISTRICTS:
        raise ValueError("没有这个区县")
    return text


def number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError("不是数") from None


AGENCIES = Table(
    "agency",
    "机构名录",
    (
        Column(
            "name", ("机构名称", "单位名称", "企业名称"), str, required=True, example="某某公司"
        ),
        Column(
            "code",
            ("统一社会信用代码", "信用代码", "组织机构代码"),
            str,
            required=True,
            is_code=True,
            width=22,
            note="18 位",
        ),
        Column("district", ("区县", "所属区县"), district, required=True, choices=DISTRICTS),
        Column("kind", ("机构性质", "性质"), str, choices=KINDS),
        Column("since", ("从业起始日期", "成立日期"), parse_date, is_date=True),
        Column("address", ("地址", "注册地址"), str),
    ),
    ("code",),
)
HEADERS = [column.header for column in AGENCIES.columns]
FIELDS = [column.field for column in AGENCIES.columns]
ONE = ["甲公司", "911101", "朝阳区", "经营性", "2010-05-01", "建国路1号"]
TWO = ["乙公司", "00123", "海淀区", "公益性", "", ""]

TEXTS = Table("texts", "文字", (Column("key", ("编号",), str, required=True, is_code=True),
                              Column("text", ("文字",), str, lines=True)), ("key",))  # fmt: skip


HANG = 10
"""Seconds of work after which reading a small or hostile file counts as a hang."""

FOREVER = 60
"""Seconds on the clock after which it hangs even where it does no work; others may be working."""


def spent() -> float:
    """Seconds of processor time that this process and its children that have ended took."""
    return sum(os.times()[:4])


def read(path: Path, table: Table = AGENCIES, **options: Any) -> list[Row]:
    began, worked = time.monotonic(), spent()
    try:
        with open_table(path, table, **options) as reading:
            return list(reading.rows())
    finally:
        assert spent() - worked < HANG
        assert time.monotonic() - began < FOREVER


def values(path: Path, table: Table = AGENCIES, **options: Any) -> list[dict[str, Any]]:
    rows = read(path, table, **options)
    assert [row.errors for row in rows if row.errors] == []
    return [row.values for row in rows]


def errors(path: Path, table: Table = AGENCIES, **options: Any) -> list[tuple[int, str, str]]:
    """Return row, column and reason of every refused cell."""
    rows = read(path, table, **options)
    return [(error.row, error.column, error.reason) for row in rows for error in row.errors]


def remarks(path: Path, table: Table = AGENCIES, **options: Any) -> list[str]:
    with open_table(path, table, **options) as reading:
        list(reading.rows())
        return reading.remarks


def refusal(path: Path, table: Table = AGENCIES, **options: Any) -> HriError:
    """Read a file that must be refused as a whole; return the refusal."""
    with pytest.raises(HriError) as caught:
        read(path, table, **options)
    assert "\n" not in caught.value.message
    return caught.value


@contextmanager
def readers_started() -> Iterator[list[child.Worker]]:
    """Yield the processes for reading workbooks that are started meanwhile."""
    started = []

    def counted(self: child.Worker) -> None:
        started.append(self)
        start(self)

    start = child.Worker.__init__
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child.Worker, "__init__", counted)
        yield started


def write(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def csv_text(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


def cells(row: int, texts: Sequence[Any]) -> str:
    """Return the XML of one row: text as inline strings, numbers as numbers, `<c` as it is."""
    parts = []
    for column, text in enumerate(texts):
        place = f"{chr(65 + column)}{row}"
        if isinstance(text, str) and text.startswith("<c"):
            parts.append(text.replace("<c", f'<c r="{place}"', 1))
        elif isinstance(text, (int, float)):
            parts.append(f'<c r="{place}"><v>{text}</v></c>')
        elif text:
            inner = f'<is><t xml:space="preserve">{escape(text)}</t></is>'
            parts.append(f'<c r="{place}" t="inlineStr">{inner}</c>')
    return "".join(parts)


def rows(*lines: Sequence[Any], start: int = 1, hidden: Sequence[int] = ()) -> str:
    """Return the XML of the rows from `start` on."""
    parts = []
    for place, line in enumerate(lines, start):
        mark = ' hidden="1"' if place in hidden else ""
        parts.append(f'<row r="{place}"{mark}>{cells(place, line)}</row>')
    return "".join(parts)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsx(
    path: Path,
    *sheets: str,
    names: Sequence[str] = ("名录", "另一张", "第三张"),
    states: Sequence[str] = (),
    formats: Sequence[str] = (),
    book: str = "",
    strict: bool = False,
    prefix: str = "",
) -> Path:
    """Write a workbook by hand. A sheet is its XML: rows alone, or all from `<sheetData>` on.

    `formats` are the number formats of the styles from 1 on, `states` those of the sheets.
    """
    main, links = (STRICT_MAIN, STRICT_LINKS) if strict else (MAIN, LINKS)
    custom = "".join(
        f'<numFmt numFmtId="{164 + i}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for i, code in enumerate(formats)
    )
    styles = "".join(f'<xf numFmtId="{164 + i}"/>' for i in range(len(formats)))
    listed, linked = [], []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, sheet in enumerate(sheets, 1):
            body = sheet if "<sheetData" in sheet else f"<sheetData>{sheet}</sheetData>"
            text = f'<worksheet xmlns="{main}">{body}</worksheet>'
            if prefix:
                text = text.replace("</", "\0").replace("<", f"<{prefix}:")
                text = text.replace("\0", f"</{prefix}:").replace("xmlns=", f"xmlns:{prefix}=")
            archive.writestr(f"xl/worksheets/sheet{place}.xml", text)
            state = f' state="{states[place - 1]}"' if states else ""
            name = escape(names[place - 1])
            listed.append(f'<sheet name="{name}" sheetId="{place}" r:id="s{place}"{state}/>')
            linked.append(
                f'<Relationship Id="s{place}" Type="{links}/worksheet"'
                f' Target="worksheets/sheet{place}.xml"/>'
            )
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
            f' Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{links}">{book}'
            f"<sheets>{''.join(listed)}</sheets></workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(linked)}'
            f'<Relationship Id="st" Type="{links}/styles" Target="styles.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{main}"><numFmts>{custom}</numFmts>'
            f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        )
    return path
