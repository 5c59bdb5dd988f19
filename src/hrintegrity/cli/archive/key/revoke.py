"""`hri archive key revoke`: accept a key no more."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import Done, call_of, command, writing


@command
def run(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="公钥|指纹", help="那一行公钥，或指纹。")],
) -> Done:
    """Accept a key no more."""
    from hrintegrity.duties.exchange import trust

    with writing(context) as archive:
        found = trust.revoke(archive, key, today=call_of(context).today)
    return Done(found, f"已作废{found.district_name}的公钥，指纹 {found.fingerprint}。")
