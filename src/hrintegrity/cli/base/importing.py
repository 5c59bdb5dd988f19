"""What every `import` command has in common: its options, and how its result is shown."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli.base.call import writing
from hrintegrity.cli.base.commands import command, signed
from hrintegrity.cli.base.done import Done
from hrintegrity.cli.base.options import ForceOption, one_of
from hrintegrity.cli.base.progress_bar import counting

ImportFileArgument = Annotated[
    Path, typer.Argument(metavar="文件", help="csv、xlsx、xls、ods 或 et 文件。")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="只检查，不写入。")]
RejectsOption = Annotated[
    Path | None,
    typer.Option("--rejects", metavar="文件", help="有误的行写到这里并注明原因，其余照常导入。"),
]
MapOption = Annotated[
    list[str] | None, typer.Option("--map", metavar="表头=字段", help="指明一列是什么字段。")
]
SetOption = Annotated[
    list[str] | None, typer.Option("--set", metavar="字段=值", help="给文件里没有的字段定一个值。")
]


_HELD = "档案库里已有而内容不同的行：报错、跳过或更新。"

Target = Callable[..., Any]
"""Makes where the rows go: of the command's context, the archive, and options of its own."""


def import_command(
    *, on_duplicate: str = "fail", held: str = _HELD
) -> Callable[[Target], Callable[..., None]]:
    """Make an `import` command: the options that all have, and those of the decorated function.

    `on_duplicate` is its default, `held` its help.
    """

    def make(target: Target) -> Callable[..., None]:
        _, _, *own = inspect.signature(target, eval_str=True).parameters.values()
        common = inspect.signature(_common, eval_str=True).parameters

        def run(context: typer.Context, file: Path, **given: Any) -> Done:
            chosen = {one.name: given.pop(one.name) for one in own}
            return _run(context, file, lambda archive: target(context, archive, **chosen), **given)

        option = typer.Option(
            "--on-duplicate",
            parser=one_of("fail", "skip", "update"),
            metavar="fail|skip|update",
            help=held,
        )
        duplicate = common["on_duplicate"].replace(
            default=on_duplicate, annotation=Annotated[str, option]
        )
        *first, force = (common | {"on_duplicate": duplicate}).values()
        signed(run, [*first, *own, force])
        return command(run)

    return make


def _common(
    context: typer.Context,
    file: ImportFileArgument,
    dry_run: DryRunOption = False,
    on_duplicate: str = "",
    rejects: RejectsOption = None,
    mapping: MapOption = None,
    fixed: SetOption = None,
    force: ForceOption = False,
) -> None:
    """Tell which options every import has, in their order."""


def pairs(given: list[str] | None, option: str) -> dict[str, str]:
    """Return `NAME=VALUE` options as a mapping."""
    found: dict[str, str] = {}
    for text in given or []:
        name, separator, value = text.partition("=")
        if not separator or not name.strip():
            raise typer.BadParameter(f"“{text}”应写成 名=值", param_hint=option)
        if name.strip() in found:
            raise typer.BadParameter(f"“{name.strip()}”写了两次", param_hint=option)
        found[name.strip()] = value
    return found


def _run(
    context: typer.Context,
    file: Path,
    make_target: Callable[[Any], Any],
    *,
    dry_run: bool,
    on_duplicate: str,
    rejects: Path | None,
    mapping: list[str] | None,
    fixed: list[str] | None,
    force: bool,
) -> Done:
    """Import a file and say what was done."""
    from hrintegrity.duties.importing import import_file

    maps, sets = pairs(mapping, "--map"), pairs(fixed, "--set")
    with counting("已读") as tell, writing(context) as archive:
        target = make_target(archive)
        result = import_file(
            archive,
            file,
            target,
            dry_run=dry_run,
            on_duplicate=on_duplicate,
            rejects=rejects,
            mapping=maps,
            fixed=sets,
            force=force,
            tell=tell,
        )
    warnings = [*result.remarks]
    if result.unused_columns:
        warnings.append(f"没有用到的列：{'、'.join(result.unused_columns)}")
    lines = [
        f"  第 {error['row']} 行 {' '.join(error['column'].split())}：{error['reason']}"
        for error in result.errors
    ]
    rejected = f"，退回 {result.rejected} 行" if result.rejected else ""
    if result.rejected and rejects is not None and not dry_run:
        rejected += f"（见 {rejects}）"
    return Done(
        result.as_mapping(),
        f"{'试运行，没有写入：' if dry_run else ''}读入 {result.read} 行：新增 {result.added}，"
        f"更新 {result.updated}，相同 {result.unchanged}，跳过 {result.skipped}{rejected}。",
        warnings,
        lines=lines,
    )
