"""`hri agency staff erase`: remove name and certificate of someone who left."""

from __future__ import annotations

import typer

from hrintegrity.cli.agency.staff._shared import StaffArgument
from hrintegrity.cli.base import Done, RequiredReasonOption, asking_command, call_of, writing


@asking_command
def run(context: typer.Context, person: StaffArgument, reason: RequiredReasonOption) -> Done:
    """Remove name and certificate of someone who left, and their last bytes from the file."""
    from hrintegrity.duties.people import erasing

    call = call_of(context)
    with writing(context) as archive:
        found, warnings = erasing.erase(archive, person, reason=reason, today=call.today)
    if found.again:
        return Done(found, "姓名和资格证号已经删除过；档案库文件已重写一遍。")
    elsewhere = "以前的备份、送出的数据包和导入用的表格里如有，要另行删除。"
    return Done(found, "已删除姓名和资格证号。", [*warnings, elsewhere])
