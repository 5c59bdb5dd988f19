"""An office's own settings of procedure, over those that ship: what needs a notice, and terms."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrintegrity.archive.reader import Reader
from hrintegrity.duties import ownership
from hrintegrity.notice.measures import sanctions
from hrintegrity.notice.procedure import Procedure, procedure, read_own

if TYPE_CHECKING:
    from hrintegrity.archive.engine import Archive


@dataclass(frozen=True)
class KindView:
    """What a kind needs beforehand, and within how many days the party may speak."""

    id: str
    kind: str
    notice: str
    hearing: bool
    statement_days: int
    working: bool
    clause: str


def rules_of(archive: Reader, body: str, day: dt.date) -> Procedure:
    """Return the procedure of a day, with the own settings of the office that decides."""
    return procedure(day, archive.query(_NEWEST, {"district": body}).scalar())


_NEWEST = """
    SELECT content FROM procedure_rule WHERE district = :district
    ORDER BY adopted DESC, id DESC LIMIT 1
"""


def show(archive: Reader, *, today: dt.date) -> list[KindView]:
    """Return per kind what this office asks for today."""
    rules = rules_of(archive, ownership.owner(archive).code, today)
    return [
        KindView(
            id=kind,
            kind=kind,
            notice=rules.of(kind).need,
            hearing=rules.of(kind).hearing,
            statement_days=rules.statement.days,
            working=rules.statement.working,
            clause=rules.clause,
        )
        for kind in sanctions(today)
    ]


def use(archive: Archive, path: Path, *, today: dt.date) -> list[KindView]:
    """Take an office's own settings into use. Raises InputError `procedure-refused`."""
    from hrintegrity.archive import writer  # noqa: PLC0415 — to read must not load it.
    from hrintegrity.archive.tables.measures import ProcedureRule  # noqa: PLC0415

    content = json.dumps(read_own(path), ensure_ascii=False, sort_keys=True)
    own = ownership.owner(archive).code
    writer.insert(archive, ProcedureRule(district=own, content=content, adopted=today))
    return show(archive, today=today)
