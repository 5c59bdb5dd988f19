"""The table of states and actions in archives: what it refuses is refused, and nothing is written.

Each case of `tests/cases/procedure.yaml` is written down as an office would have left it, for an
agency or a practitioner, with a title or without, in a district's archive or the city's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, product
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlmodel import SQLModel

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.measures import Sanction, SanctionNotice
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.duties import agencies, papers, units
from hrintegrity.duties.sanctions import (
    beforehand,
    cases,
    imposing,
    issuing,
    orders,
    records,
    withdrawing,
)
from hrintegrity.duties.sanctions import serving as sanction_serving
from hrintegrity.duties.serving import Proof
from hrintegrity.errors import HriError
from hrintegrity.notice.measures import sanctions
from hrintegrity.notice.words import MEASURE
from made_archives import at, code_of, made, register

TABLE = yaml.safe_load((Path(__file__).parents[1] / "cases/procedure.yaml").read_text("utf-8"))
OFFICES, PARTIES = TABLE["offices"], TABLE["parties"]
NUMBERS = {"haidian": 1, "municipal": 2}
LAW = "《就业服务与就业管理规定》第七十四条"
SINCE = dt.date(2013, 11, 1)
_papers = count(100)

WAYS = [(party, unit, office) for party, unit, office in product(PARTIES, (False, True), OFFICES)]


@dataclass(frozen=True)
class Made:
    """A case that was written down: its records, and whom it is about."""

    archive: Archive
    agency: str
    staff: str | None
    kind: str
    notice: SanctionNotice | None
    decision: Sanction | None
    day: dt.date


@pytest.fixture(scope="module")
def _locations(tmp_path_factory):
    found = {}
    for district in ("haidian", "municipal"):
        found[district] = made(tmp_path_factory.mktemp(district), district)
        with at(found[district]) as archive:
            for place in {"haidian", district}:
                register(archive, NUMBERS[place], district=place)
                _employ(archive, code_of(NUMBERS[place]))
    return found


@pytest.fixture
def archives(_locations) -> Iterator[dict[str, Archive]]:
    with at(_locations["haidian"]) as haidian, at(_locations["municipal"]) as city:
        yield {"haidian": haidian, "municipal": city}
        for archive in (haidian, city):
            archive.connection.rollback()
            archive.session.expunge_all()


@contextmanager
def undone(archive: Archive) -> Iterator[None]:
    """Take back what is done within."""
    savepoint = archive.connection.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()
        archive.session.expire_all()


def _employ(archive: Archive, code: str) -> None:
    person = writer.insert(archive, Practitioner(name="李明"))
    agency = agencies.find(archive, code)
    job = Employment(
        practitioner_id=person.id, agency_id=agency.id, name_key="李明", since=dt.date(2013, 1, 1)
    )
    writer.insert(archive, job)


def contents(archive: Archive) -> dict[str, list[tuple]]:
    """All rows of all tables, the journal's too."""
    archive.session.flush()
    names = [*SQLModel.metadata.tables, "journal"]
    return {
        name: [tuple(row) for row in archive.connection.exec_driver_sql(f'SELECT * FROM "{name}"')]
        for name in names
    }


def entries(archive: Archive) -> int:
    return archive.connection.exec_driver_sql("SELECT COUNT(*) FROM journal").scalar_one()


def kinds_of(case: dict, party: str) -> list[str]:
    given = case.get("kinds") or ([case["kind"]] if "kind" in case else list(MEASURE))
    return [kind for kind in given if kind in PARTIES[party]]


def needs(kind: str, day: dt.date) -> dict[str, Any]:
    """What a kind needs beside its facts."""
    measure = sanctions(day)[kind]
    return {
        "basis": LAW,
        "deadline": day + dt.timedelta(days=15) if measure.needs_deadline else None,
        "review_year": 2013 if measure.at_review else None,
    }


