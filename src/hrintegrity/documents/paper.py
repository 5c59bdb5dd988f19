"""A paper: what is said, stored and hashed, whatever file it is printed into."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hrintegrity import signing
from hrintegrity.days import parse_date
from hrintegrity.documents.grammar import checked

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from hrintegrity.documents.stamps import Stamp


@dataclass(frozen=True)
class Paper:
    """The words and the order of one paper, as checked XHTML; keep `body` to print it again.

    `name` is the template, or whatever else tells a reader of an error message which paper it
    was. `stamp` is what its files carry besides: the record, and what signs it; without one it is
    made of what the paper says of itself, `agency` and `number` among it. Raises InputError
    `template-broken` or `control-character` where `body` is no paper.
    """

    body: str
    name: str = field(default="存档文书", compare=False)
    stamp: Stamp | None = field(default=None, compare=False, repr=False)
    agency: str = field(default="", compare=False)
    number: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_root", checked(self.body, self.name))

    def __reduce__(self) -> tuple[type[Paper], tuple[Any, ...]]:
        """Let another process print it, with the stamp that it has here."""
        return Paper, (self.body, self.name, self.carried, self.agency, self.number)

    @property
    def root(self) -> Element:
        """The element tree of `body`; not to be changed."""
        root: Element = self.__dict__["_root"]
        return root

    @cached_property
    def carried(self) -> Stamp | None:
        """What a file of the paper carries: its own stamp, or that of the office at work."""
        found: Stamp | None = self.stamp or signing.stamp_of(self)
        return found

    @cached_property
    def title(self) -> str:
        """The text of the first level-one heading."""
        heading = self.root.find(".//h1")
        return "" if heading is None else "".join("".join(heading.itertext()).split())

    @cached_property
    def date(self) -> dt.date:
        """The day that the paper bears; 1 January 1970 where it bears none that can be read.

        Files carry it as the day of their making, so that the same words give the same bytes.
        """
        line = self.root.find(".//p[@class='date']")
        try:
            return parse_date("" if line is None else "".join(line.itertext()))
        except ValueError:
            return dt.date(1970, 1, 1)

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of `body` in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(self.body.encode()).hexdigest()
