"""What every command is called with: the archive, who acts, and which day it is."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from hrintegrity.cli.program.messages import warn
from hrintegrity.errors import HriError

if TYPE_CHECKING:
    from hrintegrity.archive.engine import Archive
    from hrintegrity.archive.location import Location
    from hrintegrity.archive.reader import Reader


@dataclass
class _Done:
    """What this command has done so far: whether the journal has an entry of it."""

    entered: bool = False


_done = _Done()


def begin_command() -> None:
    """Forget what the command before has done."""
    _done.entered = False


def has_entered() -> bool:
    """Whether this command has written something into the archive that stays, if it fails now."""
    return _done.entered


@dataclass(frozen=True)
class Call:
    """The options before the command; `today` is the day of whatever has no date of its own."""

    archive: str | None
    operator: str | None
    today: dt.date
    rehearsing: bool = False
    """Whether a command only shows what it would do: nothing of what it writes stays."""

    @property
    def location(self) -> Location:
        """Where the archive is."""
        from hrintegrity.archive.location import parse_location

        return parse_location(self.archive)

    @property
    def config(self) -> Path:
        """The folder of the office's own settings: HRI_CONFIG, or the user's data folder."""
        given = os.environ.get("HRI_CONFIG")
        if given:
            return Path(given)
        from platformdirs import user_data_path

        return user_data_path("hri", appauthor=False)

    @property
    def templates(self) -> Path | None:
        """The folder of the office's own templates: HRI_TEMPLATES, or that among the settings."""
        given = os.environ.get("HRI_TEMPLATES")
        if given:
            return Path(given)
        folder = self.config / "templates"
        return folder if folder.is_dir() else None

    @property
    def who(self) -> str:
        """Who acts: `--as`, or the login name."""
        if self.operator:
            return self.operator
        import getpass

        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):
            return "unknown"


def call_of(context: typer.Context) -> Call:
    """Return what the command was called with."""
    call = context.find_root().obj
    if not isinstance(call, Call):
        raise TypeError("the root callback has not run")
    return call


@contextmanager
def reading(context: typer.Context) -> Iterator[Archive]:
    """Open the archive for a command that reads."""
    with _opened(context, write=False) as archive:
        yield archive


@contextmanager
def reading_rows(context: typer.Context) -> Iterator[Reader]:
    """Open the archive for a command that reads plain rows only, and prints no papers.

    A file is opened much sooner so.
    """
    location = call_of(context).location
    if location.path is None:
        with reading(context) as archive:
            yield archive
        return
    from hrintegrity.archive.reader import open_reader

    with open_reader(location, waiting=_tell_that_we_wait) as reader:
        _learn_ways(reader)
        yield reader


@contextmanager
def writing(context: typer.Context) -> Iterator[Archive]:
    """Open the archive for a command that writes, in one transaction; a rehearsal is taken back.

    Where someone was erased, the file is written anew afterwards.
    """
    with _opened(context, write=True) as archive:
        if call_of(context).rehearsing:
            archive.keep_nothing()
        yield archive
        _remark_on_place(archive)
    if archive.discards:
        return
    _done.entered |= archive.entered
    if archive.remains:
        from hrintegrity.archive.erasure import overwrite_deleted

        overwrite_deleted(call_of(context).location)


@contextmanager
def preparing(context: typer.Context) -> Iterator[Archive]:
    """Open the archive to write what the command itself needs, a key or a seal.

    It is none of what the command says it has written, should it fail afterwards.
    """
    with _opened(context, write=True) as archive:
        yield archive


@contextmanager
def _opened(context: typer.Context, *, write: bool) -> Iterator[Archive]:
    from hrintegrity.archive.engine import open_archive

    call = call_of(context)
    with open_archive(
        call.location, operator=call.who, write=write, waiting=_tell_that_we_wait
    ) as archive:
        _sign_papers_of(archive)
        _learn_ways(archive)
        yield archive


def _learn_ways(archive: Reader) -> None:
    from hrintegrity.cli.program.words import learn_ways
    from hrintegrity.duties.ways import own_ways

    learn_ways(own_ways(archive))


def _sign_papers_of(archive: Archive) -> None:
    """Let papers that this command prints carry the record of the archive's office."""
    from hrintegrity.duties.ownership import who_signs
    from hrintegrity.signing import sign_by

    location = archive.location
    district, last_key = who_signs(archive)

    @cache
    def made() -> Any:
        from hrintegrity.duties.stamping import signer

        return signer(location, district, last_key)

    def stamp(paper: Any) -> Any:
        return made()(paper)

    sign_by(stamp)


def ready_to_sign(context: typer.Context) -> None:
    """Make the office's key at first use; a paper goes without a record where that can't be."""
    from hrintegrity.duties import stamping
    from hrintegrity.duties.exchange import keys

    call = call_of(context)
    with suppress(HriError):
        if not call.rehearsing and keys.find(call.location) is None:
            with preparing(context) as archive:
                stamping.make_first_key(archive)


def _remark_on_place(archive: Archive) -> None:
    """Warn once of a network drive or a synchronised folder."""
    from hrintegrity.duties import drives

    said = drives.first_remark(archive)
    if said is not None:
        warn(said)


def _tell_that_we_wait() -> None:
    from hrintegrity.archive.location import BUSY_SECONDS

    warn(f"档案库正被别的程序占用，正在等它放开（最多等 {BUSY_SECONDS} 秒）。")


def ask_passphrase(what: str) -> str | None:
    """Ask for a passphrase without showing it; None where nobody is at a terminal."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    from getpass import getpass

    return getpass(f"{what}：")


def day(context: typer.Context, given: dt.date | None) -> dt.date:
    """Return `--date` or today; a day after today is taken with a warning."""
    today = call_of(context).today
    if given is not None and given > today:
        warn(f"日期 {given.isoformat()} 在今天（{today.isoformat()}）之后，请核对。")
    return given or today