def written(archive: Archive, case: dict, kind: str, party: str, office: dict) -> Made:
    """Write a case down, past the commands."""
    agency = agencies.find(archive, code_of(NUMBERS[office["agency"]]))
    job = archive.connection.exec_driver_sql(
        f"SELECT practitioner_id FROM employment WHERE agency_id = '{agency.id}'"
    ).scalar_one()
    person = job if party == "staff" else None
    over = office["by"] if office["by"] != agency.district else None
    about = {"agency_id": agency.id, "practitioner_id": person, "district": agency.district,
             "kind": kind, "grounds": "收取押金", "decided_by": over}  # fmt: skip
    said = {"evidence": "收据", "violated": LAW}
    notice = decision = None
    given, decided = case.get("given"), case.get("decided")
    if given is not None:
        row = SanctionNotice(
            **about, **said, **needs(kind, given["date"]), date=given["date"],
            statement_kind=given.get("statement"),
            stated=given.get("stated", given["date"]) if "statement" in given else None,
            hearing_requested=given.get("hearing_requested"),
            hearing_held=given.get("hearing_held"),
            withdrawn=given["date"] if given.get("dropped") else None,
        )  # fmt: skip
        notice = writer.insert(archive, row)
        _paper(archive, notice.id, papers.SANCTION_NOTICE, notice, given.get("served"))
    if decided is not None:
        row = Sanction(
            **about, **said, **(needs(kind, decided["date"]) | _term(decided)),
            date=decided["date"], serious=True,
            notice_id=None if notice is None else notice.id,
            failed=decided["date"] if decided.get("order") == "failed" else None,
            mended=decided["date"] if decided.get("order") == "mended" else None,
            withdrawn=decided["date"] if decided.get("withdrawn") else None,
            withdraw_reason="证据不足" if decided.get("withdrawn") else None,
        )  # fmt: skip
        decision = writer.insert(archive, row)
        day = decided["date"]
        if decided.get("numbered"):
            _paper(archive, decision.id, papers.SANCTION, decision,
                   day if decided.get("served") else None)  # fmt: skip
        if "annulment" in decided:
            _paper(archive, cases.annulment_of(decision.id), papers.SANCTION, decision,
                   day if decided["annulment"] == "served" else None)  # fmt: skip
    return Made(archive, agency.code, person, kind, notice, decision, case["day"])


def _term(decided: dict[str, Any]) -> dict[str, Any]:
    """The term of an order, where a case gives one."""
    return {"deadline": decided["deadline"]} if "deadline" in decided else {}


def _paper(
    archive: Archive, subject: str, series: str, row: Any, served: dt.date | None
) -> IssuedPaper:
    number = next(_papers)
    paper = writer.insert(
        archive,
        IssuedPaper(
            series=series, district=cases.body_of(row), year=row.date.year, number=number,
            reference=f"告〔{row.date.year}〕{number}号", agency_id=row.agency_id,
            subject_id=subject, date=row.date, title="文书", body="<article></article>",
            sha256="0",
        ),
    )  # fmt: skip
    if served is not None:
        writer.insert(
            archive,
            Service(paper_id=paper.id, date=served, method="direct", receiver="王强"),
        )
    return paper


def imposed(one: Made, **changes: Any) -> imposing.Imposed:
    notice = one.notice
    given: dict[str, Any] = {"date": one.day, "serious": True}
    if notice is None:
        given |= {"kind": one.kind, "grounds": "收取押金", "staff": one.staff}
        given |= needs(one.kind, one.day)
    else:
        given |= {"notified": notice.id}
    order = imposing.SanctionRequest(**(given | changes))
    return imposing.impose(one.archive, one.agency, order, today=one.day)


def _notice_id(one: Made) -> str | None:
    return None if one.notice is None else one.notice.id


def _decision_id(one: Made) -> str | None:
    return None if one.decision is None else one.decision.id


def _serve_notice(one: Made, about: str) -> None:
    """Record service, or correct it where it was recorded."""
    paper = cases.paper_of(one.archive, about)
    correct = paper is not None and paper.served is not None
    sanction_serving.served(
        one.archive, about, Proof(one.day, "direct", "王强"), correct=correct, reason="更正"
    )


