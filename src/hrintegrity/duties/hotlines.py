"""What an office tells others: the hotlines of annex 4 or newer ones (三(三) 一)."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrintegrity.archive.reader import Reader
from hrintegrity.days import latest_year
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.hotlines import (
    Hotlines,
    Line,
    hotline_annex,
    parse_hotlines,
    read_hotlines,
)

if TYPE_CHECKING:
    from hrintegrity.archive.engine import Archive


@dataclass(frozen=True)
class DistrictLines:
    """The hotlines of a district: market management and labour inspection.

    `date` is the list's; annex 4 bears none.
    """

    district: str
    district_name: str
    market: tuple[Line, ...]
    labour: tuple[Line, ...]
    date: dt.date | None


def hotlines(
    archive: Reader | None, district: str | None = None, *, today: dt.date
) -> list[DistrictLines]:
    """Return the hotlines of one or all districts, in the order of annex 2.

    A municipal agency's hotline is that of the district where it stands, so `municipal` has none.
    """
    return [
        DistrictLines(code, BY_CODE[code].name, found.market, found.labour, found.date)
        for code, found in lines_in_use(archive, today).by_district.items()
        if district in (None, code)
    ]


def lines_in_use(archive: Reader | None, today: dt.date) -> Hotlines:
    """Return the hotlines that papers print: the archive's newest over annex 4.

    Annex 4 serves without an archive too.
    """
    lines = hotline_annex(today).lines
    if archive is None:
        return lines
    newer = archive.connection.exec_driver_sql(_NEWEST).scalar()
    return lines if newer is None else lines.updated(parse_hotlines(json.loads(newer)))


_NEWEST = "SELECT content FROM hotline_list ORDER BY date DESC, id DESC LIMIT 1"


def contact(archive: Archive, body: str, day: dt.date) -> str:
    """Return whom papers tell to turn to at an office: department, hotline and address."""
    from hrintegrity.duties import offices  # noqa: PLC0415 — `hotlines` above must not load it.

    office = offices.office_of(archive, body)
    lines = lines_in_use(archive, day).by_district.get(body)
    numbers = "、".join(
        f"{line.number}（{line.trade}）" if line.trade else line.number
        for line in (lines.market if lines else ())
    )
    parts = (
        ("承办部门", office.department), ("联系电话", numbers), ("通信地址", office.address),
    )  # fmt: skip
    return "；".join(f"{what}：{said}" for what, said in parts if said)


@dataclass(frozen=True)
class Taken:
    """Newer numbers that the archive keeps: since when, for which districts, and what is odd."""

    id: str
    date: dt.date
    districts: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def use_hotlines(archive: Archive, path: Path, *, today: dt.date) -> Taken:
    """Keep newer numbers; return which. Raises InputError."""
    from hrintegrity.archive import writer  # noqa: PLC0415
    from hrintegrity.archive.tables.office import HotlineList  # noqa: PLC0415

    lines = read_hotlines(path, latest=latest_year(today))
    content = json.dumps(lines.as_mapping(), ensure_ascii=False, sort_keys=True)
    dates = [found.date for found in lines.by_district.values() if found.date is not None]
    kept = writer.insert(archive, HotlineList(date=max(dates), content=content))
    odd = f"号码表的日期 {kept.date} 在今天（{today}）之后，请核对；现在起就用这些号码。"
    return Taken(kept.id, kept.date, tuple(lines.by_district), (odd,) if kept.date > today else ())
