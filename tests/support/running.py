"""Running `hri` in a test: within this process, where it is fast, or as a process of its own."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hrintegrity.cli.program.run import run
from hrintegrity.rules.codes import complete_code
from server import database_of, server

HRI = [sys.executable, "-c", "from hrintegrity.cli import main; main()"]


@dataclass(frozen=True)
class Ran:
    """What a command did: exit status, standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The error object on standard error."""
        found: dict[str, Any] = json.loads(self.err)["error"]
        return found

    def ok(self) -> Ran:
        """Return itself, where the command ended with 0; fail with what it said otherwise."""
        assert self.status == 0, self.err or self.out
        return self


@dataclass
class Hri:
    """Calls the command line on one archive, with one day for today.

    Where the tests run on a server (`server.GIVEN`), `archive` is the path that a database stands
    for: nothing lies there, but the archive's other files lie beside it.
    """

    archive: Path
    today: str = "2013-10-10"
    operator: str = "张检查"
    environment: dict[str, str] = field(default_factory=dict)

    def __call__(
        self,
        *arguments: str | Path,
        stdin: str | bytes | None = None,
        encoding: str = "utf-8",
        today: str | None = None,
    ) -> Ran:
        """Run a command within this process; standard input is no terminal."""
        given = stdin.encode() if isinstance(stdin, str) else stdin or b""
        with _streams(given, encoding) as (out, err), _environment(self._variables(today)):
            status = run([str(argument) for argument in arguments])
        return Ran(status, _text(out), _text(err))

    def process(
        self,
        *arguments: str | Path,
        stdin: bytes | None = b"",
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a command as a process of its own."""
        return subprocess.run(
            [*HRI, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            env=self.variables(environment),
            timeout=600,
            check=False,
        )

    def variables(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment of a process of its own."""
        plain = {k: v for k, v in os.environ.items() if not k.startswith(("HRI_", "PYTHON"))}
        # A working tree elsewhere than where the program was installed from is tested as it is.
        plain |= {"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}
        return plain | self._variables(None) | dict(more or {})

    def _variables(self, today: str | None) -> dict[str, str]:
        return {
            "HRI_ARCHIVE": database_of(self.archive) or str(self.archive),
            "HRI_TODAY": today or self.today,
            "HRI_OPERATOR": self.operator,
            "COLUMNS": "80",
            **self._beside(),
            **self.environment,
        }

    def _beside(self) -> dict[str, str]:
        """Where an archive on a server has what else lies beside its file."""
        if database_of(self.archive) is None:
            return {}
        return {"HRI_FILES": f"{self.archive}.files", "HRI_KEY": f"{self.archive}.key"}

    def add(self, name: str, code: str, *more: str, kind: str = "经营性") -> dict[str, Any]:
        """Register an agency and return its record."""
        added = self("agency", "add", "--name", name, "--code", code, "--kind", kind, *more, *JSON)
        found: dict[str, Any] = added.ok().json
        return found


JSON = ("-f", "json")


def code_of(number: int, area: str = "110108") -> str:
    """Return a valid credit code for each number."""
    return complete_code(f"91{area}{number:09d}")


@contextmanager
def _streams(given: bytes, encoding: str):
    """Give standard streams of bytes, as a shell does, and put back what was there."""
    before = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(out, encoding=encoding, write_through=True)
    sys.stderr = io.TextIOWrapper(err, encoding=encoding, write_through=True)
    try:
        yield out, err
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
            stream.detach()
        sys.stdin, sys.stdout, sys.stderr = before


@contextmanager
def _environment(variables: Mapping[str, str]):
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("HRI_")]:
        del os.environ[name]
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _text(stream: io.BytesIO) -> str:
    return stream.getvalue().decode("utf-8", "replace")


def journal(archive: Path, columns: Sequence[str] = ("id", "action", "table")) -> list[tuple]:
    """Return the journal as the database itself has it."""
    names = ", ".join(f'"{column}"' for column in columns)
    return rows(archive, f"SELECT {names} FROM journal ORDER BY id")


def rows(archive: Path, sql: str) -> list[tuple]:
    """Return what a statement finds, past the program; a day is text, as on SQLite."""
    import sqlite3
    from contextlib import closing

    url = database_of(archive)
    if url is None:
        with closing(sqlite3.connect(archive)) as connection:
            return connection.execute(sql).fetchall()
    with server().connect(url) as connection:
        return [tuple(map(_as_in_a_file, row)) for row in connection.execute(sql)]


def tamper(archive: Path, sql: str) -> None:
    """Change an archive behind the program's back."""
    import sqlite3
    from contextlib import closing

    url = database_of(archive)
    if url is None:
        with closing(sqlite3.connect(archive)) as connection, connection:
            connection.execute(sql)
    else:
        with server().connect(url) as connection:
            connection.execute(sql)


def _as_in_a_file(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