STEPS: dict[str, tuple[Callable[[Made], str | None], Callable[[Made, str], object]]] = {
    "serve-notice": (_notice_id, _serve_notice),
    "statement": (_notice_id, lambda one, about: beforehand.record_statement(
        one.archive, about, date=one.day, today=one.day, text="已退还")),
    "request-hearing": (_notice_id, lambda one, about: beforehand.hearing(
        one.archive, about, today=one.day, requested=one.day)),
    "hold-hearing": (_notice_id, lambda one, about: beforehand.hearing(
        one.archive, about, today=one.day, held=one.day)),
    "withdraw-notice": (_notice_id, lambda one, about: withdrawing.withdraw(
        one.archive, about, date=one.day, reason="有误", today=one.day)),
    "notice": (_decision_id, lambda one, about: issuing.issue(one.archive, about, today=one.day)),
    "original": (_decision_id, lambda one, about: issuing.issue(
        one.archive, about, today=one.day, original=True)),
    "serve": (_decision_id, lambda one, about: sanction_serving.served(
        one.archive, about, Proof(one.day, "direct", "王强"))),
    "mend": (_decision_id, lambda one, about: orders.mend(
        one.archive, about, date=one.day, today=one.day, reason="更正")),
    "reopen": (_decision_id, lambda one, about: orders.reopen(
        one.archive, about, reason="有误", today=one.day)),
    "withdraw": (_decision_id, lambda one, about: withdrawing.withdraw(
        one.archive, about, date=one.day, reason="有误", today=one.day)),
}  # fmt: skip
"""Each step: what it is about, and how it is taken; `impose` stands by itself."""


def taken(one: Made, step: str) -> tuple[str, str | None] | None:
    """Take a step; return `yes` or the refusal's code with its clause, None without a record."""
    try:
        if step == "impose":
            imposed(one)
        else:
            about, take = STEPS[step]
            identity = about(one)
            if identity is None:
                return None
            take(one, identity)
    except HriError as error:
        return error.code, error.clause
    return "yes", None


def clause_of(code: str, day: dt.date) -> str:
    found = TABLE["clauses"][code]
    return found[max(at for at in found if at <= day)] if isinstance(found, dict) else found


def expected_of(case: dict, step: str, office: str) -> str:
    """The table's answer; what the city decided is not a district's to go on with."""
    answer = case["next"][step]
    after_the_table = ("yes", "too-early", "no-hearing", "not-an-order", "nothing-to-reopen")
    if office != "received" or answer not in after_the_table:
        return answer
    # A paper that came with the decision is printed again as it is.
    numbered = (case.get("decided") or {}).get("numbered", False)
    withdrawn = (case.get("decided") or {}).get("withdrawn", False)
    annulled = "annulment" in (case.get("decided") or {})
    printed = step == "notice" and (annulled if withdrawn else numbered)
    return answer if step == "original" or printed else "citys-own"


def walk(archives: dict[str, Archive], case: dict, ways: list, kind: str | None = None) -> None:
    """Ask for each step of a case, for these parties, units and offices."""
    for party, unit, name in ways:
        office = OFFICES[name]
        archive = archives[office["archive"]]
        for each in kinds_of(case, party):
            if kind not in (None, each) or (name == "received" and "given" not in case):
                continue
            with undone(archive):
                if unit:
                    _award(archive, code_of(NUMBERS[office["agency"]]))
                _ask(written(archive, case, each, party, office), case, name)


def _ask(one: Made, case: dict, office: str) -> None:
    """Take every step: those refused first, which change nothing; then each of the others."""
    wanted = {step: expected_of(case, step, office) for step in case["next"]}
    about = (case["name"], one.kind, one.staff is not None, office)
    before = contents(one.archive)
    for step in [step for step, answer in wanted.items() if answer != "yes"]:
        answer = taken(one, step)
        if answer is not None:
            assert answer == (wanted[step], clause_of(wanted[step], one.day)), (*about, step)
    assert contents(one.archive) == before, about
    for step in [step for step, answer in wanted.items() if answer == "yes"]:
        with undone(one.archive):
            answer = taken(one, step)
            if answer is not None:
                assert answer == ("yes", None), (*about, step)
                # A paper that was numbered before is printed again.
                again = step in ("notice", "original")
                assert again or entries(one.archive) > len(before["journal"]), (*about, step)


