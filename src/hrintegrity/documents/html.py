"""A paper as one self-contained html page that prints on A4 as Word and PDF do."""

from __future__ import annotations

import html
from functools import cache
from xml.etree.ElementTree import Element

from hrintegrity.documents import look, stamps
from hrintegrity.documents.look import FACES, LOOKS, Look
from hrintegrity.documents.paper import Paper

_ALONE = {"p", "h1", "h2", "h3", "li", "caption", "figcaption", "td", "th"}
_SPECIAL = {
    "annex-title": ".annex h1",
    "form-title": ".form h1",
    "poster-title": ".poster h1",
    "form": "table.form td,table.form th",
    "dense": "table.dense td",
    "dense-head": "table.dense th",
}


def to_html(paper: Paper) -> str:
    """Return the whole page: stylesheet, title and the paper's own body."""
    head, tail = _frame(beside=_signed_side_by_side(paper.root))
    title, stamp = html.escape(paper.title), paper.carried
    if stamp is None:
        return "".join((head, title, "</title>\n</head>\n<body>\n", paper.body, tail))
    carried = (
        f'</title>\n<meta name="hri-record" content="{stamp.encoded}"/>\n'
        f'<meta name="hri-signature" content="{stamps.BLANK}"/>\n</head>\n<body>\n'
    )
    made = "".join((head, title, carried, paper.body, tail))
    return stamps.sign(made.encode(), stamp).decode()


def _signed_side_by_side(root: Element) -> bool:
    """Whether two sign together whose names fit beside each other, as in Word and PDF."""
    return any(
        look.side_by_side(
            ["".join(p.itertext()).strip() for p in div if p.get("class") == "signer"]
        )
        for div in root.iter("div")
        if div.get("class") == "signature"
    )


@cache
def _frame(*, beside: bool) -> tuple[str, str]:
    head = (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
        f"<style>\n{stylesheet()}{_BESIDE if beside else ''}</style>\n<title>"
    )
    return head, "\n</body>\n</html>\n"


def stylesheet() -> str:
    """Return the CSS of papers, made from `look`."""
    rules = [_PAGE, _FIXED]
    for kind, one in LOOKS.items():
        selector = _SPECIAL.get(kind) or (kind if kind in _ALONE else f".{kind}")
        rules.append(f"{selector}{{{_declarations(one)}}}\n")
    return "".join((*rules, _AFTER))


def _declarations(one: Look) -> str:
    names = ",".join(f'"{name}"' for name in FACES[one.face])
    generic = "sans-serif" if one.face == "heiti" else "serif"
    parts = [
        f"font-family:{names},{generic}",
        f"font-size:{one.size:g}pt",
        f"line-height:{one.pitch:g}pt",
        f"text-align:{one.align}",
        f"text-indent:{one.indent:g}em",
        f"letter-spacing:{one.tracking:g}pt",
        f"margin:{one.before:.4g}pt {one.right:g}em {one.after:.4g}pt {one.left:g}em",
    ]
    if one.red:
        parts.append(f"color:#{look.RED}")
    parts.append("font-weight:" + ("700" if one.heavy else "400"))
    if one.keep:
        parts.append("break-after:avoid")
    return ";".join(parts)


