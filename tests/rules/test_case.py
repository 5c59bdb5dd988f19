"""A case: all that a result follows from, and the one way in which it is made and judged."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

import hrintegrity
from hrintegrity.rules.case import AgencyFacts, Sheet
from notice_2013 import case_of, default_standard, parse_standard

SOURCE = Path(hrintegrity.__file__).parent


@pytest.mark.parametrize(
    "facts",
    [AgencyFacts(), AgencyFacts("commercial", "AAA", dt.date(2008, 5, 12))],
    ids=["unknown", "known"],
)
def test_what_is_known_of_an_agency_comes_back_as_it_was(facts) -> None:
    assert AgencyFacts.from_mapping(json.loads(json.dumps(facts.as_mapping()))) == facts


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="month"):
        AgencyFacts.from_mapping({"since": "2013-13-01"})


def test_a_source_that_is_asked_about_some_indicators_needs_no_score_on_the_others() -> None:
    standard = parse_standard(default_standard().as_mapping() | {"asked": {"public": [5, 6]}})
    scores = tuple(10 if number in (5, 6) else None for number in range(1, 23))
    assert case_of([Sheet("public", "甲", scores)], standard).misfits() == ()
    (reason,) = case_of(
        [Sheet("public", "甲", (*scores[:4], None, *scores[5:]))], standard
    ).misfits()
    assert reason == "群众评价（甲）5.信息公示 没有评分"


@pytest.mark.parametrize(
    "way", [r"standard\.asked", r"\bweighted\(", r"\bexact_of\(", r"\bResult\("]
)
def test_whatever_scores_asks_a_case(way) -> None:
    """A rule that goes by more than the sheets would else hold in some commands only."""
    allowed = {"rules/case.py", "rules/weighing.py", "rules/assessment.py"}
    if "exact_of" in way:
        allowed |= {"duties/assessment/kept.py"}  # What was concluded is read.
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(way, path.read_text(encoding="utf-8"))
    }
    assert found <= allowed
