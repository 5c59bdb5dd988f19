"""What all tables share: a UUID as identity, and how their rows stand in the journal."""

import datetime as dt
import os
from typing import Any, ClassVar

from sqlmodel import Field, SQLModel
from uuid_utils import uuid7

from hrintegrity.notice.records import Kind

# Named constraints can be changed by a later revision; unnamed ones can't.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> str:
    """Return a fresh UUID of version 7, made where the record is made, so that archives merge."""
    return str(uuid7())


def plain_columns(body: dict[str, Any], kind: Kind) -> None:
    """Add the columns of the fields that are only kept and shown to the body of a table's class."""
    for field in kind.which("plain"):
        body["__annotations__"][field.name] = (dt.date if field.is_date else str) | None
        body[field.name] = None


def new_salt() -> str:
    """Return a fresh salt of 256 bits, as 64 hexadecimal digits."""
    return os.urandom(32).hex()


class Record(SQLModel):
    """A row with an identity that no later correction changes.

    `journal_digest` names the columns whose value the journal holds as a SHA-256 only, because
    the value is long; `journal_salted` those that it holds as a SHA-256 over the row's own `salt`
    and the value, because the value may have to be erased; a row without a salt stands there in
    clear. `journalled` is false for what is no record yet.
    """

    journalled: ClassVar[bool] = True
    journal_digest: ClassVar[frozenset[str]] = frozenset()
    journal_salted: ClassVar[frozenset[str]] = frozenset()

    # No row of a table is validated by pydantic, whose validators take a tenth of a second to make.
    model_config = {"defer_build": True}

    id: str = Field(default_factory=new_id, primary_key=True)
