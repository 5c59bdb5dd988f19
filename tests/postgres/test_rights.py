"""`hri archive grant`: a clerk's database user works, and can't touch the journal."""

from __future__ import annotations

import psycopg
import pytest

import server
from hrintegrity.archive.engine import begin, make_engine
from hrintegrity.archive.location import Location
from hrintegrity.archive.schema import migrate
from running import JSON, Hri, code_of, rows
from worked import CLOSER_LOOKS, LOOKS, campaign, looks

ENTRY = (
    'INSERT INTO journal (id, at, operator, action, "table", record, previous, hash)'
    " VALUES ({}, '', '', '', '', '', '', '')"
)


@pytest.fixture
def clerk(there):
    """A clerk's own connection, past the program."""
    with psycopg.connect(server.database_of(there.archive).replace("+psycopg", "")) as connection:
        connection.autocommit = True
        yield connection


def test_a_clerk_works_through_a_campaign_from_the_register_to_the_summary(there, tmp_path) -> None:
    campaign(there, tmp_path / "papers")
    said = looks(there, *LOOKS, *CLOSER_LOOKS)
    assert len(said) == 2 * len({*LOOKS, *CLOSER_LOOKS})
    assert there("archive", "verify", *JSON).ok().json["ok"] is True


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal SET reason = 'x'",
        "DELETE FROM journal",
        "TRUNCATE journal",
        "TRUNCATE journal CASCADE",
        "TRUNCATE agency CASCADE",
        "ALTER TABLE journal DISABLE TRIGGER ALL",
        "ALTER TABLE journal DISABLE TRIGGER journal_no_change",
        "DROP TRIGGER journal_no_change ON journal",
        "DROP TABLE journal",
        "ALTER TABLE journal DROP COLUMN hash",
        "ALTER TABLE journal RENAME TO diary",
        "CREATE RULE r AS ON INSERT TO journal DO INSTEAD NOTHING",
        "CREATE TRIGGER t BEFORE INSERT ON journal EXECUTE FUNCTION journal_append_only()",
        "CREATE OR REPLACE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NEW; END $$",
        "DROP FUNCTION journal_append_only CASCADE",
        "SET session_replication_role = replica",
        "UPDATE alembic_version SET version_num = '9999'",
        "DELETE FROM alembic_version",
        "MERGE INTO journal USING (SELECT 1 AS id) AS s ON s.id = journal.id"
        " WHEN MATCHED THEN UPDATE SET reason = 'x'",
        "INSERT INTO journal SELECT * FROM journal ON CONFLICT (id) DO UPDATE SET reason = 'x'",
        ENTRY.format(1),
        ENTRY.format(99),
        ENTRY.format("NULL"),
        ENTRY.format("-1"),
    ],
)
def test_a_clerk_can_not_touch_what_is_in_the_journal(there, clerk, sql) -> None:
    before = rows(there.archive, "SELECT * FROM journal ORDER BY id")
    with pytest.raises(psycopg.Error) as refused:
        clerk.execute(sql)
    assert refused.value.sqlstate in ("42501", "P0001"), refused.value
    assert rows(there.archive, "SELECT * FROM journal ORDER BY id") == before
    assert there("archive", "verify", *JSON).ok().json["ok"] is True


def test_a_table_of_ones_own_called_journal_does_not_open_the_real_one(there, clerk) -> None:
    clerk.execute("CREATE TEMP TABLE journal (id integer)")
    clerk.execute("INSERT INTO journal VALUES (98)")
    schema = clerk.execute("SELECT schemaname FROM pg_tables WHERE tablename = 'office'")
    name = schema.fetchone()[0]
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        clerk.execute(ENTRY.format(99).replace("INTO journal", f"INTO {name}.journal"))


@pytest.mark.parametrize("sql", ["UPDATE journal SET reason = 'x'", "DELETE FROM journal",
                                 "TRUNCATE journal CASCADE", ENTRY.format(99)])  # fmt: skip
def test_the_owner_is_stopped_by_the_triggers(owner, sql) -> None:
    with (
        server.server().connect(server.database_of(owner.archive)) as connection,
        pytest.raises(psycopg.errors.RaiseException, match="append-only"),
    ):
        connection.execute(sql)


