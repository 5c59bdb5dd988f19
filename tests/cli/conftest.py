"""The prepared archive of the samples, and calling them on a copy of it."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import Any

import pytest

import server
from assessing import rate
from importing import NAMES, REFERENCES
from running import Hri, Ran, code_of, rows
from samples import SAMPLES, Office, prepare


@pytest.fixture(scope="session")
def office(_made, tmp_path_factory) -> Office:
    """Make the archive of `prepare` once."""
    folder = tmp_path_factory.mktemp("office")
    hri = Hri(folder / "archive.db")
    server.copy(_made("haidian"), hri.archive)
    office = prepare(hri, folder)
    office.names["archive_copy"] = str(folder / "copy.db")
    server.copy(hri.archive, folder / "copy.db")
    return office


@pytest.fixture
def call(office, tmp_path):
    """Call a sample on a fresh copy of the archive; output goes into a fresh folder."""
    count = iter(range(1000))

    def call(command: str, *more: str, archive: bool = True, **given: Any) -> Ran:
        sample = given.pop("sample", None) or SAMPLES[command]
        place = tmp_path / str(next(count))
        place.mkdir()
        (place / "out").mkdir()
        hri = Hri(place / "archive.db", environment=given.pop("environment", {}))
        if archive and not sample.fresh:
            server.copy(office.folder / "archive.db", hri.archive)
            with suppress(FileNotFoundError):
                shutil.copy(office.folder / "archive.db.key", f"{hri.archive}.key")
        elif archive:
            server.place(hri.archive)
        return hri(*office.arguments(sample, place / "out"), *more, **given)

    return call


@pytest.fixture(scope="session")
def _registry(_made, tmp_path_factory) -> Hri:
    """Make an archive of two agencies that were told their results, once."""
    folder = tmp_path_factory.mktemp("registry")
    hri = Hri(folder / "archive.db")
    server.copy(_made("haidian"), hri.archive)
    for number, name in enumerate(NAMES, 1):
        hri.add(name, code_of(number))
        rate(hri, name, source="self", rater="自评").ok()
    hri("assess", "conclude", "--all").ok()
    hri("assess", "notice", "--all", "-o", folder / "notices").ok()
    for name in NAMES:
        hri("assess", "reopen", name, "--reason", "补评分").ok()
    term = ("--from", "2014-10-01", "--to", "2014-10-31", "--deadline", "2014-11-05")
    hri("campaign", "start", "--year", "2014", *term).ok()
    numbers = rows(hri.archive, "SELECT reference FROM paper ORDER BY reference")
    assert numbers == [(reference,) for reference in REFERENCES]
    return hri


@pytest.fixture
def registry(_registry, tmp_path) -> Hri:
    """Return the command line on a copy of it, into which rows of every kind can be imported."""
    server.copy(_registry.archive, tmp_path / "archive.db")
    return Hri(tmp_path / "archive.db")
