"""What tests of recommendation share: concluded agencies, and a complete recommendation."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assessing import POINTS, opened
from hrintegrity.archive import writer
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.duties import agencies
from hrintegrity.duties.assessment import conclusions, sheets
from running import JSON, Hri, Ran, code_of

DAY = dt.date(2013, 10, 20)
SUMMARY = "自评总结：诚信服务，履行承诺。\n".encode()
PUBLIC = {"kind": "public"}


def concluded(hri: Hri, numbers: Iterable[int], **known: Any) -> list[str]:
    """Register agencies with a concluded assessment, all in one transaction; return their codes.

    `less` is how many points, in tens, each lacks to 100, `year` the campaign.
    """
    plain: dict[str, Any] = {"district": None, "kind": "commercial"}
    less, year = known.pop("less", 10), known.pop("year", 2013)
    scores = [points * (10 - less // 10) for points in POINTS]
    codes = []
    with opened(hri) as archive:
        for number in numbers:
            code = code_of(number)
            name = f"北京甲{number}人力资源有限公司"
            agencies.add(archive, name=name, code=code, today=DAY, **plain | known)
            agency = agencies.find(archive, code)
            for source in ("self", "expert", "public"):
                sheets.record(
                    archive,
                    agency,
                    year=year,
                    source=source,
                    rater="评价人",
                    scores=tuple(scores),
                    date=DAY,
                )
            codes.append(code)
        conclusions.conclude(archive, codes, year=year, today=DAY)
    return codes


def recommend(hri: Hri, code: str, *more: str | Path) -> Ran:
    """Recommend an agency with all that a submission asks for."""
    summary = hri.archive.with_name("自评总结.txt")
    summary.write_bytes(SUMMARY)
    given = ("--reason", "诚信经营，制度健全。", "--opinion", "同意推荐。")
    return hri("recommend", "add", code, *given, "--self-summary", summary, *more, *JSON)


def check(hri: Hri, *arguments: str) -> tuple[int, dict[str, Any]]:
    """Return exit status and result of `check-quota`; nothing stands on standard error."""
    ran = hri("recommend", "check-quota", *arguments, *JSON)
    assert ran.err == ""
    return ran.status, ran.json


def submit(hri: Hri, path: Path, *more: str, date: str = "2013-11-05") -> Ran:
    """Submit a list."""
    return hri("recommend", "submit", *more, "--date", date, "-o", path, *JSON)


def sanction(hri: Hri, code: str, **known: Any) -> str:
    """Enter a sanction as it stands, without the ladder; return its identity."""
    plain: dict[str, Any] = {"kind": "exposure", "grounds": "虚假招聘", "date": DAY}
    with opened(hri) as archive:
        agency = agencies.find(archive, code)
        row = Sanction(agency_id=agency.id, district=agency.district, **plain | known)
        return writer.insert(archive, row).id


def withdraw(hri: Hri, identity: str) -> None:
    """Annul a sanction."""
    with opened(hri) as archive:
        row = archive.session.get(Sanction, identity)
        assert row is not None
        writer.update(archive, row, withdrawn=DAY)


def contents(path: Path) -> dict[str, bytes]:
    """Return the files of a package by their names."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
