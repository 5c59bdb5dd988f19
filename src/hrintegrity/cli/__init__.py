"""THE DOOR: one module per group, thin: parse, call one duty, show what it returns."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `hri` and leave with its exit status."""
    import gc

    # Start-up makes many objects and no garbage; collecting it costs a tenth of the time.
    gc.disable()
    try:
        from hrintegrity.cli._run import run

        sys.exit(run(sys.argv[1:] if arguments is None else list(arguments)))
    except KeyboardInterrupt:
        sys.exit(interrupted())


def interrupted() -> int:
    """Say that the command was interrupted; return the exit status by which a shell knows it."""
    if sys.stderr is not None:
        sys.stderr.write("\n已中断。\n")
    return 130
