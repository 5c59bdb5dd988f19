"""Where a file lies: on a disk of this machine, a network drive, or in a synchronised folder."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePath

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.guarding import writes_allowed

_NETWORK = frozenset(
    {
        *("9p", "afpfs", "afs", "ceph", "cifs", "coda", "davfs", "glusterfs", "lustre", "ncpfs"),
        *("nfs", "nfs4", "smb2", "smb3", "smbfs", "webdav", "fuse.davfs2", "fuse.glusterfs"),
        *("fuse.rclone", "fuse.sshfs"),
    }
)
_SYNCHRONISED = re.compile(
    r"onedrive|dropbox|google ?drive|icloud|com~apple~clouddocs|nutstore|坚果云|baidusync"
    r"|baidunetdisk|百度网盘|百度云|wps ?(?:云盘|drive|cloud)|wpsdrive|weiyun|微云|nextcloud"
    r"|owncloud|seafile|syncthing|resilio|creative cloud files|360云盘|阿里云盘|aliyundrive",
    re.IGNORECASE,
)
_MARKS = (".stfolder", ".dropbox", ".sync", ".owncloudsync.log", ".nutstore")
_REMOTE_DRIVE = 4
_ESCAPE = re.compile(r"\\([0-7]{3})")


def fault(path: Path) -> tuple[str, str] | None:
    """Return in Chinese what is wrong with where a file lies and what to do; None where nothing."""
    if remote := network_drive(path):
        return (
            f"档案库在网络盘上：{remote}",
            "请放到本机的磁盘上；几个人共用的，改用 PostgreSQL 服务器（见手册“几个人共用”）。",
        )
    if copied := synchronised(path):
        return (
            f"档案库在自动同步的文件夹里：{copied}",
            "请移到不同步的文件夹里；要留副本的，用 hri archive backup。",
        )
    return None


def first_remark(archive: Archive) -> str | None:
    """Return the remark on an archive's place, once for each place that it is in.

    The number of the place is kept in the head of the file, which is no record.
    """
    path = archive.location.path
    found = None if path is None or archive.discards else fault(path)
    if found is None:
        return None
    connection, said = archive.connection, "。".join(found)
    number = zlib.crc32(said.encode()) & 0x7FFFFFFF
    kept = connection.exec_driver_sql("SELECT user_version FROM pragma_user_version").scalar_one()
    if kept == number:
        return None
    with writes_allowed(connection):
        connection.exec_driver_sql(f"PRAGMA user_version = {number}")
    return said


def synchronised(path: Path) -> str | None:
    """Return the folder above `path` that a program copies elsewhere by itself; None without one.

    A synchronising program may copy a file while it is written, or put an older one in its place.
    """
    for folder in path.absolute().parents:
        if _SYNCHRONISED.search(folder.name) or any((folder / mark).exists() for mark in _MARKS):
            return str(folder)
    return None


def network_drive(path: Path) -> str | None:
    """Return the network drive on which `path` lies; None where its disk is this machine's."""
    whole = path.absolute()
    if os.name == "nt":
        return _network_drive_of_windows(whole)
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return mounted(whole, mounts.splitlines())


def mounted(path: PurePath, mounts: Iterable[str]) -> str | None:
    """Return the network file system that holds `path`, by the lines of `/proc/mounts`."""
    longest, kind = "", ""
    for line in mounts:
        fields = line.split()
        if len(fields) < 3:
            continue
        place = _ESCAPE.sub(lambda match: chr(int(match[1], 8)), fields[1])
        if path.is_relative_to(place) and len(place) >= len(longest):
            longest, kind = place, fields[2]
    return f"{longest}（{kind}）" if kind in _NETWORK else None


def _network_drive_of_windows(path: Path) -> str | None:
    import ctypes  # noqa: PLC0415 — only Windows asks.

    if path.drive.startswith("\\\\"):
        return path.drive
    system = getattr(ctypes, "windll", None)
    if system is None:
        return None
    remote = system.kernel32.GetDriveTypeW(path.anchor) == _REMOTE_DRIVE
    return path.anchor if remote else None
