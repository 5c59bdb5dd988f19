"""`hri archive decrypt`: take an archive's encryption back."""

from __future__ import annotations

import typer

from hrintegrity.cli.archive._shared import copies_left
from hrintegrity.cli.base import Done, call_of, command


@command
def run(context: typer.Context) -> Done:
    """Take an archive's encryption back."""
    from hrintegrity.duties import locking

    location = call_of(context).location
    found = locking.decrypt(location)
    return Done(
        found,
        f"已取消加密：档案库和 {found.attachments} 个附件，谁拿到都能读。",
        copies_left(location.path),
    )
