"""What holds the parts of a Word file together: relations between them, and its properties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(pictures: int, *, bound: bool) -> str:
    """Return the relations of the main part; several papers `bound` have a footer that is blank."""
    targets = [
        (1, "styles", "styles.xml"),
        (2, "settings", "settings.xml"),
        (3, "fontTable", "fontTable.xml"),
        (4, "footer", "footer1.xml"),
        (5, "footer", "footer2.xml"),
        *([(6, "footer", "footer3.xml")] if bound else ()),
        *((100 + number, "image", f"media/image{number}.png") for number in range(1, pictures + 1)),
    ]
    return relations_of((f"rId{number}", f"{OFFICE}/{kind}", to) for number, kind, to in targets)


def core(title: str, date: dt.date) -> str:
    """Return the properties: title, and the paper's own day as that of its making."""
    day = f"{date.isoformat()}T00:00:00Z"
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
        'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>zh-CN</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )


def relations_of(rows: Iterable[tuple[str, str, str]]) -> str:
    """Return a file of relations: id, kind and target of each."""
    entries = "".join(
        f'<Relationship Id="{one}" Type="{kind}" Target="{target}"/>' for one, kind, target in rows
    )
    return (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{entries}</Relationships>'
    )
