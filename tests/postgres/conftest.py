"""Archives on a server, also where all other tests keep theirs in files."""

from __future__ import annotations

from pathlib import Path

import pytest

import server
from running import Hri


@pytest.fixture(scope="session")
def _template() -> str:
    """A database with the archive of 海淀区, where the clerk has his rights."""
    url = server.server().new()
    hri = Hri(Path("template.db"))
    server.stand_for(hri.archive, url)
    hri("init", "--district", "haidian", "--leader", "王局长").ok()
    hri("archive", "grant", server.server().clerk, "--role", "head").ok()
    return url


@pytest.fixture
def database(tmp_path) -> str:
    """The address of an empty database, for its owner."""
    return server.server().new()


@pytest.fixture
def there(_template, tmp_path):
    """The command line of a clerk on a fresh archive of 海淀区 on the server."""
    path = tmp_path / "there.db"
    server.stand_for(path, server.server().clerks(server.server().new(_template)))
    yield Hri(path)
    server.give_up(tmp_path)


@pytest.fixture
def owner(there) -> Hri:
    """The same archive for its owner."""
    path = there.archive.with_name("owner.db")
    url = server.database_of(there.archive)
    server.stand_for(path, server.server().url(server.Server.name_of(url)))
    return Hri(path)


@pytest.fixture
def here(tmp_path) -> Hri:
    """The command line on a fresh archive of 海淀区 in a file."""
    hri = Hri(tmp_path / "here.db")
    hri("init", "--district", "haidian", "--leader", "王局长").ok()
    return hri
