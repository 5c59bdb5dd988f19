"""Trying an office's own settings before anybody needs them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hrintegrity import resources
from hrintegrity.archive.reader import Reader
from hrintegrity.documents import Paper, pdf_obstacle, to_docx, to_html, to_pdf, write_paper
from hrintegrity.documents.render import check_template, compose, specimens
from hrintegrity.duties import offices
from hrintegrity.duties.configuration.folder import (
    MAPPINGS,
    OFFICE,
    STANDARD,
    TEMPLATES,
    mappings,
    own_templates,
    papers,
)
from hrintegrity.duties.importing import interpretation
from hrintegrity.errors import HriError, LookupFailedError
from hrintegrity.files import make_folder
from hrintegrity.notice._reading import given_file
from hrintegrity.notice.deadlines import first_campaign
from hrintegrity.notice.indicators import annex
from hrintegrity.rules.standard_reading import read_standard

_OFFICE_KEYS = ("name", "prefix", "leader", "department", "address")

_MAKERS: dict[str, Callable[[Paper], str | bytes]] = {
    ".html": to_html,
    ".docx": to_docx,
    ".pdf": to_pdf,
}


@dataclass(frozen=True)
class Checked:
    """One file or paper that was tried; `found` says what came of it."""

    id: str
    what: str
    ok: bool
    found: str
    remedy: str | None = None


def check(
    folder: Path,
    templates: Path | None,
    *,
    only: Collection[str] = (),
    specimens_to: Path | None,
    force: bool,
) -> Iterator[Checked]:
    """Try every file of the folder, and make every paper in every format from its specimens.

    `only` names the papers to be made, as `assess/notice`; without it all are. The specimens are
    kept in `specimens_to`, where it is given; `force` replaces what lies there. Does not raise for
    what it finds; raises LookupFailedError `no-paper` where `only` names no paper.
    """
    known = papers()
    unknown = [name for name in only if name not in known]
    if unknown:
        hint = f"文书有：{'、'.join(known)}。"
        raise LookupFailedError("no-paper", f"没有文书 {unknown[0]}", hint)
    yield from _files(folder)
    for name in _unused(templates):
        yield Checked(
            f"{TEMPLATES}/{name}",
            "template",
            False,
            f"没有文书用到 {name}",
            "请核对文件名；可用的名字见手册“本单位的样式和标准”。",
        )
    obstacle = pdf_obstacle()
    formats = [".html", ".docx", *([] if obstacle else [".pdf"])]
    for name in only or known:
        yield _tried(
            name, "paper", partial(_made, name, templates, formats, kept=specimens_to, force=force)
        )
    if obstacle is not None:
        yield Checked("pdf", "pdf", False, obstacle.message, obstacle.hint)


def _unused(templates: Path | None) -> list[str]:
    shipped = resources.folder("templates")
    own = set(own_templates(templates))
    text = "".join(
        path.read_text(encoding="utf-8-sig")
        for top in (shipped, templates)
        if top is not None
        for path in top.rglob("*.xhtml")
    )
    return [name for name in sorted(own) if not (shipped / name).exists() and name not in text]


def _files(folder: Path) -> Iterator[Checked]:
    for name, what, read in ((STANDARD, "standard", _standard), (OFFICE, "office", _office)):
        if (folder / name).is_file():
            yield _tried(name, what, partial(read, folder / name))
    for path in mappings(folder):
        yield _tried(f"{MAPPINGS}/{path.name}", "mapping", partial(_mapping, path))


def _tried(name: str, what: str, attempt: Callable[[], str]) -> Checked:
    try:
        return Checked(name, what, True, attempt())
    except HriError as error:
        return Checked(name, what, False, error.message, error.hint)


def _made(
    name: str, templates: Path | None, formats: list[str], *, kept: Path | None, force: bool
) -> str:
    check_template(name, templates)
    if kept is not None:
        make_folder(kept)
    contexts = specimens(name)
    for number, context in enumerate(contexts, 1):
        paper = compose(name, context, office_templates=templates)
        for form in formats:
            if kept is None:
                _MAKERS[form](paper)
            else:
                target = kept / f"{name.replace('/', '-')}-{number}{form}"
                write_paper(paper, target, force=force)
    return f"样张 {len(contexts)} 份：{'、'.join(form[1:] for form in formats)}"


def differing(folder: Path, archive: Reader) -> list[Checked]:
    """Return where `office.yaml` says something else than the archive, with the way to mend it."""
    if not (folder / OFFICE).is_file():
        return []
    part = given_file(folder / OFFICE, "office-refused").keys((), _OFFICE_KEYS)
    office = offices.office_of(archive, offices.scope(archive, None) or offices.CITY)
    found = []
    for key, value in part.items():
        kept = getattr(office, key)
        if kept != value.text():
            found.append(
                Checked(
                    f"{OFFICE}:{key}",
                    "office",
                    False,
                    f"{key}：文件里是 {value.text()}，档案库里是 {kept or '空的'}",
                    f"写进档案库：hri archive office --{key} {value.text()}",
                )
            )
    return found


def _standard(path: Path) -> str:
    # The folder is of no year: a standard for another annex is checked where it is taken into use.
    return read_standard(path, annex(first_campaign().year)).name


def _office(path: Path) -> str:
    part = given_file(path, "office-refused").keys((), _OFFICE_KEYS)
    return "、".join(value.text() for value in part.values())


def _mapping(path: Path) -> str:
    found = interpretation.read(path)
    said = [*found.mapping, *found.words, *found.fixed]
    return "、".join(said)
