"""What is never written over, who may read what was written, and what may be read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from hrintegrity import files, protection
from hrintegrity.errors import LookupFailedError, UnusableError
from running import Hri, code_of


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def office(haidian) -> Hri:
    haidian.add("北京甲公司", code_of(1))
    haidian("archive", "key", "show").ok()
    return haidian


@pytest.mark.archive_file("the archive, its journal and its key are files")
@pytest.mark.parametrize("force", [(), ("--force",)])
@pytest.mark.parametrize(
    "what", ["", ".key", ".key.next", ".key.replaced", "-journal", "-wal", ".files/ab/x"]
)
@pytest.mark.parametrize(
    "command", ["archive backup", "archive key backup", "archive send --plain -o"]
)
def test_the_archive_and_what_belongs_to_it_are_never_written_over(office, what, command, force):
    target = Path(f"{office.archive}{what}")
    if "/" in what:
        target.parent.mkdir(parents=True)
    ran = office(*command.split(), target, *force, "-f", "json")
    assert (ran.status, ran.error["code"]) == (4, "protected")
    assert target.exists() == (what in ("", ".key"))
    office("archive", "verify").ok()


@pytest.mark.archive_file("a link to the archive's file")
def test_a_link_to_the_archive_is_the_archive(office, tmp_path):
    before = office.archive.read_bytes()
    (tmp_path / "soft").symlink_to(office.archive)
    (tmp_path / "hard").hardlink_to(office.archive)
    for name in ("soft", "hard"):
        ran = office("archive", "key", "backup", tmp_path / name, "--force", "-f", "json")
        assert (ran.status, ran.error["code"]) == (4, "protected")
    assert office.archive.read_bytes() == before


@pytest.mark.archive_file("public.db is the archive's file")
def test_the_disclosure_is_not_written_over_an_archive_called_public_db(tmp_path):
    hri = Hri(tmp_path / "public.db")
    hri("init", "--district", "海淀区").ok()
    ran = hri("report", "public", "-o", tmp_path, "--force", "-f", "json")
    assert (ran.status, ran.error["code"]) == (4, "protected")
    assert not (tmp_path / "index.html").exists()
    hri("archive", "verify").ok()


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_device_and_a_pipe_are_never_written_over(office, tmp_path, force):
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", "/dev/null"):
        ran = office("archive", "key", "backup", place, *force, "-f", "json")
        assert (ran.status, ran.error["code"]) == (4, "protected")


def test_an_input_of_the_same_command_is_never_written_over(office, tmp_path):
    remarks = tmp_path / "summary.html"
    remarks.write_text("# 问题\n\n- 没有\n", encoding="utf-8")
    before = remarks.read_bytes()
    ran = office("report", "month", "-o", remarks, "--remarks", remarks, "--force", "-f", "json")
    assert (ran.status, ran.error["code"]) == (4, "protected")
    assert remarks.read_bytes() == before


@pytest.mark.parametrize(
    "command",
    ["agency import", "assess standard use", "recommend quotas use", "report hotlines --use",
     "report month -o x.docx --remarks", "archive office --plan", "archive receive",
     "archive restore --force", "archive key trust --district 朝阳区", "archive key restore",
     f"recommend add {code_of(1)} --reason 好 --opinion 好 --self-summary",
     "campaign log --kind training --date 2013-10-10 --title 培训 --attach"],
)  # fmt: skip
def test_a_pipe_or_a_device_is_not_read(office, tmp_path, command):
    os.mkfifo(tmp_path / "pipe.docx")
    for place in (tmp_path / "pipe.docx", "/dev/zero"):
        ran = office(*command.split(), place, "-f", "json")
        assert ran.status in (3, 4), ran
        assert "不是普通文件" in ran.error["message"]


def test_what_is_written_is_for_its_owner_and_what_is_replaced_keeps_its_mode(office, tmp_path):
    made = tmp_path / "made.csv"
    office("agency", "export", made).ok()
    assert mode(made) == 0o600
    made.chmod(0o640)
    office("agency", "export", made, "--force").ok()
    assert mode(made) == 0o640
    for number, words in enumerate(
        (["archive", "send", "--plain", "-o"], ["archive", "backup"], ["report", "month", "-o"])
    ):
        path = tmp_path / f"{number}.html"
        office(*words, path).ok()
        assert mode(path) == 0o600


def test_what_is_made_for_the_public_may_be_read_by_everybody(office, tmp_path):
    office("report", "public", "-o", tmp_path / "public").ok()
    office("report", "hotlines", "-o", tmp_path / "poster.html").ok()
    umask = os.umask(0)
    os.umask(umask)
    for path in [*(tmp_path / "public").iterdir(), tmp_path / "poster.html"]:
        assert mode(path) == 0o666 & ~umask


def write(targets, *, force, meanwhile=lambda: None):
    with files.whole_files(targets, force=force) as written:
        for path in written:
            path.write_text("new")
        meanwhile()


def test_files_that_belong_together_are_all_replaced_or_none(tmp_path, monkeypatch):
    targets = [tmp_path / name for name in ("a", "b", "c", "new")]
    for target in targets[:3]:
        target.write_text("old")
    replace = files.Path.replace

    def fail(self, target):
        if target.name == "c" and self.name.startswith(".c"):
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(files.Path, "replace", fail)
    with pytest.raises(UnusableError, match=r"c：磁盘已满"):
        write([targets[3], *targets[:3]], force=True)
    found = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert found == dict.fromkeys("abc", "old")


def test_a_file_that_another_process_made_meanwhile_stays(tmp_path):
    target = tmp_path / "x"
    with pytest.raises(LookupFailedError, match="已存在"):
        write([target], force=False, meanwhile=lambda: target.write_text("theirs"))
    assert [path.read_text() for path in tmp_path.iterdir()] == ["theirs"]


def test_many_targets_are_compared_with_what_is_protected_looked_up_once(tmp_path):
    looked_up = []
    protection.begin_command()
    protection.guard(lambda: looked_up.append(1) or [tmp_path / "archive.db"])
    targets = [tmp_path / f"{number}.html" for number in range(100)]
    files.refuse_existing(*targets, force=False)
    assert len(looked_up) == 1
    with pytest.raises(LookupFailedError, match=r"archive\.db"):
        files.refuse_existing(*targets, tmp_path / "archive.db", force=True)
    protection.begin_command()
