"""A thousand notices: html against bare Jinja on the same template and data; Word and PDF told.

python -m benchmarks.papers
"""

from __future__ import annotations

import cProfile
import pstats
import statistics
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from hrintegrity.documents import compose, pdf_obstacle, to_docx, to_html, to_pdf
from hrintegrity.documents.render import specimens

COUNT = 1000
FEW = 200
ROUNDS = 5
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
    """Return how long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare_jinja() -> Callable[[dict[str, Any]], str]:
    """Return the rendering of the same template by Jinja alone: strict, escaping, cached."""
    import jinja2

    from hrintegrity.documents.render import _lines, _printable
    from hrintegrity.resources import folder

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder("templates")),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["lines"] = _lines
    return environment.get_template(f"{TEMPLATE}.xhtml").render


def main() -> None:
    """Print the figures."""
    given = list(contexts(COUNT))
    render = bare_jinja()
    pairs = []
    for _ in range(ROUNDS):
        bare = seconds(lambda: [render(context) for context in given])
        ours = seconds(lambda: [to_html(compose(TEMPLATE, context)) for context in given])
        pairs.append((bare, ours, bare / ours))
    bare, ours, rate = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(
        f"1,000 notices, html: {ours / COUNT * 1000:.2f} ms each, bare Jinja"
        f" {bare / COUNT * 1000:.2f} ms; rate {rate:.2f} of bare Jinja's (at least 0.5)"
    )
    papers = [compose(TEMPLATE, context) for context in given[:FEW]]
    formats: dict[str, Callable[[Any], object]] = {"docx": to_docx}
    if pdf_obstacle() is None:
        formats["pdf"] = to_pdf
    for name, make in formats.items():
        make(papers[0])
        each = seconds(lambda make=make: [make(paper) for paper in papers]) / FEW
        print(f"1,000 notices, {name}: {each * 1000:.1f} ms each, {1 / each:.0f} a second")
        for line in where(lambda make=make: [make(paper) for paper in papers]):
            print(f"    {line}")


def where(work: Callable[[], object], most: int = 5) -> list[str]:
    """Return where the time of a piece of work goes: the functions with most time of their own."""
    profile = cProfile.Profile()
    profile.runcall(work)
    stats = pstats.Stats(profile)
    whole = stats.total_tt
    rows = sorted(stats.stats.items(), key=lambda item: -item[1][2])[:most]
    return [
        f"{own / whole:4.0%}  {name} ({file.rsplit('/', 1)[-1]}:{line})"
        for (file, line, name), (_, _, own, _, _) in rows
    ]


if __name__ == "__main__":
    main()
