"""Make the conformance workbook and let LibreOffice save it as xlsx, xls and ods.

python tests/sheets/conformance/make.py: run by hand, since a test can't wait for LibreOffice.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import numbers

HERE = Path(__file__).parent
HEADERS = ("机构名称", "统一社会信用代码", "区县", "从业起始日期", "地址")
DAY = dt.date(2010, 5, 1)
_MOMENT = dt.datetime(2010, 5, 1, 14, 30)  # noqa: DTZ001 — cells have no zone.

# One row a kind of cell: what it is, and the cell of each column with its number format.
CELLS: list[tuple[str, dict[str, tuple[Any, str]]]] = [
    ("文字", {}),
    ("文字形式的数", {"统一社会信用代码": ("00123", "@")}),
    ("数", {"统一社会信用代码": (123, "General")}),
    ("补零的数", {"统一社会信用代码": (123, "00000")}),
    ("带前缀的数", {"统一社会信用代码": (123, '"京"0')}),
    ("带单位的数", {"地址": (3, '0"楼"')}),
    ("两位小数", {"地址": (2.5, "0.00")}),
    ("藏起来的小数", {"地址": (2.567, "0.0")}),
    ("百分数", {"地址": (0.5, "0%")}),
    ("千分位", {"地址": (1234, "#,##0")}),
    ("科学计数的格式", {"统一社会信用代码": (62345678, "0.00E+00")}),
    ("科学计数而不失数", {"统一社会信用代码": (123, "0.00E+00")}),
    ("货币", {"地址": (1234.5, '"¥"#,##0.00')}),
    ("分数", {"地址": (0.5, "# ?/?")}),
    ("负数", {"统一社会信用代码": (-12, "General")}),
    ("电话式的数", {"统一社会信用代码": (1234567, "000-0000")}),
    ("十八位的数", {"统一社会信用代码": (911101050000000012, "0")}),
    ("日期", {"从业起始日期": (DAY, "yyyy-mm-dd")}),
    ("中文日期", {"从业起始日期": (DAY, 'yyyy"年"m"月"d"日"')}),
    ("日期和时间", {"从业起始日期": (_MOMENT, "yyyy-mm-dd hh:mm")}),
    ("时间", {"从业起始日期": (dt.time(8, 30), "hh:mm")}),
    ("时间在文字列", {"地址": (dt.time(8, 30), "hh:mm")}),
    ("日期形式的裸数", {"从业起始日期": (41555, "General")}),
    ("八位数的日期", {"从业起始日期": (20100501, "General")}),
    ("文字的日期", {"从业起始日期": ("2010.5.1", "@")}),
    ("真", {"地址": (True, "General")}),
    ("假", {"统一社会信用代码": (False, "General")}),
    ("除零", {"地址": ("=1/0", "General")}),
    ("没有这个名字", {"地址": ("=NOSUCHNAME", "General")}),
    ("不可用", {"地址": ("=NA()", "General")}),
    ("公式得文字", {"地址": ('="中关村"&"1号"', "General")}),
    ("公式得数", {"地址": ("=1+2", "General")}),
    ("公式得日期", {"从业起始日期": ("=DATE(2010,5,1)", "yyyy-mm-dd")}),
    ("公式得真", {"地址": ("=TRUE()", "General")}),
    ("公式得空文字", {"地址": ('=IF(1=2,"x","")', "General")}),
    ("换行", {"地址": ("中关村\n1号", "General")}),
    ("无", {"地址": ("无", "General")}),
]


def main() -> None:
    """Write the workbook, and what LibreOffice makes of it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "名录"
    sheet.append(HEADERS)
    for number, (name, cells) in enumerate(CELLS, 2):
        plain = (name, f"K{number}", "朝阳区", DAY, "建国路1号")
        for column, (header, value) in enumerate(zip(HEADERS, plain, strict=True), 1):
            cell = sheet.cell(number, column)
            cell.value, cell.number_format = cells.get(header, (value, "General"))
            if header == "从业起始日期" and header not in cells:
                cell.number_format = numbers.FORMAT_DATE_YYYYMMDD2
    last = len(CELLS) + 2
    more = ("合并一", "合并二", "隐藏的行", "筛掉的行")
    for number, name in enumerate(more, last):
        for column, value in enumerate((name, f"K{number}", "海淀区", None, "建国路2号"), 1):
            sheet.cell(number, column, value)
    sheet.merge_cells(start_row=last, end_row=last + 1, start_column=3, end_column=3)
    for number in (last + 2, last + 3):
        sheet.row_dimensions[number].hidden = True
    sheet.auto_filter.ref = f"A1:E{last + 3}"
    shown = [name for name, _ in CELLS] + [name for name in more if name != "筛掉的行"]
    sheet.auto_filter.add_filter_column(0, shown)
    sheet.column_dimensions["E"].hidden = True
    hidden = book.create_sheet("旧表")
    hidden.append(HEADERS)
    hidden.sheet_state = "hidden"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "conformance.xlsx"
        book.save(source)
        for kind in ("xlsx", "xls", "ods"):
            profile = f"-env:UserInstallation=file://{folder}/profile"
            subprocess.run(
                ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", HERE, source],
                check=True,
                capture_output=True,
            )


if __name__ == "__main__":
    main()
