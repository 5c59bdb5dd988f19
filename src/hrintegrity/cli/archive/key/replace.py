"""`hri archive key replace`: make a new key."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import Done, call_of, command, writing


@command
def run(context: typer.Context) -> Done:
    """Make a new key."""
    from hrintegrity.duties.exchange import keys, trust

    location = call_of(context).location
    with keys.undone_on_error(location), writing(context) as archive:
        found = trust.replace(archive, today=call_of(context).today)
    warnings = ["请通知所有认可过旧公钥的单位：作废旧的（key revoke），登记新的（key trust）。"]
    return Done(found, f"已换新密钥，指纹 {found.fingerprint}。", warnings)
