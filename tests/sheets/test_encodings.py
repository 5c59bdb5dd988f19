"""Encodings are found by themselves; what only happens to decode is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrintegrity.sheets.columns import Column, Table
from hrintegrity.sheets.content import clean_line
from tables import AGENCIES, HEADERS, ONE, TWO, csv_text, errors, refusal, values, write

RARE = ["北京龘䶮人力", "3", "朝阳区", "经营性", "", "喆园"]
ENGLISH = [column.field for column in AGENCIES.columns]
TRADITIONAL = [
    ["機構名稱", "統一社會信用代碼", "區縣", "性質"],
    ["北京東方人力資源服務有限公司", "911101", "朝陽區", "經營性"],
    ["華夏職業介紹所", "911102", "海澱區", "公益性"],
]
JAPANESE = "name,code,district\r\nありがとうございます株式会社,1,とうきょう\r\n"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("gb18030", b""),
        ("gbk", b""),
        ("utf-16", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
def test_each_encoding_gives_the_same_rows(tmp_path: Path, encoding: str, mark: bytes) -> None:
    rows = [HEADERS, ONE, TWO] + ([RARE] if encoding != "gbk" else [])
    path = tmp_path / "a.csv"
    path.write_bytes(mark + csv_text(rows).encode(encoding))
    got = values(path)
    assert [row["name"] for row in got] == [row[0] for row in rows[1:]]
    assert got[1]["code"] == "00123"


def test_characters_outside_the_basic_plane_survive_gb18030(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", csv_text([HEADERS, ["𠮷野家", "1", "朝阳区"]]), "gb18030")
    assert values(path)[0]["name"] == "𠮷野家"


def test_chinese_far_down_in_a_file_is_decoded_right(tmp_path: Path) -> None:
    rows = [ENGLISH] + [["Beijing HR", "1", "东城区"]] * 30_000 + [ONE]
    path = write(tmp_path / "a.csv", csv_text(rows), "gb18030")
    assert values(path)[-1]["name"] == "甲公司"


def test_characters_that_are_utf8_too_are_refused_where_nothing_tells_which(tmp_path: Path) -> None:
    # 模 in GB18030 is ģ in UTF-8.
    path = write(tmp_path / "a.csv", csv_text([ENGLISH, ["模", "1", "chaoyang"]]), "gb18030")
    assert "编码无法判断" in refusal(path).message
    path = write(tmp_path / "b.csv", csv_text([ENGLISH, ["模", "1", "东城区"]]), "gb18030")
    assert values(path)[0]["name"] == "模"
    path = write(tmp_path / "c.csv", csv_text([ENGLISH, ["ģ", "1", "东城区"]]), "utf-8")
    assert values(path)[0]["name"] == "ģ"


def test_big5_is_refused_by_name(tmp_path: Path) -> None:
    error = refusal(write(tmp_path / "a.csv", csv_text(TRADITIONAL), "big5"))
    assert "Big5" in error.message
    assert error.code == "file-refused"


def test_big5_under_english_headers_is_refused_by_name(tmp_path: Path) -> None:
    rows = [ENGLISH[:4], *TRADITIONAL[1:]]
    assert "Big5" in refusal(write(tmp_path / "a.csv", csv_text(rows), "big5")).message


def test_traditional_characters_in_gb18030_are_read(tmp_path: Path) -> None:
    rows = [HEADERS, ["北京東方人力資源服務有限公司", "1", "朝阳区"]]
    path = write(tmp_path / "a.csv", csv_text(rows), "gb18030")
    assert values(path)[0]["name"] == "北京東方人力資源服務有限公司"


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp"])
def test_japanese_encodings_are_refused(tmp_path: Path, encoding: str) -> None:
    error = refusal(write(tmp_path / "a.csv", JAPANESE, encoding))
    assert error.code == "file-refused"


def test_latin_text_is_refused_with_the_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", csv_text([ENGLISH, ["Café,", "1", "x"]]), "latin-1")
    error = refusal(path)
    assert "第 2 行" in error.message


def test_damaged_utf8_is_said_to_be_that_not_read_as_gb18030(tmp_path: Path) -> None:
    content = bytearray(csv_text([HEADERS] + [ONE] * 20).encode())
    content[content.rindex("甲公司".encode()) + 1] = 0x20
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    error = refusal(path)
    assert "UTF-8" in error.message
    assert "第 21 行" in error.message


def test_a_text_cut_in_the_middle_of_a_character_is_refused(tmp_path: Path) -> None:
    for encoding in ("utf-8", "gb18030", "utf-16"):
        path = tmp_path / "a.csv"
        path.write_bytes(
            csv_text([HEADERS, ONE]).rstrip().encode(encoding) + "号".encode(encoding)[-2:][:1]
        )
        assert refusal(path).code == "file-refused"  # fmt: skip


def test_utf32_is_refused_by_name(tmp_path: Path) -> None:
    assert "UTF-32" in refusal(write(tmp_path / "a.csv", csv_text([HEADERS]), "utf-32")).message


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("control", ["\x01", "\x07", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_cell_with_a_character_that_none_may_hold_is_refused_by_itself(
    tmp_path: Path, encoding: str, control: str
) -> None:
    path = tmp_path / "a.csv"
    columns = (Column("a", ("机构名称",), clean_line), Column("b", ("信用代码",), str))
    table = Table("t", "表", columns, ("b",))
    write(path, csv_text([["机构名称", "信用代码"], [f"乙{control}公司", "1"]]), encoding)
    ((row, column, reason),) = errors(path, table)
    assert (row, column) == (2, "机构名称")
    assert f"U+{ord(control):04X}" in reason


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("text", [f"{HEADERS[0]},{HEADERS[1]}\n乙\0,1\n", "甲,乙\n\x01,\x02\n"])
def test_a_text_with_nul_and_one_that_shows_no_header_are_refused_whole(
    tmp_path: Path, encoding: str, text: str
) -> None:
    assert refusal(write(tmp_path / "a.csv", text, encoding)).code == "file-refused"


def test_the_end_of_a_file_from_dos_is_no_row(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", csv_text([HEADERS, ONE]) + "\x1a")
    assert len(values(path)) == 1


def test_a_blank_text_is_refused(tmp_path: Path) -> None:
    assert refusal(write(tmp_path / "a.csv", "\r\n \r\n")).code == "header-missing"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_found_by_its_headers(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_text([HEADERS, ONE]).encode(codec))
    assert len(values(path)) == 1
