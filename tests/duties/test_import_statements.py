"""An import asks and writes by the thousand rows: so many statements, however many rows."""

from __future__ import annotations

import csv
import datetime as dt
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from counting import calls
from hrintegrity.archive.engine import open_archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.duties import agencies_table
from hrintegrity.duties.assessment import scores_table
from hrintegrity.duties.importing import undoing
from hrintegrity.duties.importing.whole import Options, import_files
from hrintegrity.duties.inspection import visits_table
from hrintegrity.duties.people import staff_table
from hrintegrity.rules.codes import complete_code
from running import rows
from server import location_of

ours_alone = pytest.mark.archive_file("a server's driver makes calls of its own for each row")

HEADERS = ["机构名称", "统一社会信用代码", "区县", "机构性质"]


@pytest.fixture
def statements(haidian, tmp_path):
    """Return what imports so many agencies and returns the statements for it."""

    def imported(numbers, name=None):
        path = tmp_path / f"{numbers.start}-{numbers.stop}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADERS)
            for number in numbers:
                code = complete_code(f"91110108MA{number:07d}")
                writer.writerow([name or f"甲{number}公司", code, "海淀区", "公益性"])
        with listening(haidian) as (archive, found):
            agencies = agencies_table.AgencyRows(archive, today=dt.date(2013, 10, 8))
            options = Options(on_duplicate="update")
            result = import_files(archive, [path], agencies, options)
        return found, result

    return imported


@contextmanager
def listening(haidian):
    """Open the archive, and collect its statements."""
    found = []
    with open_archive(location_of(haidian.archive), operator="测试", write=True) as archive:

        def keep(_connection, _cursor, statement, *_):
            found.append(statement)

        event.listen(archive.connection, "before_cursor_execute", keep)
        yield archive, found


def test_a_thousand_rows_more_are_four_statements_more(statements):
    fewer, _ = statements(range(1000))
    more, _ = statements(range(1000, 4000))
    # Which are there, the agencies, the journal's last entry, the entries.
    assert len(more) - len(fewer) == 2 * 4


@ours_alone
def test_a_row_more_is_few_calls_of_functions_more(statements):
    few, _ = calls(lambda: statements(range(1000)))
    many, _ = calls(lambda: statements(range(1000, 3000)))
    # The test's own loop makes two for each row. Time goes by these calls, and is no test's matter.
    assert (many - few) / 1000 < 40


def test_the_register_is_sorted_for_agencies_that_are_alike_only_where_there_are_any(statements):
    sorted_for = [sql for sql in statements(range(10))[0] if "MATERIALIZED" in sql]
    assert sorted_for == []
    found, result = statements(range(10, 12), name="一家公司")
    assert len([sql for sql in found if "MATERIALIZED" in sql]) == 1
    assert any("名称和已登记的机构相同" in remark for remark in result.remarks)


def test_taking_an_import_back_writes_by_the_hundred_to_the_contrary(haidian, statements):
    query = "SELECT action, record, before, after, reason FROM journal ORDER BY id"
    statements(range(500, 600), name="某公司")
    earlier = len(rows(haidian.archive, query))
    _, result = statements(range(1200))
    assert (result.added, result.updated) == (1100, 100)
    made = rows(haidian.archive, query)[earlier:-1]  # the last is about the import as a whole.
    with listening(haidian) as (archive, found):
        undoing.undo(archive, result.id, reason="导错")
    contrary = {"insert": "delete", "update": "update"}
    assert rows(haidian.archive, query)[earlier + len(made) + 1 : -1] == [
        (contrary[action], record, after, before, "导错")
        for action, record, before, after, _ in reversed(made)
    ]
    assert len([sql for sql in found if sql.startswith(("DELETE", "UPDATE"))]) < 10
    assert haidian("archive", "verify").status == 0


def test_new_people_are_looked_for_by_two_statements_a_thousand(haidian, statements, tmp_path):
    statements(range(10))
    path = tmp_path / "staff.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["统一社会信用代码", "姓名", "资格证号"])
        for number in range(1500):
            code = complete_code(f"91110108MA{number % 10:07d}")
            writer.writerow([code, f"张{number}", f"RL{number}"])
    with listening(haidian) as (archive, found):
        rows_ = staff_table.StaffRows(archive, today=dt.date(2013, 10, 8))
        assert import_files(archive, [path], rows_, Options()).added == 1500
    # A statement each for who holds a certificate and who works there under the name; no further
    # one for the people, their work and what they learnt, of whom none is on record.
    about_people = ("practitioner", "employment", "staff_education")
    asked = [sql for sql in found if "SELECT" in sql and any(name in sql for name in about_people)]
    assert len([sql for sql in asked if "COUNT(*)" not in sql]) == 2 * 2


