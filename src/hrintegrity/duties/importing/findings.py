"""What an import says: how many rows went where, and every cell that was refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrintegrity.errors import HriError, InputError
from hrintegrity.sheets.reading import CellError, Reading

if TYPE_CHECKING:
    from hrintegrity.duties.importing.run import Run


@dataclass
class Counts:
    """How many rows were read, and what became of them."""

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    rejected: int = 0

    def plus(self, other: Counts) -> None:
        """Count another's rows too."""
        for name in Counts.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass
class Part:
    """One sheet of an import: how it is read, and what became of its rows.

    The rows of all parts are counted through: row 3 of this one is number `offset` + 3.
    """

    path: Path
    reading: Reading
    offset: int
    counts: Counts = field(default_factory=Counts)

    def detail(self, error: CellError) -> dict[str, Any]:
        """Return a refused cell as an error's `details` have it."""
        return error.as_detail()


@dataclass
class ImportResult(Counts):
    """What an import did; `remarks` on how the files were read and on the rows that went in."""

    unused_columns: list[str] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    dry_run: bool = False

    def with_refused(self, run: Run) -> ImportResult:
        """Return itself with the rows that another run refused."""
        self.rejected = len(run.bad)
        self.errors = details_of(run)
        return self

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON shows it."""
        return dict(vars(self))


def result_of(run: Run, *, dry_run: bool) -> ImportResult:
    """Return what a run did."""
    result = ImportResult(dry_run=dry_run)
    for part in run.parts:
        result.plus(part.counts)
        result.unused_columns += part.reading.unused_columns
        result.remarks += part.reading.remarks
    result.unused_columns = list(dict.fromkeys(result.unused_columns))
    result.remarks += run.target.remarks
    return result


def details_of(run: Run) -> list[dict[str, Any]]:
    """Return every refused cell, by rows."""
    found = sorted(run.errors, key=lambda one: one[0].offset + one[1].row)
    return [part.detail(error) for part, error in found]


def refusal(run: Run) -> HriError:
    """Return the error for a run of which nothing went in."""
    details = details_of(run)
    first = run.rules[0]
    if first is not None and all(rule is not None for rule in run.rules):
        first.details = details
        return first
    names = "、".join(dict.fromkeys(part.path.name for part, _ in run.bad.values()))
    return InputError(
        "rows-refused",
        f"{names}：{len(run.bad)} 行有误，一行也没有导入。",
        "请改正后再导入；或加 --rejects 文件，先导入无误的行。",
        details=details,
    )
