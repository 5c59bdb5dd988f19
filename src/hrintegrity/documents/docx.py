"""A paper as a Word file: OOXML written straight, the same bytes for the same words."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from hrintegrity.documents import docx_package, docx_parts, look, stamps
from hrintegrity.documents.blocks import (
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
from hrintegrity.documents.look import LOOKS
from hrintegrity.documents.paper import Paper
from hrintegrity.documents.tree import parse
from hrintegrity.errors import HriError

_WIDTH = docx_parts.twips(look.TYPE_WIDTH)
_RELATIONS, _END = "word/_rels/document.xml.rels", "</Relationships>"
_EMU = 12700  # to the point
_BOX = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')


def to_docx(paper: Paper, *more: Paper) -> bytes:
    """Return the paper as .docx; with `more` papers, all in one file to print.

    Each then begins on a right-hand page and has page numbers of its own.
    A figure is drawn by typst; where it can't (no pdf extra, no Chinese font), its place says so
    and tells its figures in words.
    """
    pictures: list[bytes] = []
    sections = []
    for tree in map(parse, (paper, *more)):
        sections.append((_Writer(tree, pictures).body(), tree.form))
    last = max(one.date for one in (paper, *more))
    parts = {
        **docx_parts.fixed(bound=bool(more)),
        "word/document.xml": docx_parts.document(sections),
        _RELATIONS: docx_package.relations(len(pictures), bound=bool(more)),
        "docProps/core.xml": docx_package.core(paper.title, last),
    }
    media = {f"word/media/image{number}.png": picture for number, picture in enumerate(pictures, 1)}
    stamp = stamps.together([one.carried for one in (paper, *more)])
    if stamp is not None:
        parts[_RELATIONS] = parts[_RELATIONS].replace(_END, docx_parts.RECORD_RELATION + _END)
    content = {name: text.encode() for name, text in parts.items()} | media
    if stamp is not None:
        content[stamps.WORD_PART] = stamps.word_part(stamp, content)
    return _zipped(content)


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            # A fixed time and system: the bytes depend on the words alone.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


class _Writer:
    """Writes the blocks one after the other and adds to the pictures of the file on the way."""

    def __init__(self, tree: Tree, pictures: list[bytes]) -> None:
        self.tree = tree
        self.pictures = pictures

    def body(self) -> str:
        parts: list[str] = []
        breaking = False
        last = len(self.tree.blocks) - 1
        for place, block in enumerate(self.tree.blocks):
            match block:
                case PageBreak():
                    breaking = True
                    continue
                case Paragraph():
                    parts.append(_paragraph(block, "<w:pageBreakBefore/>" if breaking else ""))
                case Table():
                    parts.append(_table(block, last=place == last))
                case Figure():
                    parts.append(self.figure(block))
                case Signature():
                    parts.append(_signature(block))
                case Rule():
                    parts.append(docx_parts.RED_RULE)
            breaking = False
        return "".join(parts)

    def figure(self, figure: Figure) -> str:
        caption = _paragraph(figure.caption) if figure.caption else ""
        from hrintegrity.documents import pdf  # noqa: PLC0415 — typst, only where a figure is.

        try:
            self.pictures.append(pdf.drawing(figure.svg))
        except HriError as error:
            return _note(f"（此处有图，未能绘出：{error.message}{figure.label}）") + caption
        box = _BOX.search(figure.svg)
        ratio = float(box[2]) / float(box[1]) if box else 0.5
        size = round(look.TYPE_WIDTH * _EMU), round(look.TYPE_WIDTH * ratio * _EMU)
        return docx_parts.picture(len(self.pictures), size, quoteattr(figure.label)) + caption


def _note(text: str) -> str:
    return _paragraph(Paragraph("note", (Run(text),)))


def _paragraph(one: Paragraph, extra: str = "") -> str:
    own = LOOKS[one.kind]
    keep = "<w:keepNext/>" if one.keep and not own.keep else ""
    align = f'<w:jc w:val="{one.align}"/>' if one.align and one.align != own.align else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{one.kind}"/>{keep}{extra}{align}</w:pPr>'
        f"{''.join(_run(run, one.kind) for run in one.runs)}</w:p>"
    )


def _run(run: Run, kind: str) -> str:
    if run.text == "\n":
        return "<w:r><w:br/></w:r>"
    fonts = _fonts("heiti" if run.strong else LOOKS[kind].face)
    line = '<w:u w:val="single"/>' if run.blank else ""
    return (
        f'<w:r><w:rPr>{fonts}{line}</w:rPr><w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>'
    )


@cache
def _fonts(face: str) -> str:
    return docx_parts.fonts(face)


def _signature(block: Signature) -> str:
    """Set both lines in the middle of a box at the right margin, the date four characters in.

    Two signers side by side stand over the middles of the halves, by tabs.
    """
    if block.beside:
        return _side_by_side(block)
    size = LOOKS["date"].size + look.TRACKING
    wide = max(
        look.width("".join(run.text for run in line.runs))
        + (2 * look.DATE_RIGHT_CHARS if line.kind == "date" else 0)
        for line in block.lines
    )
    left = max(0, _WIDTH - docx_parts.twips((wide + 0.1) * size))
    parts = []
    for place, line in enumerate(block.lines):
        before = docx_parts.twips(look.SIGNATURE_BEFORE) if place == 0 else 0
        spacing = f'<w:spacing w:before="{before}"/>'
        parts.append(_paragraph(line, f'<w:keepLines/>{spacing}<w:ind w:left="{left}"/>'))
    return "".join(parts)


def _side_by_side(block: Signature) -> str:
    tabs = "".join(f'<w:tab w:val="center" w:pos="{_WIDTH * part // 4}"/>' for part in (1, 3))
    own = f'<w:tabs>{tabs}</w:tabs><w:ind w:left="0" w:firstLine="0"/><w:jc w:val="left"/>'
    names = [line for line in block.lines if line.kind == "signer"]
    dates = [line for line in block.lines if line.kind != "signer"]
    before = f'<w:spacing w:before="{docx_parts.twips(look.SIGNATURE_BEFORE)}"/>'
    row = "".join(_TAB + "".join(_run(run, "signer") for run in name.runs) for name in names)
    parts = [_lined("signer", f"<w:keepNext/><w:keepLines/>{before}{own}", row)]
    parts += [
        _lined("date", own, _TAB * 2 + "".join(_run(run, "date") for run in date.runs))
        for date in dates
    ]
    return "".join(parts)


_TAB = "<w:r><w:tab/></w:r>"


def _lined(kind: str, own: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{kind}"/>{own}</w:pPr>{runs}</w:p>'


def _table(table: Table, *, last: bool) -> str:
    columns = [round(width * _WIDTH) for width in table.widths]
    columns[-1] += _WIDTH - sum(columns)
    pad = look.DENSE_PAD_Y if table.kind == "dense" else look.CELL_PAD_Y
    kept = len(table.rows) - int(not table.keep) if table.small else int(table.paired)
    return "".join(
        (
            docx_parts.gap(look.TABLE_AROUND, keep=True),
            _paragraph(table.caption) if table.caption else "",
            docx_parts.table_head(columns, pad),
            *(_row(row, columns, head=True) for row in table.head),
            *(_row(_kept(row), columns, head=False) for row in table.rows[:kept]),
            *(_row(row, columns, head=False) for row in table.rows[kept:]),
            "</w:tbl>",
            # Word wants a paragraph after a table; the last one must not open a page of its own.
            docx_parts.gap(1 if last else look.TABLE_AROUND, keep=table.keep),
        )
    )


def _kept(row: Row) -> Row:
    """Tie a row to the next one."""
    cells = (
        dataclasses.replace(
            cell, paragraphs=tuple(dataclasses.replace(one, keep=True) for one in cell.paragraphs)
        )
        for cell in row.cells
    )
    return dataclasses.replace(row, cells=tuple(cells))


def _row(row: Row, columns: list[int], *, head: bool) -> str:
    tall = docx_parts.twips(look.TALL)
    height = f'<w:trHeight w:val="{tall}" w:hRule="atLeast"/>' if row.tall else ""
    repeated = "<w:tblHeader/>" if head else ""
    place = 0
    cells = []
    for cell in row.cells:
        cells.append(_cell(cell, sum(columns[place : place + cell.columns])))
        place += cell.columns
    whole = "" if row.breaks else "<w:cantSplit/>"
    return f"<w:tr><w:trPr>{whole}{height}{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: Cell, wide: int) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = ""
    if cell.continued:
        merge = "<w:vMerge/>"
    elif cell.rows > 1:
        merge = '<w:vMerge w:val="restart"/>'
    inside = "".join(_paragraph(one) for one in cell.paragraphs) or "<w:p/>"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{span}{merge}'
        f'<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'
    )
