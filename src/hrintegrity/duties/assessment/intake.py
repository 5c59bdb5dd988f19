"""A whole score sheet at once: from JSON, from a filled-in form, or from a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.duties import agencies, offices
from hrintegrity.duties.assessment import cases, scores_table, sheets
from hrintegrity.duties.assessment.sheets import Saved
from hrintegrity.duties.assessment.standards import Standards, source_named
from hrintegrity.duties.importing.target import Fault
from hrintegrity.errors import HriError, InputError, LookupFailedError
from hrintegrity.notice.words import SOURCE
from hrintegrity.rules.scores import parse_scores_json
from hrintegrity.sheets.reading import Reading, Row, open_table

DEFAULT_SOURCE = "expert"


def save_json(
    archive: Archive,
    text: str,
    content: str,
    *,
    year: int | None,
    source: str | None,
    rater: str,
    date: dt.date,
) -> Saved:
    """Keep the sheet of a JSON object.

    Raises InputError `scores-refused`, RuleError `concluded`.
    """
    agency = agencies.find(archive, text)
    year = offices.campaign(archive, year).year
    sheets.refuse_concluded(archive, agency, year)
    case = cases.by_district(agency, Standards(archive, year), date)
    source = source_named(case.standard, source or DEFAULT_SOURCE)
    return sheets.record(
        archive,
        agency,
        year=year,
        source=source,
        rater=rater,
        scores=parse_scores_json(content, case, source),
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
) -> Saved:
    """Keep the one sheet of this agency, source and rater that a form or a table holds.

    Its source and rater hold where no other were given. Raises InputError `rows-refused`,
    LookupFailedError `sheet-missing`, RuleError `concluded`.
    """
    agency = agencies.find(archive, text)
    target = scores_table.ScoreRows(archive, year=year, today=date, rater_known=True)
    if source is not None:
        standard = Standards(archive, target.year).of(agency.district).standard
        source = source_named(standard, source)
    with open_table(path, target.table) as reading:
        row = _only_row(reading, target, agency, {"source": source, "rater": rater})
        try:
            chosen = target.year_of(row.values)
            sheets.refuse_concluded(archive, agency, chosen)
            used = row.values.get("source") or source or DEFAULT_SOURCE
            target.check_scores(agency, chosen, {**row.values, "source": used})
        except Fault as fault:
            raise _refused(reading, row, fault) from None
    return sheets.record(
        archive,
        agency,
        year=chosen,
        source=used,
        rater=row.values.get("rater") or rater or who,
        scores=tuple(target.scores_of(row.values)),
        date=date,
    )


def _only_row(
    reading: Reading,
    target: scores_table.ScoreRows,
    agency: Agency,
    given: Mapping[str, str | None],
) -> Row:
    """Return the row that is meant; rows of other agencies, sources and raters don't matter."""
    mine: list[Row] = []
    unclear: list[HriError] = []
    for row in reading.rows():
        if any(v and row.values.get(f) not in (None, v) for f, v in given.items()):
            continue
        (found,) = target.look_up([row])
        if isinstance(found, Fault):
            unclear.append(_refused(reading, row, found))
        elif found.id == agency.id:
            mine.append(row)
    if not mine and unclear:
        raise unclear[0]
    if len(mine) != 1:
        named = "、".join(_shown(field, value) for field, value in given.items() if value)
        raise LookupFailedError(
            "sheet-missing",
            f"{reading.path.name} 里有 {len(mine)} 份{agency.name}的评分表"
            f"{f'（{named}）' if named else ''}，应是一份。",
            "请用 --source、--rater 指明；几份评分表请用 hri assess import。",
        )
    if mine[0].errors:
        raise _rows_refused(
            reading, [reading.located(error.as_detail()) for error in mine[0].errors]
        )
    return mine[0]


def _shown(field: str, value: str) -> str:
    return SOURCE.chinese(value) if field == "source" else value


def _refused(reading: Reading, row: Row, fault: Fault) -> HriError:
    """Return the error that an import of this row alone would raise."""
    if row.errors:
        return _rows_refused(reading, _details(reading, row))
    error = reading.cell_error(fault.field, row.number, row.raw, fault.reason)
    detail = reading.located(error.as_detail())
    if fault.rule is not None:
        fault.rule.details = [detail]
        return fault.rule
    return _rows_refused(reading, [detail])


def _details(reading: Reading, row: Row) -> list[dict[str, Any]]:
    return [reading.located(error.as_detail()) for error in row.errors]


def _rows_refused(reading: Reading, details: list[dict[str, Any]]) -> InputError:
    return InputError(
        "rows-refused",
        f"{reading.path.name}：评分表有误，没有写入。",
        "请改正后再试。",
        details=details,
    )
