"""The hash of an entry of the journal, from all that it tells in one line."""

from __future__ import annotations

from hrintegrity.archive.journal import hasher


def entry_hash(
    previous: str,
    number: int,
    at: str,
    operator: str,
    action: str,
    table: str,
    record: str,
    before: str | None,
    after: str | None,
    reason: str | None,
    origin: str | None = None,
    login: str | None = None,
) -> str:
    """Return the SHA-256 of an entry, over its predecessor's and all its own columns."""
    hash_of = hasher((at, operator, action, table, reason, login))
    return hash_of(previous, number, record, before, after, origin)
