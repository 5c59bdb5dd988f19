"""Bundles that were changed and signed with the genuine key: refused, or taken and harmless.

One half is what a city that knows nothing of the district is sent; the other half are later
versions of what it has.
"""

from __future__ import annotations

import json
import random
import shutil
import zipfile
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from exchanging import acquaint, bundle_of, members, signed
from running import Hri
from soaking import size
from worked import CLOSER_LOOKS, LOOKS, looks

pytestmark = pytest.mark.archive_file("its file is copied")

ODD: tuple[Any, ...] = (
    None, "", "x", "甲", "\x1b[31m", "\u202e", "\ue000", "\ud800", "2013-02-30", "9999-12-31", "-1",
    0, -1, 1 << 31, 1 << 70, True, False, 1.5, [], {}, ["x"], "a" * 40_000, "[1]", "{}", "null",
    "0" * 64, "01a20cf3-0dac-77c9-9c87-7160c669a597",
)  # fmt: skip
EVERY = 50
"""So many mutants that are taken lie between two that are looked at by all commands."""


@pytest.fixture(scope="module")
def offices(year, tmp_path_factory) -> tuple[Hri, Hri, list[dict[str, Any]]]:
    """A district with a campaign, a city that trusts it, and what the district sends."""
    folder = tmp_path_factory.mktemp("offices")
    one, city = Hri(folder / "one" / "archive.db"), Hri(folder / "city.db")
    shutil.copytree(year, folder / "one")
    one("archive", "key", "revoke", one("archive", "key", "list", "-f", "json").json[-1]["line"])
    city("init").ok()
    acquaint(one, city)
    payload = bundle_of(one).read_bytes().split(b"\n", 2)[2]
    with zipfile.ZipFile(BytesIO(payload)) as package:
        lines = package.read("records.jsonl").splitlines()
    told = [json.loads(line) for line in lines]
    return one, city, [record for record in told if record["table"] != "attachment"]


def mutated(records: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """Change the records of a bundle in one to three places."""
    made = deepcopy(records)
    for _ in range(chance.choice((1, 1, 2, 3))):
        usable = [record for record in made if isinstance(record.get("row"), dict)]
        if not usable:
            break
        record = chance.choice(usable)
        row = record["row"] or {"id": None}
        match chance.randrange(9):
            case 0 | 1 | 2:
                row[chance.choice(list(row))] = chance.choice(ODD)
            case 3:
                other = chance.choice(usable)["row"]
                row[chance.choice(list(row))] = chance.choice([*other.values(), None])
            case 4:
                del row[chance.choice(list(row))]
            case 5:
                record[chance.choice(list(record))] = chance.choice(ODD)
            case 6:
                made.append(deepcopy(record))
            case 7 if len(made) > 1:
                made.remove(record)
            case _:
                chance.shuffle(made)
    return made


def manifest_changer(chance: random.Random) -> Callable[[dict[str, Any]], None]:
    """Return what changes a manifest somewhere, in one of ten bundles."""
    wanted = chance.random() < 0.1

    def change(manifest: dict[str, Any]) -> None:
        if wanted:
            manifest["office"] = {"at": "2013-10-10T00:00:00+00:00", "leader": "王局长"}
        place: Any = manifest
        while wanted:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = chance.choice(keys)
            deeper = place[key]
            if not deeper or not isinstance(deeper, (dict, list)) or chance.random() < 0.4:
                place[key] = chance.choice(ODD)
                return
            place = deeper

    return change


def later(records: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """Return some records as versions that follow those of the bundle."""
    chosen = deepcopy(chance.sample(records, chance.choice((1, 2, 4))))
    for record in chosen:
        record["ancestors"] = [*record["ancestors"], record["version"]]
        record["version"] = f"{chance.getrandbits(128):032x}"
    return chosen


def try_mutants(offices, folder: Path, seeds: range, *commands: str) -> int:
    """Receive mutants one after the other; return how many were taken.

    Some of those that are taken are looked at by `commands`.
    """
    one, city, records = offices
    taken, path = 0, folder / "mutant.hri"
    content = b"".join(json.dumps(record).encode() + b"\n" for record in records)
    path.write_bytes(signed(one, members(content)))
    informed = copied(city, folder / "informed.db")
    informed("archive", "receive", path).ok()
    for count, seed in enumerate(seeds):
        if count % 500 == 0:
            print(f"{count} mutants, {taken} taken", flush=True)
        chance, receiver = random.Random(seed), informed if seed % 2 else city
        told = mutated(later(records, chance) if seed % 2 else records, chance)
        content = b"".join(json.dumps(record).encode() + b"\n" for record in told)
        path.write_bytes(signed(one, members(content, change=manifest_changer(chance))))
        ran = receiver("archive", "receive", path, "--dry-run", "-f", "json")
        assert ran.status in (0, 3), (seed, ran.err[:500])
        if ran.status == 0:
            taken += 1
            if taken % EVERY == 1:
                copy = copied(receiver, folder / "copy.db")
                copy("archive", "receive", path).ok()
                # A mutant may have given an agency another name.
                looks(copy, *commands, statuses=(0, 1, 4))
                copy("archive", "verify").ok()
    return taken


def copied(hri: Hri, path: Path) -> Hri:
    for ending in ("", ".key"):
        shutil.copy2(f"{hri.archive}{ending}", f"{path}{ending}")
    return Hri(path, environment=hri.environment)


def test_a_mutant_is_refused_or_harmless(offices, tmp_path):
    assert try_mutants(offices, tmp_path, range(12), *LOOKS[::4]) > 0


@pytest.mark.soak
@pytest.mark.parametrize("part", range(4))
def test_any_mutant_is_refused_or_harmless(offices, tmp_path, part):
    count = size(10_000) // 4
    seeds = range(1000 + part * count, 1000 + (part + 1) * count)
    taken = try_mutants(offices, tmp_path, seeds, *LOOKS, *CLOSER_LOOKS)
    print(f"{count} mutants, {taken} taken")
    assert taken < count
