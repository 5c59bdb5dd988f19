"""Replacing an archive's file while nobody writes into the one that goes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from hrintegrity.archive.connecting import connect, database_errors, is_locked
from hrintegrity.archive.explaining import explain_copy
from hrintegrity.archive.location import BUSY_SECONDS
from hrintegrity.files import whole_file


@contextmanager
def replacing(path: Path, *, cipher: bool = False, encrypted: bool | None = None) -> Iterator[Path]:
    """Yield a temporary path that takes the place of an archive's file, as `files.whole_file` does.

    The write lock of the file that goes is held until another has its name; whoever waits for the
    lock sees then that the name is another file's (`archive.engine`). `cipher` and
    `encrypted` as in `connect`: the block must open the file in the same way and no other. Raises
    UnusableError `archive-locked` and what `whole_file` raises.
    """
    with ExitStack() as held:
        if path.exists():
            _lock(held, path, cipher=cipher, encrypted=encrypted)
        with whole_file(path, force=True, own=True) as temporary:
            yield temporary
            if os.name == "nt":
                # A file that anyone has open can't be replaced there, so nobody writes into it.
                held.close()


def _lock(held: ExitStack, path: Path, *, cipher: bool, encrypted: bool | None) -> None:
    try:
        opened = connect(
            path,
            "rw",
            timeout=BUSY_SECONDS,
            autocommit=True,
            cipher=cipher,
            encrypted=encrypted,
        )
        connection = held.enter_context(closing(opened))
        connection.execute("BEGIN IMMEDIATE")
    except database_errors() as error:
        # Nobody writes into what is too damaged to be opened.
        if is_locked(error):
            raise explain_copy(error, path, None) from error
