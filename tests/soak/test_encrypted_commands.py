"""Every command does on an encrypted archive what it does on one in the clear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import chdir

import pytest

from hrintegrity.archive.connecting import is_encrypted
from running import Hri
from soak.conftest import SCORES
from soak.test_faulty_disk import COMMANDS, NEW
from worked import LOOKS, looks

pytestmark = pytest.mark.archive_file("a server encrypts its own disk")

PASSPHRASE = {"HRI_PASSPHRASE": "正确 马 电池 钉"}


@pytest.fixture
def office(machine) -> Iterator[Hri]:
    """The command line on the machine's archive, which is as before in the end."""
    with machine.kept("clear") as clear:
        yield Hri(machine.folder / "archive.db", environment=dict(PASSPHRASE))
        machine.back_to(clear)


def check(machine, office: Hri, names: Iterable[str]) -> None:
    with chdir(machine.folder):
        office("archive", "encrypt").ok()
    office.environment |= {"HRI_NEW_PASSPHRASE": NEW["HRI_PASSPHRASE"]}
    with machine.kept() as kept:
        for name in names:
            with chdir(machine.folder):
                office(*COMMANDS[name], stdin=SCORES if name == "scores" else None).ok()
            if name not in ("rekey", "decrypt", "restore"):
                assert is_encrypted(office.archive), name
                office("archive", "verify").ok()
            machine.back_to(kept)


def test_commands_that_write_work_on_an_encrypted_archive(machine, office):
    check(machine, office, ("import", "word", "attach", "backup", "restore", "receive", "key"))


@pytest.mark.soak
def test_every_command_that_writes_works_on_an_encrypted_archive(machine, office):
    check(machine, office, COMMANDS.keys() - {"encrypt"})


def test_commands_that_look_say_the_same_of_an_encrypted_archive(office):
    commands = ("archive verify", "today", *LOOKS[::3])
    before = looks(office, *commands)
    office("archive", "encrypt").ok()
    assert looks(office, *commands) == before


def test_doctor_opens_an_encrypted_archive(office):
    office("archive", "encrypt").ok()
    found = {one["what"]: one["ok"] for one in office("doctor", "-f", "json").json}
    assert (found["archive"], found["lock"], found["key"]) == (True, True, True)
