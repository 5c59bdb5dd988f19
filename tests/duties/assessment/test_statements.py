"""A city's assessments are read and written by the chunk: so many statements, however many."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from sqlalchemy import event

from assessing import opened, scores, write_agencies, write_sheets
from counting import calls
from hrintegrity.archive.tables.assessment import ScoreSheet
from hrintegrity.chunking import AT_ONCE, chunks
from hrintegrity.cli.base import output
from hrintegrity.cli.program.plain import plain
from hrintegrity.duties.assessment import conclusions, notices, roster
from hrintegrity.duties.assessment.printing import print_each
from hrintegrity.rules.standard import Standard
from running import code_of

TODAY = dt.date(2013, 10, 31)
CHUNK = 5


@pytest.fixture
def office(haidian, tmp_path, monkeypatch):
    codes = [code_of(number) for number in range(1, 3 * CHUNK + 1)]
    agencies = [(f"甲{place}公司", code, "海淀区") for place, code in enumerate(codes)]
    sheets = [
        (code, source, "某", scores(less={1: place / 10}))
        for place, code in enumerate(codes)
        for source in ("专家评价", "自我评价")
    ]
    haidian("agency", "import", str(write_agencies(tmp_path / "a.csv", agencies))).ok()
    haidian("assess", "import", str(write_sheets(tmp_path / "s.csv", sheets))).ok()
    monkeypatch.setattr(chunks, "__defaults__", (CHUNK,))
    return haidian


def test_concluding_costs_as_many_statements_for_a_full_chunk_as_for_one_agency(office) -> None:
    def conclude_all(*texts: str) -> list[str]:
        found = []
        with opened(office) as archive:
            event.listen(archive.connection, "before_cursor_execute", lambda *a: found.append(a[2]))
            if texts:
                conclusions.conclude(archive, texts, year=None, today=TODAY)
            else:
                conclusions.conclude_all(archive, district=None, year=None, today=TODAY)
        return found

    one = conclude_all(code_of(1))
    rest = conclude_all()  # Fourteen agencies: three chunks.
    about = [sql for sql in rest if "score_sheet" in sql and "DISTINCT" not in sql]
    assert len(about) == 3
    assert len([sql for sql in rest if sql.startswith("INSERT") and "conclusion" in sql]) == 3
    assert len(rest) <= 3 * len(one)


def test_an_agency_is_weighed_by_one_look_up(office, monkeypatch) -> None:
    asked = []
    weighing = Standard.weighing
    monkeypatch.setattr(
        Standard, "weighing", lambda self, *given: asked.append(given) or weighing(self, *given)
    )
    with opened(office) as archive:
        roster.work_list(archive, today=TODAY)
        assert not [row for row in archive.session if isinstance(row, ScoreSheet)]
    assert asked == [(("self", "expert"), (1, 1))] * (3 * CHUNK)


@pytest.mark.parametrize("count", [0, 1, AT_ONCE, AT_ONCE + 1, 1201])
def test_a_long_list_is_the_same_json_though_it_is_written_by_the_hundred(count) -> None:
    rows = [{"name": "甲\n", "scores": {}, "days": [TODAY, None]} for _ in range(count)]
    whole = json.dumps(plain(rows), ensure_ascii=False, indent=2) + "\n"
    assert "".join([*output._array(rows), "\n"]) == whole


@pytest.mark.archive_file("a server's driver makes calls of its own for each row")
def test_concluding_one_agency_more_is_few_calls_more(office, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(chunks, "__defaults__", (500,))
    more = [(f"乙{number}公司", code_of(number), "海淀区") for number in range(100, 300)]
    sheets = [
        (code, way, "某", scores(less={1 + place % 22: 0.5}))
        for place, (_, code, _) in enumerate(more)
        for way in ("专家评价", "自我评价", "群众评价")
    ]

    def conclude_all() -> int:
        with opened(office) as archive:
            count, found = calls(
                lambda: conclusions.conclude_all(archive, district=None, year=None, today=TODAY)
            )
        assert found.concluded
        return count

    office("assess", "conclude", code_of(1)).ok()  # What is imported for the first is no call more.
    few = conclude_all()
    office("agency", "import", str(write_agencies(tmp_path / "more.csv", more))).ok()
    office("assess", "import", str(write_sheets(tmp_path / "more-sheets.csv", sheets))).ok()
    assert (conclude_all() - few) / len(more) < 125


def test_notices_are_printed_by_the_hundred_with_as_many_statements_as_one(office, tmp_path):
    office("assess", "conclude", "--all").ok()
    with opened(office) as archive:
        issued = notices.issue_all(archive, district=None, year=None, today=TODAY).notices

    def printed(some) -> int:
        found = []
        targets = [tmp_path / f"{len(some)}-{place}.html" for place in range(len(some))]
        with opened(office) as archive:
            event.listen(archive.connection, "before_cursor_execute", lambda *a: found.append(a[2]))
            written, lacking = print_each(archive, some, targets, force=False)
        assert (len(written), lacking) == (len(some), [])
        return len(found)

    assert len(issued) == 3 * CHUNK
    assert printed(issued) == printed(issued[:1])
