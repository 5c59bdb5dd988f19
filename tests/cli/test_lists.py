"""Every command that lists rows gives them as a table for people: a workbook, or csv with BOM."""

from __future__ import annotations

import csv
import io
import os

import openpyxl
import pytest

from assessing import rate
from hrintegrity.cli.base import output
from running import JSON, code_of
from samples import COMMANDS, READS, SAMPLES
from terminal import screen

LISTS = [
    path
    for path, command in COMMANDS.items()
    if any("--wide" in parameter.opts for parameter in command.params)
]
FEW = {"report hotlines"}
"""Its `-o` makes a poster too, so that it has no `--wide`."""


def head_and_rows(path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_commands_that_list_are_these():
    assert {"agency list", "assess", "archive log", "report rates", "recommend units"} <= set(LISTS)
    assert len(LISTS) >= 25


@pytest.mark.parametrize("path", [*LISTS, *FEW])
def test_a_list_is_saved_as_a_workbook_that_prints_on_a4(call, path, tmp_path):
    shown = call(path, *JSON)
    file = tmp_path / "list.xlsx"
    ran = call(path, "-o", str(file))
    assert ran.status == SAMPLES[path].status, ran.err
    (sheet,) = openpyxl.load_workbook(file).worksheets
    head, *rows = sheet.iter_rows(values_only=True)
    assert f"已写出 {len(rows)} 行" in ran.out
    assert all(any("一" <= letter <= "鿿" for letter in heading) for heading in head)
    if isinstance(shown.json, list) and path != "report readiness":
        assert len(rows) == len(shown.json)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
    # Two thirds of the size of 11 points can still be read.
    assert sum(widths) / sheet.page_setup.fitToWidth <= 230
    assert file.stat().st_mode & 0o77 == 0


@pytest.mark.parametrize("path", [path for path in READS if path != "help"])
def test_no_list_has_two_columns_of_one_heading(call, path, monkeypatch):
    found = []
    texts = output.texts
    monkeypatch.setattr(output, "texts", lambda rows, cols: found.append(rows) or texts(rows, cols))
    call(path)
    for rows in found:
        headings = [heading for _, heading in (*rows.columns, *rows.more)]
        assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("path", [*LISTS, *FEW])
def test_at_80_columns_a_list_shows_what_it_is_for_and_no_column_twice(call, path, monkeypatch):
    found = []
    listed = output._listed

    def kept(rows, *, wide):
        lines = list(listed(rows, wide=wide))
        found.append((rows, lines[0].split()))
        return lines

    monkeypatch.setattr(output, "is_terminal", lambda: True)
    monkeypatch.setattr(output, "_listed", kept)
    call(path)
    for rows, shown in found:
        assert len(set(shown)) == len(shown)
        named = {key: heading.split() for key, heading in rows.columns if key != rows.below}
        for key in rows.first if path not in FEW else ():
            assert set(named.get(key, ())) <= set(shown), key
        every = {word for heading in named.values() for word in heading}
        assert rows.first or set(shown) == every, "what is this list for?"


@pytest.mark.parametrize("path", [*LISTS, *FEW])
def test_a_list_is_saved_as_csv_with_bom_and_the_same_cells(call, path, tmp_path):
    book, table = tmp_path / "list.xlsx", tmp_path / "list.csv"
    call(path, "-o", str(book))
    written = call(path, "-o", str(table), *JSON)
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    head, *rows = head_and_rows(table)
    (sheet,) = openpyxl.load_workbook(book).worksheets
    assert head == [cell.value for cell in sheet[1]]
    assert written.json == {"id": str(table), "file": str(table), "rows": len(rows)}
    assert len(rows) == sheet.max_row - 1
    # The machine's csv keeps its English keys.
    assert call(path, "-f", "csv").out.splitlines()[0].isascii()


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_not_written_over_a_file_or_into_another_kind(call, path, tmp_path):
    file = tmp_path / "list.xlsx"
    file.write_text("x", encoding="utf-8")
    assert call(path, "-o", str(file)).status == 4
    assert file.read_text(encoding="utf-8") == "x"
    call(path, "-o", str(file), "--force")
    assert file.read_bytes().startswith(b"PK")
    assert call(path, "-o", str(tmp_path / "list.pdf")).status == 2


def test_a_list_has_words_days_and_numbers_as_people_have_them(haidian, tmp_path):
    haidian.add("甲公司", "911101080000000013", "--lenient-codes", "--since", "2008-05-01")
    file = tmp_path / "a.xlsx"
    haidian("agency", "list", "-o", file).ok()
    (sheet,) = openpyxl.load_workbook(file).worksheets
    head, row = sheet.iter_rows(values_only=True)
    found = dict(zip(head, row, strict=True))
    assert (found["机构名称"], found["性质"], found["状态"]) == ("甲公司", "经营性", "正常")
    assert found["从业起始日期"].date().isoformat() == "2008-05-01"
    assert sheet.title == "机构名单"


def test_a_score_in_a_saved_list_is_a_number_with_two_places(haidian, tmp_path):
    haidian.add("甲公司", code_of(1))
    rate(haidian, code_of(1)).ok()
    haidian("assess", "-o", tmp_path / "a.xlsx").ok()
    (sheet,) = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets
    head, row = sheet.iter_rows()
    (total,) = [cell for name, cell in zip(head, row, strict=True) if name.value.startswith("总分")]
    assert isinstance(total.value, (int, float))
    assert total.number_format == "0.00"


@pytest.mark.parametrize("columns", [80, 120])
def test_a_terminal_shows_a_line_a_row_and_counts_them(haidian, columns):
    for number in range(1, 4):
        haidian.add(f"北京很长很长很长的名字{number}人力资源服务有限责任公司", code(number))
    lines = [line for line in screen(haidian, columns, "agency", "list") if line]
    assert len(lines) == 5
    assert lines[-1].startswith("共 3 行")


def code(number: int) -> str:
    from running import code_of

    return code_of(number)


def test_wide_shows_every_column(haidian):
    haidian.add("甲公司", code(1), "--since", "2008-05-01")
    assert not any("2008-05-01" in line for line in screen(haidian, 80, "agency", "list"))
    assert any("2008-05-01" in line for line in screen(haidian, 80, "agency", "list", "--wide"))


def test_a_long_list_goes_through_the_pager_of_the_environment(haidian, tmp_path):
    for number in range(1, 71):
        haidian.add(f"机构{number}", code(number))
    haidian.environment["HRI_PAGER"] = f"tee {tmp_path / 'paged'}"
    screen(haidian, 80, "agency", "list")
    assert "机构70" in (tmp_path / "paged").read_text(encoding="utf-8")
    haidian.environment |= {"HRI_PAGER": f"tee {tmp_path / 'unused'}", "NO_PAGER": "1"}
    screen(haidian, 80, "agency", "list")
    assert not (tmp_path / "unused").exists()


def test_a_pager_of_ours_is_told_how_to_be_left_in_chinese(haidian, tmp_path, monkeypatch):
    for number in range(1, 71):
        haidian.add(f"机构{number}", code(number))
    less = tmp_path / "bin" / "less"
    less.parent.mkdir()
    less.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/options\ncat > {tmp_path}/shown\n')
    less.chmod(0o755)
    monkeypatch.delenv("PAGER", raising=False)
    haidian.environment["PATH"] = f"{less.parent}{os.pathsep}{os.environ['PATH']}"
    screen(haidian, 80, "agency", "list")
    first, *rest = (tmp_path / "shown").read_text(encoding="utf-8").splitlines()
    assert first == "（空格 往下，b 往回，/ 查找，q 退出）"
    assert any("机构70" in line for line in rest)
    # Its prompt is shown byte by byte: Chinese in it would be unreadable.
    assert (tmp_path / "options").read_text(encoding="utf-8").isascii()
