"""What several commands of `hri agency` share."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

from hrintegrity.cli.base import district_name, read_date, read_place, read_text, word
from hrintegrity.notice.words import AGENCY_STATUS, GRADE, KIND

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


WORDS: dict[str, Any] = {
    "kind": KIND.chinese,
    "status": AGENCY_STATUS.chinese,
    "location": district_name,
}
