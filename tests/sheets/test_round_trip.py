"""What is written comes back as it was, in csv and in xlsx, and runs nothing on the way."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hrintegrity import protection
from hrintegrity.sheets.content import EMPTY_MARKS, clean, refused_reason, unholdable
from hrintegrity.sheets.escapes import from_csv, to_csv
from hrintegrity.sheets.reading import open_table
from hrintegrity.sheets.writing import write_rejects, write_table
from tables import AGENCIES, HEADERS, ONE, TEXTS, csv_text, values, write

TRICKY = [
    "=1+1", "=cmd|' /C calc'!A0", "+86 10", "-1", "@SUM(A1)", "\t=1", "＝1+1", "'", "''", "'=1",
    "'00123", "00123", "911101050000000012", "9.1E+17", "1,5", "2013-10-08", "TRUE", "#REF", "#1",
    "a\nb", "a\r\nb", "a\rb", "龘", "𠮷野家", "_x000D_", "_x005F_x000D_", "a_x0041_b", "_x_", '"',
    'a"b', "a,b", "a;b", "a\tb", "&amp;<b>", "]]>", "{{x}}", "《》", " 前", "后　", "\u2028",
    '""', "e\u0301", "\u200b", "\ufeffx", "\U0001f600",
    "合计", "备注：x", "示例：x", "0", "1e5",
]  # fmt: skip


def _taken(text: str) -> bool:
    """Whether a text can be kept, and an import reads it as itself: no mark of an empty cell."""
    try:
        kept = clean(text)
    except ValueError:
        return False
    return kept.strip() not in EMPTY_MARKS and not refused_reason(kept.strip())


texts = st.one_of(
    st.sampled_from(TRICKY),
    st.text(max_size=30),
    st.text(alphabet="=+-@'\"\t\r\n,;_x0DF5 #", max_size=12),
).filter(_taken)  # fmt: skip


def there_and_back(path: Path, given_texts: Iterable[str]) -> None:
    protection.begin_command()
    rows = [{"key": f"K{n}", "text": text} for n, text in enumerate(given_texts)]
    assert write_table(path, TEXTS, rows, force=True) == len(rows)
    back = values(path, TEXTS)
    assert [row["key"] for row in back] == [row["key"] for row in rows]
    for row, old in zip(back, rows, strict=True):
        assert (row["text"] or "") == clean(old["text"])


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_tricky_texts_come_back(tmp_path: Path, suffix: str) -> None:
    there_and_back(tmp_path / f"a{suffix}", TRICKY)


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.lists(texts, max_size=20))
@example(TRICKY)
def test_any_texts_come_back_from_csv(tmp_path: Path, lines: list[str]) -> None:
    there_and_back(tmp_path / "a.csv", lines)


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(st.lists(texts, max_size=40))
def test_any_texts_come_back_from_xlsx(tmp_path: Path, lines: list[str]) -> None:
    there_and_back(tmp_path / "a.xlsx", lines)


@given(st.text())
def test_the_escape_of_csv_is_reversible_and_runs_nothing(text: str) -> None:
    written = to_csv(text)
    assert from_csv(written) == text
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


@given(st.text())
def test_what_is_cleaned_is_clean(text: str) -> None:
    if _taken(text):
        assert clean(clean(text)) == clean(text)
        assert not unholdable(clean(text))


def test_no_cell_of_a_written_workbook_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    there_and_back(path, TRICKY)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        styles = archive.read("xl/styles.xml")
    assert b"<f>" not in sheet
    assert b'quotePrefix="1"' in styles


def test_no_cell_of_a_written_csv_begins_like_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    there_and_back(path, TRICKY)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_days_codes_and_empty_cells_come_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    rows = [
        {"name": "甲", "code": "00123", "district": "朝阳区", "since": dt.date(2010, 5, 1)},
        {"name": "乙", "code": "1" * 18, "district": "海淀区", "since": dt.date(1949, 1, 1)},
        {"name": "丙", "code": "3", "district": "海淀区", "kind": None, "since": None},
    ]
    assert write_table(path, AGENCIES, rows) == 3
    for old, new in zip(rows, values(path), strict=True):
        assert {field: old.get(field) for field in new} == new


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_rejected_rows_can_be_mended_and_imported(tmp_path: Path, suffix: str) -> None:
    source = write(tmp_path / "in.csv", csv_text([["序号", *HEADERS], ["1", "=甲", "2", "火星"]]))
    with open_table(source, AGENCIES) as reading:
        rows = [(row.raw, [error.reason for error in row.errors]) for row in reading.rows()]
        path = tmp_path / f"rejects{suffix}"
        assert write_rejects(path, reading.headers, rows) == 1
    with open_table(path, AGENCIES) as reading:
        (row,) = reading.rows()
        assert reading.unused_columns == ["序号", "原因"]
    assert row.raw == ["1", "=甲", "2", "火星", "", "", "", "没有这个区县"]
    # A second round does not pile up reasons.
    again = tmp_path / f"again{suffix}"
    write_rejects(again, reading.headers, [(row.raw, ["又错"])])
    with open_table(again, AGENCIES) as reading:
        assert reading.headers[-2:] == ["地址", "原因"]


def test_an_error_value_in_the_rejects_is_refused_again(tmp_path: Path) -> None:
    for suffix in (".csv", ".xlsx"):
        path = tmp_path / f"a{suffix}"
        write_rejects(path, HEADERS, [(["#REF!", *ONE[1:]], ["错误值"])])
        with open_table(path, AGENCIES) as reading:
            (row,) = reading.rows()
        assert "#REF!" in row.errors[0].reason


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_rejects_can_hold_any_row_and_what_was_garbled_stays_refused(
    tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"a{suffix}"
    write_rejects(path, HEADERS, [(["甲\x01", "1", "朝阳区"], ["坏字符"]), (["x" * 40000], ["长"])])
    with open_table(path, AGENCIES) as reading:
        first, _ = reading.rows()
    assert "乱码" in first.errors[0].reason
