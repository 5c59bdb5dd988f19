"""Whether an archive is whole: its file and rows, results, seals and attachments.

Only plain rows are read, so that no model of a table has to be imported.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hrintegrity.archive import journal, verification
from hrintegrity.archive.connecting import database_errors
from hrintegrity.archive.location import Location
from hrintegrity.archive.reader import Reader
from hrintegrity.duties.assessment import recomputing
from hrintegrity.duties.campaign import attachments
from hrintegrity.duties.exchange import seals
from hrintegrity.duties.exchange.seals import SealContent
from hrintegrity.errors import HriError, UnusableError

_SQLITE = b"SQLite format 3\0"

_RESULTS = "评定结果：请用 hri assess reopen 重新打开后再评定，或用改动前的备份恢复。"
_SEALS = (
    "日志被换过：请找出封存那天的备份，用 hri archive restore 恢复；"
    "确实用备份恢复过的，请告诉收过本库文件的单位。"
)
_ATTACHMENTS = "附件：请用 hri campaign edit --attach 重新附上原件，或从备份旁的 .files 目录补回。"


@dataclass(frozen=True)
class Problem:
    """Something damaged: where, and in Chinese what it means and what to do next."""

    where: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True)
class Verification:
    """The result of checking an archive."""

    ok: bool
    entries: int
    head: str
    problems: list[Problem]


def verify(
    archive: Reader,
    given: Sequence[tuple[str, SealContent]] = (),
    *,
    file_checked: bool = False,
    not_copied: Collection[Path] = (),
) -> Verification:
    """Check the file, its references, the journal's chain, its rows against it, and the papers.

    The files of activities, which lie beside the archive, are checked too; so are results against
    their sheets, and the chain against every seal, kept here or `given` by name. `file_checked` as
    in `verification.verify`; `not_copied` are attachments of another archive, of which this one is
    a copy, that were found damaged there.
    """
    chain, damages = verification.verify(archive, file_checked=file_checked)
    problems = [Problem(damage.where, damage.reason, damage.remedy) for damage in damages]
    further = (
        (_RESULTS, recomputing.faults(archive)),
        (_SEALS, seals.faults(archive, given)),
        (_ATTACHMENTS, attachments.faults(archive, besides={path.name for path in not_copied})),
    )
    too_damaged: list[type[Exception]] = [HriError, *database_errors()]
    too_damaged += [ValueError, TypeError, AttributeError]
    for remedy, faults in further:
        # What is too damaged to be looked at was found above.
        with suppress(*(too_damaged if problems else ())):
            problems += [Problem(where, reason, remedy) for where, reason in faults]
    for path in not_copied:
        problems.append(Problem(str(path), "附件内容已损坏，没有复制", _ATTACHMENTS))
    return Verification(not problems, chain.entries, chain.head, problems)


def unreadable(location: Location, error: UnusableError) -> Verification:
    """Return the result for a file that is an archive's but too damaged to be read.

    Raises the error again where it says something else, or the file never was a database.
    """
    if error.code != "archive-damaged" or location.path is None:
        raise error
    with location.path.open("rb") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            raise error
    found = Problem(
        "文件",
        "读不出来，内容已损坏或被截断",
        "请用最近的备份恢复：hri archive restore 备份 --force。",
    )
    return Verification(False, 0, journal.GENESIS, [found])
