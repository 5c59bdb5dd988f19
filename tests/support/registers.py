"""Tables of hypothesis's making, and how an office might write them down."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from hypothesis import strategies as st

from hrintegrity.rules.codes import complete_code
from hrintegrity.sheets.columns import Column, Table
from importing import Row

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=8)
DECORATED = st.sampled_from(
    ["{}", "{}*", " {} ", "{}（必填）", "{}\n", "　{}", "{}：", "★{}", "{}[按证照填写]"]
)
ABOVE = st.sampled_from(
    [
        [""],
        ["2013年人力资源服务机构登记表"],
        ["填报说明：请如实填写，不得漏项"],
        ["单位：家", "", "2013年10月"],
        ["", "基本情况", "", "其他情况"],
    ]
)
BENEATH = st.sampled_from(
    [
        [""],
        ["填表人：张三", "审核人：李四"],
        ["", "合计"],
        ["总计", "12"],
        ["注：以上属实"],
        ["*注1：另附材料"],
        ["制表单位（盖章）："],
        ["", "", "（盖章）"],
        ["填表日期：2013年10月8日"],
        ["平均分"],
    ]
)
DAYS = (dt.date(1993, 1, 1), dt.date(2013, 10, 10))
SPELT = (
    dt.date.isoformat,
    lambda day: f"{day:%Y}.{day.month}.{day.day}",
    lambda day: f"{day:%Y}/{day.month}/{day.day}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day:%Y}年{day.month}月{day.day}日",
    lambda day: f"{day:%Y-%m-%d} 00:00:00",
)
"""The days that are drawn, and how offices write them."""

OTHERS = ("序号", "内部编码一", "内部编码二")
"""Headers of columns that no import uses."""


def cells(column: Column) -> st.SearchStrategy[str]:
    """Draw what stands in the cells of a column; empty ones too where none has to be filled."""
    given = _texts(column)
    return given if column.required else st.one_of(st.just(""), given)


def _texts(column: Column) -> st.SearchStrategy[str]:
    if column.choices:
        return st.sampled_from(column.choices)
    if column.is_date:
        return st.dates(*DAYS).flatmap(lambda day: st.sampled_from([form(day) for form in SPELT]))
    if column.field == "code":
        return st.integers(0, 9_999_999).map(lambda n: complete_code(f"91110108MA{n:07d}"))
    if column.field == "year":
        return st.sampled_from(["2013", "2013年度", "２０１３年"])
    if column.field.isdigit() or column.field in ("people", "agencies", "media"):
        return st.sampled_from(["0", "1", "2", "２"])
    if column.is_code:
        return st.sampled_from(["00123", "京证0001号", "010-82345678", "ＡＢ１２"])
    return HAN


def rows(table: Table) -> st.SearchStrategy[list[dict[str, str]]]:
    """Draw rows of a table, by field, each with a cell for every column."""
    one = st.fixed_dictionaries({column.field: cells(column) for column in table.columns})
    return st.lists(one, min_size=1, max_size=4)


def plain(path: Path, table: Table, rows: Sequence[Row]) -> Path:
    """Write rows, which are by field, under our own headers."""
    headers = {name: table.by_field[name].header for name in rows[0]}
    lines = [[row[name] for name in headers] for row in rows]
    path.write_text(_csv([list(headers.values()), *lines]), "utf-8")
    return path


def decorated(path: Path, table: Table, rows: Sequence[Row], data: st.DataObject) -> Path:
    """Write them under synonyms in any order and width, with junk above, beside and beneath."""
    headers: dict[str, str] = {}
    for name in data.draw(st.permutations([*rows[0], *OTHERS])):
        column = table.by_field.get(name)
        synonyms = (name,) if column is None else (*column.headers, name)
        headers[name] = data.draw(DECORATED).format(data.draw(st.sampled_from(synonyms)))
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    if data.draw(st.booleans()):
        headers = {name: header.translate(wide) for name, header in headers.items()}
    above, beneath = (data.draw(st.lists(one, max_size=3)) for one in (ABOVE, BENEATH))
    body = [_beside(row, headers, str(place)) for place, row in enumerate(rows, 1)]
    text = _csv([*above, list(headers.values()), *body, *beneath], data.draw(DELIMITER))
    path.write_bytes(text.encode(data.draw(ENCODING)))
    return path


DELIMITER = st.sampled_from([",", ";", "\t", "|"])
ENCODING = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"])


def _beside(row: Row, headers: Mapping[str, str], place: str) -> list[str]:
    return [row.get(name, place) for name in headers]


def _csv(lines: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(lines)
    return out.getvalue()
