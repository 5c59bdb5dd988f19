"""Where papers are printed to: one file, a file each in a folder, or all bound in one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hrintegrity.documents import BINDING, SUFFIXES, Paper, to_pdf, write_bound
from hrintegrity.duties.papers import check_targets
from hrintegrity.errors import InputError, UsageError


@dataclass(frozen=True)
class Place:
    """Where papers go: `output` is a folder of files ending in `suffix`, or else one file.

    A file that takes several papers is `bound`, to be printed at one go.
    """

    output: Path
    suffix: str
    folder: bool
    bound: bool

    def targets(self, names: Sequence[str]) -> list[Path]:
        """Return the file of each paper, by the names that they have in a folder."""
        return [self.output / name if self.folder else self.output for name in names]

    def check(self, targets: Sequence[Path], *, force: bool) -> None:
        """Refuse what could not be written. Raises as `papers.check_targets`."""
        check_targets(targets, self.output, as_file=not self.folder, force=force)


def place(output: Path, to: str | None, *, alone: bool, default: str = ".html") -> Place:
    """Return where papers go: one paper `alone`, or several; `to` is the format in a folder.

    Raises UsageError `unknown-suffix`, `format-differs`, or `not-a-folder` where a file can't hold
    several papers.
    """
    suffix = output.suffix.lower()
    if output.is_dir() or suffix == "" or (to not in (None, suffix[1:]) and suffix not in SUFFIXES):
        return Place(output, f".{to}" if to else default, folder=True, bound=False)
    if not alone and suffix in SUFFIXES and suffix not in BINDING:
        raise UsageError(
            "not-a-folder",
            f"几份文书不能写成一个{suffix}文件：{output}",
            "请给出目录，如 -o 文书；要装订成一个文件的，用 .pdf 或 .docx。",
        )
    if to not in (None, suffix[1:]):
        raise UsageError(
            "format-differs", f"文件名 {output.name} 与 --to {to} 不一致。", "二者只写一个即可。"
        )
    if not alone and suffix not in SUFFIXES:
        return Place(output, default, folder=True, bound=False)
    return Place(output, suffix, folder=False, bound=not alone)


def bind(papers: Sequence[Paper], output: Path, *, force: bool) -> list[int]:
    """Write papers into one file; return the places of those left out for a missing character.

    Raises as `documents.write_bound`; InputError `glyph-missing` where there is but one paper.
    """
    try:
        write_bound(papers, output, force=force)
    except InputError as error:
        if error.code != "glyph-missing" or len(papers) == 1:
            raise
    else:
        return []
    lacking = [index for index, paper in enumerate(papers) if not _printable(paper)]
    kept = [paper for index, paper in enumerate(papers) if index not in lacking]
    if kept:
        write_bound(kept, output, force=force)
    return lacking


def write_each(papers: Sequence[tuple[Paper, Path]], where: Place, *, force: bool) -> None:
    """Write papers to their files, or bind them."""
    from hrintegrity.documents import many  # noqa: PLC0415 — processes take long to import.

    if where.bound and papers:
        write_bound([paper for paper, _ in papers], papers[0][1], force=force)
        return
    for obstacle in many.write_papers(papers, len(papers), force=force):
        if obstacle is not None:
            raise obstacle


def _printable(paper: Paper) -> bool:
    try:
        to_pdf(paper)
    except InputError:
        return False
    return True