def test_a_trigger_that_is_gone_or_switched_off_is_found(owner) -> None:
    with server.server().connect(server.database_of(owner.archive)) as connection:
        connection.execute("ALTER TABLE journal DISABLE TRIGGER journal_only_next")
        connection.execute("DROP TRIGGER journal_no_truncate ON journal")
    ran = owner("archive", "verify", *JSON)
    assert ran.status == 1
    found = " ".join(problem["reason"] for problem in ran.json["problems"])
    assert "journal_only_next" in found
    assert "journal_no_truncate" in found


@pytest.mark.parametrize(
    "command",
    [("archive", "grant", "hri_other"), ("archive", "grant", "{clerk}")],
    ids=["another", "himself"],
)
def test_a_clerk_grants_nothing(there, command) -> None:
    server.server().admin.execute("DROP ROLE IF EXISTS hri_other")
    server.server().admin.execute("CREATE ROLE hri_other")
    command = [part.format(clerk=server.server().clerk) for part in command]
    ran = there(*command, *JSON)
    assert (ran.status, ran.error["code"]) == (5, "archive-rights")
    server.server().admin.execute("DROP ROLE hri_other")


def test_who_has_no_rights_reads_nothing(there, owner) -> None:
    admin = server.server().admin
    admin.execute("DROP ROLE IF EXISTS hri_stranger")
    admin.execute("CREATE ROLE hri_stranger LOGIN PASSWORD 'x'")
    url = server.server().url(
        server.Server.name_of(server.database_of(there.archive)),
        username="hri_stranger",
        password="x",
    )
    path = there.archive.with_name("stranger.db")
    server.stand_for(path, url)
    ran = Hri(path)("agency", "list", *JSON)
    assert (ran.status, ran.error["code"]) == (5, "archive-rights")
    assert "grant" in ran.error["hint"]
    owner("archive", "grant", "hri_stranger").ok()
    assert Hri(path)("agency", "list", *JSON).ok().json == []
    owner("archive", "grant", "hri_stranger").ok()
    server.give_up(there.archive.parent)
    admin.execute("DROP ROLE hri_stranger")


def test_rights_that_he_had_before_are_replaced(there, owner, clerk) -> None:
    with server.server().connect(server.database_of(owner.archive)) as connection:
        connection.execute(f"GRANT ALL ON journal, agency TO {server.server().clerk}")
    owner("archive", "grant", server.server().clerk).ok()
    for sql in ("TRUNCATE agency CASCADE", "DELETE FROM journal"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            clerk.execute(sql)


@pytest.mark.parametrize("name", ['a"b%s', "李 四", "{x}", "'; DROP TABLE agency; --"])
def test_any_name_of_a_user_will_do(owner, name) -> None:
    admin, quoted = server.server().admin, '"' + name.replace('"', '""') + '"'
    admin.execute(f"DROP ROLE IF EXISTS {quoted}")
    admin.execute(f"CREATE ROLE {quoted}")
    assert owner("archive", "grant", name, *JSON).ok().json["user"] == name
    server.give_up(owner.archive.parent)
    admin.execute(f"DROP ROLE {quoted}")


def test_who_can_switch_the_protection_off_is_no_clerk(owner) -> None:
    name = server.server().admin.info.user
    ran = owner("archive", "grant", name, *JSON)
    assert (ran.status, ran.error["code"]) == (1, "user-too-mighty")
    ran = owner("archive", "grant", "nobody-of-that-name", *JSON)
    assert (ran.status, ran.error["code"]) == (4, "user-missing")


def test_a_file_has_no_users(here) -> None:
    ran = here("archive", "grant", "zhang", *JSON)
    assert (ran.status, ran.error["code"]) == (5, "archive-in-file")


def columns(connection) -> set[tuple[str, str]]:
    return set(
        connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public'"
        ).fetchall()
    )


def make_older(url: str, revision: str) -> None:
    """Take from an archive what revisions after this one added to it.

    Entries were hashed with their logins, so these are only kept apart.
    """
    old = server.server().new()
    engine = make_engine(Location(url=old))
    with engine.connect() as connection:
        begin(connection, write=True)
        migrate(connection, revision)
        connection.commit()
    engine.dispose()
    with server.server().connect(old) as connection:
        before = columns(connection)
    with server.server().connect(url) as connection:
        tables = {table for table, _ in before}
        for table, column in sorted(columns(connection) - before):
            if table not in tables:
                connection.execute(f'DROP TABLE IF EXISTS "{table}"')
            elif (table, column) == ("journal", "login"):
                connection.execute("ALTER TABLE journal RENAME COLUMN login TO kept")
            else:
                connection.execute(f'ALTER TABLE "{table}" DROP COLUMN "{column}"')
        connection.execute(f"UPDATE alembic_version SET version_num = '{revision}'")


