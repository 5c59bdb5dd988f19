"""`hri archive key`: this office's key, and whose keys it accepts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli._archive_register import counted
from hrintegrity.cli._call import call_of, reading, writing
from hrintegrity.cli._help import ChineseCommand, ChineseGroup
from hrintegrity.cli._options import ForceOption, FormatOption, read_district
from hrintegrity.cli._output import done, say, show_json, show_rows, warn

app = typer.Typer(
    cls=ChineseGroup,
    help="本单位的密钥，和认可的对方公钥。",
    rich_markup_mode=None,
    no_args_is_help=True,
)

_COLUMNS = [
    ("district_name", "单位"),
    ("fingerprint", "指纹"),
    ("trusted", "登记"),
    ("revoked", "作废"),
    ("own", "本档案库"),
]


@app.command("show", cls=ChineseCommand, help="本单位的公钥，一行；第一次使用时生成。")
def show(
    context: typer.Context,
    fingerprint: Annotated[
        bool, typer.Option("--fingerprint", help="只显示指纹，供电话里核对。")
    ] = False,
    form: FormatOption = "table",
) -> None:
    """Show this office's public key."""
    from hrintegrity.duties.exchange import trust

    ensure_key(context)
    with reading(context) as archive:
        found = trust.own(archive)
    if form == "json":
        show_json(found)
    elif form == "csv":
        show_rows([found], _COLUMNS, form)
    else:
        say(found.fingerprint if fingerprint else found.line)


@app.command("list", cls=ChineseCommand, help="登记过的公钥。")
def listing(context: typer.Context, form: FormatOption = "table") -> None:
    """Show the keys that were ever accepted."""
    from hrintegrity.duties.exchange import trust

    with reading(context) as archive:
        show_rows(trust.listing(archive), _COLUMNS, form)


@app.command("trust", cls=ChineseCommand, help="认可对方的公钥；请先在电话里核对指纹。")
def trust_key(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="文件|公钥", help="公钥文件，或那一行公钥。")],
    district: Annotated[
        str,
        typer.Option("--district", parser=read_district, metavar="区县", help="对方是哪个区县。"),
    ],
    form: FormatOption = "table",
) -> None:
    """Accept another's key."""
    from hrintegrity.duties.exchange import trust

    with writing(context) as archive:
        found = trust.trust(archive, key, district=district, today=call_of(context).today)
    if found.released is not None and found.released.papers:
        warn(f"{counted(found.released)}，今后由该区县编号，请告知对方。")
    aside = "，它的文书今后由它自己编号" if found.released is not None else ""
    done(f"已认可{found.district_name}的公钥，指纹 {found.fingerprint}{aside}。", found, form)


@app.command("backup", cls=ChineseCommand, help="把密钥另存一份。")
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="写到哪里。")],
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Write the private key to another place."""
    from hrintegrity.duties.exchange import keys, trust

    ensure_key(context)
    with reading(context) as archive:
        keys.back_up(archive.location, file, force=force)
        found = trust.own(archive)
    warn("这份文件没有加密，谁拿到它就能以本单位的名义签名：请存在介质上锁起来。")
    record = {"id": str(file), "file": str(file), "fingerprint": found.fingerprint}
    done(f"密钥已另存到 {file}；放回用 hri archive key restore {file}。", record, form)


@app.command("restore", cls=ChineseCommand, help="放回 key backup 另存的密钥。")
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="key backup 写的文件。")],
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Put the private key back from a copy."""
    from hrintegrity.duties.exchange import trust

    with writing(context) as archive:
        found, same = trust.restore(archive, file, force=force)
    if not same:
        warn("这把密钥不是本档案库上次用的那一把，请与对方核对指纹。")
    done(f"密钥已放回，指纹 {found.fingerprint}。", found, form)


def ensure_key(context: typer.Context) -> None:
    """Make this office's key at first use. Raises UnusableError `key-lost` where it had one."""
    from hrintegrity.duties.exchange import keys, trust

    if keys.find(call_of(context).location) is None:
        with writing(context) as archive:
            trust.first_key(archive)


@app.command("replace", cls=ChineseCommand, help="换一把新密钥；旧的在本档案库作废。")
def replace(context: typer.Context, form: FormatOption = "table") -> None:
    """Make a new key."""
    from hrintegrity.duties.exchange import trust

    with writing(context) as archive:
        found = trust.replace(archive, today=call_of(context).today)
    warn("请通知所有认可过旧公钥的单位：作废旧的（key revoke），登记新的（key trust）。")
    done(f"已换新密钥，指纹 {found.fingerprint}。", found, form)


@app.command("revoke", cls=ChineseCommand, help="不再接受这把公钥签名的文件。")
def revoke(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="公钥|指纹", help="那一行公钥，或指纹。")],
    form: FormatOption = "table",
) -> None:
    """Accept a key no more."""
    from hrintegrity.duties.exchange import trust

    with writing(context) as archive:
        found = trust.revoke(archive, key, today=call_of(context).today)
    done(f"已作废{found.district_name}的公钥，指纹 {found.fingerprint}。", found, form)
