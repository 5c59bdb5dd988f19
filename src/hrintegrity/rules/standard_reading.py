"""Standards as they come in: from an office's YAML, our own file, and as the archive keeps them.

What an office hands in is checked against the annex of its year (`read_standard`); what the archive
keeps was checked then, and is only read (`kept_standard`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from hrintegrity.notice._reading import Value, given_file, given_mapping
from hrintegrity.notice.indicators import Annex, annex
from hrintegrity.notice.timeline import Timeline, read_timeline
from hrintegrity.rules.standard import FORMS, Standard
from hrintegrity.rules.standard_fields import Given

REFUSED = "standard-refused"
_REQUIRED = tuple(name for name, form in FORMS.items() if form.required)
_OPTIONAL = tuple(name for name, form in FORMS.items() if not form.required)
_DEFAULT_REMARK = (
    "# 本程序的默认评估标准：通知没有规定这些数值。\n"
    "# 可按本区县情况改后用 hri assess standard use 启用。\n"
)


def default_standard(year: int) -> Standard:
    """Return the project's own standard, which goes with the notice's annex.

    Raises UnusableError `data-broken`.
    """
    return _timeline().in_year(year)[0]


def default_complaint_days(year: int) -> int:
    """Return the term of answers to complaints where a district sets none, the project's own."""
    return _timeline().in_year(year)[1]


def read_standard(path: Path, annex: Annex) -> Standard:
    """Read a district's standard from YAML, on top of an annex.

    Raises InputError `standard-refused` by key, LookupFailedError `file-missing`.
    """
    return _given(given_file(path, REFUSED), annex)


def parse_standard(content: Mapping[str, Any], annex: Annex, name: str = "评估标准") -> Standard:
    """Take a standard as `Standard.as_mapping` gives it. Raises InputError `standard-refused`."""
    return _given(given_mapping(content, name, REFUSED), annex)


@lru_cache(maxsize=64)
def kept_standard(content: str) -> Standard:
    """Return a standard from the JSON text that the archive keeps, judging nothing again."""
    found = json.loads(content, parse_float=Decimal)
    default = _timeline().entries[-1].content[0].eligibility
    return Standard(
        **{name: form.kept(found[name], default) for name, form in FORMS.items() if name in found}
    )


def standard_yaml(standard: Standard, year: int) -> str:
    """Return a standard as the YAML text that `read_standard` reads."""
    import yaml  # noqa: PLC0415 — only an export needs it.

    content = standard.as_mapping()
    content["points"] = {int(number): points for number, points in content["points"].items()}
    content.setdefault("complaint_days", default_complaint_days(year))
    text: str = yaml.safe_dump(
        content, allow_unicode=True, sort_keys=False, default_flow_style=None
    )
    return _DEFAULT_REMARK + text if standard == default_standard(year) else text


@cache
def _timeline() -> Timeline[tuple[Standard, int]]:
    keys = (*_REQUIRED, "eligibility", "complaint_days")
    return read_timeline("default_standard.yaml", _default, required=keys)


def _default(part: Mapping[str, Value], _: str) -> tuple[Standard, int]:
    days = part["complaint_days"].whole(1)
    return _standard(Given(part, annex(part["from"].day().year), None, days)), days


def _given(value: Value, annex: Annex) -> Standard:
    own, days = _timeline().entries[-1].content
    return _standard(Given(value.keys(_REQUIRED, _OPTIONAL), annex, own.eligibility, days))


def _standard(given: Given) -> Standard:
    return Standard(
        **{name: form.read(given.entries.get(name), given) for name, form in FORMS.items()}
    )
