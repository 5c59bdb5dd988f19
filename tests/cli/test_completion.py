"""The shell completes commands, agencies, districts and ids, without a word of English."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import pytest

from hrintegrity.cli.program import completing
from running import JSON, Hri, code_of

NAMES = ("北京甲人力资源有限公司", "北京乙劳务派遣中心", "上海路人才服务部")
pytestmark = pytest.mark.archive_file("completion looks into a file")


@pytest.fixture
def office(haidian) -> Hri:
    for number, name in enumerate(NAMES, 1):
        haidian.add(name, code_of(number))
    return haidian


def completed(hri: Hri, *words: str) -> list[str]:
    """Return what bash is told to offer for the last of the words."""
    asked = {"_HRI_COMPLETE": "complete_bash", "COMP_WORDS": "\n".join(("hri", *words)),
             "COMP_CWORD": str(len(words))}  # fmt: skip
    ran = hri.process(environment=asked)
    assert ran.returncode == 0, ran.stderr.decode()
    assert ran.stderr == b""
    return ran.stdout.decode().rstrip("\n").splitlines()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("北京", NAMES[1::-1]), ("乙劳务", NAMES[1:2]), ("shlrc", NAMES[2:]), ("SHLRC", NAMES[2:]),
        (code_of(1)[:-1], (code_of(1),)), ("没有这家", ()), ("%", ()), ("", sorted(NAMES)),
    ],
)  # fmt: skip
def test_agencies_are_completed_by_code_name_and_initials(office, typed, offered):
    for command in (("agency", "show"), ("complaint", "list"), ("agency", "merge", NAMES[0])):
        assert completed(office, *command, typed) == list(offered)


@pytest.mark.parametrize("typed", ["（国", "(国", "国际) h", "hr 人力", "HR", "hrrl"])
def test_names_are_completed_in_any_width_and_case(office, typed):
    office.add("北京（国际）HR 人力公司", code_of(9))
    found = completed(office, "agency", "show", typed)
    assert found == ["北京（国际）HR 人力公司"]


@pytest.mark.parametrize("typed", ["HR", "共有", "gymz"])
def test_a_name_that_many_bear_is_offered_once(haidian, tmp_path, typed):
    """It hides no other, of which there are as many as are offered."""
    file = tmp_path / "many.csv"
    names = ["HR共有名字"] * 50 + [f"HR共有名字{number}" for number in range(39)]
    rows = [f"{name},{code_of(number)},经营性" for number, name in enumerate(names, 1)]
    file.write_text("机构名称,信用代码,机构性质\n" + "\n".join(rows), encoding="utf-8")
    haidian("agency", "import", file).ok()
    found = completed(haidian, "agency", "show", typed)
    assert sorted(found) == sorted(set(names))


@pytest.mark.parametrize("typed", ["（国", "(国", "hr"])
def test_names_that_begin_as_typed_come_first_in_any_width_and_case(haidian, typed):
    first = "（国际）HR公司" if "国" in typed else "HR（国际）公司"
    names = ("Ａ甲（国际）HR公司", first)
    for number, name in enumerate(names, 1):
        haidian.add(name, code_of(number))
    assert completed(haidian, "agency", "show", typed) == [first, *names[:1]]


@pytest.mark.parametrize("sql", [completing._NAMED, completing._KEYS])
def test_names_are_looked_for_in_their_index_alone(office, sql):
    """The table itself is six times as long."""
    with closing(sqlite3.connect(office.archive)) as connection:
        given = {"key": "x", "most": 1}
        plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", given).fetchall()
    scans = [step for *_, step in plan if step.startswith("SCAN")]
    assert scans == ["SCAN agency USING COVERING INDEX ix_agency_name_key"]


def test_districts_and_ids_are_completed(office):
    assert completed(office, "report", "hotlines", "hai") == ["haidian"]
    assert completed(office, "report", "rates", "--district", "朝") == ["朝阳区"]
    told = ("--received", "2013-10-08", "--channel", "market", "--subject", "收费")
    case = office("complaint", "add", NAMES[0], *told, *JSON).ok().json["id"]
    assert completed(office, "complaint", "show", case[-8:-4]) == [case[-8:]]
    assert completed(office, "inspect", "mend", case[-8:-4]) == []


def test_commands_and_options_are_completed(office):
    assert completed(office, "agency", "le") == []
    assert completed(office, "agency", "loo") == ["lookup"]
    assert "--district" in completed(office, "agency", "list", "--d")


def test_completion_never_fails(tmp_path):
    nowhere = Hri(tmp_path / "none.db")
    assert completed(nowhere, "agency", "show", "甲") == []
    (tmp_path / "none.db").write_text("no archive", encoding="utf-8")
    assert completed(nowhere, "agency", "show", "甲") == []


def test_its_installation_speaks_chinese(tmp_path):
    home = {"HOME": str(tmp_path), "SHELL": "/bin/bash", "PATH": os.environ["PATH"],
            "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}  # fmt: skip
    ran = Hri(tmp_path / "none.db").process("--install-completion", "bash", environment=home)
    assert ran.returncode == 0
    assert ran.stdout.decode().startswith("已为 bash 安装自动补全：")
    assert list(tmp_path.rglob("*hri*"))
