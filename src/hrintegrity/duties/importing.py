"""Every `import`: all rows or none, each wrong row named, what is there already left as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from hrintegrity.archive.engine import Archive
from hrintegrity.duties.import_run import CHUNK, ImportResult, Run
from hrintegrity.duties.import_target import Fault, OwnTeller, OwnWriter, Remarks, Target, iso
from hrintegrity.errors import UnusableError, UsageError
from hrintegrity.files import refuse_existing
from hrintegrity.sheets.reading import open_table

__all__ = [
    "CHUNK",
    "Fault",
    "ImportResult",
    "OwnTeller",
    "OwnWriter",
    "Remarks",
    "Target",
    "import_file",
    "iso",
]


def import_file(
    archive: Archive,
    path: Path,
    target: Target,
    *,
    dry_run: bool = False,
    on_duplicate: str = "fail",
    rejects: Path | None = None,
    mapping: Mapping[str, str] | None = None,
    fixed: Mapping[str, str] | None = None,
    force: bool = False,
    tell: Callable[[int], None] = lambda _: None,
) -> ImportResult:
    """Import the rows of a file; `tell` hears how many were read so far.

    Without `rejects` all rows or none go in; with it the good ones do, and the bad ones are
    written there. Raises InputError `rows-refused` with every finding, what `open_table` raises,
    and the error of a rule where rows are refused for that reason alone.
    """
    if rejects is not None:
        _refuse_itself(path, rejects)
        refuse_existing(rejects, force=force)
    how = (archive, path, target, on_duplicate, mapping, fixed, dry_run, tell)
    run = _run(*how, leave_out=frozenset())
    if not run.bad:
        return run.result
    if rejects is None:
        raise run.refusal()
    if not dry_run:
        _write_rejects(rejects, run, force=force)
    # The first of two rows that stand twice was written before the second was met; so the good
    # rows go in afresh, now that all the bad ones are known.
    good = _run(*how, leave_out=frozenset(run.bad))
    good.result.rejected = len(run.bad)
    good.result.errors = run.details()
    return good.result


def _refuse_itself(path: Path, rejects: Path) -> None:
    """Refuse to write the rejected rows over the file that is read."""
    if rejects.exists() and path.exists() and rejects.samefile(path):
        raise UsageError(
            "rejects-is-input", f"--rejects 不能是导入的文件本身：{path}", "请换一个文件名。"
        )


def _run(
    archive: Archive,
    path: Path,
    target: Target,
    on_duplicate: str,
    mapping: Mapping[str, str] | None,
    fixed: Mapping[str, str] | None,
    dry_run: bool,
    tell: Callable[[int], None],
    *,
    leave_out: frozenset[int],
) -> Run:
    with open_table(path, target.table, mapping=mapping, fixed=fixed) as reading:
        run = Run(archive, target, reading, on_duplicate, leave_out, tell)
        savepoint = archive.connection.begin_nested()
        before = _count(archive, target)
        run.take_all()
        if run.unread:
            with open_table(path, target.table, mapping=mapping, fixed=fixed) as again:
                run.read_again(again)
        if run.bad or dry_run:
            savepoint.rollback()
        else:
            savepoint.commit()
            if _count(archive, target) != before + run.gained:
                raise UnusableError(
                    "count-mismatch",
                    "写入后读回的条数不符，已撤销。",
                    "请运行 hri archive verify。",
                )
        run.result.unused_columns = reading.unused_columns
        run.result.remarks = reading.remarks
        if isinstance(target, OwnWriter):
            run.result.remarks = [*reading.remarks, *target.remarks]
        run.result.dry_run = dry_run
    return run


def _count(archive: Archive, target: Target) -> int:
    name = target.model.__tablename__
    found: int = archive.connection.exec_driver_sql(f"SELECT COUNT(*) FROM {name}").scalar_one()
    return found


def _write_rejects(path: Path, run: Run, *, force: bool) -> None:
    from hrintegrity.sheets.writing import write_rejects  # noqa: PLC0415 — only where rows are bad.

    rows = [(run.bad[number], run.reasons[number]) for number in sorted(run.bad)]
    write_rejects(path, run.reading.headers, rows, force=force)
