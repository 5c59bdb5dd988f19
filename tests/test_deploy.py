"""deploy/: the compose file is well-formed and safe, and the README says what stands in it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from running import Hri

DEPLOY = Path(__file__).parent.parent / "deploy"
README = (DEPLOY / "README.md").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
DB = COMPOSE["services"]["db"]


def commands(program: str) -> list[list[str]]:
    """Return the commands of a program in the README's blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    found = []
    for line in lines:
        words = shlex.split(line, comments=True)
        while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
            words.pop(0)
        if words[:1] == [program]:
            found.append(words[1:])
    return found


def test_the_image_is_pinned_and_the_data_outlive_the_container() -> None:
    assert list(COMPOSE["services"]) == ["db"]
    assert re.fullmatch(r"postgres:\d+\.\d+", DB["image"])
    assert int(re.findall(r"\d+", DB["image"])[0]) >= 17  # clerks may rewrite a table from 17 on.
    (volume,) = DB["volumes"]
    name, place = volume.split(":")
    assert name in COMPOSE["volumes"]
    assert place == "/var/lib/postgresql/data"


def test_no_password_stands_in_it_and_nobody_outside_can_connect() -> None:
    named = DB["environment"]
    assert "POSTGRES_PASSWORD" not in named
    assert "POSTGRES_HOST_AUTH_METHOD" not in named
    (secret,) = DB["secrets"]
    assert named["POSTGRES_PASSWORD_FILE"] == f"/run/secrets/{secret}"
    assert COMPOSE["secrets"][secret]["file"] == "./owner-password.txt"
    assert DB["ports"] == ["${HRI_LISTEN:-127.0.0.1}:${HRI_PORT:-5432}:5432"]
    assert "network_mode" not in DB


def test_it_says_when_it_is_ready_for_the_user_and_the_database_that_it_makes() -> None:
    named, test = DB["environment"], DB["healthcheck"]["test"]
    assert test[:2] == ["CMD", "pg_isready"]
    assert f"--username={named['POSTGRES_USER']}" in test
    assert f"--dbname={named['POSTGRES_DB']}" in test


def test_the_readme_names_what_stands_in_the_compose_file() -> None:
    named = DB["environment"]
    user, database = named["POSTGRES_USER"], named["POSTGRES_DB"]
    assert f"postgresql+psycopg://{user}@127.0.0.1:5432/{database}" in README
    for word in ("HRI_LISTEN", "HRI_PORT", "owner-password.txt"):
        assert word in README
        assert word in (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    composed = commands("docker")
    assert len(composed) == 4
    for words in composed:
        assert words[0] == "compose"
        if words[1] == "exec":
            assert next(word for word in words[2:] if not word.startswith("-")) == "db"
            assert f"--username={user}" in words
            assert not {word for word in words if word.startswith("--dbname=")} - {
                f"--dbname={database}"
            }


def test_the_passwords_file_is_not_committed() -> None:
    ignored = (DEPLOY.parent / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "/deploy/owner-password.txt" in ignored


@pytest.mark.parametrize("words", commands("hri"), ids=" ".join)
def test_each_command_of_the_readme_is_one(words, tmp_path) -> None:
    assert Hri(tmp_path / "a.db")(*words, "--help").status == 0
    name = [word for word in words if re.fullmatch("[a-z]+", word)]
    assert name
    options = [word for word in words if word.startswith("--")]
    told = Hri(tmp_path / "a.db")(*name[:2], "--help")
    shown = told.out if told.status == 0 else Hri(tmp_path / "a.db")(name[0], "--help").out
    assert all(option in shown for option in options)


def test_the_environment_that_the_readme_names_is_the_programs() -> None:
    from hrintegrity.archive.location import FILES_VARIABLE, KEY_VARIABLE

    exported = set(re.findall(r"export (HRI_[A-Z]+)=", README))
    assert exported == {"HRI_ARCHIVE", "HRI_OPERATOR", FILES_VARIABLE, KEY_VARIABLE}
