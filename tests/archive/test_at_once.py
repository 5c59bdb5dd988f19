"""Many at once, and killed in the middle: nothing lost, the chain whole, nothing half written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from itertools import pairwise

import pytest

from hrintegrity.archive.journal import COLUMNS, GENESIS
from running import HRI, Hri, code_of, journal, rows
from soaking import size

pytestmark = pytest.mark.archive_file("processes that share a file")

PROCESSES = 8

WRITER = """
import sys
from hrintegrity.cli.program.run import run
first, count = int(sys.argv[1]), int(sys.argv[2])
from hrintegrity.rules.codes import complete_code
for number in range(first, first + count):
    code = complete_code(f"91110108{number:09d}")
    status = run(["agency", "add", "--name", f"甲{number}公司", "--code", code, "--kind", "经营性"])
    status = status or run(["agency", "edit", code, "--phone", str(number)])
    if status:
        sys.exit(status)
"""


def at_once(hri: Hri, each: int, processes: int) -> list[tuple[int, str]]:
    """Let many processes register agencies at once; return exit status and what each said."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(number * 10_000), str(each)],
            env=hri.variables({"HRI_OPERATOR": f"经办{number}"}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for number in range(processes)
    ]
    said = [process.communicate()[1].decode() for process in started]
    return [(process.returncode, text) for process, text in zip(started, said, strict=True)]


def check_nothing_is_lost(hri: Hri, each: int, processes: int = PROCESSES) -> None:
    before = len(journal(hri.archive))
    told = at_once(hri, each, processes)
    assert [status for status, _ in told] == [0] * processes, told
    expected = {
        (code_of(process * 10_000 + number), str(process * 10_000 + number))
        for process in range(processes)
        for number in range(each)
    }
    assert set(rows(hri.archive, "SELECT code, phone FROM agency")) == expected
    entries = journal(hri.archive, COLUMNS)
    numbers = [entry[0] for entry in entries]
    assert numbers == list(range(1, len(entries) + 1))
    linked = [(entry[COLUMNS.index("previous")], entry[COLUMNS.index("hash")]) for entry in entries]
    assert linked[0][0] == GENESIS
    assert all(later[0] == earlier[1] for earlier, later in pairwise(linked))
    # Each agency has at least the entry of its row and that of its change.
    assert len(entries) >= before + 2 * len(expected)
    hri("archive", "verify").ok()


def test_eight_processes_write_at_once_and_nothing_is_lost(haidian):
    check_nothing_is_lost(haidian, each=6)


@pytest.mark.soak
def test_sixteen_processes_write_for_a_minute_and_nothing_is_lost(haidian):
    check_nothing_is_lost(haidian, each=size(40), processes=16)


def test_a_reader_sees_one_moment_while_others_write(haidian):
    """Either both of two rows that are written together are there, or neither."""
    haidian.add("甲公司", code_of(0), "--phone", "0")
    writer = subprocess.Popen(
        [sys.executable, "-c", RENAMER],
        env=haidian.variables(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        seen = set()
        while writer.poll() is None:
            shown = haidian("agency", "show", code_of(0), "-f", "json").ok().json
            seen.add(len(shown["former_names"]))
            # A new name and the former one are written together.
            assert (
                shown["name"]
                == ("甲公司", "乙1公司", "乙2公司", "乙3公司", "乙4公司", "乙5公司")[
                    len(shown["former_names"])
                ]
            )
    finally:
        writer.kill()
    assert writer.wait() == 0
    assert seen


RENAMER = f"""
import sys
from hrintegrity.cli.program.run import run
for number in range(1, 6):
    if run(["agency", "edit", "{code_of(0)}", "--name", f"乙{{number}}公司"]):
        sys.exit(1)
"""


def content(hri: Hri) -> tuple[list, list]:
    return journal(hri.archive, COLUMNS), rows(hri.archive, "SELECT * FROM agency ORDER BY id")


def register(path, count: int) -> None:
    lines = [f"甲{n}公司,{code_of(n)},经营性" for n in range(count)]
    path.write_text("机构名称,信用代码,机构性质\n" + "\n".join(lines), encoding="utf-8")


def kill_while_importing(hri: Hri, file, delay: float) -> bool:
    """Kill an import after a while; say if it was still under way."""
    process = subprocess.Popen(
        [*HRI, "agency", "import", str(file)],
        env=hri.variables(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    journal_file = hri.archive.with_name(f"{hri.archive.name}-journal")
    while process.poll() is None and not journal_file.exists():
        time.sleep(0.005)
    time.sleep(delay)
    os.kill(process.pid, signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def check_a_crash_leaves_the_archive_as_before(hri: Hri, file, count: int, delays) -> None:
    hri.add("先前的公司", code_of(999_999))
    before = content(hri)
    killed = 0
    for delay in delays:
        if kill_while_importing(hri, file, delay):
            killed += 1
            # The next command of any kind takes back what was half written.
            hri("report", "hotlines", "朝阳").ok()
            hri("archive", "verify").ok()
            if content(hri) != before:
                # It came after the commit and before the end of the process: then all is there.
                assert len(content(hri)[1]) == len(before[1]) + count
                break
    assert killed
    hri("agency", "import", file).ok()
    hri("archive", "verify").ok()
    assert len(content(hri)[1]) == len(before[1]) + count


def test_a_crash_in_the_middle_leaves_the_archive_as_before(haidian, tmp_path):
    register(tmp_path / "many.csv", 20_000)
    check_a_crash_leaves_the_archive_as_before(haidian, tmp_path / "many.csv", 20_000, [0, 0.3])


@pytest.mark.soak
def test_a_crash_at_any_moment_leaves_the_archive_as_before(haidian, tmp_path):
    register(tmp_path / "many.csv", 60_000)
    delays = [n / 20 for n in range(40)]
    check_a_crash_leaves_the_archive_as_before(haidian, tmp_path / "many.csv", 60_000, delays)
