"""What every `import` command has in common: its options, and how its result is shown."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hrintegrity.cli.base.commands import command, signed
from hrintegrity.cli.base.done import Done
from hrintegrity.cli.base.progress_bar import counting
from hrintegrity.cli.base.questions import asking
from hrintegrity.cli.program.call import call_of, writing
from hrintegrity.cli.program.messages import ask
from hrintegrity.cli.program.options import ForceOption, one_of
from hrintegrity.errors import RuleError

if TYPE_CHECKING:
    from hrintegrity.duties.importing.interpretation import Interpretation
    from hrintegrity.duties.importing.results import ImportResult

ImportFilesArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="文件或文件夹…", help="csv、xlsx、xls、ods 或 et 文件；文件夹是其中所有这样的文件。"
    ),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="只检查，不写入。")]
RejectsOption = Annotated[
    Path | None,
    typer.Option("--rejects", metavar="文件", help="有误的行写到这里并注明原因，其余照常导入。"),
]
SheetOption = Annotated[
    str | None,
    typer.Option("--sheet", metavar="名称|all", help="读哪一张工作表；all 为所有有表头的。"),
]
MapOption = Annotated[
    list[str] | None, typer.Option("--map", metavar="表头=字段", help="指明一列是什么字段。")
]
WordOption = Annotated[
    list[str] | None, typer.Option("--word", metavar="词=值", help="指明单元格里的词是什么意思。")
]
SetOption = Annotated[
    list[str] | None, typer.Option("--set", metavar="字段=值", help="给文件里没有的字段定一个值。")
]
MappingOption = Annotated[
    Path | None,
    typer.Option(
        "--mapping", metavar="文件.yaml", help="读取以前记下的 --map、--word、--set、--sheet。"
    ),
]
SaveMappingOption = Annotated[
    Path | None,
    typer.Option(
        "--save-mapping", metavar="文件.yaml", help="记下这次的 --map、--word、--set、--sheet。"
    ),
]


_HELD = "档案库里已有而内容不同的行：报错、跳过或更新。"

Rows = Callable[..., Any]
"""Makes where the rows go: of the command's context, the archive, and options of its own."""


def import_command(
    *, on_duplicate: str = "fail", held: str = _HELD
) -> Callable[[Rows], Callable[..., None]]:
    """Make an `import` command: the options that all have, and those of the decorated function.

    `on_duplicate` is its default, `held` its help.
    """

    def make(rows: Rows) -> Callable[..., None]:
        _, _, *own = inspect.signature(rows, eval_str=True).parameters.values()
        common = inspect.signature(_common, eval_str=True).parameters

        def run(context: typer.Context, paths: list[Path], **given: Any) -> Done:
            chosen = {one.name: given.pop(one.name) for one in own}
            return _run(context, paths, lambda archive: rows(context, archive, **chosen), **given)

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
    paths: ImportFilesArgument,
    dry_run: DryRunOption = False,
    on_duplicate: str = "",
    rejects: RejectsOption = None,
    sheet: SheetOption = None,
    mapping: MapOption = None,
    words: WordOption = None,
    fixed: SetOption = None,
    mapping_file: MappingOption = None,
    save_mapping: SaveMappingOption = None,
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


def _interpretation(
    *,
    sheet: str | None,
    mapping: list[str] | None,
    words: list[str] | None,
    fixed: list[str] | None,
    mapping_file: Path | None,
) -> Interpretation:
    """Return what the options say of the tables, over what a file says."""
    from hrintegrity.duties.importing import interpretation

    given = interpretation.Interpretation(
        pairs(mapping, "--map"), pairs(words, "--word"), pairs(fixed, "--set"), sheet
    )
    return given if mapping_file is None else given.over(interpretation.read(mapping_file))


def _confirm(lasting: Sequence[str]) -> None:
    """Ask at a terminal before something is written that can't be taken back."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return
    print("\n".join(lasting), file=sys.stderr)
    if ask("仍要写入吗？输入 y 确认，其他取消 > ").lower() not in ("y", "yes", "是"):
        raise RuleError("cancelled", "已取消，没有写入。", "请从文件里去掉这些内容，再导入。")


def _run(
    context: typer.Context,
    paths: list[Path],
    make_rows: Callable[[Any], Any],
    *,
    dry_run: bool,
    on_duplicate: str,
    rejects: Path | None,
    save_mapping: Path | None,
    force: bool,
    **understood: Any,
) -> Done:
    """Import files, asking at a terminal what is not understood, and say what was done."""
    from hrintegrity.duties.importing import interpretation as kept
    from hrintegrity.duties.importing.whole import Options, import_files
    from hrintegrity.files import refuse_target

    if save_mapping is not None:
        refuse_target(save_mapping, force=force)
        if save_mapping == rejects:
            raise typer.BadParameter("不能与 --rejects 写成同一个文件", param_hint="--save-mapping")
    today = call_of(context).today

    def attempt(interpretation: Interpretation) -> ImportResult:
        with counting("已读") as progress, writing(context) as archive:
            options = Options(
                dry_run=dry_run,
                on_duplicate=on_duplicate,
                rejects=rejects,
                interpretation=interpretation,
                today=today,
                force=force,
                progress=progress,
                confirm=_confirm,
            )
            return import_files(archive, paths, make_rows(archive), options)

    result, interpretation, save_to = asking(attempt, _interpretation(**understood), save_mapping)
    if save_to is not None and not dry_run:
        kept.save(save_to, interpretation, force=force)
    warnings = list(result.remarks)
    if result.unused_columns:
        warnings.append(f"没有用到的列：{'、'.join(result.unused_columns)}")
    rejected = f"，退回 {result.rejected} 行" if result.rejected else ""
    if result.rejected and rejects is not None and not dry_run:
        rejected += f"（见 {rejects}）"
    many = f"{len(result.files)} 张表，" if len(result.files) > 1 else ""
    return Done(
        result.as_mapping(),
        f"{'试运行，没有写入：' if dry_run else ''}读入 {many}{result.read} 行："
        f"{'将' if dry_run else ''}新增 {result.added}"
        f"，更新 {result.updated}，相同 {result.unchanged}，跳过 {result.skipped}{rejected}。",
        warnings,
        lines=[f"  {line}" for line in result.lines],
        status=3 if result.rejected and result.is_empty else 0,
    )
