"""The dossiers of many agencies are asked for together, and are the same as one by one."""

from collections.abc import Iterator

from sqlalchemy import event
from sqlmodel import select

from concluding import concluded
from hrintegrity.archive import writer
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion
from hrintegrity.archive.tables.base import Record
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.duties.dossier import dossier, dossiers, rows
from hrintegrity.duties.people import staff
from made_archives import TODAY, at, code_of, made, register


def asked(archive, agencies) -> int:
    """How many statements the dossiers of these agencies take."""
    found = []

    def keep(_connection, _cursor, statement, *_):
        found.append(statement)

    event.listen(archive.connection, "before_cursor_execute", keep)
    dossiers(archive, agencies, today=TODAY)
    event.remove(archive.connection, "before_cursor_execute", keep)
    return len(found)


def records(agency_id: str, number: int) -> Iterator[Record]:
    """A title, a complaint and a conclusion of one agency."""
    yield Unit(agency_id=agency_id, year=2013, plaque=f"BJ2013-{number}", awarded=TODAY)
    yield Complaint(
        agency_id=agency_id, district="haidian", received=TODAY, channel="market",
        kind="complaint", subject="收费", closed=TODAY, outcome="upheld", dishonest=True,
    )  # fmt: skip
    yield Conclusion(agency_id=agency_id, year=2013, sequence=1, date=TODAY, **concluded(3))


def test_what_is_so_or_not_is_a_truth_value_from_whatever_database(tmp_path):
    with at(made(tmp_path)) as archive:
        register(archive)
        (agency_id,) = archive.session.exec(select(Agency.id))
        for row in records(agency_id, 1):
            writer.insert(archive, row)
        archive.session.flush()
        (complaint,) = rows.from_tables(archive, [agency_id])[agency_id]["complaint"]
        assert complaint["dishonest"] is True


def test_a_hundred_dossiers_take_as_many_statements_as_one(tmp_path):
    with at(made(tmp_path)) as archive:
        for number in range(1, 5):
            register(archive, number)
        ids = list(archive.session.exec(select(Agency.id)))
        for number, agency_id in enumerate(ids):
            for row in records(agency_id, number):
                writer.insert(archive, row)
        archive.session.flush()
        assert asked(archive, ids) == asked(archive, ids[:1]) < 30


def test_each_has_its_own_rows_in_the_order_that_was_asked_for(tmp_path):
    with at(made(tmp_path)) as archive:
        for number in (1, 2, 3):
            register(archive, number)
        for number in (1, 2):
            who = {"name": f"赵{number}", "certificate": f"RL{number}"}
            staff.add(archive, code_of(number), **who, pledged=None, since=TODAY)
        ids = list(archive.session.exec(select(Agency.id).order_by(Agency.code.desc())))
        found = dossiers(archive, ids, today=TODAY)
        assert found == [dossier(archive, code_of(number), today=TODAY) for number in (3, 2, 1)]
        assert [one.promises["staff"] for one in found] == [0, 1, 1]
