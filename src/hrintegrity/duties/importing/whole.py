"""Every `import`: all rows or none, each wrong row named, what is there already left as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.duties.importing.findings import ImportResult, Part, refusal, result_of
from hrintegrity.duties.importing.run import Run
from hrintegrity.duties.importing.target import AnyRows
from hrintegrity.errors import UnusableError, UsageError
from hrintegrity.files import refuse_existing
from hrintegrity.sheets.reading import Reading, open_table


@dataclass(frozen=True)
class Options:
    """How a table is imported, as `hri … import` was told.

    `mapping` names columns by hand (header to field), `fixed` gives the text of fields that the
    file lacks; `rejects` is where refused rows are written, so that the good ones go in; `tell`
    hears how many rows were read so far.
    """

    dry_run: bool = False
    on_duplicate: str = "fail"
    rejects: Path | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    force: bool = False
    tell: Callable[[int], None] = lambda _: None


def import_files(
    archive: Archive, paths: Sequence[Path], target: AnyRows, options: Options
) -> ImportResult:
    """Import the rows of some files as one: all rows or none, unless the options have `rejects`.

    With `rejects` the good rows go in and the bad ones are written there. Raises InputError
    `rows-refused` with every finding, what `open_table` raises, and the error of a rule where rows
    are refused for that reason alone.
    """
    rejects = options.rejects
    if rejects is not None:
        _refuse_itself(paths, rejects)
        refuse_existing(rejects, force=options.force)
    run = _run(archive, paths, target, options, leave_out=frozenset())
    if not run.bad:
        return result_of(run, dry_run=options.dry_run)
    if rejects is None:
        raise refusal(run)
    if not options.dry_run:
        _write_rejects(rejects, run, force=options.force)
    # The first of two rows that stand twice was written before the second was met; so the good
    # rows go in afresh, now that all the bad ones are known.
    good = _run(archive, paths, target, options, leave_out=frozenset(run.bad))
    result = result_of(good, dry_run=options.dry_run)
    return result.with_refused(run)


def import_file(archive: Archive, path: Path, target: AnyRows, **options: Any) -> ImportResult:
    """Import one file; `options` are those of `Options`."""
    return import_files(archive, [path], target, Options(**options))


def _refuse_itself(paths: Sequence[Path], rejects: Path) -> None:
    """Refuse to write the rejected rows over a file that is read."""
    for path in paths:
        if rejects.exists() and path.exists() and rejects.samefile(path):
            raise UsageError(
                "rejects-is-input", f"--rejects 不能是导入的文件本身：{path}", "请换一个文件名。"
            )


def _run(
    archive: Archive,
    paths: Sequence[Path],
    target: AnyRows,
    options: Options,
    *,
    leave_out: frozenset[int],
) -> Run:
    run = Run(
        archive,
        target,
        on_duplicate=options.on_duplicate,
        leave_out=leave_out,
        tell=options.tell,
    )
    savepoint = archive.connection.begin_nested()
    before = _count(archive, target)

    def opened(path: Path) -> Reading:
        return open_table(path, target.table, mapping=options.mapping, fixed=options.fixed)

    for path in paths:
        with opened(path) as reading:
            run.take(Part(path, reading, run.next_offset))
    run.finish()
    if run.unread:
        for part in run.parts:
            with opened(part.path) as again:
                run.read_again(part, again)
    if run.bad or options.dry_run:
        savepoint.rollback()
        return run
    savepoint.commit()
    if _count(archive, target) != before + run.gained:
        raise UnusableError(
            "count-mismatch", "写入后读回的条数不符，已撤销。", "请运行 hri archive verify。"
        )
    return run


def _count(archive: Archive, target: AnyRows) -> int:
    name = target.model.__tablename__
    found: int = archive.connection.exec_driver_sql(f"SELECT COUNT(*) FROM {name}").scalar_one()
    return found


def _write_rejects(path: Path, run: Run, *, force: bool) -> None:
    from hrintegrity.sheets.writing import write_rejects  # noqa: PLC0415 — only where rows are bad.

    rows = [(raw, run.reasons[number]) for number, (_, raw) in sorted(run.bad.items())]
    write_rejects(path, run.parts[0].reading.headers, rows, force=force)
