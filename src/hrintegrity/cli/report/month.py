"""`hri report month`: write the summary; made as a paper, it counts as made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import (
    DistrictOption,
    Done,
    ForceOption,
    YearOption,
    call_of,
    command,
    output_to,
    progress,
    reading,
    reading_rows,
    writing,
)
from hrintegrity.cli.program.plain import json_text

_PAPERS = (".html", ".docx", ".pdf")

_ALL = (*_PAPERS, ".xlsx", ".json")


@command
def run(
    context: typer.Context,
    output: Annotated[Path, output_to(".html、.docx、.pdf、.xlsx 或 .json")],
    district: DistrictOption = None,
    remarks: Annotated[
        Path | None,
        typer.Option(
            "--remarks", metavar="文件.md", help="存在的问题和建议：Markdown，标题为 问题 和 建议。"
        ),
    ] = None,
    year: YearOption = None,
    force: ForceOption = False,
) -> Done:
    """Write the summary; made as a paper, it counts as made."""
    from hrintegrity.duties.reporting import summary
    from hrintegrity.duties.reporting.remarks import Remarks, read_remarks
    from hrintegrity.files import check_suffix, refuse_existing, whole_file

    suffix = output.suffix.lower()
    check_suffix(output, *_ALL)
    refuse_existing(output, force=force)
    call = call_of(context)
    said = Remarks() if remarks is None else read_remarks(remarks)
    # A paper is signed, which takes more of an archive than its rows.
    opened = reading if suffix in _PAPERS else reading_rows
    with opened(context) as archive:
        found = summary.summarise(
            archive, district=district, year=year, today=call.today, remarks=said
        )
        if suffix == ".xlsx":
            from hrintegrity.duties.reporting import workbook

            rows = workbook.write(archive, found, output, force=force, progress=progress("写出"))
    record = {"id": str(output), "district": found.district, "year": found.year, "date": found.date}
    if suffix == ".xlsx":
        return Done({**record, "file": str(output)}, f"已写出数据表，所据记录 {rows} 条：{output}")
    if suffix == ".json":
        with whole_file(output, force=force) as temporary:
            temporary.write_text(json_text(found.as_mapping()) + "\n", encoding="utf-8")
        message = f"已写出 {len(found.figures)} 个数：{output}"
        return Done({**record, "file": str(output)}, message)
    from hrintegrity.duties.reporting import making

    paper = making.write(found, output, force=force, templates=call.templates)
    with writing(context) as archive:
        made = making.record(archive, found, paper, str(output))
    warnings = []
    if remarks is None:
        warnings.append("没有给 --remarks，总结里没有“存在的问题”和“意见和建议”。")
    if made.late:
        warnings.append(f"报送期限 {found.period.deadline} 已过。")
    again = "，文字与上次相同" if made.again else ""
    message = f"已写出{found.district_name}{found.year}年活动情况总结{again}：{output}"
    return Done(made, message, warnings)
