"""Refusing a file as a whole, in one line that names what it is."""

from __future__ import annotations

from pathlib import Path

from hrintegrity.errors import InputError

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
