"""`hri archive key trust`: accept another's key."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.archive.register._shared import counted
from hrintegrity.cli.base import Done, call_of, command, read_district, writing


@command
def run(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="文件|公钥", help="公钥文件，或那一行公钥。")],
    district: Annotated[
        str,
        typer.Option("--district", parser=read_district, metavar="区县", help="对方是哪个区县。"),
    ],
) -> Done:
    """Accept another's key."""
    from hrintegrity.duties.exchange import trust

    with writing(context) as archive:
        found = trust.trust(archive, key, district=district, today=call_of(context).today)
    warnings = []
    if found.released is not None and found.released.papers:
        warnings.append(f"{counted(found.released)}，今后由该区县编号，请告知对方。")
    numbering = "，它的文书今后由它自己编号" if found.released is not None else ""
    message = f"已认可{found.district_name}的公钥，指纹 {found.fingerprint}{numbering}。"
    return Done(found, message, warnings)
