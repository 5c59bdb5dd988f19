"""What tests of sanctions share: an agency with a title, measures imposed, decisions read."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from assessing import opened
from hrintegrity.archive import writer
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.duties import agencies
from hrintegrity.duties.people import staff
from running import JSON, Hri, Ran, code_of

CODE = code_of(1)
NAME = "北京甲人力资源有限公司"
LAW = "《就业服务与就业管理规定》第五十八条"


def with_agency(hri: Hri) -> Hri:
    """The command line, once the agency is registered."""
    hri.add(NAME, CODE)
    return hri


def award(hri: Hri, date: dt.date = dt.date(2013, 11, 20)) -> None:
    """Give the agency its title, past submission and the city."""
    with opened(hri) as archive:
        agency = agencies.find(archive, CODE)
        row = Unit(agency_id=agency.id, year=2013, plaque="BJ2013-001", awarded=date)
        writer.insert(archive, row)


def impose(hri: Hri, kind: str, date: str, *more: str) -> Ran:
    """Impose a measure on the agency."""
    given = ("--kind", kind, "--grounds", "收取求职者押金不退", "--date", date)
    return hri("sanction", "impose", CODE, *given, *more, *JSON)


def order(hri: Hri, date: str, deadline: str) -> str:
    """Order the agency to rectify; return the order's identity."""
    return impose(hri, "rectify", date, "--deadline", deadline).ok().json["id"]


def hire(hri: Hri, name: str = "李明") -> str:
    """Enter a practitioner; return their identity."""
    with opened(hri) as archive:
        since = dt.date(2013, 1, 1)
        entered = staff.add(archive, CODE, name=name, certificate=None, pledged=None, since=since)
    return entered.staff.id


def lines(path: Path) -> list[dict[str, Any]]:
    """The rows of an exported csv."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
