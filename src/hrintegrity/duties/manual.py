"""The manual: its pages by name, by title, and the section of an error code."""

from __future__ import annotations

import difflib
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hrintegrity import resources
from hrintegrity.errors import LookupFailedError
from hrintegrity.files import os_reason
from hrintegrity.text import fold

_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_ERRORS = "reference/errors.md"
_FOLDER = "手册"
_MADE = ("commands.md", "fields.md", "json.md")
"""Pages of reference/ that are made from the program: in a clone they are in docs/."""


@dataclass(frozen=True)
class Page:
    """A page, or the section of one; `id` is what to ask for it by, `site` its built page."""

    id: str
    title: str
    path: str
    text: str
    site: str | None = None


def pages(environment: Mapping[str, str] = os.environ) -> list[Page]:
    """Return the pages of the manual, the tutorial first."""
    top = resources.folder("manual")
    order = {"index.md": 0, "tutorial.md": 1}
    found = {path.relative_to(top).as_posix(): path for path in top.rglob("*.md")}
    made = {f"reference/{name}": top.parent / "docs" / name for name in _MADE}
    found |= {name: path for name, path in made.items() if name not in found and path.is_file()}
    ordered = sorted(found, key=lambda name: (order.get(name, 2), name))
    return [_page(found[name], name, environment) for name in ordered]


def _page(file: Path, name: str, environment: Mapping[str, str]) -> Page:
    text = _HEAD.sub("", file.read_text(encoding="utf-8"))
    title = _TITLE.search(text)
    built = _built(name, environment)
    key = name.removesuffix(".md").removesuffix("/index").rpartition("/")[2]
    return Page(
        key,
        title[1].partition("：")[0] if title else key,
        name,
        text,
        None if built is None else built.as_uri(),
    )


def _built(name: str, environment: Mapping[str, str]) -> Path | None:
    """Return the built page: beside an installed program, in a clone, or where HRI_MANUAL says."""
    given = environment.get("HRI_MANUAL")
    places = [
        *([Path(given)] if given else []),
        Path(sys.prefix).parents[1] / _FOLDER,
        resources.folder("manual").parent / "site",
    ]
    file = name.removesuffix(".md") + ".html"
    return next((place / file for place in places if (place / file).is_file()), None)


def find(topic: str, environment: Mapping[str, str] = os.environ) -> Page:
    """Return the page of a topic: an error code, a page's name, its title or a part of that.

    Raises LookupFailedError `topic-missing` with the nearest topics.
    """
    wanted = fold(topic.strip().lower())
    every = pages(environment)
    errors = next(page for page in every if page.path == _ERRORS)
    section = _section(errors.text, wanted)
    if section is not None:
        site = None if errors.site is None else f"{errors.site}#{wanted}"
        return Page(wanted, f"错误代码 {wanted}", _ERRORS, section, site)
    named = [page for page in every if wanted in (page.id, page.title.lower())]
    titled = [page for page in every if wanted in page.title.lower()]
    headed = [page for page in every if any(wanted in title for title in _headings(page))]
    for page in [*named, *titled, *headed]:
        return page
    names = [name for page in every for name in (page.id, page.title)] + _codes(errors.text)
    near = difflib.get_close_matches(wanted, names, n=3, cutoff=0.5)
    raise LookupFailedError(
        "topic-missing",
        f"手册里没有“{topic}”这一页。",
        f"是否指 {'、'.join(near)}？" if near else "hri help 列出所有的页。",
    )


def _headings(page: Page) -> list[str]:
    return [title.lower() for title in re.findall(r"^##+ (.+)$", page.text, re.MULTILINE)]


def _codes(text: str) -> list[str]:
    return re.findall(r"^## `([a-z0-9-]+)`$", text, re.MULTILINE)


def _section(text: str, code: str) -> str | None:
    """Return the section of an error code; None where there is none."""
    found = re.search(rf"^## `{re.escape(code)}`\n.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return None if found is None else re.sub(r"\\(.)", r"\1", found[0]).strip() + "\n"


def open_page(page: Page) -> str | None:
    """Open a built page in the browser of this machine; return its address, None without one."""
    import webbrowser  # noqa: PLC0415 — only who opens a page needs it.

    if page.site is None:
        return None
    try:
        return page.site if webbrowser.open(page.site) else None
    except OSError as error:
        raise LookupFailedError(
            "browser-missing", f"打不开浏览器：{os_reason(error)}", f"请自己打开 {page.site}。"
        ) from error
