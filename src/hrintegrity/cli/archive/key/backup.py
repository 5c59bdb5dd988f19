"""`hri archive key backup`: write the private key to another place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.archive.key._shared import ensure_key
from hrintegrity.cli.base import Done, ForceOption, command, reading


@command
def run(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="写到哪里。")],
    force: ForceOption = False,
) -> Done:
    """Write the private key to another place."""
    from hrintegrity.duties.exchange import keys, trust

    ensure_key(context)
    with reading(context) as archive:
        keys.back_up(archive.location, file, force=force)
        found = trust.own(archive)
    warnings = ["这份文件没有加密，谁拿到它就能以本单位的名义签名：请存在介质上锁起来。"]
    record = {"id": str(file), "file": str(file), "fingerprint": found.fingerprint}
    return Done(record, f"密钥已另存到 {file}；放回用 hri archive key restore {file}。", warnings)
