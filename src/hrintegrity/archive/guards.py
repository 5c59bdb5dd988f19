"""The triggers that keep the journal append-only, as they have to be in every archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hrintegrity.archive.reader import Reader

_ONLY_NEXT = """
    DECLARE next integer;
    BEGIN
      EXECUTE format(
        'SELECT COALESCE(MAX(id), 0) + 1 FROM %I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME
      ) INTO next;
      IF NEW.id IS DISTINCT FROM next THEN RAISE EXCEPTION 'journal is append-only'; END IF;
      RETURN NEW;
    END
"""
_APPEND_ONLY = "BEGIN RAISE EXCEPTION 'journal is append-only'; END"
_GUARDS: Mapping[str, Mapping[str, str]] = {
    "sqlite": {
        "journal_no_update": "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal"
        " BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END",
        "journal_no_delete": "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal"
        " BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END",
        "journal_only_next": "CREATE TRIGGER journal_only_next BEFORE INSERT ON journal"
        " WHEN NEW.id IS NOT (SELECT COALESCE(MAX(id), 0) + 1 FROM journal)"
        " BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END",
    },
    "postgresql": {
        "journal_no_change": _APPEND_ONLY,
        "journal_no_truncate": _APPEND_ONLY,
        "journal_only_next": _ONLY_NEXT,
    },
}
_THERE = {
    "sqlite": "SELECT name, sql, 1 FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT t.tgname, p.prosrc, t.tgenabled <> 'D'"
    " AND (t.tgname NOT LIKE 'journal!_%%' ESCAPE '!' OR c.relname = 'journal')"
    " FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid"
    " JOIN pg_proc AS p ON p.oid = t.tgfoid"
    " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
    " ORDER BY t.tgname",
}


def faults(archive: Reader) -> Iterator[str]:
    """Yield in Chinese which guard is missing or changed, and which trigger is a foreign one."""
    dialect = "sqlite" if archive.is_sqlite else "postgresql"
    wanted = _GUARDS[dialect]
    found = archive.connection.exec_driver_sql(_THERE[dialect])
    there = {name: (text, on) for name, text, on in found}
    for name in sorted(wanted.keys() - there.keys()):
        yield f"保护日志的触发器 {name} 不见了"
    for name, (text, on) in there.items():
        if name not in wanted:
            yield f"有一个不是本程序的触发器：{name}"
        elif not on:
            yield f"保护日志的触发器 {name} 被关掉了"
        elif _plain(text) != _plain(wanted[name]):
            yield f"保护日志的触发器 {name} 被换过，内容不是原来的"


def _plain(text: str) -> str:
    return " ".join(str(text).split())
