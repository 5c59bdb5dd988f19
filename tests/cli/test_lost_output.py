"""What nobody reads any more is lost, and nothing else: work and exit code are as they are."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from contextlib import contextmanager
from functools import partial

import pytest

from hrintegrity import files
from running import HRI, code_of, journal, tamper

LATER = ("--since", "2014-01-01")
"""A day after the archive's today: a warning before anything is written."""

ADD = ("agency", "add", "--name", "北京丁公司", "--code", code_of(4), "--kind", "经营性", *LATER)


@pytest.fixture
def office(haidian):
    """An archive where every kind of refusal has its cause."""
    haidian.add("北京甲公司", code_of(1), kind="公益性")
    haidian("recommend", "add", code_of(1), "--reason", "好", "--despite", "试点").ok()
    return haidian


@contextmanager
def unread():
    """Yield a pipe whose reader has gone."""
    read, write = os.pipe()
    os.close(read)
    try:
        yield write
    finally:
        os.close(write)


def run(hri, *arguments, **streams):
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run(
        [*HRI, *map(str, arguments)], stdin=subprocess.DEVNULL, env=hri.variables(), timeout=600,
        check=False, **given,
    )  # fmt: skip


@pytest.mark.parametrize("form", ["table", "json"])
def test_a_warning_that_nobody_reads_does_not_keep_a_command_from_writing(office, form):
    with unread() as pipe:
        ran = run(office, *ADD, "-f", form, stderr=pipe)
    assert ran.returncode == 0
    assert "北京丁公司" in ran.stdout.decode()
    shown = office("agency", "show", code_of(4), "-f", "json").ok().json
    if form == "json":
        assert json.loads(ran.stdout) == shown


def test_a_warning_in_the_middle_of_a_change_does_not_undo_it(office):
    with unread() as pipe:
        ran = run(
            office, "agency", "close", code_of(1), "--date", "2014-01-02", "--reason", "停业",
            stdout=pipe, stderr=pipe,
        )  # fmt: skip
    assert ran.returncode == 0
    assert office("agency", "show", code_of(1), "-f", "json").json["status"] == "closed"


REFUSALS = [
    ("agency show 没有这一家 -f json", 4),
    ("agency import nofile.csv", 4),
    (f"agency add --name 乙 --code {code_of(2)[:-1]}{'0' if code_of(2)[-1] != '0' else '1'}"
     " --kind 经营性", 3),
    (f"agency edit {code_of(1)} --district 朝阳 --name 丙 --code 1", 3),
    ("assess conclude 北京甲公司", 1),
    ("agency list --bogus", 2),
    ("agency list --kind xml", 2),
    ("agency", 2),
    ("no-such-group", 2),
    ("--archive /none/at/all.db agency list", 5),
]  # fmt: skip


@pytest.mark.parametrize(("command", "status"), REFUSALS)
def test_an_error_that_nobody_reads_has_its_exit_code(office, command, status):
    with unread() as pipe:
        assert run(office, *command.split(), stderr=pipe).returncode == status


JUDGED = [
    ("recommend check-quota", 1),
    ("recommend check-quota 海淀", 1),
    ("report readiness", 1),
    ("report rates --require 1.0", 1),
    ("archive verify", 0),
    ("agency list", 0),
]


@pytest.mark.parametrize(("command", "status"), JUDGED)
def test_a_judgement_that_nobody_reads_has_its_exit_code(office, command, status):
    # Python may be told not to buffer; then a stream writes to its file at once.
    for form, unbuffered in (("table", "1"), ("json", "")):
        office.environment["PYTHONUNBUFFERED"] = unbuffered
        assert office(*command.split(), "-f", form).status == status
        with unread() as pipe:
            ran = run(office, *command.split(), "-f", form, stdout=pipe)
        assert (ran.returncode, b"Traceback" in ran.stderr) == (status, False)


