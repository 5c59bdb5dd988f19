"""Good rows are read by the column; only odd ones cell by cell, with the same outcome."""

from __future__ import annotations

import csv

import pytest

from hrintegrity.duties.assessment import scores_table
from hrintegrity.notice.indicators import annex
from hrintegrity.rules.codes import complete_code
from hrintegrity.sheets import rows
from hrintegrity.sheets.reading import open_table
from tables import AGENCIES, HEADERS

COUNT = 1200


def line(number: int, **more: str) -> list[str]:
    values = {
        "name": f"北京第{number}人力资源有限公司",
        "code": complete_code(f"91110108MA{number:07d}"),
        "district": "海淀区",
        "kind": "经营性",
        "since": "2008-05-12",
        "address": f"中关村大街{number}号",
    }
    return list((values | more).values())


def written(path, lines):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADERS, *lines])
    return path


@pytest.fixture
def counted(monkeypatch):
    """Count the looks at text and at single rows."""
    found = {"text": 0, "row": 0}
    look, closer = rows.is_odd, rows.RowParser._look_closer

    def text(joined):
        found["text"] += 1
        return look(joined)

    def row(*arguments):
        found["row"] += 1
        return closer(*arguments)

    monkeypatch.setattr(rows, "is_odd", text)
    monkeypatch.setattr(rows.RowParser, "_look_closer", row)
    return found


def test_a_row_whose_rater_only_begins_like_a_footer_is_good(tmp_path, counted):
    annex_ = annex(2013)
    table = scores_table.table(annex_)
    headers = [column.header for column in table.columns if column.field != "name"]
    scores = ["1"] * len(annex_.indicators)
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        code = complete_code("91110108MA0000001")
        row = [code, "专家评价", "评审专家甲", "2013", *scores]
        total = ["合计", "", "", "", *scores]
        csv.writer(file).writerows([headers, *[row] * COUNT, total])
    with open_table(path, table) as reading:
        assert len(list(reading.rows())) == COUNT
        assert reading.remarks == [f"第 {COUNT + 2} 行是合计行，没有读入"]
    assert counted["row"] == 1


def test_good_rows_are_looked_at_by_the_hundred(tmp_path, counted):
    path = written(tmp_path / "a.csv", map(line, range(COUNT)))
    with open_table(path, AGENCIES) as reading:
        assert len(list(reading.rows())) == COUNT
    assert counted == {"text": 3, "row": 0}


ODD = {
    "a line break": ("中关村\n大街", "中关村大街"),
    "a mark of nothing": ("暂无", None),
    "an invisible character": ("中关\u200b村", "中关村"),
    "a blank": ("  ", None),
    "an error value": ("#REF!", ValueError),
    "a mark of direction": ("中\u202e", ValueError),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_cell_changes_nothing_for_the_rows_around_it(tmp_path, counted, name):
    text, value = ODD[name]
    lines = [line(number) for number in range(COUNT)]
    lines[700] = line(700, address=text)
    with open_table(written(tmp_path / "a.csv", lines), AGENCIES) as reading:
        found = list(reading.rows())
    assert [row.number for row in found] == list(range(2, COUNT + 2))
    odd = found.pop(700)
    assert [row.values["address"] for row in found] == [
        f"中关村大街{number}号" for number in range(COUNT) if number != 700
    ]
    assert counted["row"] <= 1
    if value is ValueError:
        assert [error.column for error in odd.errors] == ["地址"]
    else:
        assert odd.values["address"] == value
        assert not odd.errors


def test_a_row_that_is_wrong_is_known_by_its_number_among_good_ones(tmp_path):
    lines = [line(number) for number in range(COUNT)]
    lines[3] = line(3, since="没有这一天")
    lines[501] = line(501, district="通州")
    lines[502] = line(502, code="")
    with open_table(written(tmp_path / "a.csv", lines), AGENCIES) as reading:
        wrong = {row.number: row.errors[0].column for row in reading.rows() if row.errors}
    assert wrong == {5: "从业起始日期", 503: "区县", 504: "统一社会信用代码"}
