"""What is said besides a result: lines, warnings, questions, and errors as text or JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from hrintegrity.errors import HriError
from hrintegrity.text import escaped


def say(line: str) -> None:
    """Write one line to standard output."""
    sys.stdout.write(escaped(line) + "\n")


_held: list[str] | None = None


def hold_warnings(wanted: bool) -> None:
    """Keep warnings until it is known whether the command fails.

    With `-f json` standard error has the error object and nothing else.
    """
    global _held  # noqa: PLW0603 — one command a process; standard error is as global.
    _held = [] if wanted else None


def release_warnings() -> None:
    """Write the warnings that were kept."""
    global _held
    kept, _held = _held or [], None
    for message in kept:
        warn(message)


@contextmanager
def muted() -> Iterator[None]:
    """Write no warnings: they were written before, with the question."""
    global _held  # noqa: PLW0603 — as above.
    before, _held = _held, []
    try:
        yield
    finally:
        _held = before


def ask(question: str) -> str:
    """Return what is answered at the terminal; nothing where the input ends."""
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def say_aside(line: str) -> None:
    """Write one line to standard error."""
    sys.stderr.write(escaped(line) + "\n")


def warn(message: str) -> None:
    """Write a warning to standard error."""
    if _held is not None:
        _held.append(message)
        return
    say_aside(f"提示 {' '.join(message.split())}")


def show_error(error: HriError, *, as_json: bool) -> None:
    """Write an error to standard error: one line, its findings, and what to do about it."""
    if as_json:
        from hrintegrity.cli.program.plain import json_text

        value: dict[str, Any] = {
            "code": error.code,
            "message": error.message,
            "hint": error.hint,
            "clause": error.clause,
            "details": error.details,
        }
        if _held:
            value["warnings"] = _held
        text = json_text({"error": value}) + "\n"
        sys.stderr.flush()
        sys.stderr.buffer.write(escaped(text).encode("utf-8"))
        sys.stderr.buffer.flush()
        return
    say_aside(f"错误 [{error.code}] {' '.join(error.message.split())}")
    for line in error.lines or _findings(error.details):
        say_aside(f"  {line}")
    clause = f"（依据：{error.clause}）" if error.clause else ""
    hint = " ".join(error.hint.split()) or "用法见 hri --help。"
    say_aside(f"{hint}{clause}（详见 hri help {error.code}）")


def _findings(details: Sequence[Mapping[str, Any]]) -> list[str]:
    return [_finding(detail) for detail in details] if _worth_listing(details) else []


def _worth_listing(details: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the findings say more than the message, which names a single one itself."""
    return len(details) > 1 or any(detail.get("row") is not None for detail in details)


def _finding(detail: Mapping[str, Any]) -> str:
    """One finding of refused input: row, column, value and reason, as far as it has them."""
    parts = []
    if detail.get("row") is not None:
        parts.append(f"第 {detail['row']} 行")
    if detail.get("column"):
        parts.append(str(detail["column"]))
    if detail.get("value") not in (None, ""):
        parts.append(f"“{detail['value']}”")
    reason = detail.get("reason") or detail.get("message") or ""
    return " ".join(f"{' '.join(parts)}：{reason}".split()) if parts else str(reason)
