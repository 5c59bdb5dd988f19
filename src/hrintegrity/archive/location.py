"""Which archive is meant: a SQLite file or the URL of a PostgreSQL database."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from hrintegrity.errors import UnusableError, UsageError
from hrintegrity.files import make_folder

_SERVER = "postgresql+psycopg://"
_SERVERS = (_SERVER, "postgresql://", "postgres://")
_SECRETS = ("password", "sslpassword")

KEY_VARIABLE, FILES_VARIABLE = "HRI_KEY", "HRI_FILES"

KEY_ENDS = ("", ".replaced", ".next")
"""What the names of a key's files end in: the present one, and those beside it for a while."""

BUSY_SECONDS = 30
"""How long a command waits for its turn, where others use the archive's file."""

AT_ONCE_SECONDS = 0.25
"""How long SQLite waits by itself, since nothing interrupts it then."""


@dataclass(frozen=True)
class Location:
    """Where an archive is: either `path`, a SQLite file, or `url`, a PostgreSQL database.

    `default` says that nobody named the place: its folder is the program's own to make.
    `encrypted` says what a new file is to be, `files` where attachments are, if not beside it.
    """

    path: Path | None = None
    url: str | None = None
    default: bool = field(default=False, compare=False)
    encrypted: bool | None = field(default=None, compare=False)
    files: Path | None = field(default=None, compare=False)

    @property
    def key_file(self) -> Path | None:
        """Where the office's key lies: `archive.db.key`, or as HRI_KEY says."""
        return self._beside(".key", KEY_VARIABLE)

    @property
    def attachments(self) -> Path | None:
        """Where the files of activities lie: `archive.db.files`, or on a server HRI_FILES."""
        if self.files is not None:
            return self.files
        if self.path is not None:
            return attachments_of(self.path)
        return self._beside(".files", FILES_VARIABLE)

    def _beside(self, suffix: str, variable: str) -> Path | None:
        given = os.environ.get(variable)
        if given:
            return Path(given)
        return None if self.path is None else self.path.with_name(f"{self.path.name}{suffix}")

    def own_files(self) -> list[Path]:
        """Return what belongs to the archive, for `protection.guard`, there yet or not."""
        names = () if self.path is None else ("", "-journal", "-wal", "-shm")
        found = [self.path.with_name(f"{self.path.name}{end}") for end in names if self.path]
        key = self.key_file
        keys = [] if key is None else [key.with_name(f"{key.name}{end}") for end in KEY_ENDS]
        return [*found, *keys, *([self.attachments] if self.attachments else [])]

    def file_now(self) -> tuple[int, int] | None:
        """Return which file has the archive's name at this moment; None where none has."""
        try:
            found = None if self.path is None else self.path.stat()
        except OSError:
            return None
        return None if found is None else (found.st_dev, found.st_ino)

    def make_folder(self) -> None:
        """Make the folder of the default place; one that was named has to be there.

        Raises UnusableError `folder-missing` or `output-unusable`.
        """
        if self.path is None:
            return
        if self.default:
            make_folder(self.path.parent)
        elif not self.path.parent.is_dir():
            raise UnusableError(
                "folder-missing", f"目录不存在：{self.path.parent}", "请先建立这个目录。"
            )

    def __str__(self) -> str:
        if self.path is not None:
            return str(self.path)
        from sqlalchemy import make_url  # noqa: PLC0415 — only an archive on a server needs it.

        url = make_url(str(self.url))
        hidden = {name: "***" for name in _SECRETS if name in url.query}
        return url.update_query_dict(hidden).render_as_string(hide_password=True)


def system_user() -> str:
    """Return who is logged in at this machine, by the system itself and not by a variable."""
    try:
        if hasattr(os, "getuid"):
            import pwd  # noqa: PLC0415 — there is none on Windows.

            return pwd.getpwuid(os.getuid()).pw_name
        return os.getlogin()
    except (OSError, KeyError):
        # A container may run as a user that has no name.
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown"


def attachments_of(path: Path) -> Path:
    """Return the folder beside an archive's file that holds its attachments."""
    return path.with_name(f"{path.name}.files")


def parse_location(text: str | None) -> Location:
    """Read `--archive`; without one, `archive.db` in the user's data directory.

    Raises UsageError `archive-url` for a URL of another kind of database, or one that can't be
    read.
    """
    if not text:
        from platformdirs import user_data_path  # noqa: PLC0415 — only the default needs it.

        return Location(user_data_path("hri", appauthor=False) / "archive.db", default=True)
    if text.startswith("sqlite:///"):
        return Location(path=Path(text.removeprefix("sqlite:///")))
    if "://" not in text:
        return Location(path=Path(text).expanduser())
    for beginning in _SERVERS:
        if text.startswith(beginning):
            return Location(url=_checked(_SERVER + text.removeprefix(beginning)))
    raise UsageError(
        "archive-url",
        f"不认识的档案库地址：{text.split('://')[0]}://…",
        "请给出 SQLite 文件的路径，或 postgresql+psycopg://用户@主机/库名。",
    )


def _checked(url: str) -> str:
    """Return a URL that can be read; one that can't may hold a password, so it isn't shown."""
    from sqlalchemy import make_url  # noqa: PLC0415 — only an archive on a server needs it.
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        found = make_url(url)
    except (ArgumentError, ValueError):
        raise _unreadable("看不懂这个地址") from None
    if "@" in (found.host or ""):
        raise _unreadable("主机名里有 @")
    if not found.database:
        raise _unreadable("没有写库名")
    return url


def _unreadable(why: str) -> UsageError:
    return UsageError(
        "archive-url",
        f"档案库地址不对：{why}",
        f"应如 {_SERVER}用户:密码@主机:5432/库名；密码里的 @ / : 写成 %40 %2F %3A。",
    )