def test_a_damaged_archive_is_judged_so_where_nobody_reads(office):
    tamper(office.archive, "UPDATE agency SET name = '改了' WHERE name = '北京甲公司'")
    with unread() as pipe:
        assert run(office, "archive", "verify", stdout=pipe).returncode == 1


def test_a_full_disk_tells_that_the_record_is_written_all_the_same(office):
    before = len(journal(office.archive))
    with open("/dev/full", "wb") as full:  # noqa: PTH123 — a device, not a file.
        ran = run(office, *ADD, stdout=full)
    told = ran.stderr.decode()
    assert ran.returncode == 5
    assert "错误 [output-unusable] 命令已执行完，要写入的已写入" in told
    assert "磁盘已满" in told
    assert len(journal(office.archive)) == before + 1


@pytest.mark.parametrize("ending", ["html", "docx"])
def test_a_paper_that_is_not_written_after_its_number_says_that_the_number_stays(
    office, monkeypatch, tmp_path, ending
):
    def fail(*_):
        raise OSError(errno.EIO, "")

    paper = tmp_path / f"a.{ending}"
    office("campaign", "log", "--kind", "training", "--date", "2013-10-10", "--title", "培训").ok()
    activity = office("campaign", "list", "-f", "json").ok().json[0]["id"]
    with monkeypatch.context() as patch:
        patch.setattr(files, "_finish", fail)
        ran = office("campaign", "bulletin", activity, "-o", paper, "-f", "json")
        assert (ran.status, ran.error["code"]) == (5, "output-unusable")
        assert "档案库里已经登记，没有撤回" in ran.error["hint"]
        # What only reads has nothing to say of that.
        ran = office("agency", "list", "-o", tmp_path / "a.csv", "-f", "json")
        assert (ran.status, "没有撤回" in ran.error["hint"]) == (5, False)
        # Neither has what was refused, or was a rehearsal.
        ran = office(
            "agency", "add", "--name", "甲", "--code", "1", "--kind", "经营性", "-f", "json"
        )
        assert (ran.status, "没有撤回" in ran.error["hint"]) == (3, False)
        # However it ends, it doesn't say that nothing was written.
        bulletin = ("campaign", "bulletin", activity, "-o", paper, "--date")
        for day, error, code in (
            ("2013-10-11", ValueError(), "internal-error"),
            ("2013-10-12", MemoryError(), "memory-exhausted"),
        ):
            patch.setattr(files, "_finish", partial(raised, error))
            ran = office(*bulletin, day, "-f", "json")
            assert (ran.error["code"], "没有写入" in ran.error["message"]) == (code, False)
            assert "没有撤回" in ran.error["hint"]
        patch.setattr(files, "_finish", partial(raised, KeyboardInterrupt()))
        ran = office(*bulletin, "2013-10-13")
        assert (ran.status, "没有撤回" in ran.err) == (130, True)
    office("campaign", "bulletin", activity, "-o", paper).ok()
    assert paper.exists()


def raised(error: BaseException, *_: object) -> None:
    raise error


def test_a_full_disk_for_warnings_and_errors_changes_nothing(office):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        assert run(office, *ADD, stderr=full).returncode == 0
        assert run(office, *ADD, stderr=full).returncode == 4
        # The judgement is not all there, so that it can't be trusted.
        assert run(office, "recommend", "check-quota", stdout=full, stderr=full).returncode == 5


def test_a_pipe_that_does_not_wait_gets_everything(office):
    lines = [f"丁{n}公司,{code_of(n)},经营性" for n in range(100, 1500)]
    file = office.archive.with_name("many.csv")
    file.write_text("机构名称,信用代码,机构性质\n" + "\n".join(lines), encoding="utf-8")
    office("agency", "import", file).ok()
    read, write = os.pipe()
    os.set_blocking(write, False)
    with subprocess.Popen(
        [*HRI, "agency", "list", "-f", "json"], stdout=write, env=office.variables()
    ) as writer:
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            assert len(json.loads(pipe.read())) == 1401
        assert writer.wait() == 0
