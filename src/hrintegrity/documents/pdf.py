"""A paper as PDF/A, set by typst: the same bytes for the same words, every glyph embedded."""

from __future__ import annotations

import dataclasses
import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

from hrintegrity.documents import fonts, look, stamps
from hrintegrity.documents.blocks import (
    Block,
    Cell,
    Figure,
    PageBreak,
    Paragraph,
    Row,
    Rule,
    Signature,
    Table,
)
from hrintegrity.documents.paper import Paper
from hrintegrity.documents.pieces import pieces_of, without_orphan
from hrintegrity.documents.tree import parse
from hrintegrity.errors import HriError, InputError, UnusableError

STANDARD = "a-3u"
_LEVELS = {"h1": 1, "annex-title": 1, "form-title": 1, "poster-title": 1, "h2": 2, "h3": 3}
_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed|codepoint `"(.*?)"`', re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_WORDS = (
    b"#set document(date: datetime(year: 1970, month: 1, day: 1))\n"
    b"#set text(fallback: false, font: json(bytes(sys.inputs.font)))\n#sys.inputs.said\n"
)
_DRAWING = (
    b"#set page(width: 156mm, height: auto, margin: 0pt)\n"
    b'#image(bytes(sys.inputs.svg), format: "svg", width: 100%)\n'
)


def to_pdf(paper: Paper, *more: Paper) -> bytes:
    """Return the paper as PDF/A-3u; with `more` papers, all in one file to print.

    Each then begins on a right-hand page and has page numbers of its own. Raises UnusableError
    `pdf-extra-missing` or `font-missing` (see `pdf_obstacle`) and InputError
    `glyph-missing` for a character that no font at hand has.
    """
    obstacle = pdf_obstacle()
    if obstacle is not None:
        raise obstacle
    compiler, laid_out = _compiler(fonts.folders())
    last = max(one.date for one in (paper, *more))
    data = {
        "title": paper.title,
        "date": [last.year, last.month, last.day],
        "papers": [_paper(one) for one in (paper, *more)],
    }
    inputs = {"paper": json.dumps(data, ensure_ascii=False), "look": laid_out}
    stamp = stamps.together([one.carried for one in (paper, *more)])
    if stamp is not None:
        inputs |= {"record": stamp.content.decode(), "signature": stamps.BLANK}
    made = _compiled(
        compiler, sys_inputs=inputs, format="pdf", pdf_standards=[STANDARD], timestamp=0
    )
    return made if stamp is None else stamps.sign(made, stamp)


def _paper(paper: Paper) -> dict[str, Any]:
    tree = parse(paper)
    return {"form": tree.form, "blocks": [_block(block) for block in tree.blocks]}


def drawing(svg: str, *, ppi: float = 200) -> bytes:
    """Return a figure's SVG as PNG, as wide as the type area; raises as `to_pdf` does."""
    obstacle = pdf_obstacle()
    if obstacle is not None:
        raise obstacle
    import typst  # noqa: PLC0415 — an extra, and only a PDF needs it.

    found, _ = fonts.at_hand(fonts.folders())
    compiler = typst.Compiler(_DRAWING, font_paths=found, sys_inputs={"svg": _with_fonts(svg)})
    return _compiled(compiler, format="png", ppi=ppi)


def _with_fonts(svg: str) -> str:
    """Name the fonts in a figure, and make sure of its words.

    In a drawing typst would take any font of the machine for a character that these do not have,
    so the words are first set as text, which refuses it.
    """
    _, faces = fonts.at_hand(fonts.folders())
    _set_words("".join(fromstring(svg).itertext()))
    families = ", ".join(f"'{name}'" for name in faces["songti"])
    return re.sub(r"<((?:\w+:)?svg)\b", rf'<\1 font-family="{families}"', svg, count=1)


def _set_words(said: str) -> None:
    """Set words as text; raises InputError `glyph-missing` where a character is in no font."""
    import typst  # noqa: PLC0415 — an extra, and only a PDF needs it.

    found, faces = fonts.at_hand(fonts.folders())
    inputs = {"font": json.dumps(faces["songti"]), "said": said}
    compiler = typst.Compiler(_WORDS, font_paths=found, sys_inputs=inputs)
    _compiled(compiler, format="pdf", pdf_standards=[STANDARD])


def unprintable(said: str, most: int = 20) -> list[str]:
    """Return the characters of a text that no font at hand has, `most` of them at most."""
    found: list[str] = []
    while said and len(found) < most:
        try:
            _set_words(said)
            break
        except InputError as error:
            lacking = [str(detail["character"]) for detail in error.details]
            found += lacking
            said = "".join(char for char in said if char not in lacking)
    return found


