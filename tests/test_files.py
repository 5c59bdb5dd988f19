"""What the system says against a file is told in Chinese, by the name that was given."""

from __future__ import annotations

import errno
import os
import re
import tempfile

import pytest

from hrintegrity import files, reasons
from hrintegrity.errors import UnusableError
from running import Hri, code_of


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EEXIST, "文件已存在"), (errno.EISDIR, "是一个文件夹"),
        (errno.ENOENT, "没有这个文件或文件夹"), (errno.EACCES, "没有权限"),
        (errno.EPERM, "没有权限"), (errno.ENOSPC, "磁盘已满"), (errno.EROFS, "只读文件系统"),
        (errno.ENAMETOOLONG, "文件名太长"), (9999, "系统错误 9999"), (None, "系统没有说明原因"),
    ],
)  # fmt: skip
def test_the_reason_of_the_system_is_chinese(number, reason):
    error = OSError("No such thing") if number is None else OSError(number, "No such thing")
    assert files.os_reason(error) == reason


def test_every_reason_names_an_error_that_some_system_has():
    assert not [name for name in reasons._REASONS if not hasattr(errno, name)]


def test_a_file_that_cannot_be_made_is_told_by_its_own_name(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device", str(tmp_path / ".temporary"))

    monkeypatch.setattr(tempfile, "mkstemp", full)
    with (
        pytest.raises(UnusableError, match=r"x\.csv：磁盘已满"),
        files.whole_file(tmp_path / "x.csv"),
    ):
        pass


def test_an_archive_that_cannot_be_made_is_told_by_its_own_name(tmp_path, monkeypatch):
    def refuse(path, *_):
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr(os, "open", refuse)
    ran = Hri(tmp_path / "a.db")("init", "-f", "json")
    assert (ran.status, ran.error["code"]) == (5, "archive-unusable")
    assert ran.error["message"] == f"不能建立档案库 {tmp_path / 'a.db'}：只读文件系统"


OUTPUTS = [
    "agency export", "agency template", "agency staff template", "inspect template",
    "complaint template", "assess standard export", "sanction export --system market",
    f"agency dossier {code_of(1)} -o", "agency pledge --blank agency -o", "report month -o",
    "report hotlines -o", f"recommend form {code_of(1)} -o",
    "recommend submit --date 2013-10-10 -o",
    f"assess notice {code_of(1)} -o",
]  # fmt: skip


@pytest.mark.parametrize("command", OUTPUTS)
def test_a_file_of_another_kind_has_one_code_everywhere(haidian, tmp_path, command):
    haidian.add("北京甲公司", code_of(1))
    path = tmp_path / "x.odt"
    ran = haidian(*command.split(), path, "-f", "json")
    assert ran.status == 2, ran
    assert (ran.error["code"], path.exists()) == ("unknown-suffix", False)
    assert ran.error["message"] == "不能写成这种文件：x.odt"
    assert re.fullmatch(r"文件名应以 (\.[a-z]+、?)+ 结尾。", ran.error["hint"])


@pytest.mark.parametrize(
    "command",
    ["agency import", "assess standard use", "recommend quotas use", "report hotlines --use",
     "report month -o x.docx --remarks", "archive office --plan", "archive receive",
     f"assess run {code_of(1)} --scores"],
)  # fmt: skip
def test_a_folder_where_a_file_is_asked_for_is_refused_by_name(haidian, tmp_path, command):
    haidian.add("北京甲公司", code_of(1))
    ran = haidian(*command.split(), tmp_path)
    assert ran.status in (3, 4, 5)
    line, hint = ran.err.splitlines()
    assert tmp_path.name in line
    said = line.replace(str(tmp_path), "") + re.sub("（详见 hri help .*）", "", hint)
    assert not re.search("[A-Za-z]{2,} [a-z]{1,} [a-z]{2,}", said)


@pytest.mark.parametrize("command", ["report public", "assess sheet --all --source expert"])
def test_a_file_where_a_folder_is_asked_for_is_refused_by_name(haidian, tmp_path, command):
    haidian.add("北京甲公司", code_of(1))
    (tmp_path / "out").write_text("mine")
    for place in (tmp_path / "out", tmp_path / "out" / "deeper"):
        ran = haidian(*command.split(), "-o", place, "-f", "json")
        assert (ran.status, ran.error["code"]) == (5, "output-unusable")
        assert "不是目录" in ran.error["message"]
    assert (tmp_path / "out").read_text() == "mine"
