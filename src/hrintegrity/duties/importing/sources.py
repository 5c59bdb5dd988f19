"""Which files an import is about: those that are named, and the tables in folders."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from hrintegrity.errors import InputError

SUFFIXES = frozenset({".csv", ".xlsx", ".xls", ".ods", ".et"})


def files_of(paths: Sequence[Path]) -> list[Path]:
    """Return the files to read: a folder stands for every table directly in it, by name.

    Hidden files and what an open program leaves (`~$…`) are no tables. Raises LookupFailedError
    `file-missing`, InputError `folder-empty`.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _tables(path) if path.is_dir() else [path]:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _tables(folder: Path) -> Iterator[Path]:
    tables = sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES
        and not path.name.startswith((".", "~$"))
        and path.is_file()
    )
    if not tables:
        raise InputError(
            "folder-empty",
            f"文件夹里没有表格文件：{folder}",
            "能导入的是其中的 csv、xlsx、xls、ods、et 文件（不含下一层文件夹）。",
        )
    return iter(tables)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
