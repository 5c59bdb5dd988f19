"""One rater's work at the terminal: what stands beside each indicator, drafts, and the sheet."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.duties import agencies, offices
from hrintegrity.duties.assessment import cases, doubts, facts, sheets
from hrintegrity.duties.assessment.standards import Standards, source_named, title
from hrintegrity.notice.indicators import Indicator
from hrintegrity.rules.contradictions import Doubt
from hrintegrity.rules.scores import parse_score_text


@dataclass(frozen=True)
class Item:
    """An indicator to be scored: its text, its points in tenths, and what the archive knows."""

    indicator: Indicator
    most: int
    facts: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()

    def against(self, tenths: int) -> list[str]:
        """Return the facts that contradict a score."""
        score, most = Fraction(tenths, 10), Fraction(self.most, 10)
        return [doubt.fact for doubt in self.doubts if doubt.contradicts(score, most)]


@dataclass(frozen=True)
class Task:
    """What a rater has before them: scores in tenths by indicator, and where they stopped.

    `about` says in Chinese what agency it is. `resumed`: there is a draft. `saved` are the scores
    of the sheet that this one will replace, if there is one. `dropped` are indicators whose score
    was above the points of the standard in use, so that they are asked for again. `width` is the
    number of the annex's indicators, of which a source may be asked about some only. `others` have
    sheets of this source, while the rater is new to the agency.
    """

    agency_id: str
    code: str
    name: str
    about: str
    year: int
    source: str
    source_word: str
    rater: str
    standard: str
    items: tuple[Item, ...]
    scores: Mapping[int, int]
    saved: Mapping[int, int]
    position: int
    resumed: bool
    dropped: tuple[int, ...]
    width: int
    others: tuple[str, ...]


def begin(
    archive: Archive, text: str, *, year: int | None, source: str, rater: str, today: dt.date
) -> Task:
    """Return the task, with the draft of an interrupted session if there is one.

    Raises RuleError `concluded`, InputError `rater-missing`.
    """
    agency = agencies.find(archive, text)
    year = offices.campaign(archive, year).year
    rater = sheets.rater_name(rater)
    sheets.refuse_concluded(archive, agency, year)
    standards = Standards(archive, year)
    case = cases.by_district(agency, standards, today)
    standard, annex = case.standard, case.annex
    source = source_named(standard, source)
    known = facts.beside(archive, agency, annex, year=year, source=source, today=today)
    against = doubts.of_agency(archive, agency.id, annex, today)
    items = tuple(
        Item(indicator, most, known.get(indicator.id, ()), against.get(indicator.id, ()))
        for indicator, most in zip(annex.indicators, standard.points, strict=True)
        if case.asks(source, indicator.id)
    )
    draft = sheets.draft_of(archive, agency.id, year, source, rater)
    earlier = sheets.of_rater(archive, agency.id, year, source, rater)
    most_of = {item.indicator.id: item.most for item in items}
    saved = _asked(enumerate(json.loads(earlier.scores), 1), most_of) if earlier else {}
    drafted = ((int(n), score) for n, score in json.loads(draft.scores).items()) if draft else ()
    scores = _asked(drafted, most_of) if draft else saved
    dropped = tuple(number for number, score in scores.items() if score > most_of[number])
    return Task(
        agency_id=agency.id,
        code=agency.code,
        name=agency.name,
        about=facts.about(agency),
        year=year,
        source=source,
        source_word=standard.word(source),
        rater=rater,
        standard=title(standard, year),
        items=items,
        scores={number: score for number, score in scores.items() if number not in dropped},
        saved={number: score for number, score in saved.items() if score <= most_of[number]},
        position=draft.position if draft else 1,
        resumed=draft is not None,
        dropped=dropped,
        width=len(annex.indicators),
        others=sheets.others_of(archive, agency.id, year, source, rater),
    )


def _asked(scores: Iterable[tuple[int, int | None]], most_of: Mapping[int, int]) -> dict[int, int]:
    """Return those of these scores that are asked for."""
    return {n: score for n, score in scores if n in most_of and score is not None}


def keep_draft(archive: Archive, task: Task, scores: Mapping[int, int], position: int) -> None:
    """Keep what was entered so far."""
    sheets.keep_draft(
        archive,
        task.agency_id,
        year=task.year,
        source=task.source,
        rater=task.rater,
        scores=scores,
        position=position,
    )


def drop_draft(archive: Archive, task: Task) -> None:
    """Forget what was entered since the sheet was saved last."""
    draft = sheets.draft_of(archive, task.agency_id, task.year, task.source, task.rater)
    if draft is not None:
        writer.drop_unjournalled(archive, draft)


def save(archive: Archive, task: Task, scores: Mapping[int, int], *, date: dt.date) -> sheets.Saved:
    """Keep the finished sheet. Raises RuleError `concluded`."""
    return sheets.record(
        archive,
        agencies.find(archive, task.code),
        year=task.year,
        source=task.source,
        rater=task.rater,
        scores=tuple(scores.get(number) for number in range(1, task.width + 1)),
        date=date,
    )


def parse_answer(text: str, most: int) -> int:
    """Return a score typed at the terminal, in tenths. Raises ValueError with a Chinese reason.

    `2。5` is what an input method for Chinese makes of 2.5, and `2.5分` is how people say it.
    """
    typed = text.removesuffix("分").translate({ord(mark): "." for mark in "。．｡·"})
    return parse_score_text(typed, most)
