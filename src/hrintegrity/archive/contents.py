"""The content of attachments, named by its SHA-256, in the clear or in the format of age.

An encrypted archive holds the key to them in its vault, so that a new passphrase leaves them as
they are. A file that is still in the clear, after an interruption, is read as it is.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from hrintegrity.archive.reader import Reader
from hrintegrity.errors import UnusableError
from hrintegrity.files import flush_folder

AGE = b"age-encryption.org/v1"
_CHUNK = 1 << 20
_NAME = re.compile(r"[0-9a-f]{64}")
_BEGINNING = ".content."
_TEMPORARIES = shutil.ignore_patterns(f"{_BEGINNING}*")


def new_identity() -> str:
    """Return a fresh key of age."""
    from pyrage import x25519  # noqa: PLC0415 — only an encrypted archive needs it.

    return str(x25519.Identity.generate())


def identity_of(archive: Reader) -> str | None:
    """Return the key of an archive's vault; None for an archive in the clear."""
    if not archive.is_sqlite:
        return None
    found = archive.connection.exec_driver_sql("SELECT identity FROM vault").scalar()
    return None if found is None else str(found)


@contextmanager
def opened(path: Path, identity: str | None, scratch: Path | None = None) -> Iterator[IO[bytes]]:
    """Open a content for reading, decrypted where it has to be: beside it, or in `scratch`.

    Raises OSError, UnusableError `attachment-locked` where the key does not open it.
    """
    with path.open("rb") as file:
        encrypted = identity is not None and file.read(len(AGE)) == AGE
        file.seek(0)
        if not encrypted or _is_named(file, path.name):
            file.seek(0)
            yield file
            return
        file.seek(0)
        with tempfile.TemporaryFile(dir=scratch or path.parent) as plain:
            _decrypt(file, plain, str(identity), path)
            plain.seek(0)
            yield plain


def hash_of(path: Path, identity: str | None, scratch: Path | None = None) -> tuple[str, int]:
    """Return the SHA-256 and the size of a content. Raises as `opened`."""
    with opened(path, identity, scratch) as file:
        digest = _hash(file)
        return digest, file.seek(0, os.SEEK_END)


def is_whole(path: Path, identity: str | None, *, scratch: Path) -> bool:
    """Whether a content is what its name says. Raises OSError."""
    try:
        return hash_of(path, identity, scratch)[0] == path.name
    except UnusableError:
        return False


def write(place: Path, pieces: Iterable[bytes], identity: str | None) -> None:
    """Write a content into its place, whole or not at all, and flush its name. Raises OSError."""
    place.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    with _beside(place) as (temporary, file):
        if identity is None:
            for piece in pieces:
                file.write(piece)
        else:
            _encrypt(pieces, file, identity, place.parent)
        file.flush()
        os.fsync(file.fileno())
        file.close()
        temporary.replace(place)
    for folder in (place.parent, place.parent.parent):
        flush_folder(folder)


def copy(path: Path, place: Path) -> None:
    """Copy a content as it stands, encrypted or not, whole or not at all. Raises OSError."""
    with path.open("rb") as file:
        write(place, iter(lambda: file.read(_CHUNK), b""), None)


def copy_all(folder: Path, into: Path, identity: str | None) -> Iterator[Path]:
    """Copy contents that the other folder lacks, or has otherwise; yield the damaged ones.

    Those are not copied: the one that is there may be the last good one. Raises OSError.
    """
    import filecmp  # noqa: PLC0415 — only backups need it.

    for path in _inside(folder):
        place = into / path.relative_to(folder)
        if place.exists() and filecmp.cmp(path, place, shallow=False):
            continue
        if is_whole(path, identity, scratch=into.parent):
            copy(path, place)
        else:
            yield path


def _inside(folder: Path) -> list[Path]:
    """Return the contents of a folder, without what an interruption left half written."""
    return sorted(path for path in folder.glob("[0-9a-f][0-9a-f]/*") if _NAME.fullmatch(path.name))


def link_all(folder: Path, into: Path) -> None:
    """Give the contents of a folder second names in another. Raises OSError."""
    if folder.is_dir():
        shutil.copytree(folder, into, copy_function=_link, dirs_exist_ok=True, ignore=_TEMPORARIES)


def _link(source: str, target: str) -> None:
    """Give a file a second name, or copy it where the file system has none."""
    try:
        os.link(source, target)
    except FileExistsError:
        return
    except OSError:
        shutil.copy2(source, target)


def convert(folder: Path, before: str | None, after: str | None) -> int:
    """Write every content of a folder anew under another key; return how many."""
    count = 0
    for path in _inside(folder):
        with path.open("rb") as file:
            encrypted = file.read(len(AGE)) == AGE and not _is_named(file, path.name)
        if encrypted != (after is None):
            continue
        with opened(path, before or after) as content:
            write(path, iter(lambda: content.read(_CHUNK), b""), after)
        count += 1
    return count


@contextmanager
def _beside(place: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    handle, name = tempfile.mkstemp(prefix=_BEGINNING, dir=place.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield temporary, file
    finally:
        temporary.unlink(missing_ok=True)


def _is_named(file: IO[bytes], name: str) -> bool:
    """Whether a file's own bytes are what its name says: a content in the clear."""
    file.seek(0)
    return _hash(file) == name


def _hash(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def encrypt(content: IO[bytes], encrypted: IO[bytes], receivers: Iterable[str]) -> None:
    """Encrypt one file into another, for whoever has one of these keys of age. Raises OSError."""
    from pyrage import EncryptError, encrypt_io, x25519  # noqa: PLC0415 — loads a library.

    try:
        encrypt_io(content, encrypted, [x25519.Recipient.from_str(one) for one in receivers])
    except EncryptError as error:
        # What the system says against the other file comes as a text.
        said = re.search(r"\[Errno (\d+)\]", str(error))
        if said is None:
            raise
        raise OSError(int(said[1]), os.strerror(int(said[1]))) from error


def _encrypt(pieces: Iterable[bytes], target: IO[bytes], identity: str, folder: Path) -> None:
    from pyrage import x25519  # noqa: PLC0415 — only an encrypted archive needs it.

    # Where pyrage reads from has to be a file; it has no name and is gone when it is closed.
    with tempfile.TemporaryFile(dir=folder) as plain:
        for piece in pieces:
            plain.write(piece)
        plain.seek(0)
        encrypt(plain, target, [str(x25519.Identity.from_str(identity).to_public())])


def _decrypt(file: IO[bytes], plain: IO[bytes], identity: str, path: Path) -> None:
    from pyrage import DecryptError, decrypt_io, x25519  # noqa: PLC0415

    try:
        decrypt_io(file, plain, [x25519.Identity.from_str(identity)])
    except (DecryptError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise UnusableError(
            "attachment-locked",
            f"附件打不开，内容已损坏，或不是这个档案库的：{path}",
            "请从备份旁的 .files 目录补回。",
        ) from error