_HEITI = ",".join(f'"{name}"' for name in FACES["heiti"]) + ",sans-serif"
_SONGTI = ",".join(f'"{name}"' for name in FACES["songti"]) + ",serif"
_PAGE = f"""\
@page{{size:A4;margin:{look.MARGIN_TOP_MM}mm {look.MARGIN_RIGHT_MM}mm {look.MARGIN_BOTTOM_MM}mm \
{look.MARGIN_LEFT_MM}mm}}
@page:right{{@bottom-right{{content:"— " counter(page) " —";font:{look.FOLIO_SIZE}pt serif;\
vertical-align:top;padding-top:{look.FOLIO_BELOW_MM}mm;padding-right:1em}}}}
@page:left{{@bottom-left{{content:"— " counter(page) " —";font:{look.FOLIO_SIZE}pt serif;\
vertical-align:top;padding-top:{look.FOLIO_BELOW_MM}mm;padding-left:1em}}}}
@page form{{@bottom-right{{content:none}}@bottom-left{{content:none}}}}
"""
_FIXED = f"""\
*{{box-sizing:border-box}}
html{{-webkit-text-size-adjust:100%;background:#fff;color:#000}}
body{{margin:0}}
article{{overflow-wrap:anywhere;line-break:strict;hanging-punctuation:none;\
text-spacing-trim:space-all;orphans:2;widows:2}}
.form,.poster{{page:form}}
ul,ol{{list-style:none;margin:0;padding:0}}
b{{font-family:{_HEITI};font-weight:400}}
.redrule{{border:0;border-top:{look.RULE_THICKNESS}pt solid #{look.RED};\
margin:{look.RULE_ABOVE:.4g}pt 0 0;break-after:avoid}}
section.annex{{break-before:page}}
.keep{{break-inside:avoid}}
.signature{{width:fit-content;margin:{look.SIGNATURE_BEFORE:g}pt 0 0 auto;break-inside:avoid}}
p:has(+table),p:has(+.signature),p:has(+.annexes),li:last-child:has(+.signature),table:has(+p+.signature){{break-after:avoid}}
.blank{{border-bottom:.5pt solid #000;padding:0 1em}}
table{{border-collapse:collapse;width:100%;table-layout:fixed;\
margin:{look.TABLE_AROUND:g}pt 0}}
thead{{display:table-header-group}}
tbody tr:first-child{{break-after:avoid}}
tr,table:not(:has(tbody tr:nth-child({look.SMALL_TABLE + 1}))){{break-inside:avoid}}
figure{{margin:{look.TABLE_AROUND:g}pt 0;break-inside:avoid}}
svg{{width:100%;height:auto;display:block}}
svg text{{font-family:{_SONGTI}}}
"""
_BESIDE = """\
.signature{width:100%;display:grid;grid-template-columns:1fr 1fr}
.signature .date{grid-column:2;padding:0}
"""
_AFTER = f"""\
td,th,table.form td,table.form th{{border:{look.TABLE_RULE}pt solid #000;\
padding:{look.CELL_PAD_Y:g}pt {look.CELL_PAD_X:g}pt;vertical-align:middle}}
table.dense td,table.dense th{{padding-top:{look.DENSE_PAD_Y:g}pt;\
padding-bottom:{look.DENSE_PAD_Y:g}pt}}
td p,table.form td p{{font:inherit;line-height:inherit;text-indent:0;letter-spacing:0;margin:0}}
td.left,th.left,td p.flush{{text-align:left!important}}
td.right,th.right,td p.right{{text-align:right!important}}
td.center,th.center,td p.center{{text-align:center!important}}
tr.total>td,tr.subtotal>td{{font-family:{_HEITI}}}
tr.tall>td{{height:{look.TALL:g}pt}}
.signature .date{{padding:0 {look.DATE_RIGHT_CHARS}em}}
@media screen{{
html{{background:#e8e8e8}}
article{{background:#fff;width:{look.PAGE_WIDTH_MM}mm;max-width:100%;\
min-height:{look.PAGE_HEIGHT_MM}mm;margin:16px auto;\
padding:{look.MARGIN_TOP_MM}mm {look.MARGIN_RIGHT_MM}mm {look.MARGIN_BOTTOM_MM}mm \
{look.MARGIN_LEFT_MM}mm;box-shadow:0 1px 6px #0003}}
section.annex{{margin-top:{look.MARGIN_BOTTOM_MM}mm;border-top:1px dashed #aaa;\
padding-top:{look.MARGIN_BOTTOM_MM}mm}}
}}
@media screen and (max-width:800px){{
article{{margin:0;padding:8vw 6vw}}
.redhead,.redhead-long{{margin-top:8vw;font-size:20pt}}
}}
"""
