"""Looking at printed pages and Word files."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from pathlib import Path

import pdfplumber
import pytest
from lxml import etree

from hrintegrity.documents.look import MM

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The type area in points from the top left corner, typed from GB/T 9704-2012: A4, 37 mm above,
# 28 mm left, 156 by 225 mm.
LEFT, RIGHT = 28 * MM, (28 + 156) * MM
TOP, BOTTOM = 37 * MM, (37 + 225) * MM


def tool(name: str) -> str:
    """The path of a program; without it the test is skipped, or fails under HRI_REQUIRE_TOOLS=1."""
    found = shutil.which(name)
    if found is None:
        if os.environ.get("HRI_REQUIRE_TOOLS") == "1":
            pytest.fail(f"{name} is not installed, and HRI_REQUIRE_TOOLS=1 asks for it")
        pytest.skip(f"{name} is not installed")
    return found


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_of_docx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return squeezed("".join(node.text or "" for node in root.iter(f"{W}t")))


class Page:
    """The characters of a page; the page number apart from the rest."""

    def __init__(self, page: pdfplumber.page.Page) -> None:
        self.width, self.height = page.width, page.height
        chars = [
            {**one, "size": round(one["size"], 2)} for one in page.chars if one["text"].strip()
        ]
        self.chars = [one for one in chars if self.baseline(one) <= BOTTOM]
        self.folio = [one for one in chars if self.baseline(one) > BOTTOM]
        self.lines = [*page.lines, *page.rects, *page.curves]

    def baseline(self, char: dict[str, object]) -> float:
        return float(self.height - char["matrix"][5])  # type: ignore[index]

    @property
    def text(self) -> str:
        return "".join(one["text"] for one in self.chars)

    def rows(self) -> list[tuple[float, str]]:
        """Baselines from above, each with its characters."""
        found: dict[float, list[dict[str, object]]] = {}
        for one in self.chars:
            found.setdefault(round(self.baseline(one), 1), []).append(one)
        return [
            (y, "".join(str(c["text"]) for c in sorted(row, key=lambda c: c["x0"])))  # type: ignore[arg-type,return-value]
            for y, row in sorted(found.items())
        ]


def pages(content: bytes | Path) -> list[Page]:
    with pdfplumber.open(io.BytesIO(content) if isinstance(content, bytes) else content) as pdf:
        return [Page(page) for page in pdf.pages]
