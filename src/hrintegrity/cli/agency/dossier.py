"""`hri agency dossier`: show or print the dossier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli.base import (
    AgencyOrAllArgument,
    DistrictOption,
    Done,
    ForceOption,
    Rows,
    call_of,
    command,
    progress,
    read_date,
    reading,
    ready_to_sign,
    to_option,
)
from hrintegrity.cli.base.which import named_or_all
from hrintegrity.days import parse_date
from hrintegrity.errors import UsageError
from hrintegrity.text import fold, width


def read_moment(text: str) -> dt.datetime:
    """Read a date and a time of day; a date alone is its last moment."""
    day, _, clock = fold(text).strip().replace("T", " ").partition(" ")
    try:
        date = parse_date(day)
        time = dt.time.fromisoformat(clock.strip()) if clock.strip() else dt.time.max
    except ValueError:
        raise typer.BadParameter(
            f"“{text}”不是日期和时间（应如 2013-10-08 15:30，或只写日期）"
        ) from None
    return dt.datetime.combine(date, time)


_ENTRY = ("part", "entry", "id", "date", "content")


@command
def run(
    context: typer.Context,
    agency: AgencyOrAllArgument = None,
    every: Annotated[
        bool, typer.Option("--all", help="全部正常机构的，每家一个文件，写到 -o 的目录。")
    ] = False,
    to: Annotated[
        str | None,
        to_option("--all 用什么格式；默认 html。", "html", "docx", "pdf"),
    ] = None,
    district: DistrictOption = None,
    as_of: Annotated[
        dt.date | None,
        typer.Option(
            "--as-of", parser=read_date, metavar="日期", help="截至这一天的情况，按各事项的日期。"
        ),
    ] = None,
    known_at: Annotated[
        dt.datetime | None,
        typer.Option(
            "--known-at",
            parser=read_moment,
            metavar="日期时间",
            help="档案库在这个时刻所载的，据日志；本地时间，只写日期的算到当日终了。",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="路径", help="写成 .html、.docx 或 .pdf。"),
    ] = None,
    force: ForceOption = False,
) -> Done:
    """Show or print the dossier."""
    from hrintegrity.duties.dossier import dossier as dossier_of
    from hrintegrity.duties.dossier.wording import worded

    named_or_all([agency] if agency else None, every)
    if every:
        if output is None or as_of or known_at:
            raise UsageError(
                "wrong-usage",
                "--all 要用 -o 给出目录，不能与 --as-of、--known-at 同用。",
                "如 hri agency dossier --all -o 诚信档案 --to pdf。",
            )
        return _print_all(context, output, to, district=district, force=force)
    if to or district:
        raise UsageError(
            "wrong-usage", "--to、--district 只与 --all 同用。", "一家的，后缀决定格式。"
        )
    assert agency is not None
    if output is not None:
        return _print(
            context=context,
            agency=agency,
            as_of=as_of,
            known_at=known_at,
            output=output,
            force=force,
        )
    with reading(context) as archive:
        found = dossier_of(
            archive, agency, today=call_of(context).today, as_of=as_of, known_at=known_at
        )
    parts = worded(found)
    return Done(found, lines=lines_of(parts), rows=rows_of(parts, found.id))


def _print_all(
    context: typer.Context, output: Path, to: str | None, *, district: str | None, force: bool
) -> Done:
    from hrintegrity.duties.dossier import printing as duty
    from hrintegrity.duties.printing import place

    call = call_of(context)
    where = place(output, to, alone=False)
    if where.bound:
        raise UsageError(
            "not-a-folder", f"--all 写到目录，不是一个文件：{output}", "如 -o 诚信档案。"
        )
    ready_to_sign(context)
    with reading(context) as archive:
        found = duty.write_all(
            archive,
            where,
            district=district,
            today=call.today,
            templates=call.templates,
            force=force,
            progress=progress("写出"),
        )
    left_out = [one.name for one in found if one.written is None]
    warnings = [f"{name}的诚信档案里有字体没有的字，没有印出。" for name in left_out]
    return Done(found, f"已写出诚信档案 {len(found) - len(left_out)} 份：{output}", warnings)


def _print(
    context: typer.Context,
    agency: str,
    as_of: dt.date | None,
    known_at: dt.datetime | None,
    output: Path,
    force: bool,
) -> Done:
    from hrintegrity.documents import write_paper
    from hrintegrity.duties import papers
    from hrintegrity.duties.dossier import dossier as dossier_of
    from hrintegrity.duties.dossier.paper import office_of, printed

    call = call_of(context)
    papers.check_format(output)
    papers.check_targets([output], output, as_file=True, force=force)
    with reading(context) as archive:
        found = dossier_of(
            archive, agency, today=call_of(context).today, as_of=as_of, known_at=known_at
        )
        paper = printed(
            found,
            office=office_of(archive),
            today=call.today,
            as_of=as_of,
            known_at=known_at,
            templates=call.templates,
        )
    ready_to_sign(context)
    write_paper(paper, output, force=force)
    return Done(found, f"已写出{found.basic['name']}的诚信档案：{output}")


def rows_of(parts: Iterable[Any], identity: str) -> Rows:
    """Return the entries of a dossier one a line: its part, and what it says."""
    return Rows(_entries(parts, identity), [(key, key) for key in _ENTRY])


def _entries(parts: Iterable[Any], identity: str) -> Iterator[dict[str, Any]]:
    for part in parts:
        fields = "；".join(f"{name}：{text}" for name, text in part.fields if text)
        if fields:
            yield dict(zip(_ENTRY, (part.name, part.heading, identity, None, fields), strict=True))
        for block in part.blocks:
            for key, row in zip(block.keys, block.rows, strict=True):
                named = dict(zip(block.headings, row, strict=True))
                date = next((text for name, text in named.items() if name.endswith("日期")), None)
                content = "；".join(f"{name}：{text}" for name, text in named.items() if text)
                yield dict(zip(_ENTRY, (part.name, block.title, key, date, content), strict=True))


def lines_of(parts: Iterable[Any]) -> Iterator[str | Rows]:
    """Yield a dossier for people: each part's fields, and a table per kind of record."""
    for part in parts:
        yield part.heading
        left = max((width(name) for name, _ in part.fields), default=0)
        for name, text in part.fields:
            yield f"  {name}{' ' * (left - width(name))}  {text or '—'}"
        for block in part.blocks:
            summary = f"（{block.summary}）" if block.summary else ""
            yield f"  {block.title}{summary if block.rows else '：无记录'}"
            if block.rows:
                columns = [(heading, heading) for heading in block.headings]
                yield Rows([dict(zip(block.headings, r, strict=True)) for r in block.rows], columns)
        yield ""
