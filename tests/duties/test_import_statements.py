"""An import asks and writes by the thousand rows: so many statements, however many rows."""

from __future__ import annotations

import csv
import datetime as dt

import pytest
from sqlalchemy import event

from hrintegrity.archive.engine import open_archive
from hrintegrity.duties import agencies_table
from hrintegrity.duties.importing.whole import Options, import_files
from hrintegrity.rules.codes import complete_code
from server import location_of

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
        found = []
        location = location_of(haidian.archive)
        with open_archive(location, operator="测试", write=True) as archive:

            def keep(_connection, _cursor, statement, *_):
                found.append(statement)

            event.listen(archive.connection, "before_cursor_execute", keep)
            rows = agencies_table.AgencyRows(archive, today=dt.date(2013, 10, 8))
            result = import_files(archive, [path], rows, Options())
        return found, result.remarks

    return imported


def test_a_thousand_rows_more_are_four_statements_more(statements):
    fewer, _ = statements(range(1000))
    more, _ = statements(range(1000, 4000))
    # Which are there, the agencies, the journal's last entry, the entries.
    assert len(more) - len(fewer) == 2 * 4


def test_the_register_is_sorted_for_agencies_that_are_alike_only_where_there_are_any(statements):
    sorted_for = [sql for sql in statements(range(10))[0] if "MATERIALIZED" in sql]
    assert sorted_for == []
    found, remarks = statements(range(10, 12), name="一家公司")
    assert len([sql for sql in found if "MATERIALIZED" in sql]) == 1
    assert any("名称和已登记的机构相同" in remark for remark in remarks)
