"""The small subset of XHTML that a paper may consist of, and the check that it does.

Every `Paper` passes `checked` once, whether a template has just made it or an archive kept it, so
that the writers of html, Word and PDF may trust it: no script, no style, no unknown element.
The subset may grow; what it allows today must stay, since archives keep papers.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat

from hrintegrity.errors import InputError

_INLINE = frozenset({"b", "span", "br"})
_BLOCKS = frozenset({"h1", "h2", "h3", "p", "ul", "ol", "table", "figure", "hr"})
_SVG = frozenset({"svg", "g", "rect", "line", "path", "polyline", "circle", "text", "title"})
_SVG_INSIDE = (_SVG - {"svg"}) | {"defs", "pattern"}
_NOTHING: frozenset[str] = frozenset()

CHILDREN: dict[str, frozenset[str]] = {
    "article": _BLOCKS | {"section", "div"},
    "section": _BLOCKS | {"div"},
    "div": frozenset({"p"}),
    "h1": _INLINE,
    "h2": _INLINE,
    "h3": _INLINE,
    "p": _INLINE,
    "li": _INLINE,
    "b": frozenset({"br", "span"}),
    "span": _NOTHING,
    "br": _NOTHING,
    "hr": _NOTHING,
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "table": frozenset({"caption", "colgroup", "thead", "tbody"}),
    "caption": _INLINE,
    "colgroup": frozenset({"col"}),
    "col": _NOTHING,
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tr": frozenset({"td", "th"}),
    "td": _INLINE | {"p"},
    "th": _INLINE,
    "figure": frozenset({"svg", "figcaption"}),
    "figcaption": _INLINE,
    "svg": _SVG_INSIDE,
    "g": _SVG_INSIDE,
    "defs": frozenset({"pattern"}),
    "pattern": _SVG_INSIDE,
    "rect": frozenset({"title"}),
    "line": _NOTHING,
    "path": _NOTHING,
    "polyline": _NOTHING,
    "circle": _NOTHING,
    "text": _NOTHING,
    "title": _NOTHING,
}
_TEXT = frozenset(
    {"h1", "h2", "h3", "p", "li", "b", "span", "caption", "td", "th", "figcaption"}
    | {"text", "title"}
)
CLASSES: dict[str, frozenset[str]] = {
    "article": frozenset({"form", "poster"}),
    "section": frozenset({"annex"}),
    "div": frozenset({"signature", "keep"}),
    "p": frozenset(
        {
            "redhead",
            "redhead-long",
            "annulled",
            "number",
            "addressee",
            "flush",
            "contact",
            "center",
            "right",
            "note",
        }
        | {"annexes", "mark", "signer", "date"}
        | {"poster-place", "poster-office", "poster-trade", "poster-number", "poster-foot"}
    ),
    "hr": frozenset({"redrule"}),
    "table": frozenset({"form", "dense"}),
    "tr": frozenset({"total", "subtotal", "tall"}),
    "td": frozenset({"left", "right", "center"}),
    "th": frozenset({"left", "right", "center"}),
    "span": frozenset({"blank"}),
}
_COUNT = re.compile(r"[1-9]\d?")
_VALUES: dict[tuple[str, str], re.Pattern[str]] = {
    ("td", "colspan"): _COUNT,
    ("td", "rowspan"): _COUNT,
    ("th", "colspan"): _COUNT,
    ("th", "rowspan"): _COUNT,
    ("col", "style"): re.compile(r"width:\d{1,2}(\.\d{1,2})?%"),
}
_SVG_ATTRIBUTES = frozenset(
    "x y x1 y1 x2 y2 r rx cx cy dx dy d points width height viewBox transform opacity id "  # noqa: SIM905 — a column of 35 names says less.
    "fill stroke stroke-width stroke-dasharray stroke-linecap patternUnits patternTransform "
    "font-size font-family font-weight text-anchor dominant-baseline role aria-label".split()
)
_SVG_VALUE = re.compile(r"[^<>&\"':;(){}]*|url\(#[\w-]+\)|(rotate|translate|scale)\([-\d., ]+\)")
SVG_NAMESPACE = "{http://www.w3.org/2000/svg}"
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class _BrokenError(Exception):
    """What is wrong with which element."""

    def __init__(self, element: Element, reason: str) -> None:
        super().__init__(reason)
        self.element = element
        self.reason = reason


_FAULTS = {
    expat.errors.XML_ERROR_INVALID_TOKEN: "有不合规定的符号，& 和 < 要写成 &amp; 和 &lt;",
    expat.errors.XML_ERROR_TAG_MISMATCH: "标签没有配对",
    expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "同一属性写了两次",
    expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "</article> 后面还有内容",
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: "用了没有的实体，请直接写那个字符",
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: "标签没有写完",
    expat.errors.XML_ERROR_NO_ELEMENTS: "没有内容",
}


def checked(body: str, name: str) -> Element:
    """Return the element tree of `body`, sure to be within the subset.

    `name` says in messages which template or record it is. Raises InputError `control-character`
    for a character that no paper can hold, `template-broken` for all else, with the line.
    """
    if "<!" in body:
        line = body[: body.find("<!")].count("\n") + 1
        raise broken(name, line, "不能有注释、DOCTYPE 或 CDATA")
    try:
        root = fromstring(body)  # without a DOCTYPE there are no entities to expand.
        if root.tag != "article":
            raise _BrokenError(root, f"最外层应为 <article>，不是 <{root.tag}>")
        for element in root.iter():
            _check(element)
    except (ParseError, UnicodeEncodeError) as error:
        _refuse_illegal(body, name)
        line = error.position[0] if isinstance(error, ParseError) else 1
        raise broken(name, line, f"不是合格的 XHTML（{_said(error)}）") from error
    except _BrokenError as error:
        raise broken(name, _line_of(body, root, error.element), error.reason) from None
    return root


def broken(name: str, line: int, reason: str) -> InputError:
    """Return the error for a template, or a kept paper, that can't be used."""
    return InputError(
        "template-broken",
        f"模板有错：{name} 第{line}行：{reason}",
        "请改正这个模板，或把它移出模板目录，改用自带的模板。",
        details=[{"file": name, "line": line, "reason": reason}],
    )


