"""Every column of every table changed, each kind of row added and removed: `verify` names it."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from sqlalchemy import Table
from sqlalchemy.exc import IntegrityError

from hrintegrity.archive import tables, writer
from hrintegrity.archive.engine import Archive, open_archive
from hrintegrity.archive.guarding import writes_allowed
from hrintegrity.archive.journal import COLUMNS
from hrintegrity.archive.location import Location
from hrintegrity.archive.serialisation import table_of
from hrintegrity.archive.tables.base import Record
from hrintegrity.duties import verifying
from hrintegrity.notice.records import kind
from running import Hri, tamper
from soaking import size

pytestmark = pytest.mark.archive_file("changed past the program")

Tampering = tuple[str, Callable[[Archive], object], str, str]
"""What is done, how, and where and in which words `verify` has to name it."""


@pytest.fixture(scope="module")
def worked(year, tmp_path_factory) -> Hri:
    """A campaign worked through, and a row in every table that it does not fill."""
    folder = tmp_path_factory.mktemp("worked")
    hri = Hri(folder / "home" / "archive.db")
    shutil.copytree(year, folder / "home")
    hri("archive", "seal", "-o", folder / "seal").ok()
    tables.load_all()
    with open_archive(Location(path=hri.archive), operator="某", write=True) as archive:
        for table in table_of(Record.__subclasses__()[0]).metadata.sorted_tables:
            model = next((m for m in Record.__subclasses__() if table_of(m) is table), None)
            if model is not None and kind(table.name).journalled and one_of(archive, table) is None:
                with suppress(ValueError):
                    writer.insert(archive, model(**made(archive, table)))
        archive.session.expunge_all()
    return hri


def one_of(archive: Archive, table: Table) -> dict[str, Any] | None:
    """A row of a table as the file has it, with as few empty columns as there are."""
    found = archive.connection.exec_driver_sql(f'SELECT * FROM "{table.name}"').mappings().all()
    return max(map(dict, found), key=lambda row: sum(v is not None for v in row.values()),
               default=None)  # fmt: skip


def made(archive: Archive, table: Table) -> dict[str, Any]:
    """The values of a new row that points at what is there."""
    values: dict[str, Any] = {}
    for column in table.columns:
        keys = list(column.foreign_keys)
        kind = column.type.python_type
        if keys:
            there = one_of(archive, keys[0].column.table)
            values[column.name] = None if there is None else there["id"]
        elif column.primary_key:
            values[column.name] = str(uuid.uuid4())
        elif kind is dt.date:
            values[column.name] = dt.date(2013, 10, 10)
        else:
            values[column.name] = {bool: True, int: 1977}.get(kind, str(uuid.uuid4()))
    if {"body", "sha256"} <= values.keys():
        values["sha256"] = hashlib.sha256(values["body"].encode()).hexdigest()
    return values


def other(value: Any, kind: type) -> Any:
    """Another value of the same kind."""
    if kind is bool:
        return not value
    if kind is int:
        return 1 if value is None else value + 1
    if kind is dt.date:
        return "1999-12-31"
    return f"{value or ''}改"


def all_tampering(archive: Archive) -> Iterator[Tampering]:
    for model in sorted(Record.__subclasses__(), key=lambda model: str(table_of(model).name)):
        table, row = table_of(model), one_of(archive, table_of(model))
        if kind(table.name).journalled:
            assert row is not None, table.name
            yield from of_table(archive, table, row)
    last = archive.connection.exec_driver_sql("SELECT MAX(id) FROM journal").scalar_one()
    for number in (1, last // 2, last):
        for column in COLUMNS[1:]:
            sql = f"UPDATE journal SET \"{column}\" = coalesce(\"{column}\", '') || 'x'"
            yield (f"journal.{column} {number}", unguarded(f"{sql} WHERE id = {number}"),
                   f"日志第 {number} 条", "")  # fmt: skip
    for column in ("before", "after", "origin"):
        first = f"UPDATE journal SET \"{column}\" = '' WHERE id = (SELECT MIN(id) FROM journal"
        yield (f"journal.{column} empty", unguarded(f"{first} WHERE \"{column}\" IS NULL)"),
               "日志第 ", "哈希")  # fmt: skip
    yield ("journal removed", unguarded(f"DELETE FROM journal WHERE id = {last // 2}"),
           f"日志第 {last // 2 + 1} 条", "不连续")  # fmt: skip
    names = ", ".join(f'"{column}"' for column in COLUMNS[1:])
    twice = f"INSERT INTO journal (id, {names}) SELECT {last + 1}, {names} FROM journal"
    yield (
        "journal added",
        unguarded(f"{twice} WHERE id = {last}"),
        f"日志第 {last + 1} 条",
        "哈希",
    )


def of_table(archive: Archive, table: Table, row: dict[str, Any]) -> Iterator[Tampering]:
    name, record = table.name, row["id"]
    for column in table.columns:
        if column.name == "id":
            continue
        kind = column.type.python_type
        changed = [other(row[column.name], kind)]
        if column.nullable and row[column.name] is not None:
            changed.append(None)
        for value in changed:
            sql = f'UPDATE "{name}" SET "{column.name}" = ? WHERE id = ?'
            # A salt that changes shows in what it was for.
            reason = "" if column.name == "salt" else column.name
            yield (
                f"{name}.{column.name} = {value!r}", does(sql, value, record), f"{name} {record}",
                reason,
            )  # fmt: skip
    yield (f"{name} renamed", does(f'UPDATE "{name}" SET id = ? WHERE id = ?', "x", record),
           f"{name} x", "日志里没有")  # fmt: skip
    yield (f"{name} removed", does(f'DELETE FROM "{name}" WHERE id = ?', record),
           f"{name} {record}", "表里没有")  # fmt: skip
    new = made(archive, table)
    marks = ", ".join("?" * len(new))
    columns = ", ".join(f'"{column}"' for column in new)
    values = [v.isoformat() if isinstance(v, dt.date) else v for v in new.values()]
    added = does(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', *values)
    yield f"{name} added", added, f"{name} {new['id']}", "日志里没有"


def does(sql: str, *values: Any) -> Callable[[Archive], object]:
    return lambda archive: archive.connection.exec_driver_sql(sql, values)


def unguarded(sql: str) -> Callable[[Archive], object]:
    """A change of the journal with its triggers taken off, and put back."""

    def change(archive: Archive) -> None:
        connection = archive.connection
        kept = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).all()
        for trigger, _ in kept:
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        connection.exec_driver_sql(sql)
        for _, text in kept:
            connection.exec_driver_sql(text)

    return change


@contextmanager
def tampered(archive: Archive, change: Callable[[Archive], object]) -> Iterator[bool]:
    """Change an archive past the program for as long as the block runs.

    Yields False where the database itself does not take it: two rows of one key, say.
    """
    connection, taken = archive.connection, True
    with writes_allowed(connection):
        connection.exec_driver_sql("SAVEPOINT tampering")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        try:
            change(archive)
        except IntegrityError:
            taken = False
    yield taken
    with writes_allowed(connection):
        connection.exec_driver_sql("ROLLBACK TO tampering")
        connection.exec_driver_sql("RELEASE tampering")
    archive.session.expunge_all()


def check(worked: Hri, step: int) -> int:
    failed, refused, count = [], [], 0
    with open_archive(Location(path=worked.archive), operator="某", write=True) as archive:
        assert verifying.verify(archive).problems == []
        for what, change, where, reason in list(all_tampering(archive))[::step]:
            with tampered(archive, change) as taken:
                problems = verifying.verify(archive).problems if taken else []
            if not taken:
                refused.append(what)
            elif not any(
                where in problem.where and reason in problem.reason and problem.remedy
                for problem in problems
            ):
                failed.append((what, problems[:3]))
            count += 1
        archive.keep_nothing()
    assert not failed, (len(failed), count, failed[:10])
    assert len(refused) <= count / 20, refused
    return count - len(refused)


def test_what_is_changed_added_or_removed_past_the_program_is_named(worked):
    assert check(worked, step=17) > 20


@pytest.mark.soak
def test_whatever_is_changed_added_or_removed_past_the_program_is_named(worked):
    assert check(worked, step=max(1, round(1 / size(1)))) > 400


def test_the_command_says_the_same(worked, tmp_path):
    copy = Hri(tmp_path / "archive.db")
    copy.archive.write_bytes(worked.archive.read_bytes())
    tamper(copy.archive, "DELETE FROM reward")
    found = copy("archive", "verify", "-f", "json")
    assert found.status == 1
    assert any(problem["where"].startswith("reward ") for problem in found.json["problems"])
