"""`hri archive key show`: show this office's public key."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.archive.key._shared import COLUMNS, ensure_key
from hrintegrity.cli.base import Done, Rows, command, reading


@command
def run(
    context: typer.Context,
    fingerprint: Annotated[
        bool, typer.Option("--fingerprint", help="只显示指纹，供电话里核对。")
    ] = False,
) -> Done:
    """Show this office's public key."""
    from hrintegrity.duties.exchange import trust

    ensure_key(context)
    with reading(context) as archive:
        found = trust.own(archive)
    line = found.fingerprint if fingerprint else found.line
    return Done(found, line, rows=Rows([found], COLUMNS))
