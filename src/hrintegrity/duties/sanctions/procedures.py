"""An office's own settings of procedure, over those that ship: what needs a notice, and terms."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.measures import ProcedureRule
from hrintegrity.duties import ownership
from hrintegrity.duties.sanctions import cases
from hrintegrity.notice.measures import sanctions
from hrintegrity.notice.procedure import read_own


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


def show(archive: Archive, *, today: dt.date) -> list[KindView]:
    """Return per kind what this office asks for today."""
    rules = cases.rules_of(archive, ownership.owner(archive).code, today)
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
    content = json.dumps(read_own(path), ensure_ascii=False, sort_keys=True)
    own = ownership.owner(archive).code
    writer.insert(archive, ProcedureRule(district=own, content=content, adopted=today))
    return show(archive, today=today)
