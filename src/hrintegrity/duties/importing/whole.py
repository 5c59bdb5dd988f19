"""Every `import`: all rows or none, each wrong row named, what is there already left as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hrintegrity.archive.engine import Archive
from hrintegrity.duties.importing import history, results
from hrintegrity.duties.importing.findings import Part
from hrintegrity.duties.importing.interpretation import Interpretation
from hrintegrity.duties.importing.results import ImportResult
from hrintegrity.duties.importing.run import Run
from hrintegrity.duties.importing.sources import files_of
from hrintegrity.duties.importing.target import AnyRows
from hrintegrity.errors import HriError, InputError, UnusableError
from hrintegrity.files import refuse_target
from hrintegrity.protection import guard
from hrintegrity.sheets.reading import How, Reading, open_tables
from hrintegrity.sheets.refusals import together


@dataclass(frozen=True)
class Options:
    """How tables are imported, as `hri … import` was told.

    `interpretation` is what the user says of them, `today` the day by which days too far ahead are
    refused; `rejects` is where refused rows are written, so that the good ones go in; `progress`
    hears how many rows were read so far. `confirm` hears what can't be taken back before it is
    written, and raises an HriError where the user would rather not.
    """

    dry_run: bool = False
    on_duplicate: str = "fail"
    rejects: Path | None = None
    interpretation: Interpretation = field(default_factory=Interpretation)
    today: dt.date | None = None
    force: bool = False
    progress: Callable[[int], None] = lambda _: None
    confirm: Callable[[Sequence[str]], None] = lambda _: None


def import_files(
    archive: Archive, paths: Sequence[Path], target: AnyRows, options: Options
) -> ImportResult:
    """Import the rows of files and folders as one: all rows or none, unless there are `rejects`.

    With `rejects` the good rows go in and the bad ones are written there. Raises InputError
    `rows-refused` with every finding, what `open_tables` and `files_of` raise, and the error of a
    rule where rows are refused for that reason alone.
    """
    from hrintegrity.sheets.child import keeping_workers  # noqa: PLC0415 — a csv needs none.

    files = files_of(paths)
    rejects = options.rejects
    if rejects is not None:
        # What is read is never written over.
        guard(lambda: tuple(files))
        refuse_target(rejects, force=options.force)
    if options.dry_run:
        archive.keep_nothing()
    with keeping_workers():
        run = _run(archive, files, target, options, leave_out=frozenset())
        if not run.bad:
            return results.of(run, dry_run=options.dry_run)
        if rejects is None:
            raise results.refusal(run)
        good, more = run, run
        # Nothing is written after a bad row, so that a row which only contradicts good ones before
        # it is found when those go in: the good rows go in afresh until none of them is bad.
        while more.bad:
            more.keep_first_of_equal()
            run.refuse_also(more)
            good = more = _run(archive, files, target, options, leave_out=frozenset(run.bad))
        if not options.dry_run:
            results.write_rejects(rejects, run, force=options.force)
    return results.of(good, dry_run=options.dry_run, refused=run)


def _run(
    archive: Archive,
    files: Sequence[Path],
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
        progress=options.progress,
    )
    savepoint = archive.connection.begin_nested()
    before = _count(archive, target)
    first = history.last_number(archive)
    for reading in _readings(files, target, options):
        run.take(Part(reading.path, reading, run.next_offset))
    run.finish()
    run.unneeded = list(_unneeded(run, options.interpretation))
    if run.unread:
        for reading, part in zip(_readings(files, target, options), run.parts, strict=True):
            run.read_again(part, reading)
    if run.bad or options.dry_run:
        savepoint.rollback()
        return run
    if _count(archive, target) != before + run.gained:
        savepoint.rollback()
        raise UnusableError(
            "count-mismatch", "写入后读回的条数不符，已撤销。", "请运行 hri archive verify。"
        )
    lasting = target.remarks.lasting()
    if lasting:
        options.confirm(lasting)
    if not run.is_idle:
        run.id = history.keep(archive, run, first + 1)
    savepoint.commit()
    return run


def _readings(files: Sequence[Path], target: AnyRows, options: Options) -> Iterator[Reading]:
    """Yield each sheet that is wanted; it is closed when the next is asked for."""
    interpretation = options.interpretation
    how = How(
        mapping=interpretation.mapping,
        fixed=interpretation.fixed,
        words=interpretation.words,
        sheet=interpretation.sheet,
        today=options.today,
        some_headers=len(files) > 1 or interpretation.sheet is not None,
        optional=interpretation.remembered,
    )
    lacking: list[InputError] = []
    for path in files:
        reading = None
        try:
            for reading in open_tables(path, target.table, how):
                if lacking:
                    break
                yield reading
        except HriError as error:
            if len(files) > 1 and path.name not in "".join((error.message, *error.lines)):
                error.message = f"{path.name}：{error.message}"
            if not (isinstance(error, InputError) and error.code == "column-missing"):
                raise
            lacking.append(error)
        finally:
            if reading is not None:
                reading.close()
    if lacking:
        raise together(lacking)


def _unneeded(run: Run, interpretation: Interpretation) -> Iterator[str]:
    """Yield what the user said of tables that was not needed.

    Raises InputError `column-missing` for a header that the user mapped and no table has.
    """
    have = {header for part in run.parts for header in part.reading.mapped}
    lost = [header for header in interpretation.mapping if header not in have]
    yield from (f"--map {one}" for one in lost if one in interpretation.remembered)
    used = {word for part in run.parts for word in part.reading.noted.used_words}
    yield from (f"--word {word}" for word in interpretation.words if word not in used)
    lost = [header for header in lost if header not in interpretation.remembered]
    if lost:
        raise InputError(
            "column-missing",
            f"表里没有 --map 所说的列：{'、'.join(lost)}",
            "请核对表头；也可去掉这一条 --map。",
        )


def _count(archive: Archive, target: AnyRows) -> int:
    name = target.model.__tablename__
    found: int = archive.connection.exec_driver_sql(f"SELECT COUNT(*) FROM {name}").scalar_one()
    return found
