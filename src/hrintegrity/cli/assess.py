"""`hri assess`: assessment on the 22 indicators (三(五))."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli import _assess_notice, _assess_standard
from hrintegrity.cli._call import call_of, day, reading, writing
from hrintegrity.cli._help import ChineseCommand, ChineseGroup
from hrintegrity.cli._importing import (
    DryRunOption,
    ImportFileArgument,
    MapOption,
    RejectsOption,
    SetOption,
    run_import,
)
from hrintegrity.cli._options import (
    AgenciesArgument,
    AgencyArgument,
    AllOption,
    DateOption,
    DistrictOption,
    ForceOption,
    FormatOption,
    RequiredDateOption,
    RequiredReasonOption,
    YearOption,
    one_of,
    word,
)
from hrintegrity.cli._output import done, say, show_json, show_rows, warn
from hrintegrity.cli._progress import progress
from hrintegrity.errors import UsageError
from hrintegrity.notice.words import ASSESSMENT_STATUS, SOURCE
from hrintegrity.text import width

app = typer.Typer(
    cls=ChineseGroup,
    help="诚信状况评估（三(五)、附件1）；不带命令时列出各机构的进度。",
    rich_markup_mode=None,
    invoke_without_command=True,
)
app.add_typer(_assess_standard.app, name="standard")

SourceOption = Annotated[
    str | None,
    typer.Option(
        "--source",
        parser=word(SOURCE),
        metavar="self|expert|public",
        help="自我评价、专家评价（默认）或群众评价。",
    ),
]


def _district_name(code: str) -> str:
    from hrintegrity.notice.districts import BY_CODE

    return BY_CODE[code].name


def _counts(sheets: dict[str, int]) -> str:
    return " ".join(f"{SOURCE.chinese(source)[0]}{count}" for source, count in sheets.items())


def _two(score: float) -> str:
    return f"{score:.2f}"


def _sources(found: list[str]) -> str:
    return "、".join(SOURCE.chinese(source) for source in found)


WORDS: dict[str, Any] = {
    "district": _district_name,
    "sheets": _counts,
    "status": ASSESSMENT_STATUS.chinese,
    "total": _two,
    "missing_sources": _sources,
}


@app.callback()
def work_list(
    context: typer.Context,
    district: DistrictOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Show the work list where no command is given."""
    if context.invoked_subcommand is not None:
        return
    from hrintegrity.duties.assessment import results

    with reading(context) as archive:
        found = results.work_list(archive, district=district, year=year)
    columns = [
        ("code", "代码"),
        ("name", "机构名称"),
        ("district", "区县"),
        ("sheets", "评分表（自评、专家、群众）"),
        ("status", "进度"),
        ("total", "总分"),
        ("band", "等次"),
    ]
    show_rows(found, columns, form, words=WORDS)


