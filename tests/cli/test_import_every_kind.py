"""What holds for every import, whatever its rows are; one row of each kind is tried."""

from __future__ import annotations

import hashlib
from itertools import cycle

import openpyxl
import pytest

from importing import KINDS, Imported, write
from running import Ran, rows

SETTINGS = ("fail", "skip", "update")
FEET = [
    "填表人：张三　审核人：李四", "审核人", "制表：王五", "制表单位（盖章）：区人社局", "（盖章）",
    "盖章：", "填表日期：2013年10月8日", "备注：以上属实", "注：另附", "*注1、另附", "说明",
    "合计", "总计 2", "小计：", "平均分", "共 1 家",
]  # fmt: skip

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def counts(ran: Ran) -> tuple[int, ...]:
    """Return how many rows were read, added, updated, unchanged and skipped."""
    keys = ("read", "added", "updated", "unchanged", "skipped")
    return tuple(ran.ok().json[key] for key in keys)


def refused(ran: Ran, code: str = "rows-refused") -> list[dict]:
    assert (ran.status, ran.error["code"]) == (3, code), ran.err
    found: list[dict] = ran.error["details"]
    return found


@every_kind
def test_a_row_with_every_column_goes_in_and_is_unchanged_under_every_setting(
    registry, tmp_path, kind
):
    path = write(tmp_path / "a.csv", kind.row)
    ran = kind.take(registry, path)
    assert counts(ran) == (1, 1, 0, 0, 0)
    assert ran.json["unused_columns"] == []
    before = rows(registry.archive, "SELECT MAX(id) FROM journal")
    for setting in SETTINGS:
        assert counts(kind.take(registry, path, "--on-duplicate", setting)) == (1, 0, 0, 1, 0)
    assert rows(registry.archive, "SELECT MAX(id) FROM journal") == before


@every_kind
def test_headers_may_be_english_in_any_order_below_a_title_with_lines_beneath(
    registry, tmp_path, kind
):
    kind.take(registry, write(tmp_path / "a.csv", kind.row)).ok()
    english = {column.header: column.field for column in kind.table.columns}
    numbered = {str(n): str(n) for n in range(1, 23)}
    backwards = dict(reversed(kind.row.items()))
    path = write(
        tmp_path / "b.csv",
        backwards,
        above=[["2013年登记表"], ["填写说明：按证照填写"]],
        beneath=[[], *([foot] for foot in FEET), *(["", foot] for foot in FEET)],
        header={**english, **numbered},
    )
    ran = kind.take(registry, path)
    assert counts(ran) == (1, 0, 0, 1, 0)
    assert ran.json["unused_columns"] == []
    said = [remark for remark in ran.json["remarks"] if "没有读入" in remark]
    told = {int(row) for remark in said for row in _numbers(remark)}
    assert told == set(range(6, 6 + 2 * len(FEET)))


def _numbers(remark: str) -> list[int]:
    """Return the rows that a remark names: `第 3、5—7 行…`."""
    found: list[int] = []
    for part in remark.partition("第 ")[2].partition(" 行")[0].split("、"):
        first, _, last = part.partition("—")
        found += range(int(first), int(last or first) + 1)
    return found


@every_kind
def test_a_missing_column_is_named_with_the_row_of_the_header(registry, tmp_path, kind):
    lacking = [*kind.required[:3], kind.required[-1]]
    for header in dict.fromkeys(lacking):
        row = {name: text for name, text in kind.row.items() if name != header}
        path = write(tmp_path / "a.csv", {**row, "怪列": "x"}, above=[["登记表"]])
        (found,) = refused(kind.take(registry, path), "column-missing")
        assert (found["column"], found["row"], found["value"]) == (None, 2, None)
        assert f"“{kind.table.by_field[_field(kind, header)].header}”" in found["reason"]
        assert "怪列" in kind.take(registry, path).error["hint"]


def _field(kind: Imported, header: str) -> str:
    return next(c.field for c in kind.table.columns if header in (*c.headers, c.field))


@every_kind
def test_every_required_cell_that_is_empty_is_listed_and_nothing_goes_in(registry, tmp_path, kind):
    before = rows(registry.archive, "SELECT MAX(id) FROM journal")
    for header, text in zip(kind.required, ["", "—", *[""] * 22], strict=False):
        (found,) = refused(
            kind.take(registry, write(tmp_path / "a.csv", {**kind.row, header: text}))
        )
        assert (found["row"], found["column"], found["reason"]) == (2, header, "没有填写")
        if header == "2":
            break
    assert rows(registry.archive, "SELECT MAX(id) FROM journal") == before


@every_kind
def test_what_no_field_may_hold_is_refused_by_its_code_point_in_every_column(
    registry, tmp_path, kind
):
    odd = list(zip(kind.row, cycle("\x85\u202e\ue000\ufdd0\x07\u2067"), strict=False))
    lines = [{**kind.row, header: f"甲{one}乙"} for header, one in odd]
    found = refused(kind.take(registry, write(tmp_path / "a.csv", *lines)))
    reasons = {(one["row"], one["column"]): one["reason"] for one in found}
    for row, (header, one) in enumerate(odd, 2):
        assert f"U+{ord(one):04X}" in reasons[row, header]


@every_kind
def test_two_rows_of_one_key_are_both_refused_under_what_they_are_known_by(
    registry, tmp_path, kind
):
    path = write(tmp_path / "a.csv", kind.plain, {**kind.plain, **kind.other})
    found = [(one["row"], one["column"]) for one in refused(kind.take(registry, path))]
    assert found == [(2, kind.known_by), (3, kind.known_by)]


