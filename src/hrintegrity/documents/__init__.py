"""Papers out: one template per document, and html, Word and PDF that all say the same.

    paper = compose("assess/notice", context)      # paper.body is what an archive keeps
    write_paper(paper, Path("notice.pdf"))         # the suffix decides
    write_paper(Paper(kept_body), Path("again.docx"))  # a second printing, the same words

This module is light: Jinja and typst are loaded by the call that needs them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hrintegrity.documents.paper import Paper
from hrintegrity.errors import HriError
from hrintegrity.files import check_suffix, whole_file

__all__ = [
    "BINDING",
    "SUFFIXES",
    "Paper",
    "check_template",
    "compose",
    "pdf_obstacle",
    "to_docx",
    "to_html",
    "to_pdf",
    "write_bound",
    "write_paper",
]

SUFFIXES = (".html", ".docx", ".pdf")
BINDING = (".docx", ".pdf")
"""The formats of one file that holds several papers."""


def compose(
    template: str, context: Mapping[str, Any], *, office_templates: Path | None = None
) -> Paper:
    """Make the paper `template` of `context`; see `render.compose`."""
    from hrintegrity.documents import render  # noqa: PLC0415 — Jinja takes 70 ms to import.

    return render.compose(template, context, office_templates=office_templates)


def check_template(template: str, office_templates: Path | None = None) -> None:
    """Refuse a broken template before anything is numbered; see `render.check_template`."""
    from hrintegrity.documents import render  # noqa: PLC0415 — Jinja takes 70 ms to import.

    render.check_template(template, office_templates)


def to_html(paper: Paper) -> str:
    """Return the paper as one self-contained html page."""
    from hrintegrity.documents import html  # noqa: PLC0415 — only where a page is made.

    return html.to_html(paper)


def to_docx(paper: Paper, *more: Paper) -> bytes:
    """Return the papers as a Word file; see `docx.to_docx`."""
    from hrintegrity.documents import docx  # noqa: PLC0415 — only where a Word file is made.

    return docx.to_docx(paper, *more)


def to_pdf(paper: Paper, *more: Paper) -> bytes:
    """Return the papers as PDF/A; see `pdf.to_pdf`."""
    from hrintegrity.documents import pdf  # noqa: PLC0415 — only where a PDF is made.

    return pdf.to_pdf(paper, *more)


def pdf_obstacle() -> HriError | None:
    """Return why no PDF can be made here (`pdf-extra-missing`, `font-missing`), or None."""
    from hrintegrity.documents import pdf  # noqa: PLC0415 — only where a PDF is made.

    return pdf.pdf_obstacle()


def write_paper(paper: Paper, path: Path, *, force: bool = False, public: bool = False) -> None:
    """Write the paper whole or not at all, in the format that the suffix names.

    One that is made for the `public` may be read by everybody. Raises UsageError
    `unknown-suffix`, what `files.whole_file` raises, and for a PDF what
    `to_pdf` raises.
    """
    check_suffix(path, *SUFFIXES)
    match path.suffix.lower():
        case ".docx":
            content = to_docx(paper)
        case ".pdf":
            content = to_pdf(paper)
        case _:
            content = to_html(paper).encode()
    with whole_file(path, force=force, public=public) as temporary:
        temporary.write_bytes(content)


def write_bound(papers: Sequence[Paper], path: Path, *, force: bool = False) -> None:
    """Write papers into one .docx or .pdf to print, each from a right-hand page.

    Raises as `write_paper`.
    """
    check_suffix(path, *BINDING)
    content = to_docx(*papers) if path.suffix.lower() == ".docx" else to_pdf(*papers)
    with whole_file(path, force=force) as temporary:
        temporary.write_bytes(content)
