"""The hotline poster for the wall of an agency (三(三) 一): one page for each district."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hrintegrity.days import chinese_date
from hrintegrity.documents import compose, write_paper
from hrintegrity.duties.hotlines import DistrictLines
from hrintegrity.notice.hotlines import HotlineAnnex, hotline_annex

TEMPLATE = "report/poster"
TITLE = "监督举报电话"
OFFICES = {"market": "人力资源市场管理部门", "labour": "劳动监察部门"}


def write(
    lines: Sequence[DistrictLines],
    path: Path,
    *,
    today: dt.date,
    force: bool,
    templates: Path | None = None,
) -> None:
    """Write the poster of these districts. Raises as `documents.write_paper`."""
    paper = compose(TEMPLATE, context(lines, today), office_templates=templates)
    write_paper(paper, path, force=force, public=True)


def context(lines: Sequence[DistrictLines], today: dt.date) -> dict[str, Any]:
    """Return what the poster says."""
    annex = hotline_annex(today)
    return {"title": TITLE, "posters": [_poster(one, annex) for one in lines]}


def _poster(one: DistrictLines, annex: HotlineAnnex) -> dict[str, Any]:
    source = "据京人社市场发〔2013〕220号附件4"
    if one.date is not None:
        source = f"号码日期：{chinese_date(one.date)}"
    return {
        "place": f"{one.district_name}人力资源服务机构",
        "offices": [
            {
                "name": name,
                "lines": [
                    {"number": annex.dialled(line), "trade": line.trade}
                    for line in getattr(one, office)
                ],
            }
            for office, name in OFFICES.items()
        ],
        "foot": source,
    }
