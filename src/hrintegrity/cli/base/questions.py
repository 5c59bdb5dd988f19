"""Asking at a terminal what a header or a word in a table means, once for each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from hrintegrity.errors import InputError

if TYPE_CHECKING:
    from hrintegrity.duties.importing.interpretation import Interpretation
    from hrintegrity.duties.importing.results import ImportResult
    from hrintegrity.errors import Question

Attempt = Callable[["Interpretation"], "ImportResult"]


def asking(
    attempt: Attempt, interpretation: Interpretation, save_to: Path | None
) -> tuple[ImportResult, Interpretation, Path | None]:
    """Return what an import did, how its tables were understood, and where to write that down.

    At a terminal an import that was refused is tried again with the answers to what it did not
    understand; through a pipe its refusal stands.
    """
    asked: set[tuple[str, str]] = set()
    answered = False
    while True:
        try:
            result = attempt(interpretation)
        except InputError as error:
            questions = [q for q in error.questions if (q.option, q.text) not in asked]
            if not questions or not (sys.stdin.isatty() and sys.stdout.isatty()):
                raise
            print(error.message)
            asked |= {(q.option, q.text) for q in questions}
            answers = dict(_answers(questions))
            if not answers:
                raise
            answered = True
            interpretation = interpretation.also(
                {text: word for (option, text), word in answers.items() if option == "--map"},
                {text: word for (option, text), word in answers.items() if option == "--word"},
            )
        else:
            if answered and save_to is None:
                save_to = _where_to_save()
            return result, interpretation, save_to


def _answers(questions: list[Question]) -> Iterator[tuple[tuple[str, str], str]]:
    for question in questions:
        what = "表头" if question.option == "--map" else "单元格里的"
        print(f"{what}“{question.text}”是什么？")
        for number, (_, shown) in enumerate(question.choices, 1):
            print(f"  {number}  {shown}")
        while True:
            text = _line("填序号，直接回车为都不是：")
            if not text:
                break
            if text.isdecimal() and 1 <= int(text) <= len(question.choices):
                yield (question.option, question.text), question.choices[int(text) - 1][0]
                break
            print("没有这个序号。")


def _where_to_save() -> Path | None:
    text = _line("要记住这些回答，请写一个文件名（如 映射.yaml，下次用 --mapping）：")
    return Path(text) if text else None


def _line(prompt: str) -> str:
    with suppress(ImportError):
        import readline  # noqa: F401 — without it a Chinese character can't be erased.
    try:
        return input(prompt).strip()
    except EOFError:
        return ""
