"""The power fails at any moment: what was acknowledged is there, and nothing is half done.

What a command changes on the disk is recorded; then any first part of it is done again on the
folder as it was before, once as it stands and once without what was not flushed by then.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from soak.test_faulty_disk import COMMANDS, KEYED, State, is_whole, prepared, run, state, whole
from soaking import Machine, size

pytestmark = pytest.mark.archive_file("a disk")


@dataclass(frozen=True)
class Change:
    """One recorded change: its kind as in `faults.c`, the file, where in it, and the data."""

    kind: str
    path: Path
    offset: int
    data: bytes


def recorded(content: bytes) -> Iterator[Change]:
    while content:
        head, content = content.split(b"\0", 1)
        kind, offset, length, path = head.decode().split(" ", 3)
        yield Change(kind, Path(path), int(offset), content[: int(length)])
        content = content[int(length) :]


def flushed(changes: Sequence[Change]) -> list[Change]:
    """The changes without the writes that no later flush of their file has put on the disk."""
    synced: set[Path] = set()
    kept = []
    for change in reversed(changes):
        if change.kind == "F":
            synced.add(change.path)
        elif change.kind in "RL" and Path(change.data.decode()) in synced:
            # What a file was flushed as under its later name it was under this one.
            synced.add(change.path)
        if change.kind not in "WT" or change.path in synced:
            kept.append(change)
    return kept[::-1]


def apply(changes: Sequence[Change]) -> None:
    for change in changes:
        path = change.path
        match change.kind:
            case "C" | "Z":
                path.write_bytes(b"")
            case "W":
                with path.open("rb+") as file:
                    file.seek(change.offset)
                    file.write(change.data)
            case "T":
                os.truncate(path, change.offset)
            case "R":
                path.replace(change.data.decode())
            case "L":
                Path(change.data.decode()).hardlink_to(path)
            case "U":
                path.unlink(missing_ok=True)
            case "M":
                path.mkdir(exist_ok=True)
            case "D":
                path.rmdir()


def cut_everywhere(machine: Machine, name: str, most: int, step: int = 1) -> int:
    """Cut the power after each of the first changes of a command; return how often."""
    record = machine.folder.with_name("record")
    count, failed = 0, []
    with prepared(machine, name) as kept:
        before = state(machine, key=name in KEYED)
        record.unlink(missing_ok=True)
        run(machine, name, record=record).ok()
        after = state(machine, **whole(machine, kept))
        changes = list(recorded(record.read_bytes()))
        check_that_commits_are_flushed(machine, changes)
        for end in (*range(1, len(changes), step)[:most], len(changes)):
            standing = changes[:end]
            for made in (
                standing,
                *([on_disk] if (on_disk := flushed(standing)) != standing else ()),
            ):
                machine.back_to(kept)
                apply(made)
                problem = fault(machine, kept, before, after, done=end == len(changes))
                if problem:
                    failed.append((name, end, len(changes), len(made), problem))
                count += 1
    print(f"{name}: {count} power cuts, {len(failed)} failed", *failed, sep="\n")
    assert not failed, (len(failed), count, failed[:5])
    return count


def check_that_commits_are_flushed(machine: Machine, changes: Sequence[Change]) -> None:
    """A commit is the removal of SQLite's journal: the folder is flushed after the last one."""
    kinds = [
        change.kind
        for change in changes
        if change.path == machine.folder
        or (change.kind == "U" and change.path.name == "archive.db-journal")
    ]
    assert "U" not in kinds or "F" in kinds[len(kinds) - kinds[::-1].index("U") :], kinds


def fault(machine: Machine, kept: Path, before: State, after: State, *, done: bool) -> str:
    """Say what is wrong with what a power cut left; `done` where the command was at its end."""
    try:
        found = state(machine, key=bool(before.key), **whole(machine, kept))
    except AssertionError as error:
        return str(error)
    if found.journal != after.journal and (done or found.journal != before.journal):
        return f"{len(found.journal)} entries"
    if found.key != before.key:
        return f"the key {found.key}"
    if done and not found.files >= after.files:
        return f"lost {after.files - found.files}"
    for file in found.files - before.files:
        path = machine.folder / file
        # Attachments that no entry of the journal names are none yet.
        if not (path.name.startswith(".") or ".files/" in file or is_whole(path)):
            return f"half of {file}"
    return ""


def test_after_a_power_cut_a_command_is_done_or_not(machine):
    assert cut_everywhere(machine, "notice", 200, step=13) > 2


@pytest.mark.soak
@pytest.mark.parametrize("name", COMMANDS)
def test_after_a_power_cut_at_any_change_a_command_is_done_or_not(machine, name):
    assert cut_everywhere(machine, name, size(400))
