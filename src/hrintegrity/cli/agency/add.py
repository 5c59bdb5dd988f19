"""`hri agency add`: register an agency."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hrintegrity.cli.agency._shared import LenientOption, check_days
from hrintegrity.cli.base import (
    DistrictOption,
    Done,
    call_of,
    choice,
    command,
    field_options,
    read_text,
    writing,
)
from hrintegrity.notice.records.agencies import AGENCY
from hrintegrity.notice.words import KIND


@command
@field_options(AGENCY)
def run(
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
    kind: Annotated[str, choice("--kind", KIND)],
    district: DistrictOption = None,
    details: Any = None,
    lenient_codes: LenientOption = False,
) -> Done:
    """Register an agency."""
    from hrintegrity.duties import agencies

    check_days(context, details)
    with writing(context) as archive:
        added = agencies.add(
            archive,
            name=name,
            code=code,
            district=district,
            kind=kind,
            today=call_of(context).today,
            lenient_codes=lenient_codes,
            **details,
        )
    return Done(
        added.agency,
        f"已登记：{added.agency.name}（{added.agency.code}，{added.agency.district_name}）。",
        added.warnings,
    )
