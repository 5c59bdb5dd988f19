"""A disk that is full, fails, writes by halves, or a process that is killed, at every change of it.

Each command runs again and again, its first change of the disk failing, then its second, and so
on. Then it is done whole, or nothing of it is; it says which; and the archive is whole.
"""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from running import code_of
from soaking import Machine, Outcome, size

pytestmark = pytest.mark.archive_file("a disk")

CALLS = 200
"""How many of a command's calls fail, one after the other."""

OWN = ("archive.db", "archive.db-journal", "archive.db.key", "archive.db.key.replaced")
WHEN = ("--date", "2013-10-10")

COMMANDS: dict[str, tuple[str, ...]] = {
    "add": ("agency", "add", "--name", "北京丁公司", "--code", code_of(4), "--kind", "经营性"),
    "import": ("agency", "import", "../register.csv"),
    "export": ("agency", "export", "agencies.xlsx"),
    "pledge": ("agency", "pledge", code_of(1), *WHEN, "--displayed"),
    "scores": ("assess", "run", code_of(2), "--scores", "-"),
    "conclude": ("assess", "conclude", code_of(1)),
    "notice": ("assess", "notice", code_of(3), "-o", "notice.html"),
    "word": ("assess", "notice", code_of(3), "-o", "notice.docx"),
    "sheets": ("assess", "sheet", "--all", "--source", "expert", "-o", "sheets"),
    "inspect": ("inspect", "record", code_of(1), *WHEN, "--publicity", "pass", "--pledge", "fail",
                "--ledger", "pass", "--feedback", "pass"),
    "complaint": ("complaint", "add", code_of(1), "--received", "2013-10-09", "--channel",
                  "market", "--subject", "收费", "--from", "李四"),
    "sanction": ("sanction", "impose", code_of(1), "--kind", "interview", "--grounds", "不实",
                 *WHEN),
    "attach": ("campaign", "log", "--kind", "training", *WHEN, "--title", "培训", "--attach",
               "../register.csv"),
    "summary": ("report", "month", "-o", "month.xlsx"),
    "public": ("report", "public", "-o", "public", "--force"),
    "backup": ("archive", "backup", "backup.db"),
    "restore": ("archive", "restore", "../older.db", "--force", "--yes"),
    "send": ("archive", "send", "--plain", "-o", "bundle.hri"),
    "receive": ("archive", "receive", "../bundle.hri"),
    "seal": ("archive", "seal", "-o", "seal"),
    "key": ("archive", "key", "replace"),
    "encrypt": ("archive", "encrypt"),
}  # fmt: skip


def run(
    machine: Machine, name: str, at: int = 0, how: str = "", record: Path | None = None
) -> Outcome:
    stdin = {"stdin": machine.folder.parent / "scores.json"} if name == "scores" else {}
    return machine(*COMMANDS[name], at=at, how=how, record=record, **stdin)


def state(machine: Machine) -> tuple[list[tuple[str, ...]], set[str]]:
    """What happened by the journal, and which files are there; attachments have no fixed names."""
    path = machine.folder / "archive.db"
    if path.read_bytes()[:6] == b"SQLite":
        with closing(sqlite3.connect(path)) as connection:
            told = connection.execute('SELECT action, "table" FROM journal ORDER BY id').fetchall()
    else:
        told = [
            (entry["action"], entry["table"])
            for entry in json.loads(machine("archive", "log", "-f", "json").ok().out)
        ]
    there = {
        str(path.relative_to(machine.folder))
        for path in machine.folder.rglob("*")
        if path.is_file() and not path.name.startswith("archive.db.before-restore")
    }
    return told, there - {"archive.db-journal"}


def is_whole(path: Path) -> bool:
    """Whether a file of the kinds that a program writes has its end."""
    content = path.read_bytes()
    if path.suffix in (".xlsx", ".docx", ".zip"):
        with zipfile.ZipFile(path) as package:
            return package.testzip() is None
    if path.suffix == ".html":
        return content.rstrip().endswith(b"</html>")
    return bool(content)


def check(machine: Machine, name: str, ran: Outcome, before, after, what) -> None:
    """See that a command is done whole or not at all, and said so."""
    ran.check(what)
    machine("archive", "verify").ok()
    told, there = state(machine)
    done = (before[0], after[0])
    assert told in done, (what, ran, told[len(before[0]) :])
    if ran.status == 0:
        assert told == after[0], (what, ran)
        assert there == after[1], (what, ran, there ^ after[1])
    elif ran.status > 0:
        assert told == before[0] or "没有撤回" in ran.err, (what, ran)
    if ran.status != -9:
        # A process that was killed leaves temporary files, which are hidden; nothing else does.
        assert there <= before[1] | after[1], (what, there - before[1] - after[1])
    for file in there - before[1]:
        path = machine.folder / file
        assert path.name.startswith(".") or is_whole(path), (what, file)


def fail_at_each(machine: Machine, name: str, hows: str, most: int, step: int = 1) -> int:
    """Let each of the first calls of a command fail in each way; return how many runs that were."""
    count, failed = 0, []
    with machine.kept() as kept:
        before = state(machine)
        ends = {}
        for how in hows:
            ran = run(machine, name, how=how).ok()
            ends[how] = ran.calls
            after = state(machine)
            machine.back_to(kept)
        for how in hows:
            for at in range(1, min(most, ends[how]) + 1, step):
                ran = run(machine, name, at, how)
                try:
                    check(machine, name, ran, before, after, (name, how, at))
                except AssertionError as error:
                    failed.append(str(error).splitlines()[0])
                machine.back_to(kept)
                count += 1
    print(f"{name}: {count} runs ({hows}), {len(failed)} failed", *failed, sep="\n")
    assert not failed, (len(failed), count, failed[:5])
    return count


@pytest.mark.parametrize(("name", "hows"), [("add", "NK"), ("public", "S")])
def test_a_command_whose_disk_fails_does_all_or_nothing(machine, name, hows):
    assert fail_at_each(machine, name, hows, CALLS, step=11) > 1


@pytest.mark.soak
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_whose_disk_fails_at_any_change_does_all_or_nothing(machine, name):
    assert fail_at_each(machine, name, "NES", size(CALLS))


@pytest.mark.soak
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_killed_at_any_change_does_all_or_nothing(machine, name):
    assert fail_at_each(machine, name, "K", size(CALLS))
