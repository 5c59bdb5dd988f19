"""Every field of every kind of record, declared once: what it is called, says and is used for.

Columns of imports and templates, lists, exports, the journal's Chinese, the dossier, mergers and
`docs/fields.md` follow from these declarations; a test compares them with the tables. One module
per chapter, named like that of `archive.tables`. Nothing heavy is imported here.

    kind("agency")["phone"].heading == "联系电话"
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from hrintegrity.days import moment
from hrintegrity.notice.districts import DISTRICTS
from hrintegrity.notice.words import Vocabulary

PLACES: Mapping[str, str] = {district.code: district.name for district in DISTRICTS}
"""The words of a field that holds a district."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field of a record, which is a column of its table.

    `heading` is what people read; empty for what only the program needs. `label` is a shorter
    heading for lists. `words` are the values it may have, or a mapping to what people read for a
    value. `is_code` marks identifiers, `is_date` days, `is_moment` moments in world time, `is_year`
    years, `is_flag` what is so or not, `is_term` a day on which something ends, which may lie far
    ahead (`begins`: the field of its first day), `is_total` scores that are kept in hundredths,
    `is_name` names of agencies and people.
    `computed`: no column of its own, but what follows from others, shown among them. `plain`: only
    kept and shown, so that the column of the table follows from here. `option`: the commands that
    add and edit have an option for it, with the `help` beside its heading.

    `imported` gives it a column in the import of its kind, its place from 1 (those of one place in
    their order here), under its heading or that of our own `template`, and under the `synonyms`
    that offices use; `width` (in characters), `example` and `note` are for the template. `listed`
    is its place in the kind's list. `dossier`: shown in the dossier of the agency; `sparse`, there
    only where it says something.

    `personal`: about a person. `erasable`: may have to be erased, so that the journal has a salted
    hash only. `hashed`: long, so that the journal has a hash only (both are never changed for a
    column that has rows); `long`: left out where a record
    is shown in a line. `dated`: a change keeps the former value with its day. `merged`: taken over
    from a record that is merged into one that lacks it. `publishable`: there is a legal basis to
    publish it (`data/disclosure.yaml`).
    """

    name: str
    heading: str = ""
    label: str = ""
    template: str = ""
    synonyms: tuple[str, ...] = ()
    words: Vocabulary | Mapping[str, str] | None = None
    is_date: bool = False
    is_year: bool = False
    is_code: bool = False
    is_moment: bool = False
    is_flag: bool = False
    is_term: bool = False
    is_total: bool = False
    is_name: bool = False
    begins: str = ""
    option: bool = False
    help: str = ""
    imported: int = 0
    width: int = 16
    example: str = ""
    note: str = ""
    computed: bool = False
    plain: bool = False
    listed: int = 0
    dossier: bool = False
    sparse: bool = False
    personal: bool = False
    erasable: bool = False
    hashed: bool = False
    long: bool = False
    dated: bool = False
    merged: bool = False
    publishable: bool = False

    @property
    def short(self) -> str:
        """The heading for a narrow column."""
        return self.label or self.heading

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers of its column in tables, the first being what our own templates use."""
        return (self.template or self.heading, *self.synonyms)

    def chinese(self, value: str) -> str:
        """Return a value in the words that people read, as it is where it is none of them."""
        if self.is_moment:
            return moment(value)
        if self.is_total:
            return f"{int(value) // 100}.{int(value) % 100:02}"
        if isinstance(self.words, Vocabulary):
            return self.words.chinese(value) if value in self.words else value
        return (self.words or {}).get(value, value)


@dataclass(frozen=True)
class Kind:
    """A kind of record, which is a table: its Chinese name and its fields.

    `journalled` is false for what is no record yet, or none of an office's.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    journalled: bool = True

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The fields by their names."""
        return {field.name: field for field in self.fields}

    def __getitem__(self, name: str) -> Field:
        return self.by_name[name]

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns of the table."""
        return tuple(field.name for field in self.fields if not field.computed)

    @cached_property
    def hashed(self) -> frozenset[str]:
        """The columns of whose values the journal has a SHA-256 only, since they are long."""
        return frozenset(field.name for field in self.which("hashed"))

    @cached_property
    def erasable(self) -> frozenset[str]:
        """The columns of which the journal has a SHA-256 over the row's own `salt` and the value.

        They may have to be erased. A row without a salt stands there in clear.
        """
        return frozenset(field.name for field in self.which("erasable"))

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The columns of which the journal has a hash only."""
        return self.hashed | self.erasable

    @property
    def shown(self) -> tuple[Field, ...]:
        """The fields that people and scripts are shown: all but what only the program needs."""
        return tuple(field for field in self.fields if field.heading)

    def which(self, use: str) -> tuple[Field, ...]:
        """Return the fields with a property, such as `dated`, in their order or by their places."""
        found = [field for field in self.fields if getattr(field, use)]
        return tuple(sorted(found, key=lambda field: int(getattr(field, use))))


@cache
def kinds() -> Mapping[str, Kind]:
    """Return all kinds of records by the names of their tables."""
    import importlib  # noqa: PLC0415 — most commands need one kind, whose module they import.
    import pkgutil  # noqa: PLC0415

    found: dict[str, Kind] = {}
    for chapter in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        module = importlib.import_module(f"{__name__}.{chapter}")
        found |= {kind.name: kind for kind in vars(module).values() if isinstance(kind, Kind)}
    return found


def kind(name: str) -> Kind:
    """Return a kind of record by the name of its table."""
    return kinds()[name]
