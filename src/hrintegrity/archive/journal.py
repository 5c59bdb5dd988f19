"""What an entry of the journal is made of, and whether the chain holds.

`archive.writer` writes entries; this module knows their form and checks them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from hrintegrity.compact_json import encode_sorted

if TYPE_CHECKING:
    from hrintegrity.archive.reader import Connection

GENESIS = "0" * 64
EVENT_TABLE = "import"
"""What entries have for a table that are about an import as a whole, and not about a row."""
COLUMNS = (
    "id",
    "at",
    "operator",
    "action",
    "table",
    "record",
    "before",
    "after",
    "reason",
    "origin",
    "login",
    "previous",
    "hash",
)


def canonical(values: Mapping[str, Any]) -> str:
    """Return `values` as JSON with sorted keys; days become ISO 8601 text."""
    return _writer(tuple(values))(values)


@lru_cache(maxsize=256)
def _writer(keys: tuple[str, ...]) -> Callable[[Mapping[str, Any]], str]:
    """Return what writes mappings of these very keys: an import writes 100,000 of a kind."""
    ordered = sorted(keys)
    parts = [(f"{',' if n else ''}{encode_basestring(k)}:", k) for n, k in enumerate(ordered)]

    def write(values: Mapping[str, Any]) -> str:
        return f"{{{''.join([part + _written(values[key]) for part, key in parts])}}}"

    return write


def canonical_columns(columns: Mapping[str, Sequence[Any]]) -> list[str]:
    """Return rows, one at least, given as columns of equal length, as `canonical` writes each.

    What all rows have in common, such as the columns that a file has not, is encoded once.
    """
    pieces: list[Iterable[str]] = []
    in_common = "{"
    for place, (name, column) in enumerate(sorted(columns.items())):
        in_common += f"{',' if place else ''}{encode_basestring(name)}:"
        kinds = set(map(type, column))
        if kinds <= {str, int, type(None)} and column.count(column[0]) == len(column):
            in_common += _written(column[0])
        else:
            pieces += [repeat(in_common), _each_written(column, kinds)]
            in_common = ""
    count = len(next(iter(columns.values())))
    return list(map("".join, zip(*pieces, repeat(in_common + "}", count), strict=False)))


def _each_written(column: Sequence[Any], kinds: set[type]) -> Iterable[str]:
    """Return the values of a column as JSON; `kinds` are their types."""
    if kinds == {str}:
        return map(encode_basestring, column)
    if kinds == {str, type(None)}:
        # What some rows leave open, the others mostly say in a few words.
        written = {value: _written(value) for value in set(column)}
        return map(written.__getitem__, column)
    return map(_written, column)


def _written(value: Any) -> str:
    if type(value) is str:
        return encode_basestring(value)
    if value is None:
        return "null"
    return str(value) if type(value) is int else encode_sorted(value)


def clock() -> str:
    """Return the journal's own time: the real clock in UTC, whatever `--today` says."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")


InCommon = tuple[str, str, str, str, str | None, str | None]
"""Moment, operator, action, table, reason and login of an entry."""


class HashOf(Protocol):
    """Hashes an entry, by what it has not in common with others."""

    def __call__(
        self,
        previous: str,
        number: int,
        record: str,
        before: str | None,
        after: str | None,
        *,
        origin: str | None,
    ) -> str:
        """Return the hash."""


@lru_cache(maxsize=256)
def hasher(common: InCommon) -> HashOf:
    """Return what hashes entries that have all this in common, as those of many rows do.

    The hash is the SHA-256 over what it is given and all the other columns. Each column is one
    line; free text is JSON-encoded and so can't hold a line break of its own. An entry without an
    origin, or a login, is hashed as it was before there were any.
    """
    at, operator, action, table, reason, login = common
    start = f"\n{at}\n{encode_basestring(operator)}\n{action}\n{table}\n"
    why = "\n" if reason is None else f"\n{encode_basestring(reason)}"
    who = "" if login is None else f"\n{encode_basestring(login)}"

    def hash_of(
        previous: str,
        number: int,
        record: str,
        before: str | None,
        after: str | None,
        *,
        origin: str | None,
    ) -> str:
        whence = f"\n{origin or ''}" if origin is not None or who else ""
        lines = (
            f"{previous}\n{number}{start}{record}\n{before or ''}\n{after or ''}{why}{whence}{who}"
        )
        return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()

    return hash_of


class Fault(NamedTuple):
    """Where the chain breaks: the number of the entry, and in Chinese why."""

    entry: int
    reason: str


class ChainReport(NamedTuple):
    """How many entries the journal has, the hash of the last, and what is wrong with it."""

    entries: int
    head: str
    faults: list[Fault]


def check_chain(entries: Iterable[tuple[Any, ...]]) -> ChainReport:
    """Follow the chain over rows in the order of `COLUMNS`, sorted by number."""
    previous, expected, faults = GENESIS, 1, []
    for entry in entries:
        number, linked, digest = entry[0], entry[-2], entry[-1]
        if number != expected:
            faults.append(Fault(number, f"编号不连续，此前应为第 {expected} 条"))
        if linked != previous:
            faults.append(Fault(number, "与上一条的哈希不相接"))
        if not _holds(entry):
            faults.append(Fault(number, "内容与哈希不符，被改动过"))
        previous, expected = digest, number + 1
    return ChainReport(expected - 1, previous, faults)


def _holds(entry: tuple[Any, ...]) -> bool:
    """Whether an entry, in the order of `COLUMNS`, is what its hash was made of."""
    *content, previous, digest = entry
    number, at, operator, action, table, record, before, after, reason, origin, login = content
    if before == "" or after == "" or origin == "":
        return False  # They are NULL or say something; the hash of both is the same.
    try:
        hash_of = hasher((at, operator, action, table, reason, login))
        return bool(hash_of(previous, number, record, before, after, origin=origin) == digest)
    except TypeError:
        return False  # a column that is no text is none that was entered.


def last_entry(connection: Connection) -> tuple[int, str]:
    """Return number and hash of the last entry, or 0 and the genesis hash."""
    row = connection.exec_driver_sql(
        "SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1"
    ).first()
    return (0, GENESIS) if row is None else (row[0], row[1])
