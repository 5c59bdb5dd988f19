"""`hri recommend submit`: submit a list to the city."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli.base import (
    Done,
    ForceOption,
    RequiredDateOption,
    YearOption,
    asking_command,
    call_of,
    day,
    output_to,
    read_district,
    read_given,
    writing,
)
from hrintegrity.errors import HriError, UnusableError


@asking_command
def run(
    context: typer.Context,
    date: RequiredDateOption,
    output: Annotated[Path, output_to(".zip")],
    district: Annotated[
        str | None,
        typer.Argument(
            parser=read_district,
            metavar="区县",
            help="报送哪个区县的名单，或 municipal；区县的档案库默认为本区县。",
        ),
    ] = None,
    number: Annotated[
        int | None,
        typer.Option("--number", metavar="次数", help="只再写一份第几次报送的材料包。"),
    ] = None,
    passed_over: Annotated[
        str | None,
        typer.Option(
            "--passed-over",
            parser=read_given,
            metavar="理由",
            help="应优先推荐的机构没有推荐的理由，印在报送说明上。",
        ),
    ] = None,
    year: YearOption = None,
    force: ForceOption = False,
) -> Done:
    """Submit a list to the city."""
    from hrintegrity.files import check_suffix

    check_suffix(output, ".zip")
    on = day(context, date)
    found, digest = _written(
        context,
        district,
        on=on,
        output=output,
        number=number,
        year=year,
        force=force,
        passed_over=passed_over,
    )
    warnings = list(found.warnings)
    if found.late:
        last = f"{found.deadline.month}月{found.deadline.day}日"
        warnings.append(f"{found.date} 晚于报送期限 {last}（{last}当日算按期，是本程序的理解）。")
    record = asdict(found) | {"file": str(output), "sha256": digest}
    if found.again:
        if found.date != on:
            warnings.append(f"这是 {found.date} 的报送，日期照当时的。")
        return Done(record, f"已再写一份{_named(found)}的材料包：{output}", warnings)
    return Done(record, f"已报送{_named(found)}，{len(found.agencies)} 家：{output}", warnings)


def _named(found: Any) -> str:
    supplement = f"（补充报送，只含此前没有报送的 {len(found.agencies)} 家）"
    return (
        f"{found.district_name}{found.year}年第{found.number}次"
        f"{supplement if found.supplement else ''}"
    )


def _written(
    context: typer.Context,
    district: str | None,
    *,
    on: dt.date,
    output: Path,
    number: int | None,
    year: int | None,
    force: bool,
    passed_over: str | None,
) -> tuple[Any, str]:
    """Return what was written, and the hash of the file.

    The file gets its name after the records are safe. Where it can't, the submission is valid all
    the same, and the error says how to get the file.
    """
    import hashlib

    from hrintegrity.duties.recommendation import submission, submitted
    from hrintegrity.files import whole_file

    found: submitted.Submitted | None = None
    try:
        with whole_file(output, force=force, keep=not call_of(context).rehearsing) as temporary:
            with writing(context) as archive:
                if number or (force and submitted.nothing_new(archive, district, year)):
                    made = submitted.write_again(
                        archive,
                        district,
                        year=year,
                        number=number,
                        target=output,
                        temporary=temporary,
                    )
                else:
                    made = submission.submit(
                        archive,
                        district,
                        year=year,
                        date=on,
                        target=output,
                        temporary=temporary,
                        passed_over=passed_over,
                        templates=call_of(context).templates,
                    )
            found = made
            digest = hashlib.sha256(temporary.read_bytes()).hexdigest()
    except HriError as error:
        if found is None or found.again:
            raise
        raise UnusableError(
            "package-unwritten",
            f"{_named(found)}已登记报送，但材料包没有写成：{error.message}",
            f"请再写一份：hri recommend submit {found.district} --date {found.date}"
            f" --number {found.number} -o 文件.zip",
        ) from error
    return found, digest
