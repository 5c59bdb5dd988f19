"""Asking at a terminal what a header or a word in a table means, once for each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from hrintegrity.cli.base.tables import columns_of_screen
from hrintegrity.errors import HriError, InputError
from hrintegrity.files import check_suffix, refuse_target
from hrintegrity.text import width

if TYPE_CHECKING:
    from hrintegrity.duties.importing.interpretation import Interpretation
    from hrintegrity.duties.importing.results import ImportResult
    from hrintegrity.errors import Question

Answers = dict[tuple[str, str], str]
"""What was answered, by option and by the header or word that was asked about."""

Attempt = Callable[["Interpretation"], "ImportResult"]


def asking(
    attempt: Attempt, interpretation: Interpretation, save_to: Path | None
) -> tuple[ImportResult, Interpretation, Path | None]:
    """Return what an import did, how its tables were understood, and where to write that down.

    At a terminal an import that was refused is tried again with the answers to what it did not
    understand; through a pipe its refusal stands.
    """
    asked: set[tuple[str, str]] = set()
    answers: Answers = {}
    while True:
        try:
            result = attempt(interpretation)
        except InputError as error:
            questions = [q for q in error.questions if (q.option, q.text) not in asked]
            if not questions or not (sys.stdin.isatty() and sys.stdout.isatty()):
                error.hint += _said_again(answers)
                raise
            print(error.message)
            asked |= {(q.option, q.text) for q in questions}
            more = _answers(questions)
            if not more:
                error.hint += _said_again(answers)
                raise
            answers |= more
            interpretation = interpretation.also(
                {text: word for (option, text), word in more.items() if option == "--map"},
                {text: word for (option, text), word in more.items() if option == "--word"},
            )
        else:
            if answers and save_to is None:
                save_to = _where_to_save()
            return result, interpretation, save_to


class _LeftError(Exception):
    """The user wants to answer nothing more."""


def _answers(questions: list[Question]) -> Answers:
    """Return what the questions were answered, as long as an answer is needed.

    A field that was chosen is offered no more; one may go a step back, or leave.
    """
    answers: Answers = {}
    place = 0
    with suppress(_LeftError):
        while place < len(questions) and _is_needed(questions, answers):
            question = questions[place]
            key = (question.option, question.text)
            word = _ask(question, taken=set(answers.values()), is_first=place == 0)
            if word is _BACK:
                place -= 1
                before = questions[place]
                answers.pop((before.option, before.text), None)
                continue
            if word is not None:
                answers[key] = word
            place += 1
    return answers


def _said_again(answers: Answers) -> str:
    """Say which options stand for the answers that were given to no avail; empty for none."""
    options = " ".join(f'{option} "{text}={word}"' for (option, text), word in answers.items())
    return f"刚才的回答，下次可写作 {options}。" if options else ""


def _is_needed(questions: list[Question], answers: Answers) -> bool:
    """Say whether one of the fields without which nothing goes in is still open."""
    wanted = [group for question in questions for group in question.wanted]
    return not wanted or any(not set(group) & set(answers.values()) for group in wanted)


_BACK = "上一步"
_BACK_WORDS = frozenset({"b", "上一步", "上", "<"})
_LEAVE_WORDS = frozenset({"q", "退出", "退"})


def _ask(question: Question, *, taken: set[str], is_first: bool) -> str | None:
    """Ask one question; return the answer, None for none of the choices, `_BACK` to go back."""
    is_header = question.option == "--map"
    what = "表头" if is_header else "单元格里的"
    choices = [one for one in question.choices if not (is_header and one[0] in taken)]
    print(f"{what}“{question.text}”是什么？")
    if question.samples:
        print(f"  这一列写的是：{'、'.join(question.samples)}")
    for line in _packed([f"{number} {shown}" for number, (_, shown) in enumerate(choices, 1)]):
        print(line)
    while True:
        back = "" if is_first else "b 上一步，"
        text = _line(f"填序号，直接回车为都不是，{back}q 退出：")
        if not text:
            return None
        if text.lower() in _LEAVE_WORDS:
            raise _LeftError
        if text.lower() in _BACK_WORDS and not is_first:
            return _BACK
        if text.isdecimal() and 1 <= int(text) <= len(choices):
            return choices[int(text) - 1][0]
        print("没有这个序号。")


def _packed(items: Sequence[str]) -> list[str]:
    """Return items side by side, in as few lines as the screen has room for."""
    lines: list[str] = []
    for item in items:
        if lines and width(f"{lines[-1]}  {item}") < columns_of_screen():
            lines[-1] += f"  {item}"
        else:
            lines.append(f"  {item}")
    return lines


def _where_to_save() -> Path | None:
    """Ask until a new file can be written or none is wanted: the rows are in, nothing may fail."""
    prompt = "要记住这些回答，请写一个文件名（如 映射.yaml，下次用 --mapping）："
    try:
        while text := _line(prompt):
            try:
                check_suffix(Path(text), ".yaml")
                refuse_target(Path(text), force=False)
            except HriError as error:
                print(error.message)
            else:
                return Path(text)
    except KeyboardInterrupt:
        print()
    return None


def _line(prompt: str) -> str:
    with suppress(ImportError):
        import readline  # noqa: F401 — without it a Chinese character can't be erased.
    try:
        return input(prompt).strip()
    except EOFError:
        return ""
