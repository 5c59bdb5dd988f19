"""`hri agency`: the register of agencies."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

from hrintegrity.cli import (
    _agency_dossier,
    _agency_merge,
    _agency_people,
    _agency_review,
    _agency_tables,
    _report_public,
)
from hrintegrity.cli._call import call_of, day, reading, writing
from hrintegrity.cli._help import ChineseCommand, ChineseGroup
from hrintegrity.cli._importing import import_command
from hrintegrity.cli._options import (
    AgencyArgument,
    DateOption,
    DistrictOption,
    FormatOption,
    ReasonOption,
    RequiredDateOption,
    RequiredReasonOption,
    read_date,
    read_place,
    read_text,
    word,
)
from hrintegrity.cli._output import done, show_record, show_rows, warn
from hrintegrity.errors import UsageError
from hrintegrity.notice.words import AGENCY_STATUS, GRADE, KIND

app = typer.Typer(
    cls=ChineseGroup, help="机构登记与诚信档案。", rich_markup_mode=None, no_args_is_help=True
)

KindOption = Annotated[
    str | None,
    typer.Option("--kind", parser=word(KIND), metavar="性质", help="经营性或公益性。"),
]
GradeOption = Annotated[
    str | None,
    typer.Option(
        "--grade", parser=word(GRADE), metavar="A…AAAAA", help="按地方标准评定的等级（三(二)）。"
    ),
]
LicenseOption = Annotated[
    str | None,
    typer.Option("--license", parser=read_text, metavar="证号", help="人力资源服务许可证号。"),
]
SinceOption = Annotated[
    dt.date | None,
    typer.Option("--since", parser=read_date, metavar="日期", help="从业起始日期。"),
]
RepresentativeOption = Annotated[
    str | None,
    typer.Option("--representative", parser=read_text, metavar="姓名", help="法定代表人。"),
]
AddressOption = Annotated[
    str | None, typer.Option("--address", parser=read_text, metavar="文字", help="地址。")
]
PhoneOption = Annotated[
    str | None, typer.Option("--phone", parser=read_text, metavar="号码", help="联系电话。")
]
LocationOption = Annotated[
    str | None,
    typer.Option(
        "--location",
        parser=read_place,
        metavar="区县",
        help="市属机构的服务场所在哪个区县；其监督电话用该区县的。",
    ),
]
LenientOption = Annotated[
    bool, typer.Option("--lenient-codes", help="校验位不对的代码也登记，并作标记。")
]

COLUMNS = [
    ("name", "机构名称"),
    ("former_names", "曾用名"),
    ("code", "代码"),
    ("code_mark", "代码标记"),
    ("district_name", "区县"),
    ("kind", "性质"),
    ("license", "许可证号"),
    ("since", "从业起始日期"),
    ("representative", "法定代表人"),
    ("address", "地址"),
    ("phone", "联系电话"),
    ("grade", "等级"),
    ("graded", "评级日期"),
    ("location", "服务场所所在区县"),
    ("status", "状态"),
    ("closed", "终止日期"),
    ("close_reason", "终止原因"),
]
LIST_COLUMNS = [
    column
    for column in COLUMNS
    if column[0] in ("name", "code", "district_name", "kind", "license", "grade", "status")
]


def _district_name(code: str) -> str:
    from hrintegrity.notice.districts import BY_CODE

    return BY_CODE[code].name


WORDS: dict[str, Any] = {
    "kind": KIND.chinese,
    "status": AGENCY_STATUS.chinese,
    "location": _district_name,
}


@app.command("add", cls=ChineseCommand, help="登记一家机构（三(一)2）。")
def add(
    context: typer.Context,
    name: Annotated[
        str, typer.Option("--name", parser=read_text, metavar="名称", help="机构全称。")
    ],
    code: Annotated[
        str,
        typer.Option(
            "--code",
            parser=read_text,
            metavar="代码",
            help="统一社会信用代码、组织机构代码或工商注册号。",
        ),
    ],
    kind: Annotated[
        str, typer.Option("--kind", parser=word(KIND), metavar="性质", help="经营性或公益性。")
    ],
    district: DistrictOption = None,
    license_number: LicenseOption = None,
    since: SinceOption = None,
    representative: RepresentativeOption = None,
    address: AddressOption = None,
    phone: PhoneOption = None,
    grade: GradeOption = None,
    location: LocationOption = None,
    lenient_codes: LenientOption = False,
    form: FormatOption = "table",
) -> None:
    """Register an agency."""
    from hrintegrity.duties import agencies

    since = None if since is None else day(context, since)
    with writing(context) as archive:
        added = agencies.add(
            archive,
            name=name,
            code=code,
            district=district,
            kind=kind,
            today=call_of(context).today,
            lenient_codes=lenient_codes,
            license=license_number,
            since=since,
            representative=representative,
            address=address,
            phone=phone,
            grade=grade,
            graded=call_of(context).today if grade else None,
            location=location,
        )
    for warning in added.warnings:
        warn(warning)
    done(
        f"已登记：{added.agency.name}（{added.agency.code}，{added.agency.district_name}）。",
        added.agency,
        form,
    )


@app.command("list", cls=ChineseCommand, help="机构名单。")
def listing(
    context: typer.Context,
    district: DistrictOption = None,
    kind: KindOption = None,
    grade: GradeOption = None,
    status: Annotated[
        str | None,
        typer.Option("--status", parser=word(AGENCY_STATUS), metavar="状态", help="正常或已终止。"),
    ] = None,
    unsigned: Annotated[
        bool,
        typer.Option(
            "--unsigned", help="只看没有签署承诺书的（三(三) 二）；没有 --status 的，只看正常的。"
        ),
    ] = False,
    form: FormatOption = "table",
) -> None:
    """List agencies."""
    from hrintegrity.duties import agencies

    with reading(context) as archive:
        found = agencies.listing(
            archive, district=district, kind=kind, grade=grade, status=status, unsigned=unsigned
        )
    show_rows(found, LIST_COLUMNS, form, words=WORDS, kind=agencies.AgencyView)


@app.command("show", cls=ChineseCommand, help="一家机构的登记内容。")
def show(context: typer.Context, agency: AgencyArgument, form: FormatOption = "table") -> None:
    """Show one agency."""
    from hrintegrity.duties import agencies

    with reading(context) as archive:
        found = agencies.show(archive, agency)
    show_record(found, COLUMNS, form, words=WORDS)


@app.command("edit", cls=ChineseCommand, help="更正或变更登记；空文字清除一项，改名保留曾用名。")
def edit(
    context: typer.Context,
    agency: AgencyArgument,
    name: Annotated[
        str | None, typer.Option("--name", parser=read_text, metavar="名称", help="新名称。")
    ] = None,
    code: Annotated[
        str | None, typer.Option("--code", parser=read_text, metavar="代码", help="更正代码。")
    ] = None,
    district: DistrictOption = None,
    kind: KindOption = None,
    license_number: LicenseOption = None,
    since: SinceOption = None,
    representative: RepresentativeOption = None,
    address: AddressOption = None,
    phone: PhoneOption = None,
    grade: GradeOption = None,
    location: LocationOption = None,
    status: Annotated[
        str | None,
        typer.Option(
            "--status", parser=word(AGENCY_STATUS), metavar="状态", help="误登终止的，改回正常。"
        ),
    ] = None,
    lenient_codes: LenientOption = False,
    reason: ReasonOption = None,
    date: DateOption = None,
    form: FormatOption = "table",
) -> None:
    """Correct or change an agency's entry."""
    from hrintegrity.duties import agencies

    changes = {
        "name": name,
        "code": code,
        "district": district,
        "kind": kind,
        "license": license_number,
        "since": since,
        "representative": representative,
        "address": address,
        "phone": phone,
        "grade": grade,
        "location": location,
        "status": status,
    }
    if all(value is None for value in changes.values()):
        raise UsageError(
            "nothing-given", "没有写要改什么。", "请给出要改的项；用法见 hri agency edit --help。"
        )
    if status == "closed":
        raise typer.BadParameter("登记终止请用 hri agency close", param_hint="--status")
    effective = day(context, date)
    if since is not None:
        day(context, since)
    with writing(context) as archive:
        edited = agencies.edit(
            archive,
            agency,
            today=effective,
            reason=reason,
            lenient_codes=lenient_codes,
            **changes,
        )
    for warning in edited.warnings:
        warn(warning)
    what = "已更改" if edited.changed else "没有变化"
    done(f"{what}：{edited.agency.name}（{edited.agency.code}）。", edited.agency, form)


@app.command("close", cls=ChineseCommand, help="登记机构终止。")
def close(
    context: typer.Context,
    agency: AgencyArgument,
    date: RequiredDateOption,
    reason: RequiredReasonOption,
    form: FormatOption = "table",
) -> None:
    """Record that an agency has ceased."""
    from hrintegrity.duties import agencies

    with writing(context) as archive:
        closed = agencies.close(archive, agency, date=day(context, date), reason=reason)
    if closed.since is not None and date < closed.since:
        warn(f"终止日期 {date} 在从业起始日期 {closed.since} 之前，请核对。")
    done(f"已登记终止：{closed.name}（{closed.closed}）。", closed, form)


@import_command(app, "从表格导入机构（csv、xlsx、xls、ods、et）。")
def agency_target(
    context: typer.Context, archive: Any, lenient_codes: LenientOption = False
) -> Any:
    """Return where rows of agencies go."""
    from hrintegrity.duties import agencies_table

    return agencies_table.Target(archive, today=call_of(context).today, lenient_codes=lenient_codes)


_agency_people.register(app)
_agency_review.register(app)
_agency_dossier.register(app)
_agency_merge.register(app)
_agency_tables.register(app)
_report_public.register_lookup(app)
