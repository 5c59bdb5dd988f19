"""What a paper consists of, as plain values: the blocks that Word and PDF are written from."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TypeAlias

from hrintegrity.documents.look import LOOKS, Look, side_by_side


@dataclass(frozen=True, slots=True)
class Run:
    """Some text of one kind; a line break is a newline alone."""

    text: str
    strong: bool = False
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs of one look; `keep` ties it to what follows, `align` overrides the look's own."""

    kind: str
    runs: tuple[Run, ...]
    keep: bool = False
    align: str | None = None

    @property
    def look(self) -> Look:
        """How it is set."""
        own = LOOKS[self.kind]
        return own if self.align is None else dataclasses.replace(own, align=self.align)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `continued` marks the place that a cell above reaches down into.

    `breaks` is for a cell over several rows that don't fit on one page together.
    """

    paragraphs: tuple[Paragraph, ...]
    columns: int = 1
    rows: int = 1
    continued: bool = False
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, those included that reach down from above.

    A row stands on one page as a whole unless it `breaks`.
    """

    cells: tuple[Cell, ...]
    tall: bool = False
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `widths` are shares of the type width, `head` is repeated on every page.

    A `small` one must not be parted by the end of a page, and with `keep` stands with what
    follows; of a `paired` one the head stands with the first two rows.
    """

    kind: str
    caption: Paragraph | None
    widths: tuple[float, ...]
    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    small: bool = False
    paired: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as SVG text, with its caption and its words for who can't see it."""

    svg: str
    label: str
    caption: Paragraph | None


@dataclass(frozen=True, slots=True)
class Signature:
    """Signer and date, kept together, with room for the seal above and over them.

    Several signers stand `beside` each other, the date under the last, where their names fit.
    """

    lines: tuple[Paragraph, ...]

    @property
    def beside(self) -> bool:
        """Whether there are two signers whose names fit into half of a line each."""
        names = [line for line in self.lines if line.kind == "signer"]
        return side_by_side(["".join(run.text for run in name.runs) for name in names])


@dataclass(frozen=True, slots=True)
class Rule:
    """The red rule under the head."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


Block: TypeAlias = Paragraph | Table | Figure | Signature | Rule | PageBreak


@dataclass(frozen=True, slots=True)
class Tree:
    """A paper's blocks in order; a `form`, and so a poster, bears no page numbers."""

    blocks: tuple[Block, ...]
    form: bool
