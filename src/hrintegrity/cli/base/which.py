"""Which agencies a command is about: those that are named, or all."""

from __future__ import annotations

from hrintegrity.errors import UsageError


def named_or_all(agencies: list[str] | None, every: bool) -> None:
    """Refuse a command that names agencies and asks for all, or does neither."""
    if bool(agencies) == every:
        raise UsageError(
            "wrong-usage",
            "请给出机构，或用 --all（二者取一）。",
            "一家或几家写名称或代码，全部写 --all。",
        )
