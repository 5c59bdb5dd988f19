"""`hri help`: a page of the manual, the help of a command, or what an error code means."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hrintegrity.cli.base import Done, Rows, command


@command
def run(
    context: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Argument(metavar="主题", help="页名、命令或错误代码；不写则列出所有的页。"),
    ] = None,
    browser: Annotated[bool, typer.Option("--open", help="在浏览器里打开这一页，不打印。")] = False,
) -> Done | Rows:
    """Print or open a page."""
    from hrintegrity.duties import manual

    # A command may come in quotes.
    topic = " ".join(topic or ()).split()
    if not topic:
        page = manual.pages()[0]
        if not browser:
            found = manual.pages()
            columns = [("title", "页"), ("id", "英文名")]
            columns += [("site", "文件")] if any(one.site for one in found) else []
            foot = [
                "打印一页：hri help 页名，如 hri help 评分；也可以是命令（agency add）或错误代码。"
            ]
            return Rows(found, columns, kind=manual.Page, foot=foot)
    else:
        helped = _help_of(context, topic)
        if helped is not None:
            return Done({"id": " ".join(topic), "text": helped}, lines=[helped.rstrip()])
        page = manual.find(" ".join(topic))
    opened = manual.open_page(page) if browser else None
    if opened:
        return Done(page, f"已打开 {opened}")
    remarks = ["没有找到可以打开的手册，改为打印。"] if browser else []
    return Done(page, lines=[page.text.rstrip()], warnings=remarks)


def _help_of(context: typer.Context, words: list[str]) -> str | None:
    """Return the help of a command that is named by its path; None where there is none."""
    parent: Any = context.find_root()
    found: Any = parent.command
    for word in words:
        if word not in getattr(found, "lines", {}):
            return None
        found = found.child(word)
        parent = typer.Context(found, info_name=word, parent=parent)
    return str(found.get_help(parent))
