"""Printing notices that were numbered: the words that were served, each in a file or bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.papers import IssuedPaper
from hrintegrity.chunking import chunks
from hrintegrity.documents import Paper
from hrintegrity.duties import papers
from hrintegrity.duties.printing import bind
from hrintegrity.duties.stamping import stamped_each
from hrintegrity.errors import UnusableError

TEMPLATE = "assess/notice"
PRINTED_AT_ONCE = 100


def print_each(
    archive: Archive,
    issued: Sequence[papers.Numbered],
    targets: Sequence[Path],
    *,
    force: bool,
    progress: papers.Progress[papers.Numbered] = iter,
) -> tuple[list[papers.Numbered], list[str]]:
    """Write each notice to its file; return them with the files' names, and whose codes were not.

    The words are those that were served, whatever templates, names and numbers say now. Of several
    notices those are left out that hold a character no font has. Raises UnusableError
    `paper-damaged` where the words are not what was hashed then, InputError `glyph-missing`.
    """
    from hrintegrity.documents import many  # noqa: PLC0415 — processes take long to import.

    written, left_out = [], []
    kept = (paper for _, paper in _kept(archive, issued, progress))
    made = many.write_papers(zip(kept, targets, strict=True), len(issued), force=force)
    for notice, target, obstacle in zip(issued, targets, made, strict=True):
        if obstacle is None:
            written.append(replace(notice, written=str(target)))
        elif obstacle.code == "glyph-missing" and len(issued) > 1:
            left_out.append(notice.code)
        else:
            raise obstacle
    return written, left_out


def print_bound(
    archive: Archive,
    issued: Sequence[papers.Numbered],
    output: Path,
    *,
    force: bool,
    progress: papers.Progress[papers.Numbered] = iter,
) -> tuple[list[papers.Numbered], list[str]]:
    """Write the notices into one file to print; return and raise as `print_each`."""
    found = list(_kept(archive, issued, progress))
    lacking = bind([paper for _, paper in found], output, force=force) if found else []
    written = [
        replace(notice, written=str(output))
        for place, (notice, _) in enumerate(found)
        if place not in lacking
    ]
    return written, [found[place][0].code for place in lacking]


def _kept(
    archive: Archive,
    issued: Sequence[papers.Numbered],
    progress: papers.Progress[papers.Numbered],
) -> Iterator[tuple[papers.Numbered, Paper]]:
    """Yield each notice with its words as they were served; see `print_each`."""
    for chunk in chunks(progress(list(issued)), PRINTED_AT_ONCE):
        query = select(IssuedPaper).where(col(IssuedPaper.id).in_([one.id for one in chunk]))
        rows = {row.id: row for row in archive.session.exec(query)}
        stamped = stamped_each(archive, [rows[notice.id] for notice in chunk])
        for notice, paper in zip(chunk, stamped, strict=True):
            if paper.sha256 != notice.sha256:
                raise UnusableError(
                    "paper-damaged",
                    f"{notice.number} 存档的文字与制作时的 SHA-256 不符，没有印出。",
                    "请运行 hri archive verify，并用备份核对。",
                )
            yield notice, paper
