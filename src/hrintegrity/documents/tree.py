"""The checked XHTML of a paper as plain values, which Word and PDF are written from."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, tostring

from hrintegrity.documents.blocks import (
    Block,
    Cell,
    Figure,
    PageBreak,
    Paragraph,
    Row,
    Rule,
    Run,
    Signature,
    Table,
    Tree,
)
from hrintegrity.documents.columns import fitted
from hrintegrity.documents.grammar import SVG_NAMESPACE, broken
from hrintegrity.documents.heights import measured
from hrintegrity.documents.look import LOOKS
from hrintegrity.documents.paper import Paper

_ALIGNS = {"flush": "left", "center": "center", "right": "right"}
_BLANKS = re.compile(r"[ \t\r\n]+")


def parse(paper: Paper) -> Tree:
    """Return the blocks of `paper`. Raises InputError `template-broken` for an uneven table."""
    form = paper.root.get("class", "")
    blocks: list[Block] = []
    for block in _Reader(paper.name, form).blocks(paper.root):
        if isinstance(block, Signature):
            _keep_last(blocks)
        blocks.append(block)
    return Tree(tuple(blocks), bool(form))


def _keep_last(blocks: list[Block]) -> None:
    """Tie the last paragraph to the signature, and a small table before it to both.

    So no page bears a signature alone, or with one line.
    """
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if isinstance(block, Table) and block.small:
            blocks[place] = dataclasses.replace(block, keep=True)
        if not isinstance(block, Paragraph):
            return
        short = sum(len(run.text) for run in block.runs) <= LINE_CHARS
        blocks[place] = dataclasses.replace(block, keep=True)
        if block.kind != "annexes" and not (short and _follows_table(blocks, place)):
            return


def _follows_table(blocks: Sequence[Block], place: int) -> bool:
    return place > 0 and isinstance(blocks[place - 1], Table)


LINE_CHARS = 26
SHORT = 56
"""So many characters are one line, and two lines, of the body."""


class _Reader:
    def __init__(self, name: str, form: str) -> None:
        self.name = name
        self.form = form

    def blocks(self, parent: Element, *, annex: bool = False) -> Iterator[Block]:
        following = [*list(parent)[1:], None]
        for element, after in zip(parent, following, strict=True):
            match element.tag:
                case "section":
                    yield PageBreak()
                    yield from self.blocks(element, annex=True)
                case "div" if element.get("class") == "signature":
                    yield Signature(tuple(_paragraph(line, _kind(line)) for line in element))
                case "div":
                    *most, last = (_paragraph(line, _kind(line)) for line in element)
                    yield from (dataclasses.replace(one, keep=True) for one in most)
                    yield last
                case "ul" | "ol":
                    yield from (_paragraph(item, "li") for item in element)
                case "table":
                    yield self.table(element)
                case "figure":
                    yield _figure(element)
                case "hr":
                    yield Rule()
                case "h1" if self.form == "poster":
                    yield _paragraph(element, "poster-title")
                case "h1" if annex:
                    yield _paragraph(element, "annex-title")
                case "h1" if self.form:
                    yield _paragraph(element, "form-title")
                case _:
                    one = _paragraph(element, _kind(element))
                    # The line that announces a table stands on its page.
                    announces = after is not None and after.tag == "table" and _is_short(one)
                    yield dataclasses.replace(one, keep=True) if announces else one

    def table(self, element: Element) -> Table:
        kind = element.get("class", "")
        caption = element.find("caption")
        head = self.rows(element.findall("thead/tr"), kind, head=True)
        rows = self.rows(element.findall("tbody/tr"), kind, head=False)
        counts = {sum(cell.columns for cell in row.cells) for row in (*head, *rows)}
        shares = [
            float(column.get("style", "width:0%")[6:-1]) / 100
            for column in element.findall("colgroup/col")
        ]
        if len(counts) != 1 or (shares and len(shares) != min(counts)):
            raise broken(self.name, 1, f"表格各行的列数不一致：{sorted(counts)}")
        if not shares:
            shares = [1 / min(counts)] * min(counts)
        widths = fitted([share / sum(shares) for share in shares], (*head, *rows))
        title = _paragraph(caption, "caption") if caption is not None else None
        return measured(Table(kind, title, widths, head, rows))

    def rows(self, elements: Sequence[Element], kind: str, *, head: bool) -> tuple[Row, ...]:
        """Read rows and put in the places that cells above reach down into."""
        reaching: dict[int, tuple[int, Cell]] = {}  # column: (rows left, the cell above)
        found = []
        for element in elements:
            cells: list[Cell] = []
            own = iter(element)
            column = 0
            while True:
                left, above = reaching.pop(column, (0, None))
                if above is not None:
                    cell = Cell((), above.columns, 1, continued=True)
                elif (one := next(own, None)) is not None:
                    cell = _cell(one, kind, element.get("class", ""), head=head)
                    left, above = cell.rows, cell
                else:
                    break
                if left > 1:
                    reaching[column] = (left - 1, above)
                cells.append(cell)
                column += cell.columns
            if reaching and max(reaching) > column:
                raise broken(self.name, 1, "表格的 rowspan 超出了下一行")
            found.append(Row(tuple(cells), tall=element.get("class") == "tall"))
        if reaching:
            raise broken(self.name, 1, "表格的 rowspan 超出了最后一行")
        return tuple(found)


def _is_short(one: Paragraph) -> bool:
    """Whether a paragraph of the body has about two lines or fewer."""
    return one.kind == "p" and sum(len(run.text) for run in one.runs) <= SHORT


def _cell(element: Element, kind: str, row: str, *, head: bool) -> Cell:
    strong = head or element.tag == "th" or row in ("total", "subtotal")
    look = {"": "th" if strong else "td", "dense": "dense-head" if strong else "dense"}.get(
        kind, kind
    )
    align = element.get("class")
    inner = element.findall("p")
    if inner:
        paragraphs = tuple(
            _paragraph(one, look, _ALIGNS.get(one.get("class", ""), align)) for one in inner
        )
    else:
        paragraphs = (_paragraph(element, look, align),)
    return Cell(paragraphs, int(element.get("colspan", 1)), int(element.get("rowspan", 1)))


def _kind(element: Element) -> str:
    return element.get("class") or element.tag


def _paragraph(element: Element, kind: str, align: str | None = None) -> Paragraph:
    return Paragraph(kind, _runs(element), LOOKS[kind].keep, align)


def _runs(element: Element) -> tuple[Run, ...]:
    """Return the runs with blanks as a browser shows them: collapsed, none around a break."""
    runs: list[Run] = []
    for run in _walk(element, Run("")):
        text = run.text if run.text == "\n" else _BLANKS.sub(" ", run.text)
        if text.startswith(" ") and (not runs or runs[-1].text.endswith((" ", "\n"))):
            text = text[1:]
        if text == "\n" and runs:
            runs[-1] = dataclasses.replace(runs[-1], text=runs[-1].text.rstrip(" "))
        if text:
            runs.append(dataclasses.replace(run, text=text))
    if runs:
        runs[-1] = dataclasses.replace(runs[-1], text=runs[-1].text.rstrip(" "))
    return tuple(run for run in runs if run.text)


def _walk(element: Element, state: Run) -> Iterator[Run]:
    if element.text:
        yield dataclasses.replace(state, text=element.text)
    for child in element:
        if child.tag == "br":
            yield Run("\n")
        elif child.tag == "b":
            yield from _walk(child, dataclasses.replace(state, strong=True))
        elif child.tag == "span":
            yield from _walk(child, dataclasses.replace(state, blank=child.get("class") == "blank"))
        if child.tail:
            yield dataclasses.replace(state, text=child.tail)


def _figure(element: Element) -> Figure:
    svg = element.find(f"{SVG_NAMESPACE}svg")
    caption = element.find("figcaption")
    text, label = "", ""
    if svg is not None:
        label = svg.get("aria-label", "")
        text = tostring(svg, encoding="unicode", default_namespace=None)
    return Figure(text, label, _paragraph(caption, "figcaption") if caption is not None else None)
