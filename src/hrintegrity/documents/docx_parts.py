"""The parts of a Word file that say nothing of their own: styles, settings, footers, relations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from hrintegrity.documents import look
from hrintegrity.documents.docx_package import HEAD, OFFICE, relations_of
from hrintegrity.documents.look import LOOKS, MM, WORD_FACES, Look

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FOLIO_LINE = 18.0
# No full stop hangs in the margin, no blank grows between Chinese and digits. (LibreOffice reads
# the first the wrong way round and leaves out the second; Word and WPS do as they are told.)
_EAST_ASIAN = (
    '<w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    '<w:snapToGrid w:val="0"/>'
)
_OUTLINE = {"h1": 0, "annex-title": 0, "form-title": 0, "poster-title": 0, "h2": 1, "h3": 2}
_JUSTIFY = {"justify": "both"}
# Names under which Word may know a font that goes by another name on this machine.
_OTHER_NAMES = {
    "方正小标宋简体": "FZXiaoBiaoSong-B05S",
    "仿宋": "FangSong",
    "宋体": "SimSun",
    "楷体": "KaiTi",
    "黑体": "SimHei",
}


RECORD_RELATION = (
    '<Relationship Id="rIdRecord" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/customXml" Target="../customXml/hri.xml"/>'
)


def twips(points: float) -> int:
    """Return `points` in twentieths of a point."""
    return round(points * 20)


def fonts(face: str) -> str:
    """Return the run property that sets every script in one Chinese font."""
    name = WORD_FACES[face]
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" '
        f'w:cs="{name}"/>'
    )


def document(sections: Sequence[tuple[str, bool]]) -> str:
    """Return `word/document.xml` around the written blocks of each paper, and whether it is a form.

    Each paper is a section, which begins on a right-hand page and counts its pages from 1.
    """
    whole = []
    for place, (body, form) in enumerate(sections):
        properties = _section(form=form, counted=len(sections) > 1)
        if place + 1 < len(sections):
            properties = f'<w:p><w:pPr><w:pStyle w:val="gap"/>{properties}</w:pPr></w:p>'
        whole.append(body + properties)
    return (
        f'{HEAD}<w:document {_W} {_R} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<w:body>{''.join(whole)}</w:body></w:document>"
    )


def _section(*, form: bool, counted: bool) -> str:
    """Return the page of a section, and its folios unless it is a form."""
    footer = look.MARGIN_BOTTOM_MM * MM - look.FOLIO_BELOW_MM * MM - _FOLIO_LINE
    # A section without footers of its own would take those of the one before.
    right, left = ("rId6", "rId6") if form else ("rId4", "rId5")
    folios = (
        f'<w:footerReference w:type="default" r:id="{right}"/>'
        f'<w:footerReference w:type="even" r:id="{left}"/>'
    )
    if form and not counted:
        folios = ""
    begins = '<w:type w:val="oddPage"/>' if counted else ""
    count = '<w:pgNumType w:start="1"/>' if counted else ""
    return (
        f"<w:sectPr>{folios}{begins}"
        f'<w:pgSz w:w="{twips(look.PAGE_WIDTH_MM * MM)}" w:h="{twips(look.PAGE_HEIGHT_MM * MM)}"/>'
        f'<w:pgMar w:top="{twips(look.MARGIN_TOP_MM * MM)}" '
        f'w:right="{twips(look.MARGIN_RIGHT_MM * MM)}" '
        f'w:bottom="{twips(look.MARGIN_BOTTOM_MM * MM)}" '
        f'w:left="{twips(look.MARGIN_LEFT_MM * MM)}" '
        f'w:header="851" w:footer="{twips(footer)}" w:gutter="0"/>'
        f'{count}<w:docGrid w:type="lines" w:linePitch="{twips(look.LINE)}"/></w:sectPr>'
    )


def gap(points: float, *, keep: bool) -> str:
    """Return an empty paragraph of that height: tables have no space of their own in Word."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="gap"/>{"<w:keepNext/>" if keep else ""}'
        f'<w:spacing w:line="{twips(points)}" w:lineRule="exact"/></w:pPr></w:p>'
    )


RED_RULE = (
    '<w:p><w:pPr><w:pStyle w:val="gap"/><w:keepNext/><w:pBdr><w:bottom w:val="single" '
    f'w:sz="{round(look.RULE_THICKNESS * 8)}" w:space="0" w:color="{look.RED}"/></w:pBdr>'
    f'<w:spacing w:line="{twips(look.RULE_ABOVE)}" w:lineRule="exact"/></w:pPr></w:p>'
)


def table_head(columns: list[int], pad: float) -> str:
    """Return the opening of a table with the widths of its columns in twips."""
    line = f'w:val="single" w:sz="{round(look.TABLE_RULE * 8)}" w:space="0" w:color="000000"'
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    margins = {"top": pad, "left": look.CELL_PAD_X, "bottom": pad, "right": look.CELL_PAD_X}
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{''.join(f'<w:{side} {line}/>' for side in sides)}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        + "".join(f'<w:{side} w:w="{twips(one)}" w:type="dxa"/>' for side, one in margins.items())
        + "</w:tblCellMar></w:tblPr><w:tblGrid>"
        + "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
        + "</w:tblGrid>"
    )


