"""One sample call of every command, on a prepared archive; `cases/commands.yaml` has them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer
import yaml

from hrintegrity.cli.program.groups import Folder
from hrintegrity.cli.program.root import app
from running import Hri, code_of

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "commands.yaml").read_text("utf-8"))
NAME = "北京甲&<b>{{x}}》龘𠮷有限公司"
NUMBERS = ("one", "two", "three", "four", "five")


@dataclass(frozen=True)
class Sample:
    """One call of a command: its arguments, the exit status that they lead to, and where."""

    command: str
    run: str
    reads: bool
    status: int = 0
    fresh: bool = False


def samples() -> dict[str, Sample]:
    found = {}
    for section, reads in (("reads", True), ("writes", False)):
        for command, given in CASES[section].items():
            more = given if isinstance(given, dict) else {"run": given}
            found[command] = Sample(command, reads=reads, **more)
    return found


SAMPLES = samples()
READS = [name for name, sample in SAMPLES.items() if sample.reads]
WRITES = [name for name, sample in SAMPLES.items() if not sample.reads]


def walk(group: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield every command below a group, with how it is called."""
    if group.invoke_without_command and path:
        yield path, group
    for name, command in group.children().items():
        below = f"{path} {name}".strip()
        if isinstance(command, Folder):
            yield from walk(command, below)
        else:
            yield below, command


def groups(group: Any, path: str) -> Iterator[str]:
    yield path
    for name, command in group.children().items():
        if isinstance(command, Folder):
            yield from groups(command, f"{path} {name}".strip())


ROOT = typer.main.get_command(app)
COMMANDS = dict(walk(ROOT, ""))
ALL_GROUPS = list(groups(ROOT, ""))


@dataclass
class Office:
    """A prepared archive, and what the samples call by name."""

    folder: Path
    names: dict[str, str] = field(default_factory=dict)

    def arguments(self, sample: Sample, out: Path) -> list[str]:
        values = self.names | {"out": str(out)}
        return [*sample.command.split(), *self.filled(sample.run, values)]

    def filled(self, text: str, values: dict[str, str] | None = None) -> list[str]:
        values = values or self.names
        fill = re.compile(r"\{([a-z_]+)\}")
        return [fill.sub(lambda m: values[m[1]], part) for part in shlex.split(text)]


def prepare(hri: Hri, folder: Path) -> Office:
    """Make the archive that the samples work on, from a fresh one; its files go to `folder`."""
    office = Office(folder)
    office.names = {name: code_of(number) for number, name in enumerate(NUMBERS, 1)}
    office.names |= {"name": NAME, "papers": str(folder / "papers")}
    (folder / "papers").mkdir()
    for name, file in CASES["files"].items():
        path = folder / file["name"]
        text = file["text"]
        for number in NUMBERS:
            text = text.replace(f"{{{number}}}", office.names[number])
        path.write_text(text, encoding="utf-8")
        office.names[name] = str(path)
    for step in CASES["prepare"]:
        ran = hri(*office.filled(step["run"]), "-f", "json").ok()
        for name, where in step.get("keep", {}).items():
            found = ran.json
            for key in where.split("."):
                found = found[int(key) if key.isdecimal() else key]
            office.names[name] = found
    return office
