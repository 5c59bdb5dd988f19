"""What can't be undone is shown first and asked for at a terminal; --dry-run writes nothing."""

from __future__ import annotations

import shutil
from contextlib import suppress

import pytest

import server
from running import JSON, Hri, code_of
from samples import COMMANDS, SAMPLES
from terminal import conversation

ASKING = [
    path
    for path, command in COMMANDS.items()
    if any("--yes" in parameter.opts for parameter in command.params)
]
pytestmark = pytest.mark.archive_file("the bytes of a file are compared")


@pytest.fixture
def prepared(office, tmp_path) -> Hri:
    """Return the prepared archive in a folder of its own."""
    (tmp_path / "archive").mkdir()
    hri = Hri(tmp_path / "archive" / "archive.db")
    server.copy(office.folder / "archive.db", hri.archive)
    with suppress(FileNotFoundError):
        shutil.copy(office.folder / "archive.db.key", f"{hri.archive}.key")
    return hri


def content(folder) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_these_commands_ask():
    assert {"recommend submit", "recommend award", "agency merge", "archive receive",
            "archive restore", "archive withdraw", "sanction withdraw"} <= set(ASKING)  # fmt: skip


@pytest.mark.parametrize("path", ASKING)
def test_a_dry_run_gives_the_same_answer_and_changes_no_byte(prepared, office, path, tmp_path):
    sample, out = SAMPLES[path], tmp_path / "out"
    out.mkdir()
    if sample.fresh:
        prepared.archive.unlink()
    arguments = office.arguments(sample, out)
    before = content(tmp_path)
    tried = prepared(*arguments, "--dry-run", *JSON)
    assert content(tmp_path) == before
    said = prepared(*arguments, "--dry-run")
    assert content(tmp_path) == before
    done = prepared(*arguments, *JSON)
    assert tried.status == said.status == done.status == sample.status
    if sample.status == 0:
        assert list(tried.json) == list(done.json)
        assert said.out.splitlines()[-1].startswith("试运行，没有写入：")
        assert content(tmp_path) != before
    else:
        assert tried.error["code"] == done.error["code"]


MERGE = ("agency", "merge", code_of(4), code_of(3), "--reason", "重复")


@pytest.mark.parametrize(("answer", "merged"), [("y", True), ("n", False), ("", False)])
def test_at_a_terminal_a_command_shows_what_it_will_do_and_asks(prepared, answer, merged):
    before = content(prepared.archive.parent)
    status, said = conversation(prepared, MERGE, [("y 确认", answer)])
    assert "还没有写入：将把北京丁公司" in said
    assert (status, "已取消，没有写入" in said) == ((0, False) if merged else (1, True))
    assert (content(prepared.archive.parent) != before) == merged
    assert ("北京丁公司" not in named(prepared)) == merged


def named(hri: Hri) -> set[str]:
    return {agency["name"] for agency in hri("agency", "list", *JSON).ok().json}


def test_an_interrupted_question_writes_nothing(prepared):
    before = content(prepared.archive.parent)
    status, _ = conversation(prepared, MERGE, [("y 确认", "\x03")])
    assert status == 130
    assert content(prepared.archive.parent) == before


def test_yes_answers_and_a_pipe_is_not_asked(prepared):
    status, said = conversation(prepared, (*MERGE, "--yes"), [])
    assert (status, "确认" in said) == (0, False)
    piped = prepared("agency", "merge", code_of(3), code_of(2), "--reason", "重复")
    assert (piped.status, "确认" in piped.out + piped.err) == (0, False)


@pytest.mark.parametrize("path", [path for path in ASKING if SAMPLES[path].status == 0])
def test_each_of_them_asks_and_does_nothing_where_it_is_refused(prepared, office, path, tmp_path):
    sample, out = SAMPLES[path], tmp_path / "out"
    out.mkdir()
    if sample.fresh:
        prepared.archive.unlink()
    before = content(tmp_path)
    status, said = conversation(prepared, office.arguments(sample, out), [("y 确认", "n")])
    assert (status, "还没有写入：将" in said) == (1, True)
    assert content(tmp_path) == before


def test_a_refusal_comes_before_the_question(prepared):
    status, said = conversation(prepared, ("agency", "merge", "没有", "丙", "--reason", "重复"), [])
    assert (status, "确认" in said) == (4, False)


HAND_OVER = ("agency", "edit", code_of(4), "--district", "朝阳")


@pytest.mark.parametrize(("answer", "gone"), [("y", True), ("n", False)])
def test_who_hands_an_agency_over_is_asked_first_since_it_cant_be_taken_back(
    prepared, answer, gone
):
    status, said = conversation(prepared, HAND_OVER, [("y 确认", answer)])
    assert "北京丁公司归朝阳区以后" in said
    assert (status == 0) == gone == ("北京丁公司" not in named(prepared))


def test_what_an_agency_is_handed_over_with_is_said_before_what_follows_from_it(prepared):
    _, said = conversation(prepared, (*HAND_OVER, "--phone", "1"), [("y 确认", "n")])
    change = "还没有写入：将更改：北京丁公司"
    assert "区县 海淀区 → 朝阳区；联系电话 （空） → 1" in said.replace("\r\n", "")
    assert said.index(change) < said.index("归朝阳区以后")


@pytest.mark.parametrize("more", [(), ("--district", "海淀")], ids=["no district", "its own"])
def test_other_changes_of_an_agency_are_not_asked_about(prepared, more):
    change = ("agency", "edit", code_of(4), "--phone", "1", *more)
    status, said = conversation(prepared, change, [])
    assert (status, "y 确认" in said) == (0, False)
    assert said.count("已更改：北京丁公司") == 1
    assert prepared("agency", "show", code_of(4), *JSON).json["phone"] == "1"


def test_a_warning_of_a_change_that_is_not_asked_about_comes_once(prepared):
    change = ("agency", "edit", code_of(4), "--name", "北京丁 丁公司", "--date", "2013-10-11")
    _, said = conversation(prepared, change, [])
    assert (said.count("记作曾用名"), said.count("在今天")) == (1, 1)


def test_through_a_pipe_an_agency_is_handed_over_with_a_word(prepared):
    said = prepared(*HAND_OVER).ok().err
    assert "本档案库不再办它的事" in said
    assert prepared("agency", "show", code_of(4), *JSON).error["code"] == "not-ours"
