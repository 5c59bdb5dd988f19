"""How many rows of a sheet went where, and the sheet itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from hrintegrity.sheets.reading import CellError, Reading


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

    @property
    def name(self) -> str:
        """The file, and the sheet where there is one, as a sentence has them."""
        sheet = self.reading.sheet
        return f"{self.path.name}“{sheet}”" if sheet else self.path.name

    def detail(self, error: CellError) -> dict[str, Any]:
        """Return a refused cell as an error's `details` have it."""
        return self.reading.located(error.as_detail())

    def as_mapping(self) -> dict[str, Any]:
        """Return what became of its rows, as JSON shows it."""
        return {
            "file": str(self.path),
            "sheet": self.reading.sheet,
            **asdict(self.counts),
            "unused_columns": self.reading.unused_columns,
            "remarks": self.reading.remarks,
        }
