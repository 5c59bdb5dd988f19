"""No traceback, hang, process death or big memory from files that are broken or meant to break."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook

from hrintegrity.errors import InputError
from hrintegrity.sheets.reading import open_table
from soaking import little_memory
from tables import (
    AGENCIES,
    HEADERS,
    ONE,
    TWO,
    csv_text,
    read,
    refusal,
    rows,
    values,
    write,
    xlsx,
)

ODF = "urn:oasis:names:tc:opendocument:xmlns"


@pytest.fixture(autouse=True)
def _within_limits() -> Iterator[None]:
    with little_memory():
        yield


XML_2003 = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'


def good(path: Path) -> Path:
    return xlsx(path, rows(HEADERS, ONE, TWO))


def legacy(path: Path, lines: int = 3) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名录")
    for row, line in enumerate([HEADERS] + [ONE] * lines):
        for column, text in enumerate(line):
            sheet.write(row, column, text)
    book.save(str(path))
    return path


def compound(path: Path, *streams: str) -> Path:
    """Write the least compound file whose directory names these streams."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    directory = b""
    for place, name in enumerate(("Root Entry", *streams)):
        raw = name.encode("utf-16-le") + b"\0\0"
        entry = bytearray(128)
        entry[: len(raw)] = raw
        struct.pack_into("<HBB", entry, 64, len(raw), 5 if place == 0 else 2, 1)
        struct.pack_into("<III", entry, 68, 0xFFFFFFFF, 0xFFFFFFFF, 1 if place == 0 else 0xFFFFFFFF)
        struct.pack_into("<II", entry, 116, 0xFFFFFFFE, 0)
        directory += entry
    path.write_bytes(bytes(header) + fat + directory.ljust(512, b"\0"))
    return path


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    whole = good(tmp_path / "a.xlsx").read_bytes()
    for share in (0.1, 0.5, 0.9, 0.99):
        path = tmp_path / "b.xlsx"
        path.write_bytes(whole[: int(len(whole) * share)])
        assert "损坏" in refusal(path).message


def test_a_truncated_legacy_workbook_is_refused(tmp_path: Path) -> None:
    whole = legacy(tmp_path / "a.xls", 100).read_bytes()
    for size in (8, 200, 600, len(whole) // 2, len(whole) - 600):
        path = tmp_path / "b.xls"
        path.write_bytes(whole[:size])
        assert refusal(path).code in {"file-refused", "header-missing"}


def test_an_encrypted_workbook_is_refused_by_name(tmp_path: Path) -> None:
    path = compound(tmp_path / "a.xlsx", "EncryptionInfo", "EncryptedPackage")
    assert "加密" in refusal(path).message


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    path = good(tmp_path / "a.xlsx")
    content = bytearray(path.read_bytes())
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 1)
    path.write_bytes(content)
    assert "加密" in refusal(path).message


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.xlsx", csv_text([HEADERS, ONE]).encode(), "文本（csv）"),
        ("a.xls", csv_text([HEADERS, ONE]).encode("gb18030"), "文本（csv）"),
        ("a.xls", "<html><table><tr><td>机构</td></tr></table>".encode(), "网页（HTML）"),
        ("a.xls", "\ufeff  <TABLE border=1><tr>".encode(), "网页（HTML）"),
        ("a.xls", "<!DOCTYPE html><html>".encode("utf-16"), "网页（HTML）"),
        ("a.xls", XML_2003, "XML 表格"),
        ("a.xls", b"MIME-Version: 1.0\r\n", "MHTML"),
        ("a.doc", b"{\\rtf1 abc}", "RTF"),
        ("a.csv", b"%PDF-1.4 ...", "PDF"),
        ("a.csv", b"\x89PNG\r\n\x1a\n", "PNG"),
        ("a.csv", b"SQLite format 3\0", "SQLite"),
        ("a.xlsx", b"Rar!\x1a\x07", "rar"),
        ("a.xls", b"\x09\x08\x10\x00\x00\x06\x05\x00", "旧式工作表"),
        ("a.csv", b"", "空文件"),
        ("a.xlsx", b"", "空文件"),
    ],
)  # fmt: skip
def test_a_misnamed_file_is_refused_by_what_it_is(
    tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    error = refusal(path)
    assert error.code == "file-refused"
    assert what in error.message
    assert error.exit_status == 3


@pytest.mark.parametrize("suffix", [".doc", ".pdf", ".html", ".zip"])
def test_a_workbook_under_another_kind_s_suffix_is_refused(tmp_path: Path, suffix: str) -> None:
    path = good(tmp_path / "a.xlsx").rename(tmp_path / f"a{suffix}")
    assert f"名为 {suffix}，不是表格文件的后缀" in refusal(path).message


@pytest.mark.parametrize(
    ("streams", "what"),
    [
        (("WordDocument",), "Word 文档"),
        (("PowerPoint Document",), "PowerPoint"),
        (("__properties_version1.0",), "Outlook"),
        (("Anything",), "OLE"),
    ],
)
def test_another_compound_file_named_xls_is_refused_by_what_it_is(
    tmp_path: Path, streams: tuple[str, ...], what: str
) -> None:
    assert what in refusal(compound(tmp_path / "a.xls", *streams)).message


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("word/document.xml", "Word 文档"),
        ("ppt/presentation.xml", "PowerPoint"),
        ("xl/workbook.bin", "xlsb"),
        ("readme.txt", "zip 压缩包"),
    ],
)
def test_another_zip_named_xlsx_is_refused_by_what_it_is(
    tmp_path: Path, part: str, what: str
) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    assert what in refusal(path).message


