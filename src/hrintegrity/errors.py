"""One family of errors: a code for scripts, a Chinese message and hint for people, an exit status.

Errors are raised where they are found and turned into text and an exit status in one place,
`hrintegrity.cli`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar, NamedTuple


class Question(NamedTuple):
    """What a person might be asked about refused input: which option would say what `text` means.

    `choices` are the values for the option, each with its Chinese; `samples` are some of the cells
    beneath a header. `wanted` are the values without which nothing goes in, in groups of which one
    is enough.
    """

    option: str
    text: str
    choices: tuple[tuple[str, str], ...]
    samples: tuple[str, ...] = ()
    wanted: tuple[tuple[str, ...], ...] = ()


class HriError(Exception):
    """What went wrong, for people and for scripts.

    `code` is kebab-case English, `message` says in Chinese what happened, `hint` what to do about
    it, `clause` the clause of the notice that decides (e.g. `三(八)2`), `details` the single
    findings as JSON-ready mappings (for refused input: `row`, `column`, `value`, `reason`). `lines`
    are the findings in Chinese for people, where one by one is not the best way; `questions` are
    what may be asked at a terminal.
    """

    exit_status: ClassVar[int] = 1

    def __init__(
        self,
        code: str,
        message: str,
        hint: str = "",
        *,
        clause: str | None = None,
        details: Sequence[dict[str, Any]] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.clause = clause
        self.details = list(details)
        self.lines: list[str] = []
        self.questions: list[Question] = []

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it be raised in another process than where it was found."""
        again = partial(type(self), clause=self.clause, details=self.details)
        return again, (self.code, self.message, self.hint), self.__dict__


class RuleError(HriError):
    """The rules say no; nothing was written (exit 1)."""

    exit_status = 1


class UsageError(HriError):
    """A command was called the wrong way (exit 2)."""

    exit_status = 2


class InputError(HriError):
    """Input was refused, every finding listed in `details`; nothing was written (exit 3)."""

    exit_status = 3


class LookupFailedError(HriError):
    """Something was not found, is ambiguous, or is already there (exit 4)."""

    exit_status = 4


class UnusableError(HriError):
    """The archive or an output can't be used: missing, locked, damaged, unwritable (exit 5)."""

    exit_status = 5
