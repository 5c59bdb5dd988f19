"""What all tables share: a UUID as identity, and names for constraints."""

import datetime as dt
import os
from typing import Any

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

    How the journal has it follows from its declaration in `notice.records`.
    """

    # No row of a table is validated by pydantic, whose validators take a tenth of a second to make.
    model_config = {"defer_build": True}

    id: str = Field(default_factory=new_id, primary_key=True)
