"""`hri recommend`: demonstration units (三(七), 附件2, 附件3)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli import _recommend_quotas, _recommend_submit, _recommend_units
from hrintegrity.cli._call import call_of, reading, writing
from hrintegrity.cli._help import ChineseCommand, ChineseGroup
from hrintegrity.cli._options import (
    AgencyArgument,
    DistrictOption,
    FormatOption,
    ReasonOption,
    YearOption,
    read_district,
    read_given,
)
from hrintegrity.cli._output import done, say, show_json, show_rows, warn
from hrintegrity.notice.words import KIND, SOURCE

app = typer.Typer(
    cls=ChineseGroup,
    help="诚信服务示范单位（三(七)、附件2、附件3）：推荐、核对名额、报送、授予。",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.add_typer(_recommend_quotas.app, name="quotas")

OpinionOption = Annotated[
    str | None,
    typer.Option(
        "--opinion",
        parser=read_given,
        metavar="文字",
        help="区县人力资源和社会保障局意见（附件3）。",
    ),
]
SummaryOption = Annotated[
    Path | None,
    typer.Option("--self-summary", metavar="文件", help="机构自评总结，原样存入、原样报送。"),
]
DespiteOption = Annotated[
    str | None,
    typer.Option(
        "--despite", parser=read_given, metavar="理由", help="不符合推荐条件仍要推荐的理由。"
    ),
]


def _district_name(code: str) -> str:
    from hrintegrity.notice.districts import BY_CODE

    return BY_CODE[code].name


def _two(score: float) -> str:
    return f"{score:.2f}"


def _parts(missing: list[str]) -> str:
    from hrintegrity.rules.recommendation import PARTS

    return "、".join(PARTS[part] for part in missing)


def _sources(missing: list[str]) -> str:
    return "、".join(map(SOURCE.chinese, missing))


def _package(number: int) -> str:
    return f"第{number}次"


WORDS: dict[str, Any] = {
    "district": _district_name,
    "kind": KIND.chinese,
    "total": _two,
    "missing": _parts,
    "missing_sources": _sources,
    "submitted": _package,
}


@app.command(
    "candidates", cls=ChineseCommand, help="可推荐的机构：优先的在前，再按总分；不符合的写明原因。"
)
def candidates(
    context: typer.Context,
    district: DistrictOption = None,
    eligible: Annotated[bool, typer.Option("--eligible", help="只看符合推荐条件的。")] = False,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """List the candidates."""
    from hrintegrity.duties.recommendation import candidates as duty

    with reading(context) as archive:
        found = duty.listing(archive, district=district, year=year, eligible=eligible)
    if form == "table" and any(row.default for row in found):
        say("推荐条件是本程序的默认条件，通知没有规定；区县可在评估标准的 eligibility 里另定。")
    columns = [
        ("name", "机构名称"),
        ("code", "代码"),
        ("district", "区县"),
        ("kind", "性质"),
        ("grade", "等级"),
        ("total", "总分"),
        ("missing_sources", "缺少的来源"),
        ("priority", "优先"),
        ("eligible", "符合条件"),
        ("recommended", "已推荐"),
        ("reasons", "不符合的原因"),
    ]
    show_rows(found, columns, form, words=WORDS, kind=duty.CandidateView)


@app.command("add", cls=ChineseCommand, help="推荐一家机构；超过名额只提示，报送时才不放行。")
def add(
    context: typer.Context,
    agency: AgencyArgument,
    reason: Annotated[
        str,
        typer.Option("--reason", parser=read_given, metavar="文字", help="推荐理由（附件3）。"),
    ],
    opinion: OpinionOption = None,
    self_summary: SummaryOption = None,
    despite: DespiteOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Recommend an agency."""
    from hrintegrity.duties.recommendation import listing

    with writing(context) as archive:
        changed = listing.add(
            archive,
            agency,
            year=year,
            today=call_of(context).today,
            reason=reason,
            opinion=opinion,
            self_summary=self_summary,
            despite=despite,
        )
    for warning in changed.warnings:
        warn(warning)
    found = changed.recommendation
    still = f"；报送前还缺：{_parts(list(found.missing))}" if found.missing else ""
    done(f"已推荐{found.name}（{_district_name(found.district)}）{still}。", found, form)


