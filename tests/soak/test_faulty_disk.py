"""A disk that is full, fails, writes by halves, or a process that is killed, at every change of it.

Each command runs again and again, its first change of the disk failing, then its second, and so
on. Then it is done whole, or nothing of it is; it says which; and the archive is whole.
"""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from running import code_of
from soaking import Machine, Outcome, size

pytestmark = pytest.mark.archive_file("a disk")

CALLS, LAST = 200, 40
"""How many of a command's calls fail, one after the other: the first ones and the last."""

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
    "rekey": ("archive", "rekey"),
    "decrypt": ("archive", "decrypt"),
}  # fmt: skip
BEFORE = dict.fromkeys(("rekey", "decrypt"), ("archive", "encrypt"))
"""What is done before, where a command needs it."""

PREPARED = {"send": [("insert", "seal")]}
"""What stays recorded where a command failed later: a bundle may only bear a seal that is kept."""

KEYED = ("encrypt", *BEFORE)
"""The commands that write the office's key anew."""

NEW = {"HRI_PASSPHRASE": "另一句话 更长"}
"""The passphrase that `rekey` gives."""


def run(
    machine: Machine, name: str, at: int = 0, how: str = "", record: Path | None = None
) -> Outcome:
    stdin = {"stdin": machine.folder.parent / "scores.json"} if name == "scores" else {}
    new = {"HRI_NEW_PASSPHRASE": NEW["HRI_PASSPHRASE"]} if name == "rekey" else {}
    return machine(*COMMANDS[name], at=at, how=how, record=record, **stdin, **new)


@contextmanager
def prepared(machine: Machine, name: str) -> Iterator[Path]:
    """Yield a copy of the folder as a command finds it; let it be as before in the end."""
    with machine.kept("first") as first:
        if name in BEFORE:
            machine(*BEFORE[name]).ok()
        with machine.kept() as kept:
            yield kept
        machine.back_to(first)


@dataclass(frozen=True)
class State:
    """What happened by the journal, which files are there, and whose key is used."""

    journal: list[tuple[str, ...]]
    files: set[str]
    key: str = ""


def state(machine: Machine, *, key: bool = False, **environment: str) -> State:
    """See what a command left; attachments have no fixed names."""
    path = machine.folder / "archive.db"
    if path.read_bytes()[:6] == b"SQLite":
        with closing(sqlite3.connect(path)) as connection:
            told = connection.execute('SELECT action, "table" FROM journal ORDER BY id').fetchall()
    else:
        ran = machine("archive", "log", "-f", "json", **environment)
        told = [(entry["action"], entry["table"]) for entry in json.loads(ran.ok().out)]
    there = {
        str(path.relative_to(machine.folder))
        for path in machine.folder.rglob("*")
        if path.is_file() and not path.name.startswith("archive.db.before-restore")
    }
    shown = machine("archive", "key", "show", **environment).ok().out if key else ""
    return State(told, there - {"archive.db-journal"}, shown)


def whole(machine: Machine, kept: Path) -> dict[str, str]:
    """See that the archive is whole; return the passphrase under which it is, if it is another.

    One that has not changed by a byte is as whole as before.
    """
    names = ("archive.db", "archive.db-journal")
    if all(content(machine.folder / name) == content(kept / name) for name in names):
        return {}
    ran = machine("archive", "verify")
    if "[passphrase]" not in ran.err:
        ran.ok()
        return {}
    machine("archive", "verify", **NEW).ok()
    return NEW


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def is_whole(path: Path) -> bool:
    """Whether a file of the kinds that a program writes has its end."""
    content = path.read_bytes()
    if path.suffix in (".xlsx", ".docx", ".zip"):
        with zipfile.ZipFile(path) as package:
            return package.testzip() is None
    if path.suffix == ".html":
        return content.rstrip().endswith(b"</html>")
    return bool(content)


def check(machine: Machine, ran: Outcome, kept: Path, before: State, after: State, what) -> None:
    """See that a command is done whole or not at all, and said so."""
    ran.check(what)
    found = state(machine, key=bool(before.key), **whole(machine, kept))
    assert found.journal in (before.journal, after.journal), (what, ran)
    assert found.key == before.key, (what, ran)
    if ran.status == 0:
        assert found.journal == after.journal, (what, ran)
        assert found.files == after.files, (what, ran, found.files ^ after.files)
    elif ran.status > 0:
        begun = [*before.journal, *PREPARED.get(what[0], [])]
        undone = found.journal in (before.journal, begun)
        assert undone or "没有撤回" in ran.err, (what, ran)
    new = found.files - before.files
    if ran.status != -9:
        # A process that was killed leaves temporary files, which are hidden; nothing else does,
        # unless it says so.
        left = {file for file in new - after.files if Path(file).name not in ran.err}
        assert not left, (what, left)
    for file in new:
        path = machine.folder / file
        assert path.name.startswith(".") or is_whole(path), (what, file)


def fail_at_each(machine: Machine, name: str, hows: str, most: int, step: int = 1) -> int:
    """Let each of the first calls of a command fail in each way; return how many runs that were."""
    count, failed = 0, []
    with prepared(machine, name) as kept:
        before = state(machine, key=name in KEYED)
        for how in hows:
            calls = run(machine, name, how=how).ok().calls
            after = state(machine, **whole(machine, kept))
            machine.back_to(kept)
            last = range(max(most, calls - LAST) + 1, calls + 1)
            for at in (*range(1, min(most, calls) + 1, step), *last):
                ran = run(machine, name, at, how)
                try:
                    check(machine, ran, kept, before, after, (name, how, at))
                except AssertionError as error:
                    failed.append(str(error))
                machine.back_to(kept)
                count += 1
            print(f"{name}: {count} runs, the last {how}, {len(failed)} failed", flush=True)
    print(*failed, sep="\n")
    assert not failed, (len(failed), count, failed[:5])
    return count


@pytest.mark.parametrize(("name", "hows"), [("add", "NK"), ("public", "S")])
def test_a_command_whose_disk_fails_does_all_or_nothing(machine, name, hows):
    assert fail_at_each(machine, name, hows, CALLS, step=11) > 1


def first(name: str) -> int:
    """How many of the first calls fail: fewer where the ones in the middle were another's."""
    return CALLS // 10 if name in BEFORE else CALLS


@pytest.mark.soak
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_whose_disk_fails_at_any_change_does_all_or_nothing(machine, name):
    assert fail_at_each(machine, name, "NES", size(first(name)))


@pytest.mark.soak
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_killed_at_any_change_does_all_or_nothing(machine, name):
    assert fail_at_each(machine, name, "K", size(first(name)))
