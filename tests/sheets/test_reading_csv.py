"""csv: delimiters, headers, escapes, what is passed over, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hrintegrity.errors import HriError, InputError, UsageError
from hrintegrity.sheets.reading import open_table
from soaking import PEAK
from tables import (
    AGENCIES,
    FIELDS,
    HEADERS,
    ONE,
    TEXTS,
    TWO,
    csv_text,
    errors,
    read,
    refusal,
    remarks,
    values,
    write,
)


def table(path: Path, *rows: list[str], delimiter: str = ",") -> Path:
    return write(path / "a.csv", csv_text(rows, delimiter))


def test_every_cell_arrives_under_its_field_and_an_empty_one_is_none(tmp_path: Path) -> None:
    first, second = values(table(tmp_path, HEADERS, ONE, TWO))
    assert [str(first[field]) for field in FIELDS] == ONE
    assert second["code"] == "00123"
    assert second["since"] is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    assert len(values(table(tmp_path, HEADERS, ONE, TWO, delimiter=delimiter))) == 2


def test_the_delimiter_is_found_under_quotes_and_a_title(tmp_path: Path) -> None:
    quoted = [[f'"{cell}"' for cell in row] for row in (HEADERS, ONE)]
    assert len(values(table(tmp_path, ['"名录；2013,10"'], *quoted, delimiter="\t"))) == 1


def test_headers_may_be_english_in_any_order_and_bear_decorations(tmp_path: Path) -> None:
    headers = [
        "kind",
        "*区　县",
        '"统一社会\n信用代码（必填）"',
        "【必填】单位名称：",
        "ｓｉｎｃｅ",
    ]
    line = ["公益性", "朝阳区", "1", "甲", "2013/1/2"]
    (row,) = values(table(tmp_path, headers, line))
    assert (row["name"], row["code"], row["kind"]) == ("甲", "1", "公益性")
    assert str(row["since"]) == "2013-01-02"


def test_headers_are_found_below_title_and_instruction_rows(tmp_path: Path) -> None:
    path = table(tmp_path, ["2013 年机构名录"], [], ["填写说明：机构名称填全称"], HEADERS, ONE)
    assert [row.number for row in read(path)] == [5]


def test_a_row_is_numbered_as_a_spreadsheet_numbers_it(tmp_path: Path) -> None:
    long = ["甲", "1", "朝阳区", "", "", '"一\r\n二"']
    path = table(tmp_path, HEADERS, long, [], ["", ""], TWO)
    rows = read(path)
    assert [row.number for row in rows] == [2, 5]
    assert rows[0].values["address"] == "一二"


def test_a_file_without_header_is_refused_with_the_headers_that_are_looked_for(
    tmp_path: Path,
) -> None:
    error = refusal(table(tmp_path, ["甲", "乙"], ["1", "2"]))
    assert error.code == "header-missing"
    assert "机构名称、统一社会信用代码、区县" in error.hint


def test_a_required_column_that_is_missing_is_named(tmp_path: Path) -> None:
    error = refusal(table(tmp_path, ["机构名称", "区县"], ["甲", "朝阳区"]))
    assert error.code == "column-missing"
    assert "统一社会信用代码" in error.message
    assert error.details[0]["column"] is None
    assert "统一社会信用代码" in error.details[0]["reason"]
    assert error.details[0]["row"] == 1


def test_two_columns_for_one_field_are_refused_unless_one_is_mapped(tmp_path: Path) -> None:
    path = table(tmp_path, [*HEADERS, "单位名称"], [*ONE, "另一个"])
    error = refusal(path)
    assert error.code == "column-duplicate"
    assert [detail["column"] for detail in error.details] == ["机构名称", "单位名称"]
    with open_table(path, AGENCIES, mapping={"单位名称": "name"}) as reading:
        assert [row.values["name"] for row in reading.rows()] == ["另一个"]
        assert reading.unused_columns == ["机构名称"]


def test_unused_columns_are_named_and_reasons_among_them(tmp_path: Path) -> None:
    path = table(tmp_path, ["序号", *HEADERS, "", "原因"], ["1", *ONE, "x", "区县不对"])
    with open_table(path, AGENCIES) as reading:
        assert len(list(reading.rows())) == 1
        assert reading.unused_columns == ["序号", "（第 8 列，无表头）", "原因"]


def test_a_header_can_be_mapped_by_hand(tmp_path: Path) -> None:
    path = table(tmp_path, ["企业", "统一码", "区县"], ["甲", "1", "朝阳区"])
    mapping = {"企业": "name", "统一码": "统一社会信用代码"}
    assert values(path, mapping=mapping)[0]["code"] == "1"


def test_a_mapping_to_what_is_not_there_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path, HEADERS, ONE)
    with pytest.raises(UsageError) as caught:
        read(path, mapping={"区县": "nothing"})
    assert caught.value.code == "field-unknown"
    with pytest.raises(InputError) as refused:
        read(path, mapping={"没有": "name"})
    assert refused.value.code == "column-missing"


def test_a_field_can_be_given_where_its_column_is_missing(tmp_path: Path) -> None:
    path = table(tmp_path, HEADERS[:2], ONE[:2], TWO[:2])
    assert {row["district"] for row in values(path, fixed={"区县": "海淀区"})} == {"海淀区"}
    with pytest.raises(UsageError) as caught:
        read(path, fixed={"district": "火星"})
    assert "没有这个区县" in caught.value.message
    with pytest.raises(HriError) as twice:
        read(path, fixed={"district": "海淀区", "name": "甲"})
    assert twice.value.code == "column-duplicate"


def test_every_wrong_cell_of_a_row_is_named_as_it_stands(tmp_path: Path) -> None:
    path = table(tmp_path, HEADERS, ["", "1", "火星", "", "2013-13-01", ""], ONE)
    assert errors(path) == [
        (2, "机构名称", "没有填写"),
        (2, "区县", "没有这个区县"),
        (2, "从业起始日期", "没有这一天"),
    ]
    row = read(path)[0]
    assert row.raw == ["", "1", "火星", "", "2013-13-01", ""]
    assert row.values["code"] == "1"
    assert row.errors[1].as_detail() == {
        "row": 2,
        "column": "区县",
        "value": "火星",
        "reason": "没有这个区县",
    }


def test_a_wrong_word_is_refused_each_time_that_it_comes(tmp_path: Path) -> None:
    wrong = ["甲", "1", "火星", "", "", ""]
    assert [row for row, _, _ in errors(table(tmp_path, HEADERS, wrong, ONE, wrong))] == [2, 4]


@pytest.mark.parametrize("text", ["9.1E+17", "9.11101E+17", "9e+17"])
def test_a_code_in_scientific_notation_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = table(tmp_path, HEADERS, ["甲", text, "朝阳区"])
    ((row, column, reason),) = errors(path)
    assert (row, column) == (2, "统一社会信用代码")
    assert "科学计数" in reason


def test_error_values_are_refused(tmp_path: Path) -> None:
    path = table(tmp_path, HEADERS, ["#N/A", "1", "朝阳区"], ["3#楼", "2", "朝阳区"])
    assert [(row, column) for row, column, _ in errors(path)] == [(2, "机构名称")]


def test_a_row_with_more_cells_than_headers_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path, HEADERS, [*ONE, "多出"], [*TWO, "", " "])
    ((row, column, reason),) = errors(path)
    assert (row, column) == (2, "")
    assert "错位" in reason


def test_a_quote_that_does_not_close_is_refused_not_swallowed(tmp_path: Path) -> None:
    path = table(tmp_path, HEADERS, ONE, ['"甲', "1", "朝阳区"], TWO)
    error = refusal(path)
    assert "第 3 行" in error.message
    assert error.code == "file-refused"


def test_total_rows_footnotes_and_repeated_headers_are_passed_over_and_named(
    tmp_path: Path,
) -> None:
    path = table(
        tmp_path,
        ["序号", *HEADERS],
        ["1", *ONE],
        ["", "合　计", "", "130"],
        ["总计：2家"],
        ["2", *TWO],
        ["序号", *HEADERS],
        ["备注：数据截至十月底"],
        ["3"],
        ["4"],
    )
    assert len(values(path)) == 2
    assert remarks(path) == [
        "第 3—4 行是合计行，没有读入",
        "第 6 行又是表头，没有读入",
        "第 7 行是表下的说明，没有读入",
        "第 8—9 行只在没有用到的列里有内容，没有读入",
    ]


def test_a_name_that_is_like_a_total_but_has_a_code_is_read(tmp_path: Path) -> None:
    assert values(table(tmp_path, HEADERS, ["总计", "9111010", "朝阳区"]))[0]["name"] == "总计"


def test_an_example_row_is_passed_over_and_named(tmp_path: Path) -> None:
    path = table(tmp_path, HEADERS, ["示例：某公司", "", "朝阳区"], ONE)
    assert len(values(path)) == 1
    assert remarks(path) == ["第 2 行是示例，没有读入"]


def test_blanks_around_a_cell_are_dropped_and_blank_cells_are_empty(tmp_path: Path) -> None:
    path = table(tmp_path, HEADERS, ["　甲 ", " 1\t", "朝阳区\u00a0", " ", "", "　"])
    (row,) = values(path)
    assert (row["name"], row["code"], row["kind"], row["address"]) == ("甲", "1", None, None)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("'=1+1", "=1+1"),
        ("'+86", "+86"),
        ("''引号", "'引号"),
        ("'00123", "'00123"),
        ("=1+1", "=1+1"),
        ("''", "'"),
        ("'", "'"),
    ],
)
def test_only_the_apostrophe_of_an_escape_is_taken_away(
    tmp_path: Path, cell: str, text: str
) -> None:
    path = write(tmp_path / "a.csv", csv_text([["编号", "文字"], ["1", cell]]))
    assert values(path, TEXTS)[0]["text"] == text


def test_a_cell_longer_than_a_workbook_holds_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path, HEADERS, ["甲" * 32768, "1", "朝阳区"])
    assert "第 2 行" in refusal(path).message


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel for the peak")
def test_a_csv_is_streamed_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    line = ",".join(ONE) + "\n"
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(HEADERS) + "\n")
        for _ in range(40):
            file.write(line * 20_000)
    # In a process of its own, so that what other tests left in memory does not count.
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from hrintegrity.sheets.reading import open_table; from tables import AGENCIES\n"
        f"{PEAK}\n"
        "before = peak()\n"
        "with open_table(Path(sys.argv[1]), AGENCIES) as r: n = sum(1 for _ in r.rows())\n"
        "print(n, peak() - before)"
    )
    tests = str(Path(__file__).parents[1] / "support")
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), tests], capture_output=True, text=True, check=True
    )
    count, grown = map(int, done.stdout.split())
    assert count == 800_000
    assert grown < 20 * 1024


def test_a_name_that_looks_like_an_example_is_none_where_the_row_has_a_key(tmp_path: Path) -> None:
    path = table(tmp_path, HEADERS, ["示例：某公司", "1", "朝阳区"], ONE)
    assert next(row["name"] for row in values(path)) == "示例：某公司"
    assert len(values(path)) == 2
