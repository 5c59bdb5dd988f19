"""What a dossier consists of, for the screen and for paper: parts with fields and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NUMERALS = "一二三四五六"


@dataclass(frozen=True)
class Block:
    """A table of the dossier; `widths` are hundredths, `summary` goes with its title.

    `keys` are the identities of the rows, in their order. The columns of `below` hold longer texts:
    on paper they stand under their row, over the whole width.
    """

    title: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]
    summary: str = ""
    below: tuple[str, ...] = ()

    def as_context(self) -> dict[str, Any]:
        """Return what a template needs of it; widths are those of the columns beside each other."""
        beside = [place for place, name in enumerate(self.headings) if name not in self.below]
        whole = sum(self.widths[place] for place in beside) if self.below else 100
        return {
            "title": self.title,
            "summary": self.summary,
            "headings": [self.headings[place] for place in beside],
            "widths": [f"{100 * self.widths[place] / whole:.4g}" for place in beside],
            "rows": [
                {
                    "cells": [row[place] for place in beside],
                    "below": [
                        f"{name}：{row[place]}"
                        for place, name in enumerate(self.headings)
                        if name in self.below and row[place]
                    ],
                }
                for row in self.rows
            ],
        }


@dataclass(frozen=True)
class Part:
    """A part of the dossier: its English name, heading, and either fields or tables."""

    name: str
    heading: str
    fields: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()

    def as_context(self) -> dict[str, Any]:
        """Return what a template needs of it."""
        return {
            "heading": self.heading,
            "fields": [{"name": name, "text": text} for name, text in self.fields],
            "blocks": [block.as_context() for block in self.blocks],
        }
