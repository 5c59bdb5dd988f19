"""`hri sanction`: sanctions on agencies and practitioners (三(八)2)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

from hrintegrity.cli import _sanction_out
from hrintegrity.cli._call import call_of, day, reading, writing
from hrintegrity.cli._help import ChineseCommand, ChineseGroup
from hrintegrity.cli._options import (
    AgencyArgument,
    DistrictOption,
    FormatOption,
    RequiredDateOption,
    read_date,
    word,
)
from hrintegrity.cli._output import done, show_record, show_rows, warn
from hrintegrity.cli._sanction_out import IdArgument
from hrintegrity.notice.words import MEASURE, SANCTION_STATE
from hrintegrity.rules.titles import PLAQUE_TERM

app = typer.Typer(
    cls=ChineseGroup,
    help="失信惩戒（三(八)2）：作出、整改结果、撤销、决定书、报送。",
    rich_markup_mode=None,
    no_args_is_help=True,
)


def _text(text: str) -> str:
    """Read a text that papers and workbooks can hold."""
    from hrintegrity.sheets.columns import clean

    try:
        return clean(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


ReasonOption = Annotated[str, typer.Option("--reason", parser=_text, metavar="文字", help="理由。")]

COLUMNS = [
    ("id", "编号"),
    ("agency", "机构名称"),
    ("code", "代码"),
    ("staff_name", "从业人员"),
    ("kind", "措施"),
    ("grounds", "事由"),
    ("basis", "依据"),
    ("date", "日期"),
    ("review_year", "年审年度"),
    ("serious", "问题严重"),
    ("attributed", "归责于机构"),
    ("deadline", "整改期限"),
    ("state", "现状"),
    ("overdue", "逾期"),
    ("mended", "整改日期"),
    ("failed", "整改不到位"),
    ("fail_note", "说明"),
    ("withdrawn", "撤销日期"),
    ("withdraw_reason", "撤销理由"),
    ("number", "文号"),
]
LIST_COLUMNS = [
    column
    for column in COLUMNS
    if column[0]
    in ("id", "agency", "staff_name", "kind", "grounds", "date", "deadline", "state", "overdue",
        "number")
]  # fmt: skip

WORDS: dict[str, Any] = {"kind": MEASURE.chinese, "state": SANCTION_STATE.chinese}


@app.command("impose", cls=ChineseCommand, help="作出惩戒；示范单位的称号同时撤销。")
def impose(
    context: typer.Context,
    agency: AgencyArgument,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            parser=word(MEASURE),
            metavar="措施",
            help="约谈、曝光、通报、载入诚信档案、责令整改（视情采取，没有先后）；"
            "暂缓通过年审、注销许可证（年审中依法作出）。",
        ),
    ],
    grounds: Annotated[
        str, typer.Option("--grounds", parser=_text, metavar="文字", help="事由：查实的行为。")
    ],
    date: RequiredDateOption,
    basis: Annotated[
        str | None,
        typer.Option(
            "--basis", parser=_text, metavar="文字", help="所据的法律、法规及条款；年审中的须有。"
        ),
    ] = None,
    deadline: Annotated[
        dt.date | None,
        typer.Option(
            "--deadline", parser=read_date, metavar="日期", help="整改期限；责令整改须有。"
        ),
    ] = None,
    review_year: Annotated[
        int | None,
        typer.Option("--review-year", metavar="年份", help="哪一年的年审；年审中的两种须有。"),
    ] = None,
    serious: Annotated[
        bool,
        typer.Option("--serious", help="问题严重、违反法律法规，不经整改也可在年审中作出。"),
    ] = False,
    staff: Annotated[
        str | None,
        typer.Option(
            "--staff",
            metavar="编号",
            help="惩戒的是这名从业人员（前四种措施）；编号见 staff list。",
        ),
    ] = None,
    attributed: Annotated[
        bool,
        typer.Option("--attributed", help="从业人员的行为归责于机构，示范单位的称号也撤销。"),
    ] = False,
    form: FormatOption = "table",
) -> None:
    """Impose a sanction."""
    from hrintegrity.duties.sanctions import imposing

    date = day(context, date)
    with writing(context) as archive:
        imposed = imposing.impose(
            archive,
            agency,
            kind=kind,
            grounds=grounds,
            date=date,
            today=call_of(context).today,
            basis=basis,
            deadline=deadline,
            review_year=review_year,
            serious=serious,
            staff=staff,
            attributed=attributed,
        )
    found = imposed.sanction
    for title in imposed.titles:
        warn(
            f"已撤销示范单位称号；标牌 {title.plaque} 应于 {title.recover_by} 前收回{PLAQUE_TERM}。"
        )
    for warning in imposed.warnings:
        warn(warning)
    whom = f"{found.agency}的{found.staff_name}" if found.staff_name else found.agency
    term = f"，期限 {found.deadline}" if found.deadline else ""
    done(
        f"已对{whom}作出{MEASURE.chinese(found.kind)}（{found.date}{term}）：{found.id}",
        found,
        form,
    )


@app.command("mend", cls=ChineseCommand, help="登记责令整改已经完成。")
def mend(
    context: typer.Context,
    sanction: IdArgument,
    date: RequiredDateOption,
    form: FormatOption = "table",
) -> None:
    """Record that an order was complied with."""
    from hrintegrity.duties.sanctions import orders

    date = day(context, date)
    with writing(context) as archive:
        found, warnings = orders.mend(archive, sanction, date=date, today=call_of(context).today)
    for warning in warnings:
        warn(warning)
    done(f"已登记{found.agency}于 {found.mended} 整改完毕。", found, form)


@app.command("fail", cls=ChineseCommand, help="登记未按要求整改，或整改措施落实不到位。")
def fail(
    context: typer.Context,
    sanction: IdArgument,
    date: RequiredDateOption,
    note: Annotated[
        str | None, typer.Option("--note", parser=_text, metavar="文字", help="核查情况。")
    ] = None,
    form: FormatOption = "table",
) -> None:
    """Record that an order was not complied with."""
    from hrintegrity.duties.sanctions import orders

    date = day(context, date)
    with writing(context) as archive:
        found, warnings = orders.fail(
            archive, sanction, date=date, note=note, today=call_of(context).today
        )
    for warning in warnings:
        warn(warning)
    done(f"已登记{found.agency}整改不到位（{found.failed}）。", found, form)


@app.command("plaque", cls=ChineseCommand, help="登记被撤销的示范单位标牌已经收回。")
def plaque(
    context: typer.Context,
    agency: AgencyArgument,
    recovered: Annotated[
        dt.date, typer.Option("--recovered", parser=read_date, metavar="日期", help="哪一天收回。")
    ],
    form: FormatOption = "table",
) -> None:
    """Record that a plaque came back."""
    from hrintegrity.duties import units

    recovered = day(context, recovered)
    with writing(context) as archive:
        found, warnings = units.recover_plaque(archive, agency, recovered=recovered)
    for warning in warnings:
        warn(warning)
    done(f"已登记{found.name}的标牌 {found.plaque} 于 {found.recovered} 收回。", found, form)


@app.command(
    "withdraw", cls=ChineseCommand, help="撤销惩戒：复核后撤销，或登记有误；恢复因它失去的。"
)
def withdraw(
    context: typer.Context,
    sanction: IdArgument,
    date: RequiredDateOption,
    reason: ReasonOption,
    form: FormatOption = "table",
) -> None:
    """Annul a sanction."""
    from hrintegrity.duties.sanctions import imposing

    date = day(context, date)
    with writing(context) as archive:
        found = imposing.withdraw(
            archive, sanction, date=date, reason=reason, today=call_of(context).today
        )
    for title in found.titles:
        warn(f"示范单位称号已恢复，标牌 {title.plaque} 应退还机构。")
    for warning in found.warnings:
        warn(warning)
    done(
        f"已撤销对{found.sanction.agency}的{MEASURE.chinese(found.sanction.kind)}"
        f"（{found.sanction.withdrawn}）。",
        found.sanction,
        form,
    )


@app.command("list", cls=ChineseCommand, help="惩戒清单。")
def listing(
    context: typer.Context,
    only_open: Annotated[bool, typer.Option("--open", help="只列还没有了结的责令整改。")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="只列其中已过期限的。")] = False,
    district: DistrictOption = None,
    form: FormatOption = "table",
) -> None:
    """List sanctions."""
    from hrintegrity.duties.sanctions import records

    with reading(context) as archive:
        found = records.listing(
            archive,
            today=call_of(context).today,
            open_only=only_open,
            overdue_only=overdue,
            district=district,
        )
    show_rows(found, LIST_COLUMNS, form, words=WORDS)


@app.command("show", cls=ChineseCommand, help="一条惩戒的全部内容。")
def show(context: typer.Context, sanction: IdArgument, form: FormatOption = "table") -> None:
    """Show one sanction."""
    from hrintegrity.duties.sanctions import records

    with reading(context) as archive:
        found = records.show(archive, sanction, today=call_of(context).today)
    show_record(found, COLUMNS, form, words=WORDS)


_sanction_out.register(app)
