"""`hri archive rekey`: give an encrypted archive another passphrase."""

from __future__ import annotations

import typer

from hrintegrity.cli.archive._shared import RememberOption, copies_left, unremembered
from hrintegrity.cli.base import Done, call_of, command


@command
def run(context: typer.Context, remember: RememberOption = False) -> Done:
    """Give an encrypted archive another passphrase."""
    from hrintegrity.duties import locking

    location = call_of(context).location
    found = locking.rekey(location, remember=remember)
    return Done(
        found,
        "已换口令；以前的备份仍是旧口令。",
        [*unremembered(found, remember), *copies_left(location.path)],
    )
