"""A district's bundle of 2,000 and of 20,000 agencies: sending and receiving, time and memory.

python -m benchmarks.exchange

The floor beside both signs, encrypts and writes the same bytes: the members of the bundle are
compressed, encrypted for one receiver, hashed, signed, and written to the disk.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path

from benchmarks.report import HRI, TODAY, run
from hrintegrity.duties.exchange.keypairs import PrivateKey, encrypt
from hrintegrity.rules.codes import complete_code

FEW, MANY = 2_000, 20_000
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


def both_ways(folder: Path, agencies: int) -> tuple[dict[str, tuple[float, int]], float]:
    """Return seconds of processor and peak of memory of a send and of a receive, and the floor."""
    district, city = folder / "district.db", folder / "city.db"
    ours, theirs = ([*HRI, "--archive", str(one), "--today", TODAY] for one in (district, city))
    bundle, plain = folder / "bundle", folder / "plain"

    def say(*command: str) -> str:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    say(*ours, "init", "--district", "海淀")
    say(*ours, "agency", "import", str(register(folder / "a.csv", agencies)))
    say(*theirs, "init")
    for here, there, name in ((ours, theirs, "海淀"), (theirs, ours, "municipal")):
        say(*there, "archive", "key", "trust", say(*here, "archive", "key", "show"), "--district",
            name)  # fmt: skip
    say(*ours, "archive", "send", "-o", str(plain), "--plain")
    sent = run([*ours, "archive", "send", "-o", str(bundle), "--to", "municipal"])
    received = run([*theirs, "archive", "receive", str(bundle)])
    return {"send": sent, "receive": received}, floor(plain, folder / "floor")


def floor(plain: Path, target: Path) -> float:
    """Return the seconds of processor that the content of a bundle takes as bytes."""
    content = plain.read_bytes()
    payload = content[content.index(b"\n", content.index(b"\n") + 1) + 1 :]
    with zipfile.ZipFile(io.BytesIO(payload)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    key = PrivateKey.new()
    key.sign(b"")  # What has to be imported for it is no part of it.
    began = time.process_time()
    packed, sealed = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, member in members.items():
            package.writestr(name, member)
    packed.seek(0)
    encrypt(packed, sealed, [key.public])
    signature = key.sign(hashlib.sha256(sealed.getvalue()).digest())
    with target.open("wb") as file:
        file.write(signature.encode() + sealed.getvalue())
        os.fsync(file.fileno())
    return time.process_time() - began


def main() -> None:
    """Print the figures."""
    found = {}
    for agencies in (FEW, MANY):
        with tempfile.TemporaryDirectory() as name:
            found[agencies] = both_ways(Path(name), agencies)
    least = found[MANY][1]
    for what in ("send", "receive"):
        (few, small), (many, large) = found[FEW][0][what], found[MANY][0][what]
        print(
            f"{what}: {FEW:,} agencies {few:.1f} s, {small / 2**20:.0f} MiB; {MANY:,} {many:.1f} s,"
            f" {large / 2**20:.0f} MiB. {MANY // FEW} times as many in {many / few:.1f} times the"
            f" time and {large / small:.1f} times the memory; {many / least:.1f} times the floor of"
            f" {least:.2f} s"
        )


if __name__ == "__main__":
    main()