def pdf_obstacle() -> HriError | None:
    """Return why no PDF can be made here (no typst, no Chinese font), or None."""
    try:
        import typst  # noqa: F401, PLC0415 — an extra: whether it is there is the question.
    except ImportError:
        return UnusableError(
            "pdf-extra-missing",
            "没有安装 PDF 组件，不能生成 PDF。",
            "请运行 pip install 'hrintegrity[pdf]'；网页和 Word 格式不受影响。",
        )
    try:
        fonts.at_hand(fonts.folders())
    except HriError as error:
        return error
    return None


@cache
def _compiler(only: tuple[str, ...] | None) -> tuple[Any, str]:
    """Return one compiler for all papers of this process, and the looks as it wants them."""
    import typst  # noqa: PLC0415 — an extra, and only a PDF needs it.

    found, faces = fonts.at_hand(only)
    page = {
        "width": look.PAGE_WIDTH_MM,
        "height": look.PAGE_HEIGHT_MM,
        "top": look.MARGIN_TOP_MM,
        "left": look.MARGIN_LEFT_MM,
        "right": look.MARGIN_RIGHT_MM,
        "bottom": look.MARGIN_BOTTOM_MM,
        "folio-below": look.FOLIO_BELOW_MM,
        "folio-size": look.FOLIO_SIZE,
        "red": "#" + look.RED,
        "red-rule": look.RULE_THICKNESS,
        "rule-above": look.RULE_ABOVE,
        "rule": look.TABLE_RULE,
        "around": look.TABLE_AROUND,
        "pad-x": look.CELL_PAD_X,
        "pad-y": look.CELL_PAD_Y,
        "dense-pad-y": look.DENSE_PAD_Y,
        "tall": look.TALL,
        "seal": look.SIGNATURE_BEFORE,
        "date-right": look.DATE_RIGHT_CHARS,
    }
    looks = {kind: dataclasses.asdict(one) for kind, one in look.LOOKS.items()}
    program = Path(__file__).with_name("paper.typ")
    laid_out = json.dumps({"page": page, "looks": looks, "faces": faces}, ensure_ascii=False)
    return typst.Compiler(program, root=program.parent, font_paths=found), laid_out


def _compiled(compiler: Any, **how: Any) -> bytes:
    import typst  # noqa: PLC0415 — an extra, and only a PDF needs it.

    try:
        made: bytes = compiler.compile(**how)
    except typst.TypstError as error:
        match = _NO_GLYPH.search(error.message)
        if match is None:
            raise UnusableError(
                "pdf-failed", f"PDF 排版失败：{error.message}", "网页和 Word 格式不受影响。"
            ) from error
        raise _glyph_missing(match[1] or match[2]) from error
    return made


def _glyph_missing(text: str) -> InputError:
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    codes = "、".join(f"U+{ord(char):04X}" for char in text)
    return InputError(
        "glyph-missing",
        f"现有的中文字体都没有这个字：{text}（{codes}），印不出来。",
        "请安装字数更多的字体（如 fonts-noto-cjk、宋体-ExtB），或改用网页、Word 格式。",
        details=[{"character": char, "code_point": f"U+{ord(char):04X}"} for char in text],
    )


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"t": "paragraph", **_paragraph(block)}
        case Table():
            return {
                "t": "table",
                "dense": block.kind == "dense",
                "small": block.small,
                "paired": block.paired,
                "keep": block.keep,
                "usual": block.kind or "td",
                "caption": _paragraph(block.caption) if block.caption else None,
                "widths": block.widths,
                "head": [_row(row, block.widths) for row in block.head],
                "rows": [_row(row, block.widths) for row in block.rows],
            }
        case Figure():
            return {
                "t": "figure",
                "svg": _with_fonts(block.svg),
                "label": block.label,
                "caption": _paragraph(block.caption) if block.caption else None,
            }
        case Signature():
            lines = [_paragraph(line) for line in block.lines]
            return {"t": "signature", "beside": block.beside, "lines": lines}
        case Rule():
            return {"t": "rule"}
        case PageBreak():
            return {"t": "break"}


def _row(row: Row, widths: tuple[float, ...]) -> dict[str, Any]:
    cells = []
    column = 0
    for cell in row.cells:
        wide = sum(widths[column : column + cell.columns]) * look.TYPE_WIDTH
        cells.append(_cell(cell, wide - 2 * look.CELL_PAD_X, row))
        column += cell.columns
    return {"tall": row.tall, "cells": cells}


def _cell(cell: Cell, wide: float, row: Row) -> dict[str, Any]:
    return {
        "columns": cell.columns,
        "rows": cell.rows,
        "continued": cell.continued,
        "breaks": cell.breaks or row.breaks,
        "paragraphs": [_paragraph(one, wide) for one in cell.paragraphs],
    }


def _paragraph(one: Paragraph, wide: float = look.TYPE_WIDTH) -> dict[str, Any]:
    own = one.look
    room = wide / own.size - own.left - own.right - own.indent
    return {
        "kind": one.kind,
        "level": _LEVELS.get(one.kind, 0),
        "keep": one.keep,
        "align": one.align,
        "runs": without_orphan([p for run in one.runs for p in pieces_of(run, room)], room),
    }
