"""Notices of a whole district by one command: against Jinja, zip and typst alone, by the clock.

python -m benchmarks.papers

The floor makes as many notices on one core; the command has all cores.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from benchmarks.commands import HRI
from benchmarks.report import TODAY, city
from benchmarks.rows import row, sized
from hrintegrity.documents import Paper, compose, pdf, pdf_obstacle, to_docx
from hrintegrity.documents.fonts import folders
from hrintegrity.documents.render import specimens

AGENCIES = {"html": sized(10_000), "docx": sized(5_000), "pdf": sized(1_000)}
SHARES = {"html": 0.7, "docx": 0.7, "pdf": 0.9}
"""Of the floor's rate, on each core."""

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
TEMPLATE = "assess/notice"


def contexts(count: int) -> Iterator[dict[str, Any]]:
    """Yield so many contexts that differ as an office's would."""
    given = specimens(TEMPLATE)[0]
    for number in range(count):
        context = deepcopy(given)
        context["number"] = f"海人社诚评〔2013〕{number + 1}号"
        context["addressee"] = f"北京第{number}人力资源服务有限公司"
        yield context


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes, by the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare_jinja() -> Callable[[dict[str, Any]], str]:
    """Return the rendering of the same template by Jinja alone: strict, escaping, cached."""
    import jinja2

    from hrintegrity.documents.render import _environment, _printable
    from hrintegrity.resources import folder

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder("templates")),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= _environment(None).filters
    return environment.get_template(f"{TEMPLATE}.xhtml").render


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return the parts of a Word file as one."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def floors() -> dict[str, tuple[str, Callable[[Paper, dict[str, Any]], object]]]:
    """Return for each format what nobody could do without: its name, and how to make one."""
    render = bare_jinja()
    with zipfile.ZipFile(io.BytesIO(to_docx(compose(TEMPLATE, next(contexts(1)))))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    found: dict[str, tuple[str, Callable[[Paper, dict[str, Any]], object]]] = {
        "html": ("Jinja", lambda _paper, context: render(context)),
        "docx": ("zip of the parts", lambda _paper, _context: zipped(parts)),
    }
    if pdf_obstacle() is None:
        compiler, look = pdf._compiler(folders())

        def typeset(paper: Paper, _context: dict[str, Any]) -> object:
            data = {"title": paper.title, "date": [2013, 11, 4], "papers": [pdf._paper(paper)]}
            inputs = {"paper": json.dumps(data, ensure_ascii=False), "look": look}
            return compiler.compile(sys_inputs=inputs, format="pdf", pdf_standards=[pdf.STANDARD])

        found["pdf"] = ("typst", typeset)
    return found


def main() -> None:
    """Print the figures."""
    for form, (name, make) in floors().items():
        with tempfile.TemporaryDirectory() as folder:
            archive, out = Path(folder) / "city.db", Path(folder) / "papers"
            city(archive, AGENCIES[form])
            command = [*HRI, "--archive", str(archive), "--today", TODAY, "assess", "notice"]
            command += ["--all", "--to", form, "-o", str(out)]
            taken = seconds(lambda: subprocess.run(command, check=True, capture_output=True))  # noqa: B023 — called at once.
            count = len(list(out.iterdir()))
            shutil.rmtree(out)
        given = [(compose(TEMPLATE, context), context) for context in contexts(count)]
        floor = seconds(lambda: [make(*one) for one in given])  # noqa: B023 — called at once.
        target = 1 / (SHARES[form] * CORES)
        row(
            f"{count:,} notices, {form}; {name} on one core, by the clock",
            [(taken, floor)],
            f"≤ {target:.2f}: {SHARES[form]} of its rate on each of {CORES} cores",
        )


if __name__ == "__main__":
    main()
