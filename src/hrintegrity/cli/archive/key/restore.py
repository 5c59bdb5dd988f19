"""`hri archive key restore`: put the private key back from a copy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import Done, ForceOption, command, writing


@command
def run(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="key backup 写的文件。")],
    force: ForceOption = False,
) -> Done:
    """Put the private key back from a copy."""
    from hrintegrity.duties.exchange import trust

    with writing(context) as archive:
        found, same = trust.restore(archive, file, force=force)
    warnings = []
    if not same:
        warnings.append("这把密钥不是本档案库上次用的那一把，请与对方核对指纹。")
    return Done(found, f"密钥已放回，指纹 {found.fingerprint}。", warnings)
