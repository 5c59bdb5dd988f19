"""The prepared archive of the samples, and calling them on a copy of it."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import Any

import pytest

import server
from running import Hri, Ran
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
        sample = SAMPLES[command]
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
