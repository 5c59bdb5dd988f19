"""An import takes no more memory for ten times the rows, from a csv and from a workbook."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from hrintegrity.rules.codes import complete_code
from running import Hri
from soaking import PEAK
from tables import rows, xlsx

HEADERS = ["机构名称", "统一社会信用代码", "区县", "机构性质"]
FEW, MANY = range(1100), range(1100, 12100)
CODE = f"""
import sys
from hrintegrity.cli.program.run import run
{PEAK}
archive, few, many = sys.argv[1:]
for path in (few, many):
    before = peak()
    assert run(["--archive", archive, "--today", "2013-10-10", "agency", "import", path]) == 0
print(peak() - before)
"""
"""Says by how many KiB the process grows at a second import, of many rows."""


def as_csv(path: Path, lines: list[list[str]]) -> Path:
    with path.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path.with_suffix(".csv")


def as_xlsx(path: Path, lines: list[list[str]]) -> Path:
    return xlsx(path.with_suffix(".xlsx"), rows(*lines))


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel for the peak")
@pytest.mark.archive_file("a process of its own opens the file")
@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_an_import_takes_no_more_memory_for_ten_times_the_rows(
    haidian: Hri, tmp_path: Path, make
) -> None:
    paths = []
    for name, numbers in (("few", FEW), ("many", MANY)):
        codes = (complete_code(f"91110108MA{number:07d}") for number in numbers)
        lines = [[f"甲{code}公司", code, "海淀区", "公益性"] for code in codes]
        paths.append(make(tmp_path / name, [HEADERS, *lines]))
    # In a process of its own, so that what other tests left in memory does not count.
    command = [sys.executable, "-c", CODE, str(haidian.archive), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[-1]) < 8 * 1024, done.stdout
