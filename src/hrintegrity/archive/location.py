"""Which archive is meant: a SQLite file or the URL of a PostgreSQL database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hrintegrity.errors import UsageError


@dataclass(frozen=True)
class Location:
    """Where an archive is: either `path`, a SQLite file, or `url`, a PostgreSQL database."""

    path: Path | None = None
    url: str | None = None

    def __str__(self) -> str:
        if self.path is not None:
            return str(self.path)
        from sqlalchemy import make_url  # noqa: PLC0415 — only an archive on a server needs it.

        return make_url(str(self.url)).render_as_string(hide_password=True)


def parse_location(text: str | None) -> Location:
    """Read `--archive`; without one, `archive.db` in the user's data directory.

    Raises UsageError `archive-url` for a URL of another kind of database.
    """
    if not text:
        from platformdirs import user_data_path  # noqa: PLC0415 — only the default needs it.

        return Location(path=user_data_path("hri", appauthor=False) / "archive.db")
    if text.startswith("sqlite:///"):
        return Location(path=Path(text.removeprefix("sqlite:///")))
    if "://" not in text:
        return Location(path=Path(text).expanduser())
    if text.startswith(("postgresql+psycopg://", "postgresql://")):
        return Location(url=text.replace("postgresql://", "postgresql+psycopg://", 1))
    raise UsageError(
        "archive-url",
        f"不认识的档案库地址：{text.split('://')[0]}://…",
        "请给出 SQLite 文件的路径，或 postgresql+psycopg://用户@主机/库名。",
    )
