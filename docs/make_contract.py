"""Write docs/contract.md: what scripts may rely on, as the program has it (`make docs`).

What the program has more than the page is added to it; what the page has stays, so that a test
finds whatever the program has lost. `--keys` also runs a sample of every command for its JSON keys.
"""

from __future__ import annotations

import ast
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from hrintegrity.cli.program.groups import Folder
from hrintegrity.cli.program.root import app

sys.path.insert(0, str(Path(__file__).parent))

import raised

TOP = Path(__file__).parents[1]
PAGE = TOP / "docs" / "contract.md"
MARK = "<!-- what follows is generated -->"
ROW = re.compile(r"^\| `hri ([a-z -]+)` \| (.*?) \| (.*?) \|$", re.MULTILINE)
CODE_ROW = re.compile(r"^\| `([a-z0-9-]+)` \| (\d) \|", re.MULTILINE)
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")


def commands(group: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every command with its path."""
    for name, command in group.children().items():
        below = f"{path} {name}".strip()
        if isinstance(command, Folder):
            if command.invoke_without_command:
                yield below, command
            yield from commands(command, below)
        else:
            yield below, command


def called(command: Any) -> list[str]:
    """Return a command's arguments and options, as they are typed."""
    words = []
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            words.append(parameter.name.upper() + ("…" if parameter.nargs == -1 else ""))
        elif not parameter.hidden:
            words += [*parameter.opts, *parameter.secondary_opts]
    return words


def _arguments(words: list[str]) -> list[str]:
    """Return the arguments of what a command takes; their names are no promise."""
    return [word for word in words if not word.startswith("-")]


def keys(document: Any) -> list[str]:
    """Return the keys of a JSON document, those of a row where it is a list."""
    row = document[0] if isinstance(document, list) and document else document
    return list(row) if isinstance(row, dict) else []


def quoted(text: str) -> list[str]:
    """Return what stands between backticks."""
    return re.findall(r"`(.*?)`", text)


def recorded(page: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the options and the JSON keys that the page has, by command."""
    rows = ROW.findall(page)
    return {p: quoted(o) for p, o, _ in rows}, {p: quoted(k) for p, _, k in rows}


def measured() -> dict[str, list[str]]:
    """Return the JSON keys of every command whose sample leads to a record."""
    sys.path.insert(0, str(TOP / "tests" / "support"))
    from running import Hri  # noqa: PLC0415 — on the path only now.
    from samples import SAMPLES, prepare  # noqa: PLC0415 — as above.

    found = {}
    with tempfile.TemporaryDirectory() as folder:
        hri = Hri(Path(folder) / "archive.db")
        hri("init", "--district", "haidian").ok()
        office = prepare(hri, Path(folder))
        whole = hri.archive.read_bytes()
        for path, sample in SAMPLES.items():
            out = Path(folder) / path.replace(" ", "-")
            out.mkdir()
            own = Hri(out / "archive.db")
            if not sample.fresh:
                own.archive.write_bytes(whole)
                key = Path(f"{hri.archive}.key")
                if key.exists():
                    Path(f"{own.archive}.key").write_bytes(key.read_bytes())
            office.names["archive_copy"] = str(Path(folder) / "copy.db")
            Path(office.names["archive_copy"]).write_bytes(whole)
            ran = own(*office.arguments(sample, out), "-f", "json")
            if ran.out:
                found[path] = keys(ran.json)
    return found


def codes() -> dict[str, tuple[int, set[str]]]:
    """Return every error code with its exit status and the files that raise it."""
    found: dict[str, tuple[int, set[str]]] = {
        code: (raised.RECORDED if one.recorded else raised.RULE, {"rules/procedure.py"})
        for code, one in raised.obstacles().items()
    }
    for _, place in raised.places():
        for each in ast.walk(place.given["code"]):
            if isinstance(each, ast.Constant) and CODE.fullmatch(str(each.value)):
                name = str(place.file.relative_to(raised.SOURCE))
                found.setdefault(str(each.value), (place.status, set()))[1].add(name)
    return dict(sorted(found.items()))


def named(code: str) -> set[str]:
    """Return the files that have a code as a string: some are chosen from a table."""
    return {
        str(file.relative_to(TOP / "src" / "hrintegrity"))
        for file in (TOP / "src").rglob("*.py")
        if f'"{code}"' in file.read_text(encoding="utf-8")
    }


def both(old: list[str], new: list[str]) -> str:
    """Return what the page has and what the program has besides, quoted."""
    return " ".join(f"`{word}`" for word in dict.fromkeys([*old, *new])) or "—"


def page(old: str, found: dict[str, list[str]]) -> str:
    """Return the page `old` with what the program has besides; `found` are JSON keys."""
    options, kept = recorded(old)
    program = {path: called(command) for path, command in commands(get_command(app))}
    lines = [
        old.partition(MARK)[0] + MARK,
        "",
        "## Commands, options and JSON keys",
        "",
        "The keys are those of the record, or of each row where a command gives a list.",
        "",
        "| command | arguments and options | JSON |",
        "|---|---|---|",
    ]
    for path in dict.fromkeys([*program, *options]):
        promised = [word for word in options.get(path, []) if word.startswith("-")]
        typed = both([*_arguments(program.get(path, [])), *promised], program.get(path, []))
        lines.append(
            f"| `hri {path}` | {typed} | {both(kept.get(path, []), found.get(path, []))} |"
        )
    lines += ["", "## Error codes", "", "| code | exit | raised in |", "|---|---|---|"]
    found_now = codes()
    kept_codes = {
        code: (int(status), named(code))
        for code, status in CODE_ROW.findall(old)
        if code not in found_now
    }
    raised = kept_codes | found_now
    for code, (status, files) in sorted(raised.items()):
        lines.append(f"| `{code}` | {status} | {both(sorted(files), [])} |")
    return "\n".join(lines) + "\n"


def write(found: dict[str, list[str]]) -> None:
    """Write the page anew."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")


if __name__ == "__main__":
    write(measured() if "--keys" in sys.argv else {})
