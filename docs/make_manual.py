"""The pages of the manual that are made from the program; `make docs` puts them into the site."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import make_commands  # noqa: E402 — the folder is on the path only now.
import make_contract  # noqa: E402
import make_errors  # noqa: E402
import make_fields  # noqa: E402


def generated() -> dict[str, str]:
    """Return the generated pages by their path within the manual."""
    return {
        "reference/commands.md": commands(),
        "reference/fields.md": make_fields.reference(),
        "reference/json.md": json_keys(),
        "reference/errors.md": make_errors.page(),
    }


def commands() -> str:
    """Return the page of commands, a section for each."""
    text = make_commands.reference().split("\n", 1)[1]
    return "# 命令\n" + re.sub(r"^由 `make docs`.*\n", "", text, flags=re.MULTILINE)


def json_keys() -> str:
    """Return the page of JSON keys of each command, with what a field means where it is known."""
    _, keys = make_contract.recorded(make_contract.PAGE.read_text(encoding="utf-8"))
    headings = _headings()
    parts = [
        "---\nsearch:\n  exclude: true\n---\n# JSON\n",
        "命令加 `-f json`，标准输出是一份 UTF-8 的 JSON；日期是 ISO 8601，分数是数，没有值的是"
        " `null`。清单是数组，下面列的是每一项的键。以后的版本只增不减。\n",
        '出错时标准错误是 `{"error": {"code", "message", "hint", "clause", "details"}}`，'
        "代码见[错误代码](errors.md)。\n",
    ]
    for path, found in keys.items():
        parts.append(f"## `hri {path}`\n")
        parts += [f"- `{key}`{_meaning(headings.get(key))}" for key in found] or [
            "- 一句话，没有键。"
        ]
        parts.append("")
    return "\n".join(parts)


def _meaning(heading: str | None) -> str:
    return f"：{heading}" if heading else ""


def _headings() -> dict[str, str]:
    """Return what a field is called, where every kind of record calls it the same."""
    rows: Iterator[Any] = re.finditer(
        r"^\| `(\w+)` \| ([^|]+?) \|", make_fields.reference(), re.MULTILINE
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row[1], set()).add(row[2])
    return {name: "、".join(sorted(all_)) for name, all_ in found.items()}