def _award(archive: Archive, code: str) -> None:
    agency = agencies.find(archive, code)
    writer.insert(archive, Unit(agency_id=agency.id, year=2013, plaque="BJ-1", awarded=SINCE))


@pytest.mark.parametrize("number", range(len(TABLE["cases"])),
                         ids=[case["name"] for case in TABLE["cases"]])  # fmt: skip
def test_what_the_table_refuses_is_refused_in_the_archive_and_writes_nothing(
    archives, number
) -> None:
    # Each case goes two of the sixteen ways with a kind, so that all cases go all ways with all
    # kinds; the long run goes every way with every case.
    case = TABLE["cases"][number]
    for place, kind in enumerate(MEASURE):
        walk(archives, case, WAYS[(number + place) % 8 :: 8], kind)


@pytest.mark.soak
@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_every_case_goes_every_way(archives, case) -> None:
    walk(archives, case, WAYS)


@pytest.mark.parametrize("office", [name for name in OFFICES if name != "received"])
@pytest.mark.parametrize("unit", [False, True], ids=["plain", "unit"])
@pytest.mark.parametrize(
    "given", TABLE["incomplete"], ids=lambda one: f"{one['party']}-{one['kind']}-{one['code']}"
)
def test_what_a_kind_lacks_is_wrong_usage_for_notice_and_decision(
    archives, given, unit, office
) -> None:
    where = OFFICES[office]
    archive = archives[where["archive"]]
    with undone(archive):
        code = code_of(NUMBERS[where["agency"]])
        if unit:
            _award(archive, code)
        day = dt.date(2013, 12, 20)
        case = {"day": day, "next": {}}
        one = written(archive, case, given["kind"], given["party"], where)
        lacks = {given["without"]: None} if "without" in given else {}
        before = contents(archive)
        intent = {"facts": "收取押金", "evidence": "收据", "violated": LAW, "staff": one.staff}
        intent |= needs(one.kind, day) | {"kind": one.kind, "date": day} | lacks
        intent["basis"] = intent["basis"] or ""
        for act in (
            lambda: imposed(one, **lacks),
            lambda: beforehand.notify(archive, code, beforehand.Intent(**intent), today=day),
        ):
            with pytest.raises(HriError) as caught:
                act()
            refused = caught.value
            assert (refused.code, refused.exit_status) == (given["code"], 2)
            assert refused.clause == clause_of(given["code"], day)
            assert contents(archive) == before


@pytest.mark.parametrize(
    ("party", "attributed"), [("agency", False), ("staff", False), ("staff", True)]
)
@pytest.mark.parametrize("office", [name for name in OFFICES if name != "received"])
def test_a_title_is_lost_with_the_agencys_own_sanction_and_by_whoever_conferred_it(
    archives, party, attributed, office
) -> None:
    where = OFFICES[office]
    archive = archives[where["archive"]]
    for kind in PARTIES[party]:
        with undone(archive):
            code = code_of(NUMBERS[where["agency"]])
            _award(archive, code)
            case = {"day": dt.date(2013, 12, 20), "next": {}}
            one = written(archive, case, kind, party, where)
            lost = imposed(one, attributed=attributed).titles
            agency = agencies.find(archive, code)
            (unit,) = units.of_agency(archive, agency.id)
            stays = party == "staff" and not attributed
            state = "current" if stays else where["title"]
            assert units.view(archive, unit, agency).state == state
            assert [title.state for title in lost] == ([] if stays else [state])


def test_what_is_not_decided_has_no_identity_to_go_on_with(archives) -> None:
    archive = archives["haidian"]
    with undone(archive):
        case = {"day": dt.date(2013, 12, 20), "given": {"date": dt.date(2013, 12, 10)}}
        one = written(archive, case, "exposure", "agency", OFFICES["district"])
        before = contents(archive)
        with pytest.raises(HriError) as caught:
            orders.mend(archive, _notice_id(one) or "", date=one.day, today=one.day)
        assert (caught.value.code, caught.value.exit_status) == ("sanction-missing", 4)
        assert contents(archive) == before
        assert records.show(archive, _notice_id(one) or "", today=one.day).state == "intended"
