"""A folder of 64 workbooks as one import: against one workbook of the same rows.

python -m benchmarks.folder
"""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
from pathlib import Path

from benchmarks.rows import row
from benchmarks.tables import HEADERS, seconds
from hrintegrity.archive.engine import open_archive
from hrintegrity.archive.location import Location
from hrintegrity.duties import setting_up
from hrintegrity.rules.codes import complete_code

FILES = 64
ROWS = 50
ROUNDS = 3
AT_MOST = "≤ 30 ms more a file"


def workbook(path: Path, numbers: range) -> None:
    """Write a register of some agencies."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.append(HEADERS)
    for number in numbers:
        code = complete_code(f"91110108MA{number:07d}")
        rest = [
            "海淀区",
            "经营性",
            f"京人服证{number:06d}",
            "2008-05-12",
            "张三",
            "中关村",
            "1",
            "",
        ]
        sheet.append([f"北京第{number}人力资源有限公司", code, *rest])
    book.save(path)


def main() -> None:
    """Print the figures."""
    from hrintegrity.duties import agencies_table
    from hrintegrity.duties.importing.whole import Options, import_files

    with tempfile.TemporaryDirectory() as folder:
        many, one = Path(folder) / "many", Path(folder) / "one.xlsx"
        many.mkdir()
        for place in range(FILES):
            workbook(many / f"{place:02d}.xlsx", range(place * ROWS, (place + 1) * ROWS))
        workbook(one, range(FILES * ROWS))
        location = Location(path=Path(folder) / "archive.db")
        setting_up.initialise(location, operator="bench", district="haidian", year=2013)

        def imported(path: Path) -> None:
            with open_archive(location, operator="bench", write=True) as archive:
                rows = agencies_table.AgencyRows(archive, today=dt.date(2013, 10, 8))
                import_files(archive, [path], rows, Options(dry_run=True))

        rounds = [
            (seconds(lambda: imported(many)), seconds(lambda: imported(one))) for _ in range(ROUNDS)
        ]
    each = statistics.median(folder - file for folder, file in rounds) / FILES
    name = f"{FILES} workbooks of {ROWS} rows, {each * 1000:.1f} ms more a file; one of all rows"
    row(f"{name}, by the clock", rounds, AT_MOST)


if __name__ == "__main__":
    main()
