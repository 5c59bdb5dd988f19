"""What is told of the place of a file: network drives and synchronised folders."""

from __future__ import annotations

import ctypes
from pathlib import Path, PurePosixPath
from types import SimpleNamespace

import pytest

from hrintegrity.duties import drives
from running import Hri, journal

MOUNTS = [
    "/dev/sda1 / ext4 rw 0 0",
    "nas:/share /mnt/nas nfs4 rw 0 0",
    "//nas/x /mnt/共享\\040盘 cifs rw 0 0",
    "/dev/sdb1 /mnt/nas/local ext4 rw 0 0",
]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/home/x/archive.db", None),
        ("/mnt/nas/archive.db", "/mnt/nas（nfs4）"),
        ("/mnt/nas2/archive.db", None),
        ("/mnt/nas/local/archive.db", None),
        ("/mnt/共享 盘/archive.db", "/mnt/共享 盘（cifs）"),
    ],
)
def test_the_mount_that_is_nearest_to_the_file_counts(path, found):
    assert drives.mounted(PurePosixPath(path), MOUNTS) == found


@pytest.mark.parametrize(
    "name", ["OneDrive - 人社局", "坚果云", "BaiduSyncdisk", "WPS云盘", "Dropbox"]
)
def test_a_folder_that_a_program_copies_elsewhere_is_known_by_its_name(tmp_path, name):
    assert drives.synchronised(tmp_path / name / "a" / "archive.db") == str(tmp_path / name)
    assert drives.synchronised(tmp_path / "a" / name) is None


def test_a_synchronised_folder_of_any_name_is_known_by_the_mark_in_it(tmp_path):
    assert drives.synchronised(tmp_path / "archive.db") is None
    (tmp_path / ".stfolder").mkdir()
    assert drives.synchronised(tmp_path / "archive.db") == str(tmp_path)


def test_on_windows_the_system_is_asked_what_kind_of_drive_it_is(monkeypatch):
    asked = []
    kernel = SimpleNamespace(GetDriveTypeW=lambda root: asked.append(root) or 4)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    path = SimpleNamespace(drive="Z:", anchor="Z:\\")
    assert drives._network_drive_of_windows(path) == "Z:\\"
    assert asked == ["Z:\\"]
    share = SimpleNamespace(drive="\\\\server\\share", anchor="\\\\server\\share\\")
    assert drives._network_drive_of_windows(share) == "\\\\server\\share"


def test_this_machine_s_own_disk_is_no_network_drive(tmp_path):
    assert drives.network_drive(Path(tmp_path) / "archive.db") is None


@pytest.mark.archive_file("where a file lies")
def test_commands_that_write_into_a_synchronised_folder_say_so_once(tmp_path):
    hri = Hri(tmp_path / "坚果云" / "archive.db")
    hri.archive.parent.mkdir()
    assert "自动同步" in hri("init", "--district", "海淀").ok().err
    assert "自动同步" not in hri("archive", "office", "--leader", "王局长").ok().err
    entries = journal(hri.archive)
    moved = tmp_path / "OneDrive" / "archive.db"
    moved.parent.mkdir()
    hri.archive.rename(moved)
    hri.archive = moved
    assert "自动同步" not in hri("agency", "list").ok().err
    said = hri("archive", "office", "--leader", "李局长").ok().err
    assert said.startswith("提示 ")
    assert "OneDrive" in said
    assert journal(hri.archive)[: len(entries)] == entries
    assert len(journal(hri.archive)) == len(entries) + 1
    hri("archive", "verify").ok()


@pytest.mark.archive_file("where a file lies")
def test_nothing_is_said_of_a_folder_of_this_machine(haidian):
    assert haidian("archive", "office", "--leader", "李局长").ok().err == ""
