"""One rater's work on one agency: what is shown beside each indicator, drafts, and the sheet."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.duties import agencies, offices
from hrintegrity.duties.assessment import facts, scores_table, sheets, standards
from hrintegrity.errors import InputError, LookupFailedError
from hrintegrity.notice.indicators import Indicator, indicators
from hrintegrity.notice.words import SOURCE
from hrintegrity.rules.scores import parse_score_text, parse_scores_json
from hrintegrity.rules.standard import Standard
from hrintegrity.sheets.reading import open_table

DEFAULT_SOURCE = "expert"


@dataclass(frozen=True)
class Item:
    """An indicator to be scored: its text, its points in tenths, and what the archive knows."""

    indicator: Indicator
    most: int
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """What a rater has before them: scores in tenths by indicator, and where they stopped."""

    code: str
    name: str
    year: int
    source: str
    rater: str
    standard: str
    items: tuple[Item, ...]
    scores: Mapping[int, int]
    position: int
    resumed: bool
    replaces: bool


def begin(
    archive: Archive, text: str, *, year: int | None, source: str, rater: str, today: dt.date
) -> Task:
    """Return the task, with the draft of an interrupted session if there is one.

    Raises RuleError `concluded`.
    """
    agency = agencies.find(archive, text)
    year = offices.campaign(archive, year).year
    rater = sheets.rater_name(rater)
    sheets.refuse_concluded(archive, agency, year)
    standard = standards.in_use(archive, agency.district, year).standard
    known = facts.beside(archive, agency, today)
    draft = sheets.draft_of(archive, agency, year, source, rater)
    earlier = sheets.of_rater(archive, agency.id, year, source, rater)
    scores: dict[int, int] = {}
    if draft is not None:
        scores = {int(number): value for number, value in json.loads(draft.scores).items()}
    elif earlier is not None:
        scores = dict(enumerate(json.loads(earlier.scores), 1))
    items = tuple(
        Item(indicator, most, known.get(indicator.id, ()))
        for indicator, most in zip(indicators(), standard.points, strict=True)
    )
    # A standard may have been replaced since; a score above the new limit is asked for again.
    scores = {i.indicator.id: s for i in items if (s := scores.get(i.indicator.id)) is not None
              and s <= i.most}  # fmt: skip
    return Task(
        agency.code,
        agency.name,
        year,
        source,
        rater,
        standard.name,
        items,
        scores,
        draft.position if draft else 1,
        draft is not None,
        earlier is not None,
    )


def keep_draft(archive: Archive, task: Task, scores: Mapping[int, int], position: int) -> None:
    """Keep what was entered so far."""
    agency = agencies.find(archive, task.code)
    sheets.keep_draft(
        archive,
        agency,
        year=task.year,
        source=task.source,
        rater=task.rater,
        scores=scores,
        position=position,
    )


def save(
    archive: Archive, task: Task, scores: Mapping[int, int], *, date: dt.date
) -> sheets.SheetView:
    """Keep the finished sheet. Raises RuleError `concluded`."""
    return sheets.record(
        archive,
        agencies.find(archive, task.code),
        year=task.year,
        source=task.source,
        rater=task.rater,
        scores=tuple(scores[item.indicator.id] for item in task.items),
        date=date,
    )


def save_json(
    archive: Archive,
    text: str,
    content: str,
    *,
    year: int | None,
    source: str | None,
    rater: str,
    date: dt.date,
) -> sheets.SheetView:
    """Keep the sheet of a JSON object. Raises InputError `scores-refused`."""
    agency = agencies.find(archive, text)
    year = offices.campaign(archive, year).year
    sheets.refuse_concluded(archive, agency, year)
    scores = parse_scores_json(content, _standard(archive, agency, year))
    return sheets.record(
        archive,
        agency,
        year=year,
        source=source or DEFAULT_SOURCE,
        rater=rater,
        scores=scores,
        date=date,
    )


def save_filled_sheet(
    archive: Archive,
    text: str,
    path: Path,
    *,
    year: int | None,
    source: str | None,
    rater: str | None,
    who: str,
    date: dt.date,
) -> sheets.SheetView:
    """Keep the one sheet of this agency that a filled-in form or a table holds.

    Its source and rater hold where no other were given. Raises InputError `rows-refused` or
    `sheet-differs`, LookupFailedError `sheet-missing`, RuleError `concluded`.
    """
    agency = agencies.find(archive, text)
    target = scores_table.Target(archive, year=year, today=date, rater_known=True)
    with open_table(path, target.table) as reading:
        rows = list(reading.rows())
        target.prepare([row for row in rows if not row.errors])
        errors = [error.as_detail() for row in rows for error in row.errors]
        if errors:
            raise InputError(
                "rows-refused", f"{path.name}：评分表有误，没有写入。", "请改正。", details=errors
            )
        mine = [row for row in rows if target.agency(row.values).id == agency.id]
        if len(mine) != 1:
            raise LookupFailedError(
                "sheet-missing",
                f"{path.name} 里有 {len(mine)} 份{agency.name}的评分表，应是一份。",
                "几份评分表请用 hri assess import。",
            )
        values = mine[0].values
    for field, given in (("source", source), ("rater", rater)):
        if given is not None and values.get(field) not in (None, given):
            stands = SOURCE.chinese(values[field]) if field == "source" else values[field]
            raise InputError(
                "sheet-differs", f"{path.name} 写的是“{stands}”，与选项不同。", "请核对后再试。"
            )
    target.check_row(values, mine[0].number)
    return sheets.record(
        archive,
        agency,
        year=target.year,
        source=values.get("source") or source or DEFAULT_SOURCE,
        rater=values.get("rater") or rater or who,
        scores=tuple(scores_table.scores_of(values)),
        date=date,
    )


def _standard(archive: Archive, agency: Agency, year: int) -> Standard:
    return standards.in_use(archive, agency.district, year).standard


def parse_answer(text: str, most: int) -> int:
    """Return a score typed at the terminal, in tenths. Raises ValueError with a Chinese reason."""
    return parse_score_text(text, most)
