"""What several commands of `hri archive key` share."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import call_of, preparing

COLUMNS = [
    ("district_name", "单位"),
    ("fingerprint", "指纹"),
    ("trusted", "登记"),
    ("revoked", "作废"),
    ("own", "本档案库"),
]


def ensure_key(context: typer.Context) -> None:
    """Make this office's key at first use. Raises UnusableError `key-lost` where it had one."""
    from hrintegrity.duties.exchange import keys, trust

    if keys.find(call_of(context).location) is None:
        with preparing(context) as archive:
            trust.first_key(archive)
