"""`hri assess standard`: a district's assessment standard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli._call import call_of, reading, writing
from hrintegrity.cli._help import ChineseCommand, ChineseGroup
from hrintegrity.cli._options import DistrictOption, ForceOption, FormatOption, YearOption
from hrintegrity.cli._output import done, say, show_json, show_rows, warn
from hrintegrity.notice.words import SOURCE

app = typer.Typer(
    cls=ChineseGroup,
    help="评估标准：各项分值、权重、等次（通知未定，由区县确定）。",
    rich_markup_mode=None,
    no_args_is_help=True,
)

FileArgument = Annotated[Path, typer.Argument(metavar="文件.yaml", help="YAML 文件。")]


@app.command("show", cls=ChineseCommand, help="正在使用的评估标准。")
def show(
    context: typer.Context,
    district: DistrictOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Show the standard in use."""
    from hrintegrity.duties import offices
    from hrintegrity.duties.assessment import standards
    from hrintegrity.notice.indicators import indicators

    with reading(context) as archive:
        found = standards.in_use(
            archive, offices.scope(archive, district), offices.campaign(archive, year).year
        ).as_mapping()
    points = [
        {
            "id": i.id,
            "name": i.name,
            "category": i.category.name,
            "points": found["points"][str(i.id)],
        }
        for i in indicators()
    ]
    if form == "json":
        show_json(found)
        return
    if form == "table":
        say(f"{found['name']}（{_whose(found['default'], found['district'])}）")
        weights = "，".join(f"{SOURCE.chinese(s)} {w}" for s, w in found["weights"].items())
        say(f"权重：{weights}")
        say("等次：" + "，".join(f"{b['name']} ≥ {b['from']}" for b in found["bands"]))
    columns = [("id", "序号"), ("category", "类别"), ("name", "指标"), ("points", "分值")]
    show_rows(points, columns, form)


def _whose(default: bool, district: str | None) -> str:
    """Say who set a standard; what the project set itself is named as such (三(五))."""
    from hrintegrity.duties import offices

    if default:
        return "本程序自带，通知没有规定这些数值"
    return "全市没有自定标准的区县" if district is None else offices.district_name(district)


@app.command("export", cls=ChineseCommand, help="把正在使用的标准写成 YAML，改后可启用。")
def export(
    context: typer.Context,
    file: FileArgument,
    district: DistrictOption = None,
    year: YearOption = None,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Write the standard in use as YAML."""
    from hrintegrity.duties import offices
    from hrintegrity.duties.assessment import standards
    from hrintegrity.files import check_suffix, whole_file

    check_suffix(file, ".yaml", ".yml")
    with reading(context) as archive:
        chosen = offices.campaign(archive, year).year
        text = standards.as_yaml(archive, district, chosen)
    with whole_file(file, force=force) as temporary:
        temporary.write_text(text, encoding="utf-8")
    done(f"已写出评估标准：{file}", {"id": str(file), "file": str(file), "year": chosen}, form)


@app.command("use", cls=ChineseCommand, help="启用一份评估标准；合计不对的不收。")
def use(
    context: typer.Context,
    file: FileArgument,
    district: DistrictOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Adopt a standard."""
    from hrintegrity.duties import offices
    from hrintegrity.duties.assessment import roster, standards

    with writing(context) as archive:
        chosen = offices.campaign(archive, year).year
        found = standards.adopt(
            archive, file, district=district, year=chosen, today=call_of(context).today
        )
        rated, too_high = roster.rated_by(archive, found.id, chosen)
    if rated:
        more = f"，其中 {too_high} 份有超过新分值的项，须重新评分" if too_high else ""
        warn(f"已有 {rated} 份未评定的评分表将按这份标准计算{more}；请核对是否按它评的分。")
    whose = _whose(found.default, found.district)
    done(f"已启用评估标准“{found.standard.name}”（{whose}）。", found.as_mapping(), form)
