"""The agency's own summary, as it is handed in: a readable document with text, or refused."""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from hrintegrity.errors import InputError, UnusableError
from hrintegrity.files import input_file, os_reason

LARGEST = 20 * 2**20
_MOST_TEXT = 4 * 2**20
_TAG = re.compile(r"<[^>]*>")
_WORDS = re.compile(r"[\u3400-\u9fff]|[A-Za-z]{2,}")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HAN_16 = re.compile(b"(?:[\x00-\xff][\x4e-\x9f]){4,}", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_SHOWN = re.compile(rb"\bT[jJ]\b|['\"]\s*ET\b")


def read(path: Path | None) -> dict[str, str]:
    """Return the columns of a recommendation for a file; none for no file.

    Raises LookupFailedError `file-missing`, UnusableError `file-unreadable`, InputError
    `self-summary-refused` for what is too large, no document, or has no text in it.
    """
    if path is None:
        return {}
    input_file(path)
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        raise _refused(
            f"不能是这种文件：{path.name}",
            f"可用的后缀：{' '.join(_READERS)}；照片和扫描件请转成有文字的文档。",
        )
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise UnusableError(
            "file-unreadable", f"不能读取 {path}：{os_reason(error)}", "请检查文件和权限。"
        ) from error
    if not content or len(content) > LARGEST:
        size = f"超过 {LARGEST // 2**20} MB" if content else "是空的"
        raise _refused(f"{size}：{path}", "请核对文件，图片多的请先压缩。")
    if not has_text(content, suffix):
        raise _refused(
            f"打不开，或里面没有文字：{path.name}",
            "请确认文件的内容与后缀相符；扫描件请转成有文字的文档。",
        )
    return {
        "self_summary": base64.b64encode(content).decode("ascii"),
        "self_summary_name": path.name,
    }


def has_text(content: bytes, suffix: str) -> bool:
    """Whether a file is a document of its suffix with at least a word in it."""
    text = _READERS[suffix](content)
    return text is not None and _WORDS.search(text) is not None


def _refused(what: str, hint: str) -> InputError:
    return InputError("self-summary-refused", f"自评总结{what}", hint)


def _packed(member: str) -> Callable[[bytes], str | None]:
    """Return a reader of the text in one member of a zipped document."""

    def read_member(content: bytes) -> str | None:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as package, package.open(member) as file:
                return _TAG.sub("", file.read(_MOST_TEXT).decode("utf-8", "replace"))
        except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, ValueError, zlib.error):
            return None

    return read_member


def _plain(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _marked_up(content: bytes) -> str | None:
    text = _plain(content)
    return None if text is None else _TAG.sub("", text)


def _old_word(content: bytes) -> str | None:
    """Return the Chinese of an old Word file, which stands there as UTF-16 or in GBK."""
    if not content.startswith(_OLE) or "WordDocument".encode("utf-16-le") not in content:
        return None
    found = _HAN_16.search(content)
    return found[0].decode("utf-16-le", "replace") if found else ""


def _rich_text(content: bytes) -> str | None:
    if not content.lstrip().startswith(b"{\\rtf"):
        return None
    text = content.decode("latin-1")
    spoken = re.sub(r"\\u(-?\d+) ?\??", lambda code: chr(int(code[1]) % 65536), text)
    return re.sub(r"\\[a-z]+-?\d* ?|[{}]", " ", spoken.partition("\\fonttbl")[2] or spoken)


def _pdf(content: bytes) -> str | None:
    """Return a word where a page of a PDF shows text: a scan shows pictures alone."""
    if not content.startswith(b"%PDF"):
        return None
    for packed in _STREAM.findall(content):
        try:
            shown = zlib.decompressobj().decompress(packed, _MOST_TEXT)
        except zlib.error:
            shown = packed
        if _SHOWN.search(shown):
            return "文字"
    return ""


_READERS: Mapping[str, Callable[[bytes], str | None]] = {
    ".docx": _packed("word/document.xml"),
    ".doc": _old_word,
    ".wps": _old_word,
    ".odt": _packed("content.xml"),
    ".pdf": _pdf,
    ".rtf": _rich_text,
    ".html": _marked_up,
    ".txt": _plain,
    ".md": _plain,
}
