"""`hri agency add`: register an agency."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.agency._shared import (
    AddressOption,
    GradeOption,
    LenientOption,
    LicenseOption,
    LocationOption,
    PhoneOption,
    RepresentativeOption,
    SinceOption,
)
from hrintegrity.cli.base import (
    DistrictOption,
    Done,
    call_of,
    command,
    day,
    read_text,
    word,
    writing,
)
from hrintegrity.notice.words import KIND


@command
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
) -> Done:
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
            location=location,
        )
    return Done(
        added.agency,
        f"已登记：{added.agency.name}（{added.agency.code}，{added.agency.district_name}）。",
        added.warnings,
    )