def test_a_workbook_under_the_name_of_another_kind_is_refused(tmp_path: Path) -> None:
    assert "xlsx 工作簿" in refusal(good(tmp_path / "a.xls")).message
    assert "xls 工作簿" in refusal(legacy(tmp_path / "a.xlsx")).message
    assert "xlsx 工作簿" in refusal(good(tmp_path / "a.csv")).message


def test_et_is_read_whichever_it_holds(tmp_path: Path) -> None:
    assert len(values(good(tmp_path / "a.et"))) == 2
    assert len(values(legacy(tmp_path / "b.et"))) == 3


def test_a_workbook_without_sheets_is_refused(tmp_path: Path) -> None:
    assert "没有工作表" in refusal(xlsx(tmp_path / "a.xlsx")).message


def test_a_workbook_with_empty_sheets_is_refused(tmp_path: Path) -> None:
    assert refusal(xlsx(tmp_path / "a.xlsx", "<sheetData/>")).code == "header-missing"


def test_a_strict_workbook_is_read(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", rows(HEADERS, ONE), strict=True)
    assert [row["name"] for row in values(path)] == ["甲公司"]


def test_a_workbook_with_a_namespace_prefix_is_scanned_too(tmp_path: Path) -> None:
    line = ["甲公司", '<c t="e"><v>#REF!</v></c>', "朝阳区"]
    path = xlsx(tmp_path / "a.xlsx", rows(HEADERS, line), prefix="x")
    with open_table(path, AGENCIES) as reading:
        (row,) = reading.rows()
    assert "#REF!" in row.errors[0].reason


def test_a_workbook_of_formulas_without_values_is_refused_cell_by_cell(tmp_path: Path) -> None:
    formula = "<c><f>1+1</f></c>"
    path = xlsx(tmp_path / "a.xlsx", rows(HEADERS, [formula] * 3, [formula, "1", "朝阳区"]))
    with open_table(path, AGENCIES) as reading:
        found = [(e.row, e.column) for row in reading.rows() for e in row.errors]
    assert found == [
        (2, "机构名称"),
        (2, "统一社会信用代码"),
        (2, "区县"),
        (3, "机构名称"),
    ]


def test_a_workbook_of_nothing_but_formulas_is_refused_with_the_cause(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", rows(*[["<c><f>A1</f><v></v></c>"] * 6] * 5))
    assert "公式没有存下计算结果" in refusal(path).message


def test_a_sheet_as_wide_as_can_be_does_not_end_the_process(tmp_path: Path) -> None:
    far = '<row r="2"><c r="XFD2"><v>1</v></c></row>'
    table = rows(HEADERS) + far + rows(ONE, TWO, start=3)
    assert len(values(xlsx(tmp_path / "a.xlsx", table))) == 2


def test_a_sheet_that_is_full_to_its_last_column_does_not_hang(tmp_path: Path) -> None:
    full = "".join(f'<row r="{n}">' + "<c><v>1</v></c>" * 16384 + "</row>" for n in range(3, 103))
    path = xlsx(tmp_path / "a.xlsx", rows(HEADERS, ONE) + full)
    with open_table(path, AGENCIES) as reading:
        assert len(list(reading.rows())) == 101
    wide = ",".join(["(机构["] * 16384) + "\r\n"
    assert len(read(write(tmp_path / "a.csv", csv_text([HEADERS, ONE]) + wide * 100))) == 101


def test_a_sheet_as_wide_and_long_as_can_be_is_refused(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = xlsx(tmp_path / "a.xlsx", rows(HEADERS, ONE) + far)
    assert "内存" in refusal(path).message


def test_a_million_blank_rows_are_passed_over(tmp_path: Path) -> None:
    made = xlsx(tmp_path / "made.xlsx", rows(HEADERS, ONE, TWO))
    path = tmp_path / "a.xlsx"
    # Written piece by piece: the test may not take more memory than the program.
    with (
        zipfile.ZipFile(made) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        for name in source.namelist():
            with archive.open(name, "w") as part:
                before, end, after = source.read(name).partition(b"</sheetData>")
                part.write(before)
                for first in range(4, 1_000_000 if end else 0, 10_000):
                    numbers = range(first, min(first + 10_000, 1_000_000))
                    blank = (f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in numbers)
                    part.write("".join(blank).encode())
                part.write(end + after)
    assert len(values(path)) == 2


def test_a_value_after_a_million_blank_rows_is_read(tmp_path: Path) -> None:
    table = rows(HEADERS, ONE) + rows(TWO, start=1_000_000)
    with open_table(xlsx(tmp_path / "a.xlsx", table), AGENCIES) as reading:
        assert [row.number for row in reading.rows()] == [2, 1_000_000]


def test_nul_bytes_are_refused_with_the_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", csv_text([HEADERS, ONE, ["乙\0公司", "1", "朝阳区"]]))
    error = refusal(path)
    assert "第 3 行" in error.message
    assert "NUL" in error.message


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    path = good(tmp_path / "a.xlsx")
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/media/image1.png", "w") as part,
    ):
        for _ in range(600):
            part.write(bytes(1 << 20))
    assert "压缩炸弹" in refusal(path).message


def test_a_zip_bomb_with_a_lying_directory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    good(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    start = parts["xl/worksheets/sheet1.xml"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            if not name.endswith("sheet1.xml"):
                archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(start[: start.index(b"</t>")])
            for _ in range(700):
                part.write(b"A" * (1 << 20))
    content = path.read_bytes()
    size = len(start[: start.index(b"</t>")]) + (700 << 20)
    lie = content.replace(struct.pack("<I", size), struct.pack("<I", len(start)))
    assert lie != content
    path.write_bytes(lie)
    assert "内存" in refusal(path).message or "损坏" in refusal(path).message


def test_shared_strings_that_eat_memory_are_refused(tmp_path: Path) -> None:
    path = good(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="ss" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open("xl/sharedStrings.xml", "w") as part:
            part.write(b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">')
            for _ in range(340):
                part.write(b"<si><t>a</t></si>" * 65536)
            part.write(b"</sst>")
    # On a slow machine the limit of processor time may come first.
    said = refusal(path).message
    assert "内存" in said or "处理器时间" in said


def test_nested_entities_do_not_grow(tmp_path: Path) -> None:
    path = good(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    for name in ("xl/workbook.xml", "xl/styles.xml"):
        with zipfile.ZipFile(path, "w") as archive:
            for part, content in parts.items():
                bomb = f"<!DOCTYPE x [{entities}]>".encode() + content.replace(b"><", b">&e11;<", 1)
                archive.writestr(part, bomb if part == name else content)
        assert refusal(path).code == "file-refused"


def test_a_compound_file_that_loops_is_refused(tmp_path: Path) -> None:
    whole = bytearray(legacy(tmp_path / "a.xls", 400).read_bytes())
    fat = 512 + 512 * struct.unpack_from("<I", whole, 76)[0]
    for sector in range(128):
        struct.pack_into("<I", whole, fat + 4 * sector, max(sector - 1, 0))
    path = tmp_path / "b.xls"
    path.write_bytes(whole)
    assert refusal(path).code == "file-refused"


def test_a_directory_that_loops_is_refused(tmp_path: Path) -> None:
    path = compound(tmp_path / "a.xls", "Workbook")
    whole = bytearray(path.read_bytes())
    struct.pack_into("<I", whole, 512 + 4, 1)
    path.write_bytes(whole)
    assert refusal(path).code == "file-refused"


def test_random_damage_never_ends_in_anything_but_a_refusal_or_rows(tmp_path: Path) -> None:
    import random

    chance = random.Random(2013)
    for name, make in (("a.xlsx", good), ("a.xls", legacy)):
        whole = make(tmp_path / name).read_bytes()
        for attempt in range(8):
            damaged = bytearray(whole)
            for _ in range(20):
                damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
            path = tmp_path / f"{attempt}{name}"
            path.write_bytes(damaged)
            # Any other exception fails the test.
            with suppress(InputError), open_table(path, AGENCIES) as reading:
                list(reading.rows())


def test_ods_rows_repeated_without_end_do_not_eat_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    row = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{h}</text:p></table:table-cell>'
        for h in HEADERS
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{ODF}:office:1.0"'
            f' xmlns:text="{ODF}:text:1.0" xmlns:table="{ODF}:table:1.0"><office:body>'
            '<office:spreadsheet><table:table table:name="S">'
            f"<table:table-row>{row}</table:table-row>"
            '<table:table-row table:number-rows-repeated="1048575"><table:table-cell'
            ' table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
            "</table:table-cell></table:table-row></table:table></office:spreadsheet>"
            "</office:body></office:document-content>",
        )  # fmt: skip
    assert refusal(path).code == "file-refused"


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_text([HEADERS]).encode() + b"1," * (5 << 20))
    assert refusal(path).code == "file-refused"


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "not-a-file"
    error = refusal(tmp_path / "none.csv")
    assert (error.code, error.exit_status) == ("file-missing", 4)


def test_a_workbook_of_openpyxl_without_values_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADERS)
    sheet.append(["=A1", "1", "朝阳区"])
    stream = io.BytesIO()
    book.save(stream)
    path = tmp_path / "a.xlsx"
    path.write_bytes(stream.getvalue())
    with open_table(path, AGENCIES) as reading:
        (row,) = reading.rows()
    assert [(e.row, e.column) for e in row.errors] == [(2, "机构名称")]
