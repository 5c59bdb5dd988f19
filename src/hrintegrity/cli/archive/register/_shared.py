"""What several commands of `hri archive register` share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hrintegrity.cli.base import read_district

if TYPE_CHECKING:
    from hrintegrity.duties.exchange.registers import Register


DistrictArgument = Annotated[
    str, typer.Argument(parser=read_district, metavar="区县", help="区县名称或代码。")
]


def counted(register: Register) -> str:
    """Say how many papers of a district were numbered here, and how many elsewhere."""
    elsewhere = f"，另有 {register.received} 件由别处编号后收到" if register.received else ""
    return f"{register.district_name}的文书在本档案库已编 {register.papers} 件{elsewhere}"