def _check(element: Element) -> None:
    tag = element.tag.removeprefix(SVG_NAMESPACE)
    allowed = CHILDREN[tag]  # the parent has vouched for the tag, or it is the root.
    text = tag in _TEXT
    if tag == "td" and len(element):  # either paragraphs or text, never both.
        text = element[0].tag != "p"
        allowed = _INLINE if text else frozenset({"p"})
    if not text and element.text and not element.text.isspace():
        raise _BrokenError(element, f"<{tag}> 里不能直接有文字：{element.text.strip()[:20]}")
    for child in element:
        name = child.tag.removeprefix(SVG_NAMESPACE)
        if name not in allowed:
            raise _BrokenError(child, f"<{tag}> 里不能有 <{name}>")
        if not text and child.tail and not child.tail.isspace():
            raise _BrokenError(child, f"<{tag}> 里不能直接有文字：{child.tail.strip()[:20]}")
    if element.attrib:
        _check_attributes(element, tag)


def _check_attributes(element: Element, tag: str) -> None:
    for key, value in element.attrib.items():
        if key == "class" and value in CLASSES.get(tag, _NOTHING):
            continue
        if element.tag.startswith(SVG_NAMESPACE):
            if key in _SVG_ATTRIBUTES and (
                key == "aria-label" or key == "font-family" or _SVG_VALUE.fullmatch(value)
            ):
                continue
        elif (pattern := _VALUES.get((tag, key))) and pattern.fullmatch(value):
            continue
        raise _BrokenError(element, f'<{tag}> 的属性不认识：{key}="{value}"')


def _refuse_illegal(body: str, name: str) -> None:
    match = _ILLEGAL.search(body)
    if match is None:
        return
    around = _ILLEGAL.sub("?", body[max(0, match.start() - 12) : match.end() + 12])
    code = f"U+{ord(match.group()):04X}"
    raise InputError(
        "control-character",
        f"文字里有不能印在公文上的控制字符 {code}：…{around}…（{name}）",
        "请先在登记的名称或文字里去掉这个字符。",
        details=[{"file": name, "character": code, "around": around}],
    )


def _said(error: ParseError | UnicodeEncodeError) -> str:
    """Say in Chinese what the parser said."""
    said = expat.ErrorString(error.code) if isinstance(error, ParseError) else ""
    return _FAULTS.get(said, "有不能用的写法或字符")


def _line_of(body: str, root: Element, element: Element) -> int:
    """Find the line of `element`; only when something is wrong, since the fast parse keeps none."""
    wanted = list(root.iter()).index(element)
    lines: list[int] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _tag, _attributes: lines.append(parser.CurrentLineNumber)
    parser.Parse(body, True)
    return lines[wanted]
