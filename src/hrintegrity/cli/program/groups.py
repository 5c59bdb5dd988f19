"""Groups whose commands are the modules of a folder, imported when they are called.

A folder's `COMMANDS` has its commands in the order of the work, each with its line of help: the
module of the same name holds the command as `run`, a folder of that name is a group below. Where
it names a `DEFAULT`, that module is what the group does without a command.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from functools import cache, partial
from types import ModuleType
from typing import Any

import typer
from typer.core import TyperCommand
from typer.main import get_command

from hrintegrity.cli.program.completing import Complete, completion
from hrintegrity.cli.program.help import ChineseCommand, ChineseGroup


class Folder(ChineseGroup):
    """A group of commands whose modules are imported by need; help needs none of them."""

    package = "hrintegrity.cli"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines: dict[str, str] = importlib.import_module(self.package).COMMANDS
        for name, text in self.lines.items():
            self.add_command(TyperCommand(name=name, help=text))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Put the real command in the place of its name before it is looked up."""
        if args and args[0] in self.lines:
            self.commands[args[0]] = self.child(args[0])
        return super().resolve_command(ctx, args)

    def child(self, name: str) -> Any:
        """Import the command or group of that name."""
        module = importlib.import_module(f"{self.package}.{module_name(name)}")
        if hasattr(module, "COMMANDS"):
            return _group(module, name, self.lines[name])
        return _command(module, name, self.lines[name])

    def children(self) -> dict[str, Any]:
        """Import all commands and groups; return them by name, in the order of the work."""
        return {name: self.child(name) for name in self.lines}


class RootGroup(Folder):
    """The root of the command line."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options before the command; Typer's own of them speak English."""
        for parameter in self.params:
            if "--install-completion" in parameter.opts:
                parameter.callback = _install_completion
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; Typer by itself ends an interrupted one without a word."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise typer.Abort from None


def _install_completion(context: Any, parameter: Any, wanted: Any) -> Any:
    if not wanted or context.resilient_parsing:
        return wanted
    from typer._completion_shared import install  # Typer says it in English otherwise.

    shell, path = install(shell=wanted if isinstance(wanted, str) else None)
    sys.stdout.write(f"已为 {shell} 安装自动补全：{path}。重新打开终端后起作用。\n")
    raise typer.Exit


def module_name(name: str) -> str:
    """Return the module that holds a command; a word that Python keeps for itself gets a `_`."""
    return {"import": "import_"}.get(name, name.replace("-", "_"))


def called(name: str) -> list[str]:
    """Return every command of that name, as it is typed; no command's module is imported."""
    return [path for path in _paths("hrintegrity.cli", "hri") if path.split()[-1] == name]


def _paths(package: str, path: str) -> Iterator[str]:
    for name in importlib.import_module(package).COMMANDS:
        yield f"{path} {name}"
        below = f"{package}.{module_name(name)}"
        found = importlib.util.find_spec(below)
        if found is not None and found.submodule_search_locations is not None:
            yield from _paths(below, f"{path} {name}")


@cache
def _command(module: ModuleType, name: str, text: str) -> Any:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, cls=ChineseCommand, help=text)(module.run)
    command = get_command(app)
    group = module.__name__.removeprefix("hrintegrity.cli.").partition(".")[0]
    for parameter in command.params:
        complete = completion(str(parameter.metavar), group)
        if complete is not None:
            # Typer's own way drops whatever does not begin as typed: names found by initials.
            parameter.shell_complete = partial(_items, complete)  # type: ignore[method-assign]
    return command


def _items(complete: Complete, context: Any, incomplete: str) -> list[Any]:
    from typer._click.shell_completion import CompletionItem

    return [CompletionItem(value) for value in complete(context, incomplete)]


@cache
def _group(module: ModuleType, name: str, text: str) -> Any:
    default = getattr(module, "DEFAULT", None)
    cls = type("Folder", (Folder,), {"package": module.__name__})
    app = typer.Typer(
        name=name,
        cls=cls,
        help=text,
        add_completion=False,
        rich_markup_mode=None,
        invoke_without_command=default is not None,
        no_args_is_help=default is None,
    )
    run = None if default is None else importlib.import_module(f"{module.__name__}.{default}").run
    app.callback()(_nothing if run is None else _without_command(run))
    return get_command(app)


def _nothing() -> None:
    """Do nothing before a command of the group."""


def _without_command(run: Any) -> Any:
    import functools

    @functools.wraps(run)
    def callback(context: typer.Context, **given: Any) -> None:
        if context.invoked_subcommand is None:
            run(context=context, **given)

    callback.__signature__ = run.__signature__  # type: ignore[attr-defined]  # no function declares it.
    return callback
