"""What an archive says of its past: every output that must stay the same, as lines of text.

`make_golden.py` keeps these lines for each released schema; `test_golden.py` compares them with
what the program of today says of the same archive, upgraded.
"""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from running import Hri

DAYS = {"campaign": "2013-11-06", "year": "2014-03-31"}
"""The archives, by the day on which they are looked at."""

NAMED = {
    "campaign": ("12110108648576286Y", "911101088099344602", "91110108165926328U"),
    "year": ("911101080000001238",),
}
"""The agencies whose papers and dossiers are made."""

PAPERS = (".html", ".docx", ".pdf")

_SHOWN = {
    "campaign": (
        ("assess",),
        ("assess", "rank"),
        ("recommend", "candidates"),
        ("recommend", "check-quota"),
        ("recommend", "list"),
        ("inspect", "list"),
        ("inspect", "visits"),
        ("complaint", "list"),
        ("campaign", "list"),
        ("report", "rates"),
    ),
    "year": (
        ("assess",),
        ("assess", "rank"),
        ("sanction", "list"),
        ("recommend", "units"),
        ("agency", "list"),
    ),
}


def outputs(hri: Hri, name: str, folder: Path) -> dict[str, list[str]]:
    """Return the lines of every output of an archive by a name for it."""
    found: dict[str, list[str]] = {}
    for command in _SHOWN[name]:
        for form in ("table", "json", "csv"):
            shown = hri(*command, "-f", form)
            found[f"{' '.join(command)} -f {form}"] = (shown.out + shown.err).splitlines()
    codes = [item["code"] for item in hri("assess", "-f", "json").ok().json]
    for code in codes:
        shown = hri("assess", "result", code, "-f", "json")
        found[f"assess result {code}"] = (shown.out + shown.err).splitlines()
    for code in NAMED[name]:
        found[f"assess explain {code}"] = hri("assess", "explain", code).ok().out.splitlines()
        as_json = hri("assess", "explain", code, "-f", "json").ok()
        found[f"assess explain {code} -f json"] = as_json.out.splitlines()
        dossier = hri("agency", "dossier", code, "-f", "json").ok()
        found[f"agency dossier {code} -f json"] = dossier.out.splitlines()
        for suffix in PAPERS:
            for what, command in (
                ("notice", ("assess", "notice", code)),
                ("dossier", ("agency", "dossier", code)),
            ):
                path = folder / f"{what}-{code}{suffix}"
                hri(*command, "-o", path).ok()
                found[path.name] = lines_of(path)
    for suffix in (*PAPERS, ".xlsx", ".json"):
        path = folder / f"month{suffix}"
        hri("report", "month", "-o", path).ok()
        found[path.name] = lines_of(path)
    hri("report", "public", "-o", folder / "public").ok()
    for path in sorted((folder / "public").iterdir()):
        found[f"public/{path.name}"] = lines_of(path)
    return {
        what: [line.replace(str(folder), "FOLDER") for line in lines]
        for what, lines in found.items()
    }


def lines_of(path: Path) -> list[str]:
    """Return a file's lines: a Word file's parts, a workbook's cells, the text of a PDF."""
    return {
        ".docx": _of_word,
        ".xlsx": _of_workbook,
        ".pdf": _of_pdf,
        ".db": _of_database,
    }.get(path.suffix, _of_text)(path)


def _of_text(path: Path) -> list[str]:
    """Return a text file's lines but the signature, which the key of this very archive makes."""
    lines = path.read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith('<meta name="hri-')]


def _of_word(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as package:
        return [
            f"{name}: {line}"
            for name in sorted(package.namelist())
            if not name.endswith(".png")
            for line in package.read(name).decode("utf-8").replace("><", ">\n<").splitlines()
        ]


def _of_workbook(path: Path) -> list[str]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(path.read_bytes()))
    return [
        f"{sheet.title}!{cell.coordinate}: {cell.value!r}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def _of_pdf(path: Path) -> list[str]:
    import pdfplumber

    with pdfplumber.open(path) as pages:
        text = "\n".join(page.extract_text() for page in pages.pages)
    return re.sub(r"[ \t]+", " ", text).splitlines()


def _of_database(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())
