"""`hri archive upgrade`: upgrade the archive."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import Done, call_of, command


@command
def run(context: typer.Context) -> Done:
    """Upgrade the archive."""
    from hrintegrity.archive.backup import upgrade as upgrade_archive

    call = call_of(context)
    before, after, kept = upgrade_archive(call.location)
    record = {
        "id": str(call.location),
        "archive": str(call.location),
        "before": before,
        "after": after,
        "backup": None if kept is None else str(kept),
    }
    if before == after:
        return Done(record, f"档案库已是最新的结构（{after}），无需升级。")
    kept_at = f"；升级前的备份在 {kept}" if kept else ""
    return Done(record, f"已升级：{before} → {after}{kept_at}。")
