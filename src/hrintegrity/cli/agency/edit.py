"""`hri agency edit`: correct or change an agency's entry."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hrintegrity.cli.agency._shared import KindOption, LenientOption, check_days
from hrintegrity.cli.base import (
    AgencyArgument,
    DateOption,
    DistrictOption,
    Done,
    ReasonOption,
    asking_command,
    call_of,
    day,
    field_options,
    read_text,
    word,
    writing,
)
from hrintegrity.cli.base.changes import changes as changes_of
from hrintegrity.errors import UsageError
from hrintegrity.notice.records.agencies import AGENCY
from hrintegrity.notice.words import AGENCY_STATUS

LONGEST = 40
"""How much of a value that changes is said at most."""


@asking_command
@field_options(AGENCY)
def run(
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
    details: Any = None,
    status: Annotated[
        str | None,
        typer.Option(
            "--status", parser=word(AGENCY_STATUS), metavar="状态", help="误登终止的，改回正常。"
        ),
    ] = None,
    lenient_codes: LenientOption = False,
    reason: ReasonOption = None,
    date: DateOption = None,
) -> Done:
    """Correct or change an agency's entry."""
    from hrintegrity.duties import agencies

    changes: dict[str, Any] = {
        "name": name,
        "code": code,
        "district": district,
        "kind": kind,
        **details,
        "status": status,
    }
    if all(value is None for value in changes.values()):
        raise UsageError(
            "nothing-given", "没有写要改什么。", "请给出要改的项；用法见 hri agency edit --help。"
        )
    if status == "closed":
        raise typer.BadParameter("登记终止请用 hri agency close", param_hint="--status")
    effective = day(context, date)
    check_days(context, details)
    with writing(context) as archive:
        edited = agencies.edit(
            archive,
            agency,
            today=call_of(context).today,
            date=effective,
            reason=reason,
            lenient_codes=lenient_codes,
            **changes,
        )
    what = "已更改" if edited.changed else "没有变化"
    said = changes_of("agency", edited.changes, longest=LONGEST)
    whose = f"{edited.agency.name}（{edited.agency.code}）"
    return Done(
        edited.agency,
        f"{what}：{whose}{f'，{said}' if said else ''}。",
        edited.warnings,
        reversible=not edited.handed_over,
    )
