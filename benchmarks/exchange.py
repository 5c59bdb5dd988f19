"""A district's bundle of 20,000 agencies: sending and receiving, against two floors, and memory.

python -m benchmarks.exchange

The floor of the table signs, encrypts and writes the same bytes, or decrypts and checks them. Half
of a command is starting, and half of the rest is the archive's. So a second row leaves out the
start, which a bundle of one agency takes, and has the archive's own reading and writing beside it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from math import log10
from pathlib import Path

from benchmarks.commands import HRI, Taken, run
from benchmarks.report import TODAY
from benchmarks.rows import growth, row, sized
from hrintegrity.duties.exchange.keypairs import PrivateKey, encrypt
from hrintegrity.rules.codes import complete_code

ONE, FEW, MANY = 1, sized(2_000), sized(20_000)
ROUNDS = 3
HEADER = "机构名称,统一社会信用代码,区县,机构性质,从业起始日期,地址,联系电话"


def register(path: Path, agencies: int) -> Path:
    """Write a register as csv."""
    rows = (
        f"北京第{n}人力资源有限公司,{complete_code(f'91110108MA{n:07d}')},海淀区,经营性,2008-05-12,"
        f"海淀区中关村大街{n}号,010-6{n:07d}"
        for n in range(agencies)
    )
    path.write_text("\n".join([HEADER, *rows]), "utf-8")
    return path


class Offices:
    """A district's archive with so many agencies, and the city's, which trust each other."""

    def __init__(self, folder: Path, agencies: int) -> None:
        folder.mkdir()
        self.folder = folder
        self.district, self.bundle = folder / "district.db", folder / "bundle"
        ours, theirs = self._program(self.district), self._program(folder / "city.db")
        _say(*ours, "init", "--district", "海淀")
        _say(*ours, "agency", "import", str(register(folder / "a.csv", agencies)))
        _say(*theirs, "init")
        for here, there, name in ((ours, theirs, "海淀"), (theirs, ours, "municipal")):
            line = _say(*here, "archive", "key", "show")
            _say(*there, "archive", "key", "trust", line, "--district", name)
        self._city = (folder / "city.db").read_bytes()
        _say(*ours, "archive", "send", "-o", str(folder / "plain"), "--plain")

    def _program(self, archive: Path) -> list[str]:
        return [*HRI, "--archive", str(archive), "--today", TODAY]

    def send(self) -> Taken:
        """Send all agencies to the city."""
        self.bundle.unlink(missing_ok=True)
        command = ["archive", "send", "-o", str(self.bundle), "--to", "municipal"]
        return run([*self._program(self.district), *command])

    def receive(self) -> Taken:
        """Receive them in the city, where nothing is yet."""
        city = self.folder / "city.db"
        city.write_bytes(self._city)
        return run([*self._program(city), "archive", "receive", str(self.bundle)])

    def members(self) -> dict[str, bytes]:
        """Return what the bundle holds."""
        content = (self.folder / "plain").read_bytes()
        payload = content[content.index(b"\n", content.index(b"\n") + 1) + 1 :]
        with zipfile.ZipFile(io.BytesIO(payload)) as package:
            return {name: package.read(name) for name in package.namelist()}


def _say(*command: str) -> str:
    return run(list(command)).output.decode()


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds of processor that a piece of work takes in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def sealed(members: dict[str, bytes], key: PrivateKey, target: Path) -> None:
    """Pack, encrypt, sign and write the content of a bundle, as bytes."""
    packed, encrypted = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, member in members.items():
            package.writestr(name, member)
    packed.seek(0)
    encrypt(packed, encrypted, [key.public])
    signature = key.sign(hashlib.sha256(encrypted.getvalue()).digest())
    with target.open("wb") as file:
        file.write(signature.encode() + encrypted.getvalue())
        os.fsync(file.fileno())


def opened(key: PrivateKey, target: Path) -> list[bytes]:
    """Read what `sealed` wrote: check, decrypt and unpack it."""
    content = target.read_bytes()
    signature, encrypted = content[:128].decode(), content[128:]
    if not key.public.verifies(signature, hashlib.sha256(encrypted).digest()):
        raise RuntimeError("the floor's own signature does not hold")
    packed = io.BytesIO()
    key.opens(io.BytesIO(encrypted), packed)
    packed.seek(0)
    with zipfile.ZipFile(packed) as package:
        return [package.read(name) for name in package.namelist()]


def read(archive: Path) -> None:
    """Fetch what is sent, and the entries of the journal twice: for the chain, and for versions."""
    with closing(sqlite3.connect(archive)) as connection:
        for entry in connection.execute("SELECT * FROM journal"):
            hashlib.sha256("\n".join(map(str, entry)).encode()).hexdigest()
        for (after,) in connection.execute('SELECT "after" FROM journal WHERE "after" IS NOT NULL'):
            json.loads(after)
        for agency in connection.execute("SELECT * FROM agency"):
            json.dumps(agency, ensure_ascii=False)


def written(lines: Sequence[bytes], archive: Path) -> None:
    """Parse the records of a bundle; insert their rows and an entry of each into bare tables."""
    records = [json.loads(line) for line in lines]
    rows = [tuple(record["row"].get(name) for name in records[0]["row"]) for record in records]
    entries = []
    for record in records:
        after = json.dumps(record["row"], ensure_ascii=False)
        entries.append((record["record"], after, hashlib.sha256(after.encode()).hexdigest()))
    with closing(sqlite3.connect(archive)) as connection:
        connection.execute(f"CREATE TABLE agency ({', '.join(records[0]['row'])})")
        connection.execute("CREATE TABLE journal (record, after, hash)")
        connection.execute("CREATE INDEX of_record ON journal (record)")
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO agency VALUES ({marks})", rows)
        connection.executemany("INSERT INTO journal VALUES (?, ?, ?)", entries)
        connection.commit()


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        one, few, many = (Offices(Path(name) / str(size), size) for size in (ONE, FEW, MANY))
        key, target, members = PrivateKey.new(), Path(name) / "floor", many.members()
        lines = members["records.jsonl"].splitlines()
        key.sign(b"")  # What has to be imported for it is no part of it.
        found = {}
        for what in ("send", "receive"):
            start, taken, bare, whole = [], [], [], []
            for turn in range(ROUNDS):
                floor = Path(name) / f"{what}-{turn}.db"
                start.append(getattr(one, what)().seconds)
                taken.append(getattr(many, what)().seconds)
                if what == "send":
                    bare.append(seconds(lambda: sealed(members, key, target)))
                    whole.append(bare[-1] + seconds(lambda: read(many.district)))
                else:
                    bare.append(seconds(lambda: opened(key, target)))
                    whole.append(bare[-1] + seconds(lambda: written(lines, floor)))  # noqa: B023 — called at once.
            found[what] = (getattr(few, what)(), getattr(many, what)())
            work = f"`archive {what}` of {MANY:,}"
            row(f"{work}; the bytes alone", list(zip(taken, bare, strict=True)), "≤ 3")
            beyond = [end - begun for end, begun in zip(taken, start, strict=True)]
            row(
                f"{work} without the start; the archive's own work too",
                list(zip(beyond, whole, strict=True)),
                "≤ 3",
            )
    for what, pair in found.items():
        exponent = log10(pair[1].seconds / pair[0].seconds) / log10(MANY / FEW)
        peaks = [done.peak / 2**20 for done in pair]
        growth(f"`archive {what}`", [done.seconds for done in pair], peaks, exponent)


if __name__ == "__main__":
    main()
