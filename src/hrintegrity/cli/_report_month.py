"""`hri report month` and `compare`: the summary of the campaign month."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli._call import call_of, reading, writing
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import (
    DistrictOption,
    ForceOption,
    FormatOption,
    OutputOption,
    YearOption,
)
from hrintegrity.cli._output import done, plain, show_json, show_rows, warn
from hrintegrity.cli._progress import progress

_PAPERS = (".html", ".docx", ".pdf")
_ALL = (*_PAPERS, ".xlsx", ".json")


def register(app: typer.Typer) -> None:
    """Add the two commands to `hri report`."""
    app.command(
        "month", cls=ChineseCommand, help="“诚信服务月”活动情况总结（四(四)），11月5日前报送。"
    )(month)
    app.command("compare", cls=ChineseCommand, help="本次活动与另一年的对比。")(compare)


def month(
    context: typer.Context,
    output: OutputOption,
    district: DistrictOption = None,
    remarks: Annotated[
        Path | None,
        typer.Option(
            "--remarks", metavar="文件.md", help="存在的问题和建议：Markdown，标题为 问题 和 建议。"
        ),
    ] = None,
    year: YearOption = None,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Write the summary; made as a paper, it counts as made."""
    from hrintegrity.duties.reporting import making, summary, workbook
    from hrintegrity.duties.reporting.remarks import Remarks, read_remarks
    from hrintegrity.files import check_suffix, refuse_existing, whole_file

    suffix = output.suffix.lower()
    check_suffix(output, *_ALL)
    refuse_existing(output, force=force)
    call = call_of(context)
    said = Remarks() if remarks is None else read_remarks(remarks)
    with reading(context) as archive:
        found = summary.summarise(
            archive, district=district, year=year, today=call.today, remarks=said
        )
        if suffix == ".xlsx":
            rows = workbook.write(archive, found, output, force=force, progress=progress("写出"))
    told = {"id": str(output), "district": found.district, "year": found.year, "date": found.date}
    if suffix == ".xlsx":
        done(f"已写出数据表，所据记录 {rows} 条：{output}", {**told, "file": str(output)}, form)
        return
    if suffix == ".json":
        with whole_file(output, force=force) as temporary:
            temporary.write_text(_json(found.as_mapping()), encoding="utf-8")
        done(f"已写出 {len(found.figures)} 个数：{output}", {**told, "file": str(output)}, form)
        return
    paper = making.write(found, output, force=force, templates=call.templates)
    with writing(context) as archive:
        made = making.record(archive, found, paper, str(output))
    if remarks is None:
        warn("没有给 --remarks，总结里没有“存在的问题”和“意见和建议”。")
    if made.late:
        warn(f"报送期限 {found.period.deadline} 已过。")
    again = "，文字与上次相同" if made.again else ""
    done(f"已写出{found.district_name}{found.year}年活动情况总结{again}：{output}", made, form)


def _json(found: dict[str, Any]) -> str:
    import json

    return json.dumps(plain(found), ensure_ascii=False, indent=2) + "\n"


def compare(
    context: typer.Context,
    other: Annotated[int, typer.Option("--with", metavar="年份", help="与哪一年对比。")],
    district: DistrictOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Show the figures of two campaigns side by side."""
    from hrintegrity.duties.reporting import comparing
    from hrintegrity.duties.reporting.figure import shown

    with reading(context) as archive:
        found = comparing.compare(
            archive, district=district, year=year, other=other, today=call_of(context).today
        )
    if form == "json":
        show_json(found.as_mapping())
        return
    columns = [
        ("label", "项目"),
        ("unit", "单位"),
        ("other", f"{found.other}年"),
        ("value", f"{found.year}年"),
        ("change", "增减"),
        ("clause", "条款"),
    ]
    if form == "csv":
        show_rows(found.figures, columns, form)
        return
    rows = [_beside(one, shown) for one in found.figures if _worth_showing(one)]
    show_rows(rows, columns, form)
    if not found.reported:
        warn(f"{found.other}年没有做过总结，当年的签署、建档等现状无从得知，不列。")


def _worth_showing(one: Any) -> bool:
    return one.value not in (None, 0) or one.other not in (None, 0)


def _beside(one: Any, shown: Any) -> dict[str, Any]:
    change = "" if one.change is None else f"{one.change:+f}" if one.change else "0"
    return {
        "label": one.label,
        "unit": one.unit,
        "other": shown(one.other, one.unit),
        "value": shown(one.value, one.unit),
        "change": change.rstrip("0").rstrip(".") if "." in change else change,
        "clause": one.clause,
    }