@app.command("edit", cls=ChineseCommand, help="补充或更正一家的推荐；已报送的不能再改。")
def edit(
    context: typer.Context,
    agency: AgencyArgument,
    reason: Annotated[
        str | None,
        typer.Option("--reason", parser=read_given, metavar="文字", help="推荐理由（附件3）。"),
    ] = None,
    opinion: OpinionOption = None,
    self_summary: SummaryOption = None,
    despite: DespiteOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Complete or correct a recommendation."""
    from hrintegrity.duties.recommendation import listing

    with writing(context) as archive:
        changed = listing.edit(
            archive,
            agency,
            year=year,
            reason=reason,
            opinion=opinion,
            self_summary=self_summary,
            despite=despite,
        )
    for warning in changed.warnings:
        warn(warning)
    done(f"已更改{changed.recommendation.name}的推荐。", changed.recommendation, form)


@app.command("remove", cls=ChineseCommand, help="撤下一家推荐；已报送的不能撤下。")
def remove(
    context: typer.Context,
    agency: AgencyArgument,
    reason: ReasonOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Take an agency off the list."""
    from hrintegrity.duties.recommendation import listing

    with writing(context) as archive:
        removed = listing.remove(archive, agency, year=year, reason=reason)
    done(f"已撤下{removed.name}的推荐。", removed, form)


@app.command("list", cls=ChineseCommand, help="推荐名单，各家还缺什么、是否已报送。")
def listing(
    context: typer.Context,
    district: DistrictOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """List the recommended agencies."""
    from hrintegrity.duties.recommendation import entries
    from hrintegrity.duties.recommendation import listing as duty

    with reading(context) as archive:
        found = duty.listing(archive, district=district, year=year)
    columns = [
        ("name", "机构名称"),
        ("code", "代码"),
        ("district", "推荐区县"),
        ("kind", "性质"),
        ("grade", "等级"),
        ("total", "总分"),
        ("missing_sources", "缺少的来源"),
        ("priority", "优先"),
        ("eligible", "符合条件"),
        ("despite", "仍予推荐的理由"),
        ("missing", "还缺"),
        ("submitted", "报送"),
    ]
    show_rows(found, columns, form, words=WORDS, kind=entries.RecommendedView)


@app.command(
    "check-quota",
    cls=ChineseCommand,
    help="核对名额和经营性机构比例（附件2）；有问题的，退出码为 1。\n"
    "不写区县时：市局的档案库核对全部十八个单位并合计；区县的档案库只核对本区县，没有全市合计。",
)
def check_quota(
    context: typer.Context,
    district: Annotated[
        str | None,
        typer.Argument(parser=read_district, metavar="区县", help="只核对一个区县。"),
    ] = None,
    relax: Annotated[
        str | None,
        typer.Option(
            "--relax",
            parser=read_given,
            metavar="理由",
            help="登记放宽经营性机构比例的理由（附件2备注）；市局须写明区县，不放宽名额。",
        ),
    ] = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Judge the lists against annex 2."""
    from hrintegrity.duties.recommendation import check

    found: check.DistrictCheck | check.Check
    if relax is not None:
        today = call_of(context).today
        with writing(context) as archive:
            found = check.relax(archive, district, year=year, reason=relax, today=today)
    else:
        with reading(context) as archive:
            if district is None:
                found = check.check_all(archive, year)
            else:
                found = check.check(archive, district, year)
    if form == "json":
        show_json(found)
    else:
        rows = found.districts if isinstance(found, check.Check) else [found]
        _show_check(list(rows), found, form)
    if not found.ok:
        raise typer.Exit(1)


def _show_check(rows: list[Any], found: Any, form: str) -> None:
    columns = [
        ("district_name", "区县"),
        ("quota", "名额"),
        ("recommended", "已推荐"),
        ("remaining", "余额"),
        ("commercial", "经营性"),
        ("relaxed", "放宽比例"),
        ("submitted", "已报送"),
        ("ok", "符合规定"),
    ]
    show_rows(rows, columns, form)
    if form != "table":
        return
    total = getattr(found, "total", None)
    if total is not None:
        say(
            f"合计：名额 {total.quota}，已推荐 {total.recommended}，余额 {total.remaining}，"
            f"经营性 {total.commercial}"
        )
    for row in rows:
        for problem in row.problems:
            say(f"问题 [{problem.code}] {problem.message}（{problem.clause}）")
        for one in row.relaxations:
            say(f"放宽 {row.district_name}：{one.reason}（{one.date}，{one.by}）")
        for warning in row.warnings:
            say(f"提示 [{warning.code}] {warning.message}")


_recommend_submit.register(app)
_recommend_units.register(app)
