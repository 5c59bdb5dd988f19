"""`hri assess run`: score one agency."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli.assess._shared import SOURCE_OPTION
from hrintegrity.cli.base import (
    AgencyArgument,
    DateOption,
    Done,
    YearOption,
    call_of,
    command,
    day,
    read_given,
    reading,
    source_word,
    sources,
    writing,
)
from hrintegrity.cli.program.messages import say, warn
from hrintegrity.errors import InputError, UsageError
from hrintegrity.files import LONGEST_TEXT, read_input

DEFAULT_SOURCE = "expert"

_TABLES = frozenset({".xlsx", ".xls", ".ods", ".et", ".csv", ".tsv"})

SourceOption = Annotated[
    str | None,
    typer.Option(
        "--source",
        help="自我评价、专家评价（默认）、群众评价，或评估标准里另有的方式。",
        **SOURCE_OPTION,
    ),
]


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    source: SourceOption = None,
    rater: Annotated[
        str | None,
        typer.Option("--rater", parser=read_given, metavar="姓名", help="评价人；默认为经办人。"),
    ] = None,
    scores: Annotated[
        str | None,
        typer.Option(
            "--scores", metavar="文件|-", help="JSON 文件、填好的评分表，或 -（标准输入）。"
        ),
    ] = None,
    full_screen: Annotated[
        bool,
        typer.Option(
            "--full-screen", help="全部指标在一个屏幕上评分（要装 hrintegrity[screen]）。"
        ),
    ] = False,
    date: DateOption = None,
    year: YearOption = None,
) -> Done:
    """Score one agency."""
    from hrintegrity.duties.assessment import results
    from hrintegrity.rules.exact import exact_text

    on = day(context, date)
    if scores is None:
        saved = _run_dialog(
            context=context,
            agency=agency,
            source=source or DEFAULT_SOURCE,
            rater=rater,
            on=on,
            year=year,
            full_screen=full_screen,
        )
    else:
        saved = _save_scores(
            context=context,
            agency=agency,
            source=source,
            rater=rater,
            on=on,
            year=year,
            scores=scores,
        )
    view = saved.view
    with reading(context) as archive:
        result = results.result(archive, view.code, view.year, today=on)
        warnings = [] if scores is None else [*_new_rater(saved), *_doubts(archive, saved, on)]
    replaced = "，代替这位评价人原来的评分表" if view.replaced else ""
    return Done(
        view,
        f"已保存{view.name}的评分表：{source_word(view.source)}，评价人 {view.rater}，"
        f"{exact_text(saved.total)} 分{replaced}；{_so_far(result)}。",
        warnings,
    )


def _new_rater(saved: Any) -> list[str]:
    """Return a warning where others rated already; the dialogue says so before it saves."""
    if not saved.others:
        return []
    others, view = "、".join(saved.others), saved.view
    return [
        f"{view.rater}第一次评这家机构，{source_word(view.source)}已有{others}的评分表；"
        "两份一并平均。写错姓名的，用 hri assess discard 去掉。"
    ]


def _doubts(archive: Any, saved: Any, on: dt.date) -> list[str]:
    """Return warnings of scores that the records contradict; the dialogue gives its own."""
    from hrintegrity.duties import agencies
    from hrintegrity.duties.assessment import doubts

    agency = agencies.find(archive, saved.view.code)
    found = doubts.about_scores(archive, agency, saved.scores, year=saved.view.year, day=on)
    return [f"评分与记录不符，已照记：{doubt}。" for doubt in found]


def _so_far(result: dict[str, Any]) -> str:
    """Say what the agency's sheets come to with this one."""
    missing = sources(result["missing_sources"])
    if result["total"] is None:
        total = "还得不出总分"
    else:
        total = f"总分暂计 {result['total']:.2f}，{result['band']}"
    return f"{total}（还没有{missing}）" if missing else total


def _save_scores(
    context: typer.Context,
    agency: str,
    source: str | None,
    rater: str | None,
    on: dt.date,
    year: int | None,
    scores: str,
) -> Any:
    """Keep a whole sheet: a table or a form by its suffix, JSON whatever else it is called."""
    from hrintegrity.duties.assessment import intake

    who = call_of(context).who
    if scores != "-" and Path(scores).suffix.lower() in _TABLES:
        with writing(context) as archive:
            return intake.save_filled_sheet(
                archive,
                agency,
                Path(scores),
                year=year,
                source=source,
                rater=rater,
                who=who,
                date=on,
            )
    content = _read_text(scores)
    with writing(context) as archive:
        return intake.save_json(
            archive,
            agency,
            content,
            year=year,
            source=source,
            rater=who if rater is None else rater,
            date=on,
        )


def _read_text(name: str) -> str:
    content = sys.stdin.buffer.read(LONGEST_TEXT) if name == "-" else read_input(Path(name))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            "scores-refused", "评分不是 UTF-8 的 JSON，也不是评分表。", "请存为 UTF-8 编码。"
        ) from None


def _run_dialog(
    context: typer.Context,
    agency: str,
    source: str,
    rater: str | None,
    on: dt.date,
    year: int | None,
    *,
    full_screen: bool,
) -> Any:
    """Score at the terminal; each answer is kept in a transaction of its own."""
    from hrintegrity.cli.assess._dialog import Paused
    from hrintegrity.cli.assess._screens import paragraph

    # Where the output is piped, questions would be written into what is kept of it.
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "no-terminal",
            "不在终端上，不能逐项询问。",
            "请用 --scores 文件，或 --scores - 给出评分。",
        )
    from hrintegrity.duties.assessment import scoring

    call = call_of(context)
    who = call.who if rater is None else rater
    with reading(context) as archive:
        task = scoring.begin(archive, agency, year=year, source=source, rater=who, today=call.today)

    def keep(given: dict[int, int], position: int) -> None:
        with writing(context) as archive:
            scoring.keep_draft(archive, task, given, position)

    def forget() -> None:
        with writing(context) as archive:
            scoring.drop_draft(archive, task)

    dialog, run_to_end = _conversation(full_screen, task, keep, forget)
    try:
        given = run_to_end()
    except (Paused, KeyboardInterrupt) as stop:
        dialog.keep()
        say("")
        paragraph(_paused(dialog))
        raise typer.Exit(0 if isinstance(stop, Paused) else 130) from None
    with writing(context) as archive:
        return scoring.save(archive, task, given, date=on)


def _conversation(full_screen: bool, *given: Any) -> tuple[Any, Callable[[], Any]]:
    """Return the dialogue and what runs it; on one screen where that was asked for and can be."""
    from hrintegrity.cli.assess._dialog import Dialog

    if full_screen:
        try:
            from hrintegrity.cli.assess._form import Form
        except ImportError:
            warn("没有安装全屏组件，改为逐项询问；可运行 pip install 'hrintegrity[screen]'。")
        else:
            form = Form(*given)
            return form, form.run_to_end
    dialog = Dialog(*given)
    return dialog, dialog.run


def _paused(dialog: Any) -> str:
    if not dialog.kept:
        return "没有改动，没有保存。"
    place = "复核" if dialog.position == dialog.end else f"第 {dialog.position} 项"
    return f"已暂存 {len(dialog.scores)} 项。再次运行同样的命令，从{place}继续。"
