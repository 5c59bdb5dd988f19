"""The dossiers of many agencies are asked for together, and are the same as one by one."""

from sqlalchemy import event
from sqlmodel import select

from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.duties.dossier import dossier, dossiers
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


def test_a_hundred_dossiers_take_as_many_statements_as_one(tmp_path):
    with at(made(tmp_path)) as archive:
        for number in range(1, 5):
            register(archive, number)
        ids = list(archive.session.exec(select(Agency.id)))
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
