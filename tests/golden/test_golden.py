"""What an earlier program said of an archive, the program of today says of it, upgraded.

`changes.yaml` lists every change that was meant, with its reason; keys and columns that are new
are no change. Of papers the words are compared: how they are set may become better. Where the words
of a long PDF stand in tables, their order depends on the setting: those of its page and Word file
are compared, and other tests hold that all three say the same.
"""

from __future__ import annotations

import csv
import difflib
import fnmatch
import json
import lzma
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from golden.outputs import DAYS, outputs
from running import Hri

HERE = Path(__file__).parent
SCHEMAS = sorted(folder.name for folder in HERE.glob("schema_*"))
MENDED = json.loads((HERE / "mended_figures.json").read_text("utf-8"))
CHANGES = yaml.safe_load((HERE / "changes.yaml").read_text("utf-8"))["changes"]

_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_OF_TABLES = ("month.pdf", "dossier-*.pdf")

pytestmark = pytest.mark.archive_file("golden archives are files")


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Return what today's program says of a golden archive, asked once."""
    known: dict[tuple[str, str], dict[str, list[str]]] = {}

    def ask(schema: str, name: str) -> dict[str, list[str]]:
        if (schema, name) not in known:
            folder = tmp_path_factory.mktemp(name)
            archive = folder / "archive.db"
            archive.write_bytes(lzma.decompress((HERE / schema / f"{name}.db.xz").read_bytes()))
            shutil.copytree(HERE / "attachments", folder / "archive.db.files")
            hri = Hri(archive, today=DAYS[name])
            hri("archive", "upgrade").ok()
            hri("archive", "verify").ok()
            known[schema, name] = outputs(hri, name, folder)
        return known[schema, name]

    return ask


def _kept(schema: str, name: str) -> dict[str, list[str]]:
    text = lzma.decompress((HERE / schema / f"{name}.json.xz").read_bytes())
    found: dict[str, list[str]] = json.loads(text)
    return found


def _cases() -> list[tuple[str, str, str]]:
    return [
        (schema, name, what)
        for schema in SCHEMAS
        for name in DAYS
        for what in _kept(schema, name)
        if not any(fnmatch.fnmatch(what, pattern) for pattern in _OF_TABLES)
    ]


@pytest.mark.parametrize(("schema", "name", "what"), _cases())
def test_an_upgraded_archive_says_what_it_said_before(said, schema, name, what):
    kept = _kept(schema, name)[what]
    if name == "campaign":
        kept = _with_mended_figures(what, kept)
    expected = _with_changes(what, _text(what, kept))
    found = _text(what, said(schema, name)[what])
    if found == expected or _holds(what, expected, found):
        return
    differing = difflib.unified_diff(expected.splitlines(), found.splitlines(), "then", "now", n=1)
    pytest.fail("\n".join(list(differing)[:60]), pytrace=False)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change["why"])
def test_every_change_that_is_listed_is_one_of_what_was_said_before(change):
    """Another would hide a later change; what is said today is compared after all of them."""
    kept = [
        _text(what, lines)
        for schema in SCHEMAS
        for name in DAYS
        for what, lines in _kept(schema, name).items()
        if fnmatch.fnmatch(what, change["in"])
    ]
    assert any(re.search(change["was"], text, re.MULTILINE) for text in kept)


def _text(what: str, lines: list[str]) -> str:
    """Return what an output says, without how it is set."""
    if what.endswith(".docx"):
        said = (re.fullmatch(r"word/document.xml: <w:t[ >][^>]*>?(.*)</w:t>", one) for one in lines)
        lines = [match[1] for match in said if match]
    if what.endswith(".pdf"):
        return "".join("".join(one.split()) for one in lines if not re.fullmatch(r"— \d+ —", one))
    text = "\n".join(lines)
    return _STYLE.sub("", text) if what.endswith(".html") and "public/" not in what else text


def _with_mended_figures(what: str, lines: list[str]) -> list[str]:
    """Return the lines with each listed figure put in the place of the one that it was."""
    mended = list(lines)
    for number, figures in MENDED.get(what, {}).items():
        line, after = mended[int(number) - 1], 0
        for figure in figures:
            was, now = figure.split()
            place = line.index(was, after)
            line = line[:place] + now + line[place + len(was) :]
            after = place + len(now)
        mended[int(number) - 1] = line
    return mended


def _with_changes(what: str, text: str) -> str:
    for change in CHANGES:
        if fnmatch.fnmatch(what, change["in"]):
            text = re.sub(change["was"], change["now"], text, flags=re.MULTILINE)
    return text


def _holds(what: str, expected: str, found: str) -> bool:
    """Whether JSON or CSV has all that was expected; what is new beside it does not matter."""
    if what.endswith(("json", ".csv", "csv")) or what.startswith("assess result"):
        try:
            if what.endswith("csv"):
                return _contains(_table(expected), _table(found))
            return _contains(json.loads(expected), json.loads(found))
        except ValueError:
            return False
    return False


def _table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.lstrip("\ufeff").splitlines()))


def _contains(expected: Any, found: Any) -> bool:
    if isinstance(expected, dict) and isinstance(found, dict):
        return all(key in found and _contains(expected[key], found[key]) for key in expected)
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(_contains, expected, found))
    return bool(expected == found)
