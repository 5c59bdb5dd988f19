"""What sending and receiving a bundle did, as scripts see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hrintegrity.duties.exchange.conflicts import ConflictView


@dataclass(frozen=True)
class Sent:
    """What was written: how many records of each table, which attachments were not there.

    `withheld` counts titles of agencies, and sanctions on agencies and practitioners, that the
    receiver has not sent itself, and so can't know.
    """

    id: str
    file: str
    to: str | None
    encrypted: bool
    records: int
    tables: dict[str, int]
    attachments: int
    missing: list[str]
    withheld: int
    size: int


@dataclass(frozen=True)
class ChangeView:
    """What becomes of a record: `added`, `updated` or `deleted`, per column before and after.

    `subject`, `agency` and `code` as in `ConflictView`.
    """

    table: str
    record: str
    action: str
    subject: str | None
    agency: str | None
    code: str | None
    fields: dict[str, list[Any]]


@dataclass(frozen=True)
class Received:
    """What a bundle did; `conflicts` are those that it raised, `open` counts all unsettled.

    `waiting` counts records that wait for one of these, `elsewhere` titles and sanctions of
    agencies that this archive does not have, passed over in a bundle for everybody. `changes` are
    records that were here before, no more than 200; in a rehearsal all, also the new ones.
    `chain_accepted` counts the kept seals that its chain broke, and that someone gave up for it.
    """

    added: int
    updated: int
    unchanged: int
    conflicts: list[ConflictView]
    id: str
    sender: str
    sender_name: str
    fingerprint: str
    created: str
    waiting: int
    elsewhere: int
    attachments: int
    missing: list[str]
    open: int
    changes: list[ChangeView]
    chain_accepted: int = 0
