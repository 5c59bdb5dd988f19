"""`hri assess result`, `explain` and `rank`: what the assessments came to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer

from hrintegrity.cli._call import call_of, reading
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import AgencyArgument, DistrictOption, FormatOption, YearOption
from hrintegrity.cli._output import say, show_json, show_rows, warn
from hrintegrity.notice.words import ASSESSMENT_STATUS, SOURCE
from hrintegrity.text import width

DISAGREEMENTS_SHOWN = 5


def register(app: typer.Typer) -> None:
    """Add the commands to `hri assess`."""
    app.command("result", cls=ChineseCommand, help="一家机构的评估结果。")(result)
    app.command("explain", cls=ChineseCommand, help="总分是怎样算出来的，各来源在哪里分歧最大。")(
        explain
    )
    app.command("rank", cls=ChineseCommand, help="按总分排名；未评定的为暂计。")(rank)


def _district_name(code: str) -> str:
    from hrintegrity.notice.districts import BY_CODE

    return BY_CODE[code].name


def _counts(sheets: dict[str, int]) -> str:
    return " ".join(f"{SOURCE.chinese(source)[0]}{count}" for source, count in sheets.items())


def _two(score: float) -> str:
    return f"{score:.2f}"


def _sources(found: list[str]) -> str:
    return "、".join(SOURCE.chinese(source) for source in found)


def without_one_district(
    columns: list[tuple[str, str]], rows: Sequence[Any]
) -> list[tuple[str, str]]:
    """Leave out of a table the district that is the same in every row."""
    if len({row.district for row in rows}) > 1:
        return columns
    return [column for column in columns if column[0] != "district"]


WORDS: dict[str, Any] = {
    "district": _district_name,
    "sheets": _counts,
    "status": ASSESSMENT_STATUS.chinese,
    "total": _two,
    "missing_sources": _sources,
}
"""How the lists show what JSON has in English."""


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
                name = f"{indicator['id']:>2}.{indicator['name']}"
                say(f"  {_pad(name, 12)} {_of(indicator):>11}　{_each(indicator)}".rstrip("　"))


def _say_head(found: dict[str, Any]) -> None:
    """Say whose result it is, what it came to, and what was done about it."""
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
    if found["notice"]:
        served = f"，{found['served']} 送达" if found["served"] else "，还没有送达"
        say(f"告知书 {found['notice']}{served}")
    for objection in found["objections"]:
        say(f"异议（{objection['date']}）：{objection['text']}")
    for problem in found["problems"]:
        say(f"不能评定：{problem}")


def _pad(text: str, columns: int) -> str:
    return text + " " * max(columns - width(text), 0)


def _of(part: dict[str, Any]) -> str:
    score = "--" if part["score"] is None else f"{part['score']:.2f}"
    return f"{score} / {part['max']:g}"


def _each(indicator: dict[str, Any]) -> str:
    return "　".join(
        f"{SOURCE.chinese(source)} {score:.2f}"
        for source, score in indicator["by_source"].items()
        if score is not None
    )


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
        found = results.explanation(archive, agency, year, today=call_of(context).today)
    if form == "json":
        show_json(found.as_mapping())
        return
    if form == "csv":
        show_rows(found.as_mapping()["steps"], [("kind", "kind")], form)
        return
    _say_head(found.result)
    for step in found.steps:
        value = "" if step.value is None or step.kind == "rounding" else exact_text(step.value)
        equal = value.replace("≈", "≈ ") if value.startswith("≈") else f"= {value}"
        say(f"{step.label}：{step.reckoning} {equal if value else ''}".rstrip())
    if found.disagreements:
        say("分歧最大的指标：")
    for part in found.disagreements[:DISAGREEMENTS_SHOWN]:
        say(f"  {part['id']}.{part['name']}　相差 {part['spread']:.2f}　{_each(part)}")
    if found.contradictions:
        say("与记录不符的评分（供核对）：")
    for one in found.contradictions:
        given = f"{SOURCE.chinese(one['source'])} {one['score']:g} / {one['max']:g} 分"
        say(f"  {one['id']}.{one['name']}　{given}　{one['fact']}")


def rank(
    context: typer.Context,
    district: DistrictOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Show the ranking."""
    from hrintegrity.duties.assessment import roster

    with reading(context) as archive:
        found = roster.ranking(archive, district=district, year=year)
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
    columns = without_one_district(columns, found.rows)
    show_rows(found.rows, columns, form, words=WORDS, kind=roster.Ranked)
