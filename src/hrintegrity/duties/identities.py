"""The record that somebody means by an id: by the whole of it, or by its end.

A terminal shows the end of an id (`ID_SHOWN` characters), which is chance and thus hardly ever that
of two records; where it is, neither is taken.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.base import Record
from hrintegrity.errors import LookupFailedError
from hrintegrity.text import ID_LENGTH, ID_SHOWN

R = TypeVar("R", bound=Record)

_END = re.compile(rf"[0-9a-f-]{{{ID_SHOWN},{ID_LENGTH - 1}}}")

_DIGITS = re.compile("[0-9a-f-]+")


def matches(column: Any, text: str) -> ColumnElement[bool]:
    """Return the condition that a column of ids has the one that is meant."""
    wanted = text.strip().lower()
    found: ColumnElement[bool] = (
        col(column).endswith(wanted) if _END.fullmatch(wanted) else col(column) == wanted
    )
    return found


def meant(archive: Archive, model: type[R], text: str) -> R | None:
    """Return the record of a model that is meant. Raises LookupFailedError `id-ambiguous`."""
    query = select(model).where(matches(model.id, text)).limit(2)
    found = archive.session.exec(query).all()
    if len(found) > 1:
        raise ambiguous(text)
    return found[0] if found else None


def where_to_find(text: str, where: str) -> str:
    """Say what is wrong with an id that no record has, and in which list the right one stands."""
    typed = text.strip()
    if _DIGITS.fullmatch(typed.lower()) is None:
        return f"“{typed}”不是编号；编号是数字和字母，写末 {ID_SHOWN} 位或全部，见 {where}。"
    if len(typed) < ID_SHOWN:
        return f"“{typed}”只有 {len(typed)} 位；编号要写末 {ID_SHOWN} 位或全部，见 {where}。"
    return f"编号见 {where}。"


def ambiguous(text: str) -> LookupFailedError:
    """Return the error `id-ambiguous` for an end that several ids have."""
    return LookupFailedError(
        "id-ambiguous",
        f"有几条记录的编号以 {text.strip()} 结尾。",
        "请用 -f json 查到整个编号。",
    )
