"""What may have to be erased reaches the journal as a salted hash only, and can be erased."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from contextlib import closing

import pytest

from hrintegrity.archive import schema, writer
from hrintegrity.archive.adopting import Adopted, adopt_many
from hrintegrity.archive.engine import open_archive
from hrintegrity.archive.erasure import overwrite_deleted
from hrintegrity.archive.location import Location
from hrintegrity.archive.tables.complaints import Complainant, Complaint
from hrintegrity.archive.verification import verify
from hrintegrity.errors import UnusableError

NAME, CONTACT, SALT = "欧阳小芳", "139-0000-7777", "5a17" * 16
LATER = "010-8888-6666"


@pytest.fixture
def location(tmp_path):
    found = Location(path=tmp_path / "a.db")
    with schema.new_archive(found, operator="测试"):
        pass
    return found


def opened(location):
    return open_archive(location, operator="测试", write=True)


def add(archive, number=1, name=NAME, contact=CONTACT):
    complaint = writer.insert(
        archive,
        Complaint(
            id=f"complaint-{number}",
            district="haidian",
            received=dt.date(2013, 10, 8),
            channel="market",
            kind="complaint",
            subject="收费不明",
        ),
    )
    return writer.insert(
        archive,
        Complainant(
            id=f"person-{number}",
            complaint_id=complaint.id,
            name=name,
            contact=contact,
            salt=SALT,
        ),
    )


def journal(location):
    with closing(sqlite3.connect(location.path)) as connection:
        rows = connection.execute("SELECT before, after FROM journal WHERE \"table\"='complainant'")
        return [tuple(json.loads(part) if part else None for part in row) for row in rows]


def salted(text):
    return "salted:" + hashlib.sha256((SALT + text).encode()).hexdigest()


def test_the_journal_holds_hashes_of_salt_and_value_and_no_salt(location):
    with opened(location) as archive:
        person = add(archive)
        writer.update(archive, person, contact=LATER)
        writer.delete(archive, person, reason="本人要求")
    whole = {"id": "person-1", "complaint_id": "complaint-1", "name": salted(NAME)}
    assert journal(location) == [
        (None, {**whole, "contact": salted(CONTACT)}),
        ({"contact": salted(CONTACT)}, {"contact": salted(LATER)}),
        ({**whole, "contact": salted(LATER)}, None),
    ]


def test_many_rows_at_once_are_salted_too(location):
    with opened(location) as archive:
        add(archive, 1)
        archive.session.expunge_all()
        row = {"id": "p2", "complaint_id": "complaint-2", "name": NAME, "contact": None}
        writer.insert(
            archive,
            Complaint(
                id="complaint-2",
                district="haidian",
                received=dt.date(2013, 10, 8),
                channel="market",
                kind="report",
                subject="无证经营",
            ),
        )
        writer.insert_many(archive, Complainant, [{**row, "salt": SALT}])
        found = archive.session.get(Complainant, "p2")
        writer.update_many(archive, Complainant, [(found, {"contact": CONTACT})])
    assert journal(location)[1:] == [
        (None, {**row, "name": salted(NAME)}),
        ({"contact": None}, {"contact": salted(CONTACT)}),
    ]


def test_no_byte_of_what_was_deleted_is_left_in_the_file(location):
    with opened(location) as archive:
        for number in range(300):
            add(archive, number, f"{NAME}{number:04}", f"{CONTACT}{number:04}")
    with closing(sqlite3.connect(location.path, isolation_level=None)) as careless:
        careless.execute("PRAGMA secure_delete = OFF")
        careless.execute("DELETE FROM complainant WHERE CAST(substr(name, -4) AS INTEGER) % 2 = 0")
    assert f"{NAME}0002".encode() in location.path.read_bytes()
    overwrite_deleted(location)
    content = location.path.read_bytes()
    for number in range(300):
        kept = number % 2 == 1
        assert (f"{NAME}{number:04}".encode() in content) is kept
        assert (f"{CONTACT}{number:04}".encode() in content) is kept


def test_a_file_that_is_in_use_is_reported(location, monkeypatch):
    monkeypatch.setattr("hrintegrity.archive.erasure.BUSY_SECONDS", 0)
    with closing(sqlite3.connect(location.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnusableError) as refused:
            overwrite_deleted(location)
    assert refused.value.code == "remains-left"
    assert refused.value.message.endswith("没能重写：正被占用")


def test_another_salt_from_another_office_makes_the_hashes_anew(location):
    """Under another salt a name that stays the same has another hash."""
    with opened(location) as archive:
        before = add(archive).model_dump()
        after = before | {"salt": "b0b0" * 16, "contact": LATER}
        adopt_many(archive, Complainant, [Adopted("person-1", before, after, "{}")])
        archive.session.expunge_all()
    with opened(location) as archive:
        assert [
            damage for damage in verify(archive)[1] if damage.where.startswith("complainant")
        ] == []