def test_rows_about_agencies_make_no_objects_of_them(haidian, statements, tmp_path):
    statements(range(10))
    made = []

    def loaded(*_):
        made.append("an object")

    event.listen(Agency, "load", loaded)
    try:
        for name in ("统一社会信用代码", "机构名称"):
            path = tmp_path / f"{name}.csv"
            by_name = [f"甲{number}公司" for number in range(10)]
            by_code = [complete_code(f"91110108MA{number:07d}") for number in range(10)]
            named = by_name if name == "机构名称" else by_code
            path.write_text(
                "\n".join([f"{name},姓名", *(f"{one},{name}" for one in named)]), "utf-8"
            )
            with listening(haidian) as (archive, _):
                rows_ = staff_table.StaffRows(archive, today=dt.date(2013, 10, 8))
                assert import_files(archive, [path], rows_, Options()).added == 10
    finally:
        event.remove(Agency, "load", loaded)
    assert made == []


def written(path, headers, lines):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, *lines])
    return path


KINDS = {
    "staff": (
        lambda archive: staff_table.StaffRows(archive, today=dt.date(2013, 11, 1)),
        ["统一社会信用代码", "姓名", "资格证号", "承诺日期"],
        lambda number: [f"张{number}", f"RL{number}", "2013-10-01"],
        57,
    ),
    "assess": (
        lambda archive: scores_table.ScoreRows(archive, year=2013, today=dt.date(2013, 11, 1)),
        ["统一社会信用代码", "评价方式", "评价人", *(str(number + 1) for number in range(22))],
        lambda number: ["专家评价", f"评{number}", *["1"] * 22],
        53,
    ),
    "inspect": (
        lambda archive: visits_table.VisitRows(archive, year=2013),
        ["统一社会信用代码", "检查日期", "检查单位", "公示", "承诺", "台账", "反馈"],
        lambda number: [f"2013-10-{number % 30 + 1:02}", "区县", *["合格"] * 4],
        36,
    ),
}


@ours_alone
@pytest.mark.parametrize("kind", KINDS)
def test_a_row_about_an_agency_is_few_calls_more(haidian, statements, tmp_path, kind):
    statements(range(1000))
    target, headers, line, most = KINDS[kind]

    def imported(numbers):
        lines = [[complete_code(f"91110108MA{n % 1000:07d}"), *line(n)] for n in numbers]
        path = written(tmp_path / f"{numbers.start}.csv", headers, lines)
        with listening(haidian) as (archive, _):
            return calls(lambda: import_files(archive, [path], target(archive), Options()))

    imported(range(10))  # What is imported or kept for the first is no call more.
    few, first = imported(range(10, 1000))
    many, second = imported(range(1000, 2980))
    assert (first.added, second.added) == (990, 1980)
    assert (many - few) / 990 < most


def test_where_nothing_is_concluded_sheets_are_not_asked_for_conclusions(
    haidian, statements, tmp_path
):
    statements(range(10))
    target, headers, line, _ = KINDS["assess"]
    lines = [[complete_code(f"91110108MA{n % 10:07d}"), *line(n)] for n in range(2500)]
    path = written(tmp_path / "sheets.csv", headers, lines)
    with listening(haidian) as (archive, found):
        assert import_files(archive, [path], target(archive), Options()).added == 2500
    assert len([sql for sql in found if "FROM conclusion" in sql]) == 1
    # Sheets that other sources gave the same agencies are not looked at.
    asked = [sql for sql in found if "FROM score_sheet" in sql and "COUNT" not in sql]
    assert len(asked) == 3
    assert all("source = " in sql for sql in asked)


def test_a_column_that_no_row_fills_is_null_in_the_statement(haidian, statements):
    found, _ = statements(range(3))
    (insert,) = [sql for sql in found if sql.startswith('INSERT INTO "agency"')]
    columns, values = insert.removeprefix('INSERT INTO "agency" (').split(") VALUES (")
    said = dict(zip(columns.split(", "), values.rstrip(")").split(", "), strict=True))
    assert said['"code"'] == said['"name"'] != "NULL"
    assert said['"license"'] == said['"closed"'] == "NULL"
    assert rows(haidian.archive, "SELECT license, closed FROM agency") == [(None, None)] * 3
