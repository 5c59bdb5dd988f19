"""Addresses of archives on a server, and what is said where one can't be reached."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager

import pytest
from sqlalchemy import make_url

import server
from hrintegrity.archive.location import parse_location
from hrintegrity.errors import UsageError
from running import JSON, Hri

SECRET = "geheim秘密"


def at(url: str) -> Hri:
    """The command line on an address."""
    return Hri(server.GIVEN, environment={"HRI_ARCHIVE": url})


def said(url: str) -> tuple[int, str]:
    """What a command says of an address; the password is never in it."""
    ran = at(url)("agency", "list", *JSON)
    assert SECRET not in ran.err
    assert "geheim" not in ran.err
    assert ran.err.count("\n") < 12  # no traceback
    plain = at(url)("agency", "list")
    assert plain.err.startswith(f"错误 [{ran.error['code']}] ")
    assert "geheim" not in plain.err
    return ran.status, ran.error["code"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1:1", "nirgends.invalid", "/nirgends", "[::1]:1", "127.0.0.1:1/db?host=::1"]
)
def test_where_no_server_is_the_office_is_told_in_one_line(host) -> None:
    url = f"postgresql+psycopg://zhang:{SECRET}@{host}/hri"
    if host.startswith("/"):
        url = f"postgresql+psycopg://zhang:{SECRET}@/hri?host={host}"
    assert said(url) == (5, "archive-unreachable")


def test_a_server_that_never_answers_is_not_waited_for_forever() -> None:
    with _silent() as port:
        url = f"postgresql://zhang:{SECRET}@127.0.0.1:{port}/hri?connect_timeout=2"
        assert said(url) == (5, "archive-unreachable")


@contextmanager
def _silent():
    """A port that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        taken: list[socket.socket] = []
        stop = threading.Event()

        def take() -> None:
            listening.settimeout(0.1)
            while not stop.is_set():
                try:
                    taken.append(listening.accept()[0])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=take)
        thread.start()
        yield listening.getsockname()[1]
        stop.set()
        thread.join()
        for one in taken:
            one.close()


def test_a_wrong_password_a_wrong_user_and_a_wrong_database_are_told_apart(there) -> None:
    url = make_url(server.database_of(there.archive))
    wrong = url.set(database="hri_nirgends").render_as_string(hide_password=False)
    assert said(wrong) == (5, "archive-missing")
    nobody = url.set(username="niemand", password=SECRET)
    assert said(nobody.render_as_string(hide_password=False)) == (5, "archive-unreachable")
    with _passwords_wanted():
        clerk = url.set(password=SECRET).render_as_string(hide_password=False)
        assert said(clerk) == (5, "archive-unreachable")
        assert "用户名或密码不对" in at(clerk)("agency", "list").err
        none = url._replace(password=None).render_as_string(hide_password=False)
        assert said(none) == (5, "archive-unreachable")
        assert "没有给出密码" in at(none)("agency", "list").err
        at(url.render_as_string(hide_password=False))("agency", "list").ok()


@contextmanager
def _passwords_wanted():
    """Have the server ask the clerk for his password, as a real one does."""
    from pathlib import Path

    if "://" in server.GIVEN:
        yield
        return
    admin, clerk = server.server().admin, server.server().clerk
    rules = Path(admin.execute("SHOW hba_file").fetchone()[0])
    before = rules.read_text()
    rules.write_text(f"local all {clerk} scram-sha-256\n{before}")
    admin.execute("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        rules.write_text(before)
        admin.execute("SELECT pg_reload_conf()")


@pytest.mark.parametrize(
    "text",
    [
        f"postgresql+psycopg://u:{SECRET}@h@i/db",
        f"postgresql://u:{SECRET}@host:port/db",
        f"postgresql://u:{SECRET}@host",
        f"postgresql://u:{SECRET}@host/",
        f"mysql://u:{SECRET}@host/db",
        f"postgresql+psycopg2://u:{SECRET}@host/db",
        f"sqlite://u:{SECRET}@host",
    ],
)
def test_an_address_that_can_not_be_read_is_not_repeated(text) -> None:
    with pytest.raises(UsageError) as refused:
        parse_location(text)
    assert SECRET not in refused.value.message + refused.value.hint
    assert at(text)("agency", "list").status == 2


def test_the_three_spellings_of_an_address_are_one() -> None:
    found = {
        parse_location(f"{scheme}://zhang@host:5433/hri?sslmode=require").url
        for scheme in ("postgresql+psycopg", "postgresql", "postgres")
    }
    assert found == {"postgresql+psycopg://zhang@host:5433/hri?sslmode=require"}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:x%40y@h/db", "postgresql+psycopg://u:***@h/db"),
        ("postgresql://u@h/db?password=x%40y", "password=%2A%2A%2A"),
        ("postgresql://u@h/db?sslpassword=x%40y", "sslpassword=%2A%2A%2A"),
    ],
)
def test_an_address_is_shown_without_its_password(url, shown) -> None:
    found = str(parse_location(url))
    assert shown in found
    assert "x@y" not in found
    assert "x%40y" not in found


def test_commands_of_a_file_say_what_to_do_on_a_server_instead(there, tmp_path) -> None:
    for command in (("backup", tmp_path / "b.db"), ("restore", tmp_path / "b.db")):
        ran = there("archive", *command, *JSON)
        assert (ran.status, ran.error["code"]) == (5, "archive-on-server")
        assert "pg_dump" in ran.error["hint"]
        assert "archive copy" in ran.error["hint"]
    assert not (tmp_path / "b.db").exists()


def test_an_empty_database_asks_for_init_and_takes_it_once(database) -> None:
    assert said(database) == (5, "archive-missing")
    assert "hri init" in at(database)("agency", "list").err
    at(database)("init", "--district", "haidian").ok()
    again = at(database)("init", "--district", "chaoyang", *JSON)
    assert (again.status, again.error["code"]) == (4, "archive-exists")
    assert at(database)("archive", "info", *JSON).ok().json["district_name"] == "海淀区"


def test_an_init_that_fails_leaves_the_database_empty(database) -> None:
    with server.server().connect(database) as connection:
        connection.execute("CREATE TABLE paper (x integer)")  # somebody else's
    ran = at(database)("init", *JSON)
    assert (ran.status, ran.error["code"]) == (5, "archive-unusable")
    with server.server().connect(database) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert found.fetchall() == [("paper",)]


def test_a_database_that_can_not_hold_every_character_is_refused() -> None:
    url = server.server().new()
    name = server.Server.name_of(url)
    server.server().admin.execute(f"DROP DATABASE {name}")
    server.server().admin.execute(
        f"CREATE DATABASE {name} TEMPLATE template0"
        " ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'"
    )
    ran = at(url)("init", *JSON)
    assert (ran.status, ran.error["code"]) == (5, "archive-unusable")
    assert "LATIN1" in ran.error["message"]


def test_an_archive_of_a_newer_program_is_left_alone(there, owner) -> None:
    with server.server().connect(server.database_of(owner.archive)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in (("agency", "list"), ("archive", "upgrade")):
        ran = owner(*command, *JSON)
        assert (ran.status, ran.error["code"]) == (5, "archive-newer")
