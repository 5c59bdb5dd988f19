"""The groups of commands, loaded by need: help needs their names and one line each, no more."""

from __future__ import annotations

import copy
import importlib
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from hrintegrity.cli._help import ChineseGroup

GROUPS = {
    "agency": "机构登记与诚信档案。",
    "inspect": "诚信服务大检查（三(四) 二）：抽签、登记、整改。",
    "complaint": "投诉、举报、意见建议（三(三) 四、四(三)）：受理、办结、查询。",
    "assess": "诚信状况评估（三(五)、附件1）；不带命令时列出各机构的进度。",
    "recommend": "诚信服务示范单位（三(七)、附件2、附件3）：推荐、核对名额、报送、授予。",
    "sanction": "失信惩戒（三(八)2）：作出、整改结果、撤销、决定书、报送。",
    "reward": "诚信激励（三(八)1）：登记给予的支持和表彰。",
    "campaign": "诚信服务月（三(四)）：五项活动、表现突出的机构、创建称号。",
    "report": "报告与公开。",
    "archive": "档案库本身：信息、校验、日志。",
}
"""The groups in the order of the work; `hrintegrity.cli.NAME` has the commands, as `app`.

A test compares each line with the group's own help.
"""


class RootGroup(ChineseGroup):
    """The root: a group's module is imported when a command of it is called."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in GROUPS.items():
            self.add_command(TyperGroup(name=name, help=text))

    def invoke(self, ctx: Any) -> Any:
        """Run the command; Typer by itself ends an interrupted one without a word."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise typer.Abort from None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Put the real group in the place of its name before a command of it is looked up."""
        if args and args[0] in GROUPS:
            self.commands[args[0]] = load(args[0], *args[1:2])
        return super().resolve_command(ctx, args)


def load(name: str, wanted: str = "") -> TyperGroup:
    """Import a group; where `wanted` is a command of it, make that one only, to save time."""
    app = copy.copy(importlib.import_module(f"hrintegrity.cli.{name}").app)
    commands = [command for command in app.registered_commands if command.name == wanted]
    groups = [group for group in app.registered_groups if group.name == wanted]
    if commands or groups:
        app.registered_commands, app.registered_groups = commands, groups
    group = get_group(app)
    group.name = name
    return group