def picture(number: int, size: tuple[int, int], label: str) -> str:
    """Return a paragraph with picture `number`; `size` in EMU, `label` a quoted attribute."""
    extent = f'cx="{size[0]}" cy="{size[1]}"'
    return (
        '<w:p><w:pPr><w:pStyle w:val="center"/><w:keepNext/><w:spacing w:before="160" '
        'w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:drawing>'
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {extent}/><wp:docPr id="{number}" name="图{number}" descr={label}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="image{number}.png"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="rId{100 + number}"/><a:stretch>'
        f'<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


@cache
def fixed(*, bound: bool) -> dict[str, str]:
    """Return the parts that are the same in every file, and in every one of papers `bound`."""
    blank = {"word/footer3.xml": f"{HEAD}<w:ftr {_W}><w:p/></w:ftr>"} if bound else {}
    return {
        "[Content_Types].xml": _content_types(bound=bound),
        "_rels/.rels": relations_of(
            [
                ("rId1", f"{OFFICE}/officeDocument", "word/document.xml"),
                (
                    "rId2",
                    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
                    "core-properties",
                    "docProps/core.xml",
                ),
            ]
        ),
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _font_table(),
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
        **blank,
    }


def _content_types(*, bound: bool) -> str:
    parts = {
        "/word/document.xml": f"{_TYPES}.document.main+xml",
        "/word/styles.xml": f"{_TYPES}.styles+xml",
        "/word/settings.xml": f"{_TYPES}.settings+xml",
        "/word/fontTable.xml": f"{_TYPES}.fontTable+xml",
        "/word/footer1.xml": f"{_TYPES}.footer+xml",
        "/word/footer2.xml": f"{_TYPES}.footer+xml",
        **({"/word/footer3.xml": f"{_TYPES}.footer+xml"} if bound else {}),
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items()
    )
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{overrides}</Types>'
    )


def _styles() -> str:
    styles = "".join(_style(kind, one) for kind, one in LOOKS.items())
    return (
        f"{HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts('fangsong')}"
        '<w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_EAST_ASIAN}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        f'<w:name w:val="Normal"/><w:qFormat/></w:style>{styles}'
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="gap"><w:name w:val="gap"/>'
        '<w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="2"/></w:rPr></w:style></w:styles>'
    )


def _style(kind: str, one: Look) -> str:
    outline = f'<w:outlineLvl w:val="{_OUTLINE[kind]}"/>' if kind in _OUTLINE else ""
    em = one.size
    indent = (
        f'<w:ind w:left="{twips(one.left * em)}" w:right="{twips(one.right * em)}" '
        f'w:firstLine="{twips(one.indent * em)}"/>'
    )
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{kind}"><w:name w:val="{kind}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{"<w:keepNext/>" if one.keep else ""}'
        f'<w:widowControl/><w:spacing w:before="{twips(one.before)}" w:after="{twips(one.after)}" '
        f'w:line="{twips(one.pitch)}" w:lineRule="exact"/>{indent}'
        f'<w:jc w:val="{_JUSTIFY.get(one.align, one.align)}"/>{outline}</w:pPr><w:rPr>'
        f"{fonts(one.face)}"
        + (f'<w:color w:val="{look.RED}"/>' if one.red else "")
        # Twips are too coarse for the tracking; the next narrower one still fits 28 characters.
        + (f'<w:spacing w:val="{int(one.tracking * 20) - 1}"/>' if one.tracking else "")
        + f'<w:sz w:val="{round(one.size * 2)}"/><w:szCs w:val="{round(one.size * 2)}"/>'
        "</w:rPr></w:style>"
    )


def _settings() -> str:
    return (
        f"{HEAD}<w:settings {_W}><w:evenAndOddHeaders/><w:characterSpacingControl "
        'w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _font_table() -> str:
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{_OTHER_NAMES[name]}"/>'
        f'<w:charset w:val="86"/><w:family w:val="{"swiss" if face == "heiti" else "roman"}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for face, name in WORD_FACES.items()
    )
    return f"{HEAD}<w:fonts {_W}>{rows}</w:fonts>"


def _footer(side: str) -> str:
    size = f'<w:sz w:val="{look.FOLIO_SIZE * 2}"/>'
    run = f"<w:r><w:rPr>{fonts('songti')}{size}</w:rPr>"
    em = twips(look.FOLIO_SIZE)
    return (
        f'{HEAD}<w:ftr {_W}><w:p><w:pPr><w:spacing w:line="{twips(_FOLIO_LINE)}" '
        f'w:lineRule="exact"/><w:ind w:left="{em}" w:right="{em}"/><w:jc w:val="{side}"/></w:pPr>'
        f'{run}<w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE ">'
        f'{run}<w:t>1</w:t></w:r></w:fldSimple>{run}<w:t xml:space="preserve"> —</w:t></w:r>'
        "</w:p></w:ftr>"
    )
