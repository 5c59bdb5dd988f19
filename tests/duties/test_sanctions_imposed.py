"""Imposing and withdrawing in an archive: what the ladder refuses writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from sqlmodel import select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.compliance import Review
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.duties import agencies, units
from hrintegrity.duties.dossier import dossier
from hrintegrity.duties.sanctions import imposing, orders, records, withdrawing
from hrintegrity.errors import HriError, LookupFailedError, RuleError, UsageError
from hrintegrity.notice.words import MEASURE
from made_archives import at, code_of, made, register

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases/ladder.yaml").read_text(encoding="utf-8")
)
OF_STAFF = ("interview", "exposure", "circular", "entry")
DAY = dt.date(2013, 11, 20)
CODE = code_of(1)


@pytest.fixture(scope="module")
def _locations(tmp_path_factory):
    found = {}
    for district in ("haidian", "municipal"):
        found[district] = made(tmp_path_factory.mktemp("sanctions"), district)
        with at(found[district]) as archive:
            register(archive, district=district)
    return found


@pytest.fixture
def archive(_locations, request) -> Iterator[Archive]:
    """An archive with one agency, a district's or the city's; what a test does to it is undone."""
    with at(_locations[getattr(request, "param", "haidian")]) as found:
        savepoint = found.connection.begin_nested()
        yield found
        savepoint.rollback()
        found.session.expunge_all()


def agency(archive: Archive) -> Agency:
    return agencies.find(archive, CODE)


def employed(archive: Archive, name: str = "李明") -> str:
    person = writer.insert(archive, Practitioner(name=name))
    job = Employment(
        practitioner_id=person.id,
        agency_id=agency(archive).id,
        name_key=name,
        since=dt.date(2013, 1, 1),
    )
    writer.insert(archive, job)
    return person.id


def award(archive: Archive, date: dt.date = dt.date(2013, 11, 1)) -> Unit:
    row = Unit(agency_id=agency(archive).id, year=2013, plaque="BJ2013-1", awarded=date)
    return archive.session.get_one(Unit, writer.insert(archive, row).id)


def reviews(archive: Archive) -> list[Review]:
    return list(archive.session.exec(select(Review)))


def impose(archive: Archive, kind: str, date: dt.date = DAY, **others) -> imposing.Imposed:
    """Impose a measure with all that its kind needs, unless told otherwise."""
    today = others.pop("today", date)
    given = {"grounds": "虚假招聘"}
    if kind == "rectify":
        given["deadline"] = date + dt.timedelta(days=15)
    if kind in ("defer-review", "cancel-licence"):
        given |= {"basis": "《条例》第五条", "review_year": 2013, "serious": True}
    order = imposing.SanctionRequest(date=date, **{"kind": kind, **given, **others})
    return imposing.impose(archive, CODE, order, today=today)


def withdraw(archive: Archive, identity: str, date: dt.date) -> imposing.Imposed:
    return withdrawing.withdraw(archive, identity, date=date, reason="复核后撤销", today=date)


def entries(archive: Archive) -> int:
    return archive.connection.exec_driver_sql("SELECT COUNT(*) FROM journal").scalar_one()


def standing(archive: Archive, case: dict) -> None:
    """Write the measures of a case, and its closing, past the ladder."""
    person = employed(archive)
    for one in case["earlier"]:
        values = {key: value for key, value in one.items() if key not in ("staff", "withdrawn")}
        row = Sanction(
            agency_id=agency(archive).id,
            practitioner_id=person if one.get("staff") else None,
            district=agency(archive).district,
            grounds="以前",
            withdrawn=one["date"] if one.get("withdrawn") else None,
            **values,
        )
        writer.insert(archive, row)
    if "closed" in case:
        agencies.close(archive, CODE, date=case["closed"], reason="停业", today=case["closed"])


@pytest.mark.parametrize("archive", ["haidian", "municipal"], indirect=True)
@pytest.mark.parametrize("unit", [False, True], ids=["plain", "unit"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_each_refusal_cites_its_clause_and_writes_nothing(archive, case, unit) -> None:
    if unit:
        award(archive)
    standing(archive, case)
    for kind, expected in case["agency"].items():
        savepoint = archive.connection.begin_nested()
        before = entries(archive)
        if expected == "yes":
            assert bool(impose(archive, kind, case["date"], serious=False).titles) == unit
            assert entries(archive) > before
        else:
            with pytest.raises(HriError) as caught:
                impose(archive, kind, case["date"], serious=False)
            refused = caught.value
            assert (refused.code, refused.clause) == (expected, case["clause"]), kind
            assert (refused.exit_status, entries(archive)) == (1, before)
        savepoint.rollback()
        archive.session.expire_all()


def test_a_refusal_says_what_may_be_imposed_instead(archive) -> None:
    impose(archive, "rectify")
    with pytest.raises(RuleError) as caught:
        impose(archive, "defer-review", serious=False)
    assert caught.value.hint.startswith("现在可以采取：约谈、曝光、通报、载入诚信档案。")


@pytest.mark.parametrize("kind", MEASURE)
def test_a_practitioners_sanction_takes_the_title_only_when_attributed(archive, kind) -> None:
    award(archive)
    person = employed(archive)
    if kind not in OF_STAFF:
        before = entries(archive)
        with pytest.raises(UsageError) as caught:
            impose(archive, kind, staff=person)
        assert (caught.value.code, caught.value.clause) == ("not-for-staff", "三(八)2")
        assert entries(archive) == before
        return
    kept = impose(archive, kind, staff=person)
    assert (kept.titles, kept.sanction.staff, kept.sanction.staff_name) == ((), person, "李明")
    lost = impose(archive, kind, staff=person, attributed=True, grounds="另一次")
    assert [title.state for title in lost.titles] == ["reported"]


def test_a_practitioner_of_another_agency_is_not_found_here(archive) -> None:
    other = writer.insert(archive, Practitioner(name="别处的人"))
    with pytest.raises(LookupFailedError) as caught:
        impose(archive, "exposure", staff=other.id)
    assert caught.value.code == "staff-missing"


def test_a_deferred_review_is_written_and_taken_back(archive) -> None:
    found = impose(archive, "defer-review")
    (review,) = reviews(archive)
    assert (review.year, review.result, review.date) == (2013, "deferred", DAY)
    assert review.sanction_id == found.sanction.id
    withdraw(archive, found.sanction.id, DAY)
    assert reviews(archive) == []


def test_a_cancelled_licence_closes_the_agency_and_a_withdrawal_opens_it_again(archive) -> None:
    award(archive)
    found = impose(archive, "cancel-licence")
    shut = agency(archive)
    assert (shut.status, shut.closed) == ("closed", DAY)
    assert shut.close_reason == "注销许可证：虚假招聘"
    (review,) = reviews(archive)
    assert review.result == "failed"
    assert found.titles[0].recover_by == DAY + dt.timedelta(days=15)
    back = withdraw(archive, found.sanction.id, dt.date(2013, 12, 2))
    again = agency(archive)
    assert (again.status, again.closed, again.close_reason) == ("active", None, None)
    assert reviews(archive) == []
    assert [title.state for title in back.titles] == ["current"]
    kept = records.show(archive, found.sanction.id, today=DAY)
    assert (kept.state, kept.withdraw_reason) == ("withdrawn", "复核后撤销")


def test_a_withdrawal_does_not_open_an_agency_that_closed_anew(archive) -> None:
    found = impose(archive, "cancel-licence")
    agencies.edit(archive, CODE, today=dt.date(2013, 11, 25), status="active")
    agencies.close(archive, CODE, date=dt.date(2013, 11, 28), reason="停业", today=DAY)
    withdraw(archive, found.sanction.id, dt.date(2013, 12, 2))
    assert agency(archive).closed == dt.date(2013, 11, 28)


def test_a_title_stays_lost_while_another_cause_stands(archive) -> None:
    unit = award(archive)
    first = impose(archive, "exposure")
    second = impose(archive, "circular", dt.date(2013, 11, 25))
    assert second.titles == ()
    assert withdraw(archive, first.sanction.id, dt.date(2013, 12, 1)).titles == ()
    assert (unit.revoked, unit.revoked_by) == (dt.date(2013, 11, 25), second.sanction.id)
    assert unit.reason == "通报：虚假招聘"
    back = withdraw(archive, second.sanction.id, dt.date(2013, 12, 2))
    assert [title.state for title in back.titles] == ["current"]


def test_an_earlier_cause_typed_in_late_moves_the_loss_back(archive) -> None:
    unit = award(archive)
    impose(archive, "exposure", dt.date(2013, 11, 25))
    early = impose(archive, "entry", dt.date(2013, 11, 5))
    assert (unit.revoked, unit.revoked_by) == (dt.date(2013, 11, 5), early.sanction.id)


def test_a_title_awarded_later_is_not_touched(archive) -> None:
    award(archive, dt.date(2013, 12, 1))
    found = impose(archive, "exposure")
    assert found.titles == ()
    assert any("此后" in warning for warning in found.warnings)


def test_an_award_typed_in_late_meets_the_cause_that_stands(archive) -> None:
    impose(archive, "exposure")
    award(archive, dt.date(2013, 11, 1))
    (unit,) = units.settle(archive, agency(archive))
    assert (unit.state, unit.revoked) == ("reported", DAY)
    assert units.settle(archive, agency(archive)) == []


def test_a_loss_that_the_city_wrote_stays(archive) -> None:
    unit = award(archive)
    writer.update(archive, unit, revoked=DAY, revoked_by="city", reason="市局撤销")
    later = impose(archive, "exposure", dt.date(2013, 11, 25))
    assert (later.titles, unit.revoked_by) == ((), "city")
    withdraw(archive, later.sanction.id, dt.date(2013, 12, 1))
    assert unit.revoked_by == "city"


def test_nothing_is_withdrawn_twice(archive) -> None:
    found = impose(archive, "exposure")
    withdraw(archive, found.sanction.id, DAY)
    before = entries(archive)
    with pytest.raises(LookupFailedError) as caught:
        withdraw(archive, found.sanction.id, DAY)
    assert caught.value.code == "already-withdrawn"
    assert entries(archive) == before


def test_withdrawing_an_order_points_at_what_was_built_on_it(archive) -> None:
    order = impose(archive, "rectify", dt.date(2013, 10, 1))
    impose(archive, "defer-review", serious=False)
    found = withdraw(archive, order.sanction.id, dt.date(2013, 12, 1))
    assert [text for text in found.warnings if "暂缓通过年审" in text] != []
    serious = impose(archive, "cancel-licence")
    assert serious.sanction.state == "in-force"


def test_what_a_kind_does_not_use_is_not_kept(archive) -> None:
    found = impose(
        archive, "exposure", deadline=DAY, review_year=2013, serious=True, attributed=True
    )
    kept = found.sanction
    assert (kept.deadline, kept.review_year, kept.serious, kept.attributed) == (
        None, None, True, False,
    )  # fmt: skip
    assert len(found.warnings) == 4


def test_an_order_is_mended_in_time_late_or_not_at_all(archive) -> None:
    order = impose(archive, "rectify").sanction
    assert (order.state, order.overdue) == ("open", False)
    late = records.show(archive, order.id, today=order.deadline + dt.timedelta(days=1))
    assert (late.state, late.overdue) == ("open", True)
    in_time, warnings = orders.mend(archive, order.id, date=order.deadline, today=DAY)
    assert (in_time.state, warnings) == ("mended", ())
    failed, _ = orders.fail(
        archive, order.id, date=order.deadline + dt.timedelta(days=5), note="未改", today=DAY
    )
    assert (failed.state, failed.mended, failed.fail_note) == ("failed", order.deadline, "未改")
    after, warnings = orders.mend(
        archive, order.id, date=order.deadline + dt.timedelta(days=9), today=DAY
    )
    assert after.state == "mended"
    assert "之后" in warnings[0]


def test_a_result_of_the_same_day_is_replaced_with_a_reason_only(archive) -> None:
    order = impose(archive, "rectify").sanction
    day = order.deadline + dt.timedelta(days=1)
    orders.fail(archive, order.id, date=day, note="未改", today=DAY)
    before = entries(archive)
    with pytest.raises(RuleError) as caught:
        orders.mend(archive, order.id, date=day, today=DAY)
    assert (caught.value.code, entries(archive)) == ("already-failed", before)
    mended, _ = orders.mend(archive, order.id, date=day, today=DAY, reason="登错")
    assert (mended.state, mended.failed) == ("mended", None)
    with pytest.raises(RuleError) as caught:
        orders.fail(archive, order.id, date=day, note="未改", today=DAY)
    assert caught.value.code == "already-mended"
    failed, warnings = orders.fail(
        archive, order.id, date=day, note="未改", today=DAY, reason="登错"
    )
    assert (failed.state, failed.mended, warnings) == ("failed", None, ())
    with pytest.raises(LookupFailedError, match="已经登记"):
        orders.fail(archive, order.id, date=day, note="未改", today=DAY)


@pytest.mark.parametrize("settle", ["mend", "fail"])
def test_only_an_order_that_stands_is_settled(archive, settle) -> None:
    act = {
        "mend": lambda one: orders.mend(archive, one, date=DAY, today=DAY),
        "fail": lambda one: orders.fail(archive, one, date=DAY, note="未改", today=DAY),
    }[settle]
    exposure = impose(archive, "exposure").sanction
    with pytest.raises(RuleError) as caught:
        act(exposure.id)
    assert (caught.value.code, caught.value.clause) == ("not-an-order", "三(八)2")
    order = impose(archive, "rectify").sanction
    withdraw(archive, order.id, DAY)
    with pytest.raises(RuleError) as caught:
        act(order.id)
    assert caught.value.code == "withdrawn"


def test_a_plaque_that_came_back_is_of_the_title_that_was_lost_by_then(archive) -> None:
    first = award(archive, dt.date(2013, 9, 4))
    impose(archive, "circular", dt.date(2013, 9, 7))
    second = Unit(agency_id=agency(archive).id, year=2014, plaque="BJ2014-1", awarded=DAY)
    writer.insert(archive, second)
    impose(archive, "exposure", DAY + dt.timedelta(days=5))
    found, warnings = units.recover_plaque(archive, CODE, recovered=dt.date(2013, 10, 24))
    assert (found.plaque, found.recovered, warnings) == (first.plaque, dt.date(2013, 10, 24), ())
    then = dossier(archive, CODE, today=DAY, as_of=dt.date(2013, 11, 4))
    (title,) = then.rewards_and_sanctions["titles"]
    assert (title["state"], title["recovered"]) == ("recovered", "2013-10-24")


def test_a_plaque_comes_back_once_and_its_day_can_be_corrected(archive) -> None:
    award(archive)
    with pytest.raises(RuleError) as caught:
        units.recover_plaque(archive, CODE, recovered=DAY)
    assert (caught.value.code, caught.value.clause) == ("no-plaque-due", "三(八)2")
    impose(archive, "exposure")
    found, warnings = units.recover_plaque(archive, CODE, recovered=DAY + dt.timedelta(days=1))
    assert (found.state, found.recovered, warnings) == ("recovered", DAY + dt.timedelta(days=1), ())
    found, _ = units.recover_plaque(archive, CODE, recovered=DAY)
    assert (found.state, found.recovered) == ("recovered", DAY)
    with pytest.raises(LookupFailedError) as again:
        units.recover_plaque(archive, CODE, recovered=DAY)
    assert again.value.code == "already-recovered"
