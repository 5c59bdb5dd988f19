"""Workbooks that Excel opens though they are put together oddly, made plain for our readers."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from tempfile import NamedTemporaryFile

from hrintegrity.sheets.refusals import RefusalError

_DAMAGED = "工作簿已损坏或不完整，打不开"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(r"""^(<\?xml[^>]*?)\sencoding\s*=\s*["'][^"']*["']""")
_ERROR_CELL = re.compile(rb"""(<(?:[\w.-]+:)?c\b[^>]*?\st\s*=\s*)["']e["']""")


def is_odd(path: Path) -> bool:
    """Say whether a package has odd names or parts in UTF-16. Raises RefusalError."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(_is_odd_part(archive, entry) for entry in archive.infolist())
    except MemoryError:
        raise
    except Exception:  # zipfile and zlib share no base class; whatever it is, the part is bad.
        raise RefusalError(_DAMAGED) from None


def _is_odd_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    if _plain_name(entry) != entry.filename:
        return True
    if not _is_xml(entry.filename):
        return False
    with archive.open(entry) as part:
        return part.read(2) in _UTF16


def made_plain(path: Path, *, without_errors: bool = False) -> Path:
    """Write a package anew under plain names and in UTF-8; return where. Raises RefusalError.

    `without_errors` makes texts of the cells that hold an error: the reader of values knows seven
    errors only, and gives up a sheet that has another.
    """
    with NamedTemporaryFile(suffix=path.suffix, delete=False) as target:
        pass
    made = Path(target.name)
    try:
        with (
            zipfile.ZipFile(path) as archive,
            zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as plain,
        ):
            for entry in archive.infolist():
                content = archive.read(entry)
                if _is_xml(entry.filename):
                    content = _in_utf8(content)
                    if without_errors:
                        content = _ERROR_CELL.sub(rb'\1"str"', content)
                plain.writestr(_plain_name(entry), content)
    except MemoryError:
        made.unlink(missing_ok=True)
        raise
    except Exception:  # zipfile and zlib share no base class; whatever it is, the part is bad.
        made.unlink(missing_ok=True)
        raise RefusalError(_DAMAGED) from None
    return made


def _plain_name(entry: zipfile.ZipInfo) -> str:
    # zipfile itself makes slashes of backslashes where that is what the system writes.
    return entry.orig_filename.split("\0")[0].replace("\\", "/").lstrip("/")


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _in_utf8(content: bytes) -> bytes:
    if not content.startswith(_UTF16):
        return content
    return _DECLARED.sub(r"\1", content.decode("utf-16")).encode()
