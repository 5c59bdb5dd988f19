"""`hri sanction notify`: give notice of a sanction that is intended."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    ForceOption,
    RequiredDateOption,
    call_of,
    command,
    day,
    read_given,
    reading,
    writing,
)
from hrintegrity.cli.sanction._kinds import (
    DeadlineOption,
    KindOption,
    ReviewYearOption,
    StaffOption,
)
from hrintegrity.notice.words import MEASURE


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    kind: KindOption,
    facts: Annotated[
        str, typer.Option("--facts", parser=read_given, metavar="文字", help="查实的事实。")
    ],
    evidence: Annotated[
        str, typer.Option("--evidence", parser=read_given, metavar="文字", help="证明事实的证据。")
    ],
    violated: Annotated[
        str,
        typer.Option("--violated", parser=read_given, metavar="文字", help="违反了哪些规定。"),
    ],
    basis: Annotated[
        str,
        typer.Option(
            "--basis", parser=read_given, metavar="文字", help="拟依据的法律、法规及条款。"
        ),
    ],
    date: RequiredDateOption,
    deadline: DeadlineOption = None,
    review_year: ReviewYearOption = None,
    staff: StaffOption = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="路径", help="写出告知书；后缀决定格式。"),
    ] = None,
    force: ForceOption = False,
) -> Done:
    """Give notice of a sanction that is intended."""
    from hrintegrity.duties import papers
    from hrintegrity.duties.sanctions import beforehand, issuing

    call = call_of(context)
    intent = beforehand.Intent(
        kind=kind,
        facts=facts,
        evidence=evidence,
        violated=violated,
        basis=basis,
        date=day(context, date),
        deadline=deadline,
        review_year=review_year,
        staff=staff,
    )
    if output is not None:
        papers.check_format(output)
    with writing(context) as archive:
        given = beforehand.notify(
            archive, agency, intent, today=call.today, templates=call.templates
        )
        if output is not None:
            papers.check_targets([output], output, as_file=True, force=force)
            issuing.check_printable(archive, given.paper, output)
    if output is not None:
        with reading(context) as archive:
            issuing.write(archive, given.paper, output, force=force)
    record = asdict(given.sanction) | {
        "until": given.until,
        "file": None if output is None else str(output),
    }
    return Done(
        record,
        f"已告知{given.sanction.agency}拟{MEASURE.chinese(kind)}：{given.paper.number}，"
        f"陈述申辩到 {given.until} 为止（送达的，自送达起算）：{given.sanction.id}",
        given.warnings,
    )
