"""The passphrase of an encrypted archive: from the environment, the system's keyring, or a prompt.

One passphrase is asked for once a command, and what takes long to make of it is made once; nothing
of it outlives the command. Who prompts is the command line's affair (`begin_command`).
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from hrintegrity.errors import InputError, UsageError

VARIABLE, NEW_VARIABLE = "HRI_PASSPHRASE", "HRI_NEW_PASSPHRASE"
SERVICE = "hri"

SALT = 16
"""Bytes of the salt that an encrypted file begins with."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Ask = Callable[[str], str | None]
"""Asks for a passphrase at a terminal; returns None where there is none."""


@dataclass
class _Command:
    """How this command asks, and what it was answered."""

    ask: Ask = lambda _: None
    known: dict[Path, str] = field(default_factory=dict)


_command = _Command()


class Made(Generic[K, V]):
    """What is made of a passphrase or for one, each once a command."""

    _every: ClassVar[list[Made[Any, Any]]] = []

    def __init__(self) -> None:
        self._made: dict[K, V] = {}
        self._every.append(self)

    def once(self, key: K, make: Callable[[], V]) -> V:
        """Return what belongs to a key, made where it is not there yet."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    @classmethod
    def forget(cls) -> None:
        """Forget all that was made."""
        for each in cls._every:
            each._made.clear()


_new_salts: Made[Path, bytes] = Made()
"""Salts of files that are empty yet, by their real path."""
_salts: Made[tuple[Path, int, int], bytes] = Made()
"""Salts by path, device and number of the file."""


def begin_command(ask: Ask) -> None:
    """Ask this way from now on."""
    end_command()
    _command.ask = ask


def end_command() -> None:
    """Forget the passphrases of a command, and what was made of them."""
    _command.known.clear()
    Made.forget()


def known(path: Path) -> str:
    """Return the passphrase of an archive. Raises UsageError `passphrase-missing`."""
    real = path.resolve()
    if real not in _command.known:
        found = os.environ.get(VARIABLE) or _kept(real) or _command.ask("档案库的口令")
        if not found:
            raise UsageError(
                "passphrase-missing",
                f"档案库是加密的，没有给出口令：{path}",
                f"请用环境变量 {VARIABLE} 给出口令，存进系统的钥匙串，或在终端里输入。",
            )
        _command.known[real] = found
    return _command.known[real]


def remember(path: Path, passphrase: str) -> None:
    """Use this passphrase for a file, for the rest of the command."""
    _command.known[path.resolve()] = passphrase


def share(target: Path, source: Path) -> None:
    """Let a new file have the passphrase and the salt of another, and so its key."""
    remember(target, known(source))
    salt = salt_of(source)
    _new_salts.once(target.resolve(), lambda: salt)


def salt_of(path: Path) -> bytes:
    """Return the first bytes of an encrypted file, from which its key is made.

    A new file, which is empty, is to begin with what this returns. A file is opened for that once
    a command: POSIX drops the lock of whoever holds a file open with the first of its descriptors
    that is closed. Raises OSError.
    """
    found = path.stat()
    if not found.st_size:
        return _new_salts.once(path.resolve(), lambda: os.urandom(SALT))
    return _salts.once((path.absolute(), found.st_dev, found.st_ino), lambda: _read_salt(path))


def _read_salt(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(SALT)


def new() -> str:
    """Return the passphrase that an archive is to have: HRI_NEW_PASSPHRASE, else HRI_PASSPHRASE.

    Raises UsageError `passphrase-missing`, InputError `passphrase-differs`.
    """
    found = os.environ.get(NEW_VARIABLE) or os.environ.get(VARIABLE) or _asked_twice()
    if not found:
        raise UsageError(
            "passphrase-missing",
            "没有给出口令。",
            f"请用环境变量 {VARIABLE} 给出（换口令用 {NEW_VARIABLE}），或在终端里输入。",
        )
    return found


def another() -> str:
    """Return the passphrase that takes the place of the present one. Raises as `new`."""
    found = os.environ.get(NEW_VARIABLE) or _asked_twice()
    if not found:
        raise UsageError(
            "passphrase-missing",
            "没有给出新的口令。",
            f"请用环境变量 {NEW_VARIABLE} 给出，或在终端里输入。",
        )
    return found


def _asked_twice() -> str | None:
    first = _command.ask("新的口令")
    if first and _command.ask("再输一次") != first:
        raise InputError("passphrase-differs", "两次输入的口令不同，未改动。", "请重来一次。")
    return first


def keep(path: Path, passphrase: str) -> bool:
    """Put a passphrase into the system's keyring; say whether there is one that took it."""
    keyring = _keyring()
    if keyring is None:
        return False
    try:
        keyring.set_password(SERVICE, str(path.resolve()), passphrase)
    except Exception:  # each keyring has errors of its own; without one the passphrase is typed.
        return False
    return True


def _kept(path: Path) -> str | None:
    keyring = _keyring()
    # A keyring that is locked or broken is as none.
    with suppress(Exception):
        found = None if keyring is None else keyring.get_password(SERVICE, str(path))
        return None if found is None else str(found)
    return None


def _keyring() -> Any:
    try:
        return importlib.import_module("keyring")
    except ImportError:
        return None
