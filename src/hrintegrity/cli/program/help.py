"""Help in Chinese, set by the width of Chinese characters, without loading rich.

Typer's own help is English and measures text in characters, so that Chinese lines overflow.
"""

from __future__ import annotations

import re
import shutil
from itertools import takewhile
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from hrintegrity.cli.program.examples import example_of
from hrintegrity.errors import UsageError
from hrintegrity.text import fold, width, wrap

_TYPERS_OWN = {
    "--help": "显示这份说明。",
    "--install-completion": "为当前命令行安装自动补全。",
    "--show-completion": "显示自动补全脚本，以便复制或修改。",
}


def parameter_name(parameter: Any) -> str:
    """Return a parameter as it is typed: its longest option, or the name of the argument."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name)
    return str(max(parameter.opts, key=len))


def _invocation(parameter: Any) -> str:
    """Return how a parameter is written: its names and what follows them."""
    if parameter.param_type_name == "argument":
        return _metavar(parameter)
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    return names if parameter.is_flag or parameter.count else f"{names} {_metavar(parameter)}"


def _metavar(parameter: Any) -> str:
    name = parameter.metavar or (parameter.name or "").upper()
    return f"{name}…" if parameter.nargs == -1 else str(name)


def _explanation(parameter: Any) -> str:
    text = next((_TYPERS_OWN[o] for o in parameter.opts if o in _TYPERS_OWN), parameter.help or "")
    marks = []
    if parameter.required:
        marks.append("必填")
    if getattr(parameter, "multiple", False):
        marks.append("可重复")
    envvar = getattr(parameter, "envvar", None)
    if envvar:
        marks.append(f"环境变量 {envvar}")
    return f"{text}（{'；'.join(marks)}）" if marks else text


def _section(title: str, rows: list[tuple[str, str]], columns: int) -> list[str]:
    left = min(max(width(name) for name, _ in rows) + 2, max(columns // 3, 18))
    lines = ["", f"{title}："]
    for name, text in rows:
        wrapped = wrap(text, max(columns - left - 2, 16))
        if width(name) + 2 > left:
            lines.append(f"  {name}")
            lines += [" " * (left + 2) + line for line in wrapped]
            continue
        lines.append(f"  {name}{' ' * (left - width(name))}{wrapped[0]}".rstrip())
        lines += [" " * (left + 2) + line for line in wrapped[1:]]
    return lines


def _render(command: Any, context: Any) -> str:
    columns = min(shutil.get_terminal_size().columns, 100)
    parameters = [p for p in command.get_params(context) if not getattr(p, "hidden", False)]
    arguments = [p for p in parameters if p.param_type_name == "argument"]
    options = [p for p in parameters if p.param_type_name == "option"]
    pieces = [context.command_path, "[选项]"]
    pieces += [f"{_metavar(p)}" if p.required else f"[{_metavar(p)}]" for p in arguments]
    commands = getattr(command, "commands", {})
    if commands:
        pieces.append("命令 …")
    first, *others = wrap(" ".join(pieces), columns - 6)
    lines = [f"用法：{first}", *(f"      {line}" for line in others)]
    for paragraph in (command.help or "").split("\n"):
        lines += ["", *(f"  {line}" for line in wrap(paragraph, columns - 2))]
    for title, found in (("参数", arguments), ("选项", options)):
        if found:
            rows = [(_invocation(p), _explanation(p)) for p in found]
            lines += _section(title, rows, columns)
    visible = [(name, c) for name, c in commands.items() if not c.hidden]
    if visible:
        rows = [(name, (c.help or "").split("\n")[0]) for name, c in visible]
        lines += _section("命令", rows, columns)
    example = example_of(context.command_path)
    if example is not None:
        lines += ["", "例子：", *_copied(example, columns)]
    return "\n".join(lines) + "\n"


def _copied(example: str, columns: int) -> list[str]:
    """Break a command line between its words, in the way that a shell puts together again."""
    lines = [" "]
    for word in example.split(" "):
        if width(lines[-1]) + width(word) + 3 > columns:
            lines[-1] += " \\"
            lines.append("     ")
        lines[-1] += f" {word}"
    return lines


_DASHED = r"([-—–―‐‑‒−﹘﹣－]+)([A-Za-zＡ-Ｚａ-ｚ][A-Za-zＡ-Ｚａ-ｚ－-]*)(?:[=＝].*)?"


def refuse_dashes(command: Any, context: Any, args: list[str]) -> None:
    """Refuse what would be an option, had it the dashes of one: `—date`, `－－date`, `-date`.

    Such words would else be taken for arguments. Raises UsageError `no-such-option`.
    """
    if context.resilient_parsing:
        return
    known = {name for p in command.get_params(context) for name in (*p.opts, *p.secondary_opts)}
    for word in takewhile(lambda one: one != "--", args):
        found = re.fullmatch(_DASHED, word, re.DOTALL)
        if found is None:
            continue
        name = fold(found[2]).lower()
        meant = f"--{name}" if len(name) > 1 else f"-{name}"
        if meant not in known and not found[1].isascii():
            from difflib import get_close_matches

            meant = next(iter(get_close_matches(meant, known, n=1)), "")
        if meant not in known or word.startswith(meant):
            continue
        dashes = "两个半角减号" if meant.startswith("--") else "一个半角减号"
        raise UsageError(
            "no-such-option",
            f"没有选项 {found[1]}{found[2]}，是否指 {meant}？",
            f"{meant} 前面是{dashes}（-）；中文输入法打出的“—”“－”不是。",
        )


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese, and that names all required options which are missing."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; a missing one brings the others that are missing with it."""
        refuse_dashes(self, ctx, args)
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except TyperException as error:
            if type(error).__name__ == "MissingParameter":
                options, _, _ = self.make_parser(ctx).parse_args(args=given)
                missing = [
                    p
                    for p in self.get_params(ctx)
                    if p.required and p.value_is_missing(options.get(p.name or ""))
                ]
                error.missing = missing  # type: ignore[attr-defined]  # read where the error is shown.
            raise

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help text."""
        formatter.write(_render(self, ctx))


class ChineseGroup(TyperGroup):
    """A group whose help is Chinese and lists its commands in the order of the code."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options before the name of a command."""
        own = next((i for i, word in enumerate(args) if word in self.commands), len(args))
        refuse_dashes(self, ctx, args[:own])
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help text."""
        formatter.write(_render(self, ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order of the code, which is the order of the work."""
        return list(self.commands)
