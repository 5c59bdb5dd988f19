"""`hri complaint erase`: remove name and contact of whoever complained."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import Done, RequiredReasonOption, asking_command, call_of, writing
from hrintegrity.cli.complaint._shared import IdArgument


@asking_command
def run(context: typer.Context, case: IdArgument, reason: RequiredReasonOption) -> Done:
    """Remove name and contact of whoever complained, and their last bytes from the file."""
    from hrintegrity.duties.complaints import cases, complainants

    call = call_of(context)
    with writing(context) as archive:
        row, _ = cases.find(archive, case)
        erased = complainants.erase(archive, row, reason=reason, today=call.today)
        found = cases.show(archive, case, today=call.today)
    if not erased:
        return Done(found, "没有留存的姓名和联系方式；档案库文件已重写一遍。")
    warnings = ["以前的备份和送出的数据包里如有，要另行删除。"]
    return Done(found, "已删除投诉人的姓名和联系方式。", warnings)
