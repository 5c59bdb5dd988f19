"""Fixtures of all tests: archives, made once and copied, and the command line on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

import server
from hrintegrity import signing
from hrintegrity.archive import engine
from running import Hri
from statements import compiled_once

engine.create_engine = compiled_once(engine.create_engine)


def pytest_configure(config) -> None:
    """Let the suite try the same examples wherever it runs; `make soak` tries new ones."""
    if config.option.markexpr == "not soak":
        settings.register_profile("suite", derandomize=True)
        settings.load_profile("suite")


def pytest_collection_modifyitems(items) -> None:
    """On a server, pass over what is about an archive's file."""
    for item in items:
        about = item.get_closest_marker("archive_file")
        if server.GIVEN and about is not None:
            item.add_marker(pytest.mark.skip(reason=f"about a file: {about.args[0]}"))


@pytest.fixture(autouse=True)
def _nobody_signs():
    """Forget who signed the papers of the test before, as a command does when it begins."""
    signing.begin_command()


@pytest.fixture(autouse=server.GIVEN != "")
def _given_up(tmp_path):
    """Drop a test's databases after it."""
    yield
    server.give_up(tmp_path)


@pytest.fixture(scope="session")
def _made(tmp_path_factory):
    """Archives by district, made once: a migration takes longer than a copy."""
    made: dict[str, Path] = {}

    def archive(district: str) -> Path:
        if district not in made:
            path = tmp_path_factory.mktemp("made") / "archive.db"
            server.place(path)
            Hri(path)("init", "--district", district, "--leader", "王局长").ok()
            if server.GIVEN:
                Hri(path)("archive", "grant", server.server().clerk, "--role", "head").ok()
            made[district] = path
        return made[district]

    return archive


@pytest.fixture
def new_archive(_made, tmp_path):
    """Return the command line on a fresh archive of a district."""

    def new(district: str, name: str = "archive.db") -> Hri:
        path = tmp_path / name
        server.copy(_made(district), path)
        return Hri(path)

    return new


@pytest.fixture
def haidian(new_archive) -> Hri:
    """The command line on a fresh archive of 海淀区."""
    return new_archive("haidian")


@pytest.fixture
def city(new_archive) -> Hri:
    """The command line on a fresh archive of the city."""
    return new_archive("municipal", "city.db")
