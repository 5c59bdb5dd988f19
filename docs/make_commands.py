"""Write docs/commands.md: the help of every command, as the program shows it (`make docs`)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from hrintegrity.cli.program.groups import Folder
from hrintegrity.cli.program.root import app

HEAD = """# 命令一览

由 `make docs` 从程序的帮助生成，请勿手改。

退出码：0 完成；1 规则不允许；2 用法不对；3 输入被拒绝；4 找不到、不唯一或已存在；
5 档案库或输出不能使用。
"""


def commands(command: Any, context: Any) -> Iterator[tuple[str, str]]:
    """Yield the path and the help of a command and of all below it."""
    yield context.command_path, command.get_help(context)
    if isinstance(command, Folder):
        for name, child in command.children().items():
            yield from commands(child, typer.Context(child, info_name=name, parent=context))


def reference() -> str:
    """Return the whole reference, set for 100 columns."""
    os.environ["COLUMNS"] = "100"
    root = typer.main.get_command(app)
    found = commands(root, typer.Context(root, info_name="hri"))
    parts = [f"## {path}\n\n```text\n{text.rstrip()}\n```\n" for path, text in found]
    return "\n".join([HEAD, *parts])


if __name__ == "__main__":
    import make_architecture
    import make_contract
    import make_errors
    import make_manual

    target = Path(__file__).with_name("commands.md")
    target.write_text(reference(), encoding="utf-8")
    sys.stdout.write(f"{target}\n")
    make_contract.write({})
    json_page = target.with_name("json.md")
    json_page.write_text(make_manual.json_keys(), encoding="utf-8")
    make_errors.write()
    make_architecture.write()
