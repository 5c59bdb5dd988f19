"""The pages of the manual, and their command blocks, run as they stand within this process."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from running import Hri, Ran
from scripts import TOP

MANUAL = TOP / "manual"
BLOCK = re.compile(r"^( *)```sh\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
STATUS = re.compile(r"[；。]退出码 (\d)$")
PLACEHOLDER = "编号"
"""Stands in a command for the id of the first row of the list before it, or of its record."""


@dataclass(frozen=True)
class Line:
    """One command of a page, with the exit status that its comment announces."""

    page: str
    text: str
    status: int


def pages() -> list[Path]:
    """Return the pages that people wrote."""
    return sorted(path for path in MANUAL.rglob("*.md") if "generated" not in path.parts)


def start_of(page: Path) -> str:
    """Return which archive a page begins with: `none`, or `campaign`, the tutorial's."""
    found = re.match(r"---\nstart: (\w+)\n---\n", page.read_text("utf-8"))
    return found[1] if found else "none"


def lines(page: Path) -> Iterator[Line]:
    """Yield the commands of a page in their order."""
    for _, block in BLOCK.findall(page.read_text("utf-8")):
        for text in block.replace("\\\n", " ").splitlines():
            command, _, comment = text.strip().partition("  #")
            if command:
                status = STATUS.search(comment)
                yield Line(page.name, command.strip(), int(status[1]) if status else 0)


class Reader:
    """Somebody who types what a page says, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hri = Hri(folder / "练习.db", today="2013-10-28")
        self.last: list[str] = []
        self.saved: dict[str, str] = {}

    def begin(self) -> None:
        """Put the files beside the reader that come with the program."""
        (self.folder / "examples").symlink_to(TOP / "examples")

    def copy_from(self, other: Path) -> None:
        """Go on with the archive of another reader."""
        for path in other.glob("练习.db*"):
            (shutil.copytree if path.is_dir() else shutil.copy)(path, self.folder / path.name)

    def type(self, line: Line) -> Ran | None:
        """Run one line; None for what is no command of ours."""
        words = shlex.split(line.text.replace('"$HRI_ARCHIVE"', "练习.db"))
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            self._set(name, value)
            return None
        assert words[0] == "hri", f"{line.page}: not a command of ours: {line.text}"
        with chdir(self.folder):
            words = [self._id() if word == PLACEHOLDER else word for word in words[1:]]
            ran = self.hri(*words)
        assert ran.status == line.status, f"{line.page}: {line.text}\n{ran.out}{ran.err}"
        self.last = words
        return ran

    def _set(self, name: str, value: str) -> None:
        if name == "HRI_ARCHIVE":
            self.hri.archive = self.folder / value
        elif name == "HRI_TODAY":
            self.hri.today = value
        elif name == "HRI_OPERATOR":
            self.hri.operator = value
        else:
            self.hri.environment[name] = str(self.folder / value)

    def _id(self) -> str:
        """Return the id that the command before showed; one that wrote is looked up by its list."""
        asked = list(self.last)
        if asked[1] not in ("list", "visits"):
            asked = [asked[0], "list"]
        found: Any = self.hri(*asked, "-f", "json").ok().json
        return str(found[-1 if asked != self.last else 0]["id"])


def environment() -> dict[str, str]:
    """Return what the pages need of the environment besides."""
    return {"HOME": os.environ.get("HOME", "")}
