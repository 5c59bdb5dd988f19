"""What a case file lacks: take away any step and it names just that."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from hrintegrity.notice.procedure import procedure
from hrintegrity.rules.case_file import Held, TitleFile, missing, missing_of_title
from hrintegrity.rules.procedure import AdvanceNotice, Case, Decision

DAY = dt.date(2014, 3, 31)
GIVEN = AdvanceNotice(dt.date(2014, 1, 16), served=dt.date(2014, 1, 16), statement="made")
DECIDED = Decision(dt.date(2014, 1, 20), numbered=True, served=True)
WHOLE = Case("exposure", "haidian", "haidian", GIVEN, DECIDED)
HELD = Held("失信惩戒决定书", reported=frozenset({"market", "credit"}))


def lacks(case: Case = WHOLE, held: Held = HELD) -> list[str]:
    return list(missing(case, held, procedure(DAY), DAY))


def test_a_whole_file_lacks_nothing() -> None:
    assert lacks() == []
    assert lacks(replace(WHOLE, kind="interview", notice=None), replace(HELD, appointed=True)) == []


@pytest.mark.parametrize(
    ("case", "held", "named"),
    [
        (replace(WHOLE, notice=None), HELD, "事先告知书"),
        (replace(WHOLE, notice=replace(GIVEN, served=None)), HELD, "事先告知书的送达回证"),
        (replace(WHOLE, notice=replace(GIVEN, statement="none")), HELD,
         "陈述申辩的记录，或放弃的声明"),
        (replace(WHOLE, notice=replace(GIVEN, hearing_requested=DAY)), HELD, "听证的记录"),
        (replace(WHOLE, decision=replace(DECIDED, numbered=False)), HELD, "失信惩戒决定书"),
        (replace(WHOLE, decision=replace(DECIDED, served=False)), HELD, "失信惩戒决定书的送达回证"),
        (WHOLE, replace(HELD, lacking=("证据",)), "证据"),
        (WHOLE, replace(HELD, reported=frozenset({"market"})), "记入北京市企业信用信息系统的记录"),
        (WHOLE, replace(HELD, appointed=False), "约谈的时间和地点"),
        (replace(WHOLE, decision=replace(DECIDED, order="open")),
         replace(HELD, deadline=dt.date(2014, 3, 30)), "整改结果的记录"),
        (replace(WHOLE, decision=replace(DECIDED, order="failed")),
         replace(HELD, checked=False), "整改不到位的核查情况"),
        (replace(WHOLE, decision=replace(DECIDED, withdrawn=True)), HELD, "撤销决定书"),
        (replace(WHOLE, decision=replace(DECIDED, withdrawn=True, annulment="numbered")), HELD,
         "撤销决定书的送达回证"),
    ],
)  # fmt: skip
def test_take_away_a_step_and_it_names_just_that(case: Case, held: Held, named: str) -> None:
    assert lacks(case, held) == [named]


def test_what_was_withdrawn_before_anyone_heard_of_it_is_asked_for_nothing() -> None:
    void = replace(WHOLE, decision=Decision(DECIDED.date, withdrawn=True))
    assert lacks(void, replace(HELD, reported=frozenset())) == []


SERVED = TitleFile(conferred=True, lost=True, revoked=True, served=True)


@pytest.mark.parametrize(
    ("title", "named"),
    [
        (TitleFile(conferred=True, lost=False, revoked=False), []),
        (TitleFile(conferred=False, lost=False, revoked=False), ["授牌决定"]),
        (TitleFile(conferred=True, lost=True, revoked=False), ["撤销称号决定书"]),
        (TitleFile(conferred=True, lost=True, revoked=True, plaque_due=DAY),
         ["撤销称号决定书的送达回证"]),
        (replace(SERVED, plaque_due=DAY), []),
        (replace(SERVED, plaque_due=dt.date(2014, 3, 30)), ["标牌收回的记录"]),
        (replace(SERVED, plaque_due=dt.date(2014, 3, 30), plaque_back=True), []),
    ],
)  # fmt: skip
def test_the_file_of_a_title_has_its_conferral_its_revocation_and_the_plaque(
    title: TitleFile, named: list[str]
) -> None:
    assert list(missing_of_title(title, DAY)) == named
