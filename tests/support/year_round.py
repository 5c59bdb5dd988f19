"""Helpers for the tests of the year-round commands."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from running import JSON, Ran, code_of


def table(path: Path, header: Sequence[str], *rows: Sequence[Any]) -> Path:
    """Write a csv as an office would."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def two_agencies(hri) -> tuple[str, str]:
    """Register two agencies; return their codes."""
    for number, name in ((1, "北京甲人力资源有限公司"), (2, "北京乙人力资源有限公司")):
        hri.add(name, code_of(number))
    return code_of(1), code_of(2)


def refused(ran: Ran, status: int, code: str) -> dict[str, Any]:
    """Return the error of a command that had to fail like that."""
    assert (ran.status, ran.out) == (status, ""), ran.err or ran.out
    error = ran.error
    assert error["code"] == code, error
    return error


def record(hri, *arguments: str) -> dict[str, Any]:
    """Run a writing command and return the record that it wrote."""
    found: dict[str, Any] = hri(*arguments, *JSON).ok().json
    return found


def rows(hri, *arguments: str) -> list[dict[str, Any]]:
    """Run a listing command and return its rows."""
    found: list[dict[str, Any]] = hri(*arguments, *JSON).ok().json
    return found
