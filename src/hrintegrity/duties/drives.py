"""Where a file lies: on a disk of this machine, a network drive, or in a synchronised folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePath

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
