"""What the user says of a kind of table, kept in a file for the next time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from hrintegrity.errors import InputError
from hrintegrity.files import read_input, whole_file

_PARTS = {"map": "mapping", "word": "words", "set": "fixed"}
_LIMIT = 1 << 20


@dataclass(frozen=True)
class Interpretation:
    """Headers by hand (`--map`), what words mean (`--word`), fields given (`--set`), the sheet.

    `remembered` are headers from a file of an earlier time, which a table need not have.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    remembered: frozenset[str] = frozenset()

    def over(self, other: Interpretation) -> Interpretation:
        """Return this one, and for what it leaves open another."""
        return Interpretation(
            {**other.mapping, **self.mapping},
            {**other.words, **self.words},
            {**other.fixed, **self.fixed},
            self.sheet or other.sheet,
            frozenset(other.mapping) - frozenset(self.mapping),
        )

    def also(self, mapping: Mapping[str, str], words: Mapping[str, str]) -> Interpretation:
        """Return it with more headers and words."""
        return replace(self, mapping={**self.mapping, **mapping}, words={**self.words, **words})


def read(path: Path) -> Interpretation:
    """Read what `save` wrote.

    Raises LookupFailedError `file-missing`, InputError `mapping-refused`.
    """
    try:
        found = yaml.safe_load(read_input(path, _LIMIT).decode("utf-8-sig"))
    except (ValueError, yaml.YAMLError, RecursionError):
        # Also a day that there is none of, which YAML takes for a date.
        raise _refused(path, "不是 YAML 文本") from None
    if found is None:
        found = {}
    if not isinstance(found, dict) or not set(found) <= {*_PARTS, "sheet"}:
        raise _refused(path, "应只有 map、word、set 和 sheet")
    sheet = found.get("sheet")
    if sheet is not None and not isinstance(sheet, str):
        raise _refused(path, "sheet 应是工作表的名字")
    mapping, words, fixed = (_texts(path, key, found.get(key)) for key in _PARTS)
    return Interpretation(mapping, words, fixed, sheet)


def save(path: Path, interpretation: Interpretation, *, force: bool) -> None:
    """Write one down. Raises as `files.whole_file`."""
    parts: dict[str, Any] = {
        key: dict(getattr(interpretation, name))
        for key, name in _PARTS.items()
        if getattr(interpretation, name)
    }
    if interpretation.sheet:
        parts["sheet"] = interpretation.sheet
    with whole_file(path, force=force) as temporary:
        temporary.write_text(yaml.safe_dump(parts, allow_unicode=True, sort_keys=False), "utf-8")


def _texts(path: Path, key: str, found: Any) -> dict[str, str]:
    if found is None:
        return {}
    plain = isinstance(found, dict) and all(
        isinstance(one, (str, int)) for pair in found.items() for one in pair
    )
    if not plain:
        raise _refused(path, f"{key} 下应是“名: 值”")
    return {str(name): str(value) for name, value in found.items()}


def _refused(path: Path, why: str) -> InputError:
    return InputError("mapping-refused", f"{path.name}：{why}", "这种文件由 --save-mapping 写出。")
