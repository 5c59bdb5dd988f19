"""Reading a workbook of 100,000 rows: the whole import against the fastest reader alone.

python -m benchmarks.tables
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from benchmarks.rows import row, sized
from hrintegrity.archive.engine import open_archive
from hrintegrity.archive.location import Location
from hrintegrity.duties import setting_up
from hrintegrity.rules.codes import complete_code
from hrintegrity.sheets.reading import open_table

ROWS = sized(100_000)
ROUNDS = 3
HEADERS = [
    "机构名称", "统一社会信用代码", "区县", "机构性质", "许可证号", "从业起始日期", "法定代表人",
    "地址", "联系电话", "等级",
]  # fmt: skip


def workbook(path: Path, rows: int) -> None:
    """Write a register as an office's workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.append(HEADERS)
    for number in range(rows):
        sheet.append(
            [
                f"北京第{number}人力资源有限公司",
                complete_code(f"91110108MA{number:07d}"),
                "海淀区",
                "经营性",
                f"京人服证{number:06d}",
                "2008-05-12",
                "张三",
                f"海淀区中关村大街{number}号",
                f"010-6{number:07d}",
                "AAA" if number % 3 else "",
            ]
        )
    book.save(path)


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def alone(path: Path) -> int:
    """Read the sheet by calamine, the fastest reader measured."""
    return len(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())


def main() -> None:
    """Print the figures."""
    import datetime as dt

    from hrintegrity.duties import agencies_table, agency_columns
    from hrintegrity.duties.importing.whole import Options, import_files

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        workbook(path, ROWS)
        location = Location(path=Path(folder) / "archive.db")
        setting_up.initialise(location, operator="bench", district="haidian", year=2013)

        def read() -> int:
            with open_table(path, agency_columns.table()) as reading:
                return sum(1 for _ in reading.rows())

        def whole() -> None:
            # A dry run does all the work of an import and leaves nothing for the next round.
            with open_archive(location, operator="bench", write=True) as archive:
                target = agencies_table.AgencyRows(archive, today=dt.date(2013, 10, 8))
                import_files(archive, [path], target, Options(dry_run=True))

        rounds = [
            (seconds(lambda: alone(path)), seconds(read), seconds(whole)) for _ in range(ROUNDS)
        ]
    floor = f"xlsx, {ROWS:,}; calamine alone, by the clock"
    row(f"`agency import` {floor}", [(whole, base) for base, _, whole in rounds], "≤ 2.5")
    row(f"of it, reading {floor}", [(reading, base) for base, reading, _ in rounds], "–")


if __name__ == "__main__":
    main()
