"""`hri archive encrypt`: encrypt the archive under a passphrase."""

from __future__ import annotations

import typer

from hrintegrity.cli.archive._shared import RememberOption, copies_left, unremembered
from hrintegrity.cli.base import Done, call_of, command


@command
def run(context: typer.Context, remember: RememberOption = False) -> Done:
    """Encrypt the archive under a passphrase."""
    from hrintegrity.duties import locking

    location = call_of(context).location
    found = locking.encrypt(location, remember=remember)
    key = "和密钥" if found.key else ""
    return Done(
        found,
        f"已加密档案库、{found.attachments} 个附件{key}；以前的备份没有加密，请删去或另行保管。",
        [*unremembered(found, remember), *copies_left(location.path)],
    )