@every_kind
def test_rows_that_differ_in_a_part_of_their_key_are_different_records(registry, tmp_path, kind):
    path = write(tmp_path / "a.csv", kind.plain, *({**kind.plain, **key} for key in kind.keys))
    assert counts(kind.take(registry, path))[1] == len(kind.keys) + 1


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.other])
def test_a_row_that_the_archive_has_otherwise_is_refused_skipped_or_taken(registry, tmp_path, name):
    kind = KINDS[name]
    kind.take(registry, write(tmp_path / "a.csv", kind.plain)).ok()
    path = write(tmp_path / "b.csv", {**kind.plain, **kind.other})
    if name == "assess":
        assert counts(kind.take(registry, path, "--dry-run")) == (1, 0, 1, 0, 0)
    else:
        assert [one["column"] for one in refused(kind.take(registry, path))] == [kind.known_by]
    assert [one["row"] for one in refused(kind.take(registry, path, "--on-duplicate", "fail"))] == [
        2
    ]
    assert counts(kind.take(registry, path, "--on-duplicate", "skip")) == (1, 0, 0, 0, 1)
    assert counts(kind.take(registry, path, "--on-duplicate", "update")) == (1, 0, 1, 0, 0)
    assert counts(kind.take(registry, path, "--on-duplicate", "fail")) == (1, 0, 0, 1, 0)


@every_kind
def test_a_cell_that_only_says_that_there_is_nothing_is_empty_and_leaves_what_is_there(
    registry, tmp_path, kind
):
    bare = {**kind.row, **dict.fromkeys(kind.optional, "")}
    marked = {**kind.row, **dict.fromkeys(kind.optional, "无")}
    other = {**kind.row, **dict.fromkeys(kind.optional, "—")}
    if kind.command == "inspect import":
        # In a column of verdicts 无 is the word for no.
        bare["公约"] = marked["公约"] = other["公约"] = "不合格"
    if "是否公示" in kind.row:
        bare["是否公示"] = marked["是否公示"] = other["是否公示"] = "否"
    kind.take(registry, write(tmp_path / "a.csv", kind.row)).ok()
    for text in (bare, marked, other):
        path = write(tmp_path / "b.csv", text)
        if kind.command == "agency import-pledges":
            assert counts(kind.take(registry, path, "--on-duplicate", "update"))[0] == 1
            continue
        ran = kind.take(registry, path)
        assert counts(ran) == (1, 0, 0, 1, 0)
        emptied = sum(text[h] in ("无", "—") for h in kind.optional)
        counted = [one for one in ran.json["remarks"] if "格只写了" in one]
        assert [one.partition(" ")[0] for one in counted] == [str(emptied)] * bool(emptied)


@every_kind
def test_with_rejects_good_rows_go_in_and_bad_ones_come_back_with_their_reason(
    registry, tmp_path, kind
):
    bad = {**kind.plain, **kind.keys[0], kind.required[-1]: ""}
    path = write(tmp_path / "a.csv", kind.plain, bad)
    ran = kind.take(registry, path, "--rejects", tmp_path / "r.csv").ok()
    assert (ran.json["added"], ran.json["rejected"]) == (1, 1)
    assert [(one["row"], one["column"]) for one in ran.json["errors"]] == [(3, kind.required[-1])]
    text = (tmp_path / "r.csv").read_text("utf-8-sig")
    assert text.splitlines()[0].endswith("原因")
    again = kind.take(registry, tmp_path / "r.csv", "--rejects", tmp_path / "s.csv")
    assert (again.status, again.json["rejected"]) == (3, 1)
    assert again.json["unused_columns"] == ["原因"]


@every_kind
@pytest.mark.archive_file("compares the file's bytes")
def test_a_dry_run_gives_the_same_answer_and_changes_not_a_byte(registry, tmp_path, kind):
    path = write(tmp_path / "a.csv", kind.row)
    before = hashlib.sha256(registry.archive.read_bytes()).hexdigest()
    tried = kind.take(registry, path, "--dry-run").ok().json
    assert hashlib.sha256(registry.archive.read_bytes()).hexdigest() == before
    done = kind.take(registry, path).ok().json
    differ = ("id", "dry_run")
    assert {k: v for k, v in tried.items() if k not in differ} == {
        k: v for k, v in done.items() if k not in differ
    }


@every_kind
def test_an_import_is_taken_back_as_if_it_had_never_been(registry, tmp_path, kind):
    path = write(tmp_path / "a.csv", kind.row)
    identity = kind.take(registry, path).ok().json["id"]
    registry("archive", "undo", identity, "--reason", "导错文件").ok()
    assert counts(kind.take(registry, path, "--dry-run")) == (1, 1, 0, 0, 0)


@every_kind
def test_a_template_is_passed_over_by_its_import_and_has_every_header(registry, tmp_path, kind):
    group, *more = kind.template.split("--for")
    path = tmp_path / "t.xlsx"
    registry(*group.split(), path, *(("--for", more[0].strip()) if more else ())).ok()
    assert counts(kind.take(registry, path)) == (0, 0, 0, 0, 0)
    sheet = openpyxl.load_workbook(path).active
    cells = {str(cell.value or "").rstrip("*") for row in sheet.iter_rows() for cell in row}
    assert {column.header for column in kind.table.columns} <= cells
