"""What a paper carries besides its words: its record, and a signature over the whole file.

A PDF has the record as an attachment (PDF/A-3), Word as a part of its own, a page as an element of
its head. The signature is over the record and the file, its own digits being noughts; so whoever
has the office's public key sees whether a single byte was changed, and needs no archive.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hrintegrity.compact_json import encode_sorted

MAGIC = b"HRI-PAPER 1\n"
MARK = "hri-signature-"
BLANK = MARK + "0" * 128
WORD_PART = "customXml/hri.xml"
LARGEST = 1 << 26
"""No paper that is checked is longer (64 MiB)."""

_SIGNATURE = re.compile(rb"hri-signature-([0-9a-f]{128})")
_RECORD = re.compile(rb'hri-record-([A-Za-z0-9+/=]{2,1398104})"')
_STREAM = re.compile(rb"stream\r?\n")
_LONGEST_RECORD = 1 << 20
_MOST_PARTS = 1000


@dataclass(frozen=True)
class Stamp:
    """The record that a paper carries, and what signs with the office's key."""

    record: Mapping[str, Any]
    sign: Callable[[bytes], str] = field(repr=False, compare=False)

    @property
    def content(self) -> bytes:
        """The record as it is attached."""
        text = encode_sorted(self.record)
        return MAGIC + text.encode()

    @property
    def encoded(self) -> str:
        """The record within a page or a part of a Word file."""
        return "hri-record-" + base64.b64encode(self.content).decode()


@dataclass(frozen=True)
class Stamped:
    """The record and the signature found in a file, and what the signature has to be over."""

    record: Mapping[str, Any]
    signature: str
    signed: bytes


BOUND = "bound"
"""The kind of a file that holds several papers."""


def together(each: Sequence[Stamp | None]) -> Stamp | None:
    """Return the stamp of a file of these papers; of several it names each. None without any."""
    first = each[0]
    if first is None or len(each) == 1:
        return first
    papers = [
        {key: value for key, value in one.record.items() if key not in ("key", "district")}
        for one in each
        if one is not None
    ]
    dates = [str(one["date"]) for one in papers]
    names = dict.fromkeys(str(one["title"]) for one in papers if one.get("title"))
    record = {
        **first.record,
        "number": "",
        "kind": BOUND,
        "agency": "",
        "title": "、".join(names),
        "date": max(dates),
        "papers": papers,
        "sha256": hashlib.sha256("".join(str(p["sha256"]) for p in papers).encode()).hexdigest(),
    }
    return Stamp(record, first.sign)


def sign(content: bytes, stamp: Stamp) -> bytes:
    """Return a page or a PDF with the signature in the place of its noughts."""
    signature = stamp.sign(_signed(stamp.content, _digest(content)))
    return content.replace(BLANK.encode(), (MARK + signature).encode())


def word_part(stamp: Stamp, parts: Mapping[str, bytes]) -> bytes:
    """Return the part of a Word file that has the record and the signature over all others."""
    signature = stamp.sign(_signed(stamp.content, _digest_of_parts(parts)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<paper xmlns="urn:hrintegrity:paper"'
        f' record="{stamp.encoded}" signature="{MARK}{signature}"/>'
    ).encode()


def find(content: bytes) -> Stamped | None:
    """Return what a file carries; None where it is no paper of this program."""
    if content.startswith(b"PK"):
        return _in_word(content)
    signatures = set(_SIGNATURE.findall(content))
    if not signatures:
        return None
    for record in _records(content):
        found = _parsed(record)
        if found is not None:
            signature = signatures.pop().decode() if len(signatures) == 1 else ""
            return Stamped(found, signature, _signed(record, _digest(content)))
    return None


def _in_word(content: bytes) -> Stamped | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = [member.filename for member in members]
            size = sum(member.file_size for member in members)
            if WORD_PART not in names or len(names) > _MOST_PARTS or size > LARGEST:
                return None
            parts = {name: archive.read(name) for name in names}
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        NotImplementedError,
        EOFError,
        RuntimeError,
    ):
        return None
    own = parts.pop(WORD_PART)
    signature, record = _SIGNATURE.search(own), next(_records(own), None)
    found = None if record is None else _parsed(record)
    if signature is None or record is None or found is None:
        return None
    # A second part of the same name would be shown by one program and not by another.
    doubled = len(names) != len(set(names))
    return Stamped(
        found, "" if doubled else signature[1].decode(), _signed(record, _digest_of_parts(parts))
    )


def _records(content: bytes) -> Iterator[bytes]:
    for match in _RECORD.finditer(content):
        try:
            yield base64.b64decode(match[1], validate=True)
        except binascii.Error:
            continue
    for match in _STREAM.finditer(content):
        start = content[match.end() : match.end() + _LONGEST_RECORD]
        if start.startswith(MAGIC):
            yield start[: start.find(b"\nendstream")].rstrip(b"\r\n")
            continue
        try:
            plain = zlib.decompressobj().decompress(start, _LONGEST_RECORD)
        except zlib.error:
            continue
        if plain.startswith(MAGIC):
            yield plain


def _parsed(record: bytes) -> Mapping[str, Any] | None:
    try:
        found = json.loads(record.removeprefix(MAGIC))
    except (ValueError, RecursionError):
        return None
    if not record.startswith(MAGIC) or not _says(found, *_SAID, "district", "key"):
        return None
    papers = found.get("papers", [])
    whole = isinstance(papers, list) and all(_says(one, *_SAID) for one in papers)
    return found if whole else None


_SAID = ("number", "kind", "agency", "date", "sha256")


def _says(record: object, *texts: str) -> bool:
    return isinstance(record, dict) and all(isinstance(record.get(name), str) for name in texts)


def _digest(content: bytes) -> str:
    return hashlib.sha256(_SIGNATURE.sub(BLANK.encode(), content)).hexdigest()


def _digest_of_parts(parts: Mapping[str, bytes]) -> str:
    lines = [f"{name}\n{hashlib.sha256(parts[name]).hexdigest()}\n" for name in sorted(parts)]
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _signed(record: bytes, digest: str) -> bytes:
    return record + b"\n" + digest.encode()
