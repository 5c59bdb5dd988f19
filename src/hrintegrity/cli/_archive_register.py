"""`hri archive register`: which archive gives the numbers of a district's papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hrintegrity.cli._call import writing
from hrintegrity.cli._help import ChineseCommand, ChineseGroup
from hrintegrity.cli._options import FormatOption, read_district
from hrintegrity.cli._output import done, warn

if TYPE_CHECKING:
    from hrintegrity.duties.exchange.registers import Register

app = typer.Typer(
    cls=ChineseGroup,
    help="文书编号：一个区县的文书只在一个档案库中编号。",
    rich_markup_mode=None,
    no_args_is_help=True,
)

DistrictArgument = Annotated[
    str, typer.Argument(parser=read_district, metavar="区县", help="区县名称或代码。")
]


@app.command("release", cls=ChineseCommand, help="不再在本档案库为这个区县编号。")
def release(
    context: typer.Context, district: DistrictArgument, form: FormatOption = "table"
) -> None:
    """Let another archive number."""
    from hrintegrity.duties.exchange import registers

    with writing(context) as archive:
        found = registers.release(archive, district)
    if found.papers or found.received:
        warn(f"{counted(found)}，请告知接手的单位。")
    done(f"{found.district_name}的文书不再在本档案库编号。", found, form)


@app.command("take", cls=ChineseCommand, help="收回，在本档案库为这个区县编号。")
def take(context: typer.Context, district: DistrictArgument, form: FormatOption = "table") -> None:
    """Number here."""
    from hrintegrity.duties.exchange import registers

    with writing(context) as archive:
        found = registers.take(archive, district)
    if found.papers or found.received:
        warn(f"{counted(found)}，接着编下去。")
    if found.changed:
        warn("同一区县只能有一处编号：请确认别的档案库已经不再编号。")
    done(f"{found.district_name}的文书在本档案库编号。", found, form)


def counted(register: Register) -> str:
    """Say how many papers of a district were numbered here, and how many elsewhere."""
    elsewhere = f"，另有 {register.received} 件由别处编号后收到" if register.received else ""
    return f"{register.district_name}的文书在本档案库已编 {register.papers} 件{elsewhere}"
