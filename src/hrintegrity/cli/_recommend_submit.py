"""`hri recommend form` and `submit`: annex 3, and the package for the city."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli._call import call_of, day, reading, writing
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import (
    AgencyArgument,
    ForceOption,
    FormatOption,
    OutputOption,
    RequiredDateOption,
    YearOption,
    read_district,
)
from hrintegrity.cli._output import done, warn
from hrintegrity.errors import HriError, UnusableError


def register(app: typer.Typer) -> None:
    """Add the two commands to `hri recommend`."""
    app.command("form", cls=ChineseCommand, help="推荐表（附件3）；已报送的照报送时的文字印。")(
        print_form
    )
    app.command(
        "submit",
        cls=ChineseCommand,
        help="报送：核对、固定名单，写成一个材料包。\n"
        "此后新增的机构另成补充报送；没有新增时，加 --force 再写一份同样的材料包。",
    )(submit)


def print_form(
    context: typer.Context,
    agency: AgencyArgument,
    output: OutputOption,
    year: YearOption = None,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Print annex 3."""
    from hrintegrity.documents import write_paper
    from hrintegrity.duties import papers
    from hrintegrity.duties.recommendation import submitted

    papers.check_format(output)
    with reading(context) as archive:
        paper, row = submitted.form(
            archive, agency, year=year, templates=call_of(context).templates
        )
    write_paper(paper, output, force=force)
    record = {"file": str(output), "sha256": paper.sha256, "year": row.year, "id": row.id}
    done(f"已写出推荐表：{output}", record, form)


def submit(
    context: typer.Context,
    date: RequiredDateOption,
    output: OutputOption,
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
    year: YearOption = None,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Submit a list to the city."""
    from hrintegrity.files import check_suffix

    check_suffix(output, ".zip")
    on = day(context, date)
    found, digest = _written(context, district, on, output, number, year, force)
    for warning in found.warnings:
        warn(warning)
    if found.late:
        last = f"{found.deadline.month}月{found.deadline.day}日"
        warn(f"{found.date} 晚于报送期限 {last}（{last}当日算按期，是本程序的理解）。")
    record = asdict(found) | {"file": str(output), "sha256": digest}
    if found.again:
        if found.date != on:
            warn(f"这是 {found.date} 的报送，日期照当时的。")
        done(f"已再写一份{_named(found)}的材料包：{output}", record, form)
    else:
        count = len(found.agencies)
        done(f"已报送{_named(found)}，{count} 家：{output}", record, form)


def _named(found: Any) -> str:
    supplement = f"（补充报送，只含此前没有报送的 {len(found.agencies)} 家）"
    return (
        f"{found.district_name}{found.year}年第{found.number}次"
        f"{supplement if found.number > 1 else ''}"
    )


def _written(
    context: typer.Context,
    district: str | None,
    on: dt.date,
    output: Path,
    number: int | None,
    year: int | None,
    force: bool,
) -> tuple[Any, str]:
    """Return what was written, and the hash of the file.

    The file gets its name after the records are safe. Where it can't, the submission stands all
    the same, and the error says how to get the file.
    """
    import hashlib

    from hrintegrity.duties.recommendation import submission, submitted
    from hrintegrity.files import whole_file

    found: submitted.Submitted | None = None
    try:
        with whole_file(output, force=force) as temporary:
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
