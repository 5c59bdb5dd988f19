"""Refusing a file as a whole, in one line that names what it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hrintegrity.errors import InputError

if TYPE_CHECKING:
    from hrintegrity.sheets.columns import Column

_NAMED = 6
"""So many further names of a column are said."""

DEFAULT_HINT = "可用的是 csv、xlsx、xls、ods（和 .et）；请用表格软件打开，另存为 .xlsx 再导入。"


class RefusalError(Exception):
    """What is wrong with a file; carried from where it is read to where it is named."""

    def __init__(self, what: str, hint: str = DEFAULT_HINT) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


def refused(
    path: Path, what: str, hint: str = DEFAULT_HINT, *, code: str = "file-refused"
) -> InputError:
    """Return the refusal of `path`: `what` continues the sentence after the file's name."""
    return InputError(code, f"{path.name or path}：{what}", hint)


def together(errors: Sequence[InputError]) -> InputError:
    """Return one error for tables that each lack columns."""
    first = errors[0]
    if len(errors) == 1:
        return first
    error = InputError(
        first.code,
        f"{sum(len(one.lines) or 1 for one in errors)} 张表缺少必填的列：",
        "补上这些列，或用 --map 表头=字段、--set 字段=值 指明。",
        details=[detail for one in errors for detail in one.details],
    )
    for one in errors:
        # Which columns were not used is said last in a hint.
        unused = one.hint.partition("指明。")[2]
        error.lines += one.lines or [f"{one.message}{unused}"]
    questions = {question.text: question for one in errors for question in one.questions}
    error.questions = list(questions.values())
    return error


def missing_column(row: int, reason: str) -> dict[str, object]:
    """Return the finding, in a header row, that a column is not there."""
    return {"row": row, "column": None, "value": None, "reason": reason}


def missing_column_reason(columns: Sequence[Column]) -> str:
    """Say that a table has none of these columns, of which it must have one."""
    names = "或".join(f"“{column.header}”" for column in columns)
    others = "、".join(columns[0].headers[1 : _NAMED + 1])
    others += "等" if len(columns[0].headers) > _NAMED + 1 else ""
    also = f"（也可写作 {others}）" if others and len(columns) == 1 else ""
    return f"缺少{names}这一列{also}"