def test_an_upgrade_gives_clerks_their_rights_on_new_tables(there, owner) -> None:
    new = rows(there.archive, "SELECT 1 FROM pg_tables WHERE tablename = 'annex'")
    assert new == [(1,)]
    make_older(server.database_of(owner.archive), "0009")
    older = there("agency", "list", *JSON)
    assert (older.status, older.error["code"]) == (5, "archive-older")
    assert "pg_dump" in older.error["hint"]
    assert there("archive", "upgrade", *JSON).status == 5  # that is the owner's to do.
    owner("archive", "upgrade").ok()
    with server.server().connect(server.database_of(owner.archive)) as connection:
        connection.execute("ALTER TABLE journal DROP COLUMN login")
        connection.execute("ALTER TABLE journal RENAME COLUMN kept TO login")
    there("archive", "key", "show").ok()
    there("archive", "conflicts").ok()
    there.add("北京甲公司", code_of(1))
    assert there("archive", "verify", *JSON).ok().json["ok"] is True


def test_a_clerk_who_erases_a_complainant_leaves_nothing_behind(there, owner) -> None:
    there.add("北京甲公司", code_of(1))
    added = there("complaint", "add", code_of(1), "--received", "2013-10-08", "--channel", "market",
                  "--subject", "多收费", "--from", "孙七秘", *JSON).ok().json  # fmt: skip
    which = "SELECT pg_relation_filenode('complainant')"
    before = rows(there.archive, which)
    there("complaint", "erase", added["id"], "--reason", "本人要求").ok()
    assert rows(there.archive, which) != before
    # Without the right the server would only warn, and the clerk must hear of it.
    added = there("complaint", "add", code_of(1), "--received", "2013-10-09", "--channel", "market",
                  "--subject", "多收费", "--from", "孙七秘", *JSON).ok().json  # fmt: skip
    with server.server().connect(server.database_of(owner.archive)) as connection:
        if connection.info.server_version >= 170000:
            connection.execute(f"REVOKE MAINTAIN ON complainant FROM {server.server().clerk}")
    ran = there("complaint", "erase", added["id"], "--reason", "本人要求", *JSON)
    assert (ran.status, ran.error["code"]) == (5, "remains-left")
    assert "VACUUM FULL complainant" in ran.error["hint"]


@pytest.mark.parametrize(
    ("role", "done"),
    [
        ("viewer", set()),
        ("inspector", {"inspect"}),
        ("clerk", {"inspect", "add"}),
        ("head", {"inspect", "add", "trust"}),
    ],
)
def test_a_user_does_what_the_role_says_and_no_more(there, owner, tmp_path, role, done) -> None:
    owner.add("北京甲公司", code_of(1))
    city = Hri(tmp_path / "city.db")
    city("init").ok()
    line = city("archive", "key", "show").ok().out.strip()
    owner("archive", "grant", server.server().clerk, "--role", role).ok()
    passed = ("--publicity", "pass", "--pledge", "pass", "--ledger", "pass", "--feedback", "pass")
    commands = {
        "inspect": ("inspect", "record", code_of(1), "--date", "2013-10-09", *passed),
        "add": ("agency", "add", "--name", "北京乙公司", "--code", code_of(2), "--kind", "经营性"),
        "trust": ("archive", "key", "trust", line, "--district", "municipal"),
    }
    assert len(there("agency", "list", *JSON).ok().json) == 1
    ran = {name: there(*words, *JSON) for name, words in commands.items()}
    assert {name for name, one in ran.items() if one.status == 0} == done
    refused = {one.error["code"] for one in ran.values() if one.status}
    assert refused <= {"archive-rights"}
    logged = owner("archive", "log", *JSON).ok().json
    assert {entry["login"] for entry in logged[-len(done) :] if done} <= {server.server().clerk}
    assert owner("archive", "verify", *JSON).ok().json["ok"] is True