@app.command(
    "run", cls=ChineseCommand, help="逐项评分，可随时中断、接着评；或用 --scores 一次给出。"
)
def run(
    context: typer.Context,
    agency: AgencyArgument,
    source: SourceOption = None,
    rater: Annotated[
        str | None, typer.Option("--rater", metavar="姓名", help="评价人；默认为经办人。")
    ] = None,
    scores: Annotated[
        str | None,
        typer.Option(
            "--scores", metavar="文件|-", help="JSON 文件、填好的评分表，或 -（标准输入）。"
        ),
    ] = None,
    date: DateOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Score one agency."""
    from hrintegrity.duties.assessment import scoring

    call = call_of(context)
    on = day(context, date)
    if scores is None:
        view = _run_dialog(context, agency, source or scoring.DEFAULT_SOURCE, rater, on, year)
    elif scores == "-" or scores.lower().endswith(".json"):
        content = _read_text(scores)
        with writing(context) as archive:
            view = scoring.save_json(
                archive,
                agency,
                content,
                year=year,
                source=source,
                rater=rater or call.who,
                date=on,
            )
    else:
        with writing(context) as archive:
            view = scoring.save_filled_sheet(
                archive,
                agency,
                Path(scores),
                year=year,
                source=source,
                rater=rater,
                who=call.who,
                date=on,
            )
    replaced = "，代替这位评价人原来的评分表" if view.replaced else ""
    total = sum(round(score * 10) for score in view.scores.values()) / 10
    done(
        f"已保存{view.name}的评分表：{SOURCE.chinese(view.source)}，评价人 {view.rater}，"
        f"合计 {total:g} 分{replaced}。",
        view,
        form,
    )


def _run_dialog(
    context: typer.Context, agency: str, source: str, rater: str | None, on: Any, year: int | None
) -> Any:
    """Score at the terminal; each answer is kept in a transaction of its own."""
    from hrintegrity.cli._dialog import Dialog, Paused
    from hrintegrity.duties.assessment import scoring

    if not sys.stdin.isatty():
        raise UsageError(
            "no-terminal",
            "不在终端上，不能逐项询问。",
            "请用 --scores 文件，或 --scores - 给出评分。",
        )
    call = call_of(context)
    with reading(context) as archive:
        task = scoring.begin(
            archive, agency, year=year, source=source, rater=rater or call.who, today=call.today
        )

    def keep(given: dict[int, int], position: int) -> None:
        with writing(context) as archive:
            scoring.keep_draft(archive, task, given, position)

    dialog = Dialog(task, keep)
    try:
        given = dialog.run()
    except (Paused, KeyboardInterrupt) as stop:
        keep(dialog.scores, dialog.position)
        say("")
        say(f"已暂存 {len(dialog.scores)} 项；再次运行同样的命令，从第 {dialog.position} 项继续。")
        raise typer.Exit(0 if isinstance(stop, Paused) else 130) from None
    with writing(context) as archive:
        return scoring.save(archive, task, given, date=on)


def _read_text(name: str) -> str:
    from hrintegrity.errors import InputError, LookupFailedError

    try:
        if name == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return Path(name).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("scores-refused", "评分不是 UTF-8 文本。", "请存为 UTF-8 编码。") from None
    except FileNotFoundError:
        raise LookupFailedError("file-missing", f"没有这个文件：{name}", "请核对路径。") from None


@app.command("import", cls=ChineseCommand, help="从表格导入评分表，一行一份。")
def import_file(
    context: typer.Context,
    file: ImportFileArgument,
    dry_run: DryRunOption = False,
    on_duplicate: Annotated[
        str,
        typer.Option(
            "--on-duplicate",
            parser=one_of("fail", "skip", "update"),
            metavar="fail|skip|update",
            help="同一评价人已有评分表的：报错、跳过或更新（默认）。",
        ),
    ] = "update",
    rejects: RejectsOption = None,
    mapping: MapOption = None,
    fixed: SetOption = None,
    year: YearOption = None,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Import score sheets."""
    from hrintegrity.duties.assessment import scores_table

    def target(archive: Any) -> Any:
        return scores_table.Target(archive, year=year, today=call_of(context).today)

    run_import(
        context,
        file,
        target,
        dry_run=dry_run,
        on_duplicate=on_duplicate,
        rejects=rejects,
        mapping=mapping,
        fixed=fixed,
        force=force,
        form=form,
    )


@app.command("result", cls=ChineseCommand, help="一家机构的评估结果。")
def result(
    context: typer.Context,
    agency: AgencyArgument,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Show one agency's result."""
    from hrintegrity.duties.assessment import results
    from hrintegrity.notice.indicators import indicators

    with reading(context) as archive:
        found = results.result(archive, agency, year)
    if form == "json":
        show_json(found)
        return
    if form == "csv":
        show_rows(found["indicators"], [("id", "id")], form)
        return
    _say_head(found)
    of_category = {i.id: i.category.id for i in indicators()}
    for category in found["categories"]:
        say(f"{category['name']}　{_of(category)}")
        for indicator in found["indicators"]:
            if of_category[indicator["id"]] == category["id"]:
                say(f"  {_pad(indicator['name'], 10)}  {_of(indicator)}　{_each(indicator)}")


def _say_head(found: dict[str, Any]) -> None:
    status = ASSESSMENT_STATUS.chinese(found["status"])
    provisional = "" if found["status"] in ("concluded", "notified", "served") else "（暂计）"
    say(f"{found['name']}（{found['code']}）{found['year']}年　{status}")
    if found["total"] is None:
        say("总分　没有")
    else:
        say(f"总分 {found['total']:.2f}{provisional}　等次 {found['band']}")
    say(f"评分表 {_counts(found['sheets'])}；评估标准：{found['standard']}")
    if found["missing_sources"]:
        say(f"缺少：{_sources(found['missing_sources'])}")


def _pad(text: str, columns: int) -> str:
    return text + " " * max(columns - width(text), 0)


def _of(part: dict[str, Any]) -> str:
    score = "——" if part["score"] is None else f"{part['score']:.2f}"
    return f"{score} / {part['max']:g}"


def _each(indicator: dict[str, Any]) -> str:
    return "　".join(
        f"{SOURCE.chinese(source)} {score:.2f}"
        for source, score in indicator["by_source"].items()
        if score is not None
    )


@app.command("explain", cls=ChineseCommand, help="总分是怎样算出来的，各来源在哪里分歧最大。")
def explain(
    context: typer.Context,
    agency: AgencyArgument,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Show how a total came about."""
    from hrintegrity.duties.assessment import results
    from hrintegrity.rules.exact import exact_text

    with reading(context) as archive:
        found = results.explanation(archive, agency, year)
    if form == "json":
        show_json(found)
        return
    if form == "csv":
        show_rows(found.steps, [("kind", "kind")], form)
        return
    _say_head(found.result)
    for step in found.steps:
        value = "" if step.value is None else f" = {exact_text(step.value)}"
        say(f"{step.label}：{step.reckoning}{value}")
    if found.disagreements:
        say("分歧最大的指标：")
    for part in found.disagreements[:5]:
        say(f"  {part['id']}.{part['name']}　相差 {part['spread']:.2f}　{_each(part)}")


@app.command("conclude", cls=ChineseCommand, help="评定：结果和标准从此固定。")
def conclude(
    context: typer.Context,
    agencies: AgenciesArgument = None,
    every: AllOption = False,
    district: DistrictOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Conclude assessments."""
    from hrintegrity.duties.assessment import conclusions

    _agencies_or_all(agencies, every)
    today = call_of(context).today
    with writing(context) as archive:
        if every:
            found = conclusions.conclude_all(
                archive, district=district, year=year, today=today, progress=progress("评定")
            )
        else:
            found = conclusions.conclude(archive, agencies or [], year=year, today=today)
    if found.without_sheets:
        warn(f"{len(found.without_sheets)} 家没有评分表，未评定：{_some(found.without_sheets)}")
    if found.without_total:
        warn(f"{len(found.without_total)} 家得不出总分，未评定：{_some(found.without_total)}")
    already = f"；此前已评定 {found.already} 家" if found.already else ""
    done(f"已评定 {len(found.concluded)} 家{already}。", found, form)


def _agencies_or_all(agencies: list[str] | None, every: bool) -> None:
    if bool(agencies) == every:
        raise UsageError("wrong-usage", "请给出机构，或用 --all（二者取一）。", "用法见 --help。")


def _some(names: list[str], count: int = 5) -> str:
    return "、".join(names[:count]) + (" 等" if len(names) > count else "")


@app.command("object", cls=ChineseCommand, help="登记机构对评估结果的异议。")
def object_to(
    context: typer.Context,
    agency: AgencyArgument,
    date: RequiredDateOption,
    text: Annotated[str, typer.Option("--text", metavar="文字", help="异议的内容。")],
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Record an objection."""
    from hrintegrity.duties.assessment import conclusions

    with writing(context) as archive:
        found = conclusions.object_to(
            archive, agency, year=year, date=day(context, date), objection=text
        )
    done(f"已登记{found.name}的异议（{found.date}）。", found, form)


@app.command("reopen", cls=ChineseCommand, help="重新开启已评定的评估；重新评定后另发告知书。")
def reopen(
    context: typer.Context,
    agency: AgencyArgument,
    reason: RequiredReasonOption,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Open a concluded assessment again."""
    from hrintegrity.duties.assessment import conclusions

    with writing(context) as archive:
        found = conclusions.reopen(
            archive, agency, year=year, today=call_of(context).today, reason=reason
        )
    done(f"已重新开启{found.name}{found.year}年的评估。", found, form)


@app.command("rank", cls=ChineseCommand, help="按总分排名；未评定的为暂计。")
def rank(
    context: typer.Context,
    district: DistrictOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Show the ranking."""
    from hrintegrity.duties.assessment import results

    with reading(context) as archive:
        found = results.ranking(archive, district=district, year=year)
    if len(found.standards) > 1:
        warn(f"总分出自不同的评估标准，不宜直接相比：{'、'.join(found.standards)}")
    columns = [
        ("rank", "名次"),
        ("name", "机构名称"),
        ("code", "代码"),
        ("district", "区县"),
        ("total", "总分"),
        ("band", "等次"),
        ("status", "进度"),
        ("missing_sources", "缺少的来源"),
    ]
    if len(found.standards) > 1:
        columns.append(("standard", "评估标准"))
    show_rows(found.rows, columns, form, words=WORDS)


_assess_notice.register(app)
