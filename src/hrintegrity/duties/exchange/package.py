"""What a bundle holds: a zip archive of which no member is read beyond what its manifest says."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED

from hrintegrity.errors import InputError

RECORDS, MANIFEST, ATTACHMENTS = "records.jsonl", "manifest.json", "attachments/"

LONGEST_MANIFEST = 1 << 25
LONGEST_LINE = 1 << 25
MOST_PARTS = 2_000_000
"""No JSON of a bundle has more values: small ones take fifty times their text in memory."""

LARGEST = 1 << 35
"""No package unpacks to more bytes than this (32 GiB); it is read piece by piece."""

CHUNK = 1 << 20


class Package:
    """An opened package: its manifest, its records line by line, and its attachments."""

    def __init__(self, payload: IO[bytes]) -> None:
        """Raises InputError `bundle-damaged` where members are not as `send` writes them."""
        self._zip = _package(payload)
        self.manifest = _manifest(self._zip)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def records(self) -> Iterator[Mapping[str, Any]]:
        """Yield the records, and find out at the end whether they were what the manifest says.

        Raises InputError `bundle-damaged`.
        """
        records = self.manifest["records"]
        count = 0
        with _Member(self._zip, RECORDS, records["size"], records["sha256"]) as member:
            for line in member.lines():
                count += 1
                yield as_object(line)
        if count != records["count"]:
            raise damaged("记录的条数与清单不符")

    def attachments(self) -> Mapping[str, int]:
        """Return the sizes of the attachments by their SHA-256."""
        sizes: Mapping[str, int] = self.manifest["attachments"]
        return sizes

    def check_attachments(self) -> None:
        """Read every attachment to its end. Raises InputError `bundle-damaged`."""
        for sha256 in self.attachments():
            for _ in self.attachment(sha256):
                pass

    def attachment(self, sha256: str) -> Iterator[bytes]:
        """Yield the content of an attachment. Raises InputError `bundle-damaged`."""
        size = self.attachments()[sha256]
        with _Member(self._zip, ATTACHMENTS + sha256, size, sha256) as member:
            yield from member.pieces()


def damaged(reason: str) -> InputError:
    """Return the error for a file that is not what its signer wrote."""
    return InputError(
        "bundle-damaged",
        f"文件损坏或被改动过：{reason}。没有导入。",
        "请对方重新发送；不要用会改动文件的方式转发。",
    )


def _package(payload: IO[bytes]) -> zipfile.ZipFile:
    """Open the package, and refuse members that are not as `send` writes them."""
    try:
        package = zipfile.ZipFile(payload)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise damaged("内容不是一个包") from error
    names = [member.filename for member in package.infolist()]
    wanted = re.compile(rf"{re.escape(MANIFEST)}|{re.escape(RECORDS)}|{ATTACHMENTS}[0-9a-f]{{64}}")
    if len(names) != len(set(names)) or not {MANIFEST, RECORDS} <= set(names):
        raise damaged("包里的文件不齐，或有重复")
    for member in package.infolist():
        if not wanted.fullmatch(member.filename) or member.filename != member.orig_filename:
            raise damaged(f"包里有不该有的文件“{member.filename[:80]}”")
        if member.flag_bits & 1 or member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise damaged(f"包里的 {member.filename} 不是 send 写的")
    if sum(member.file_size for member in package.infolist()) > LARGEST:
        raise damaged("包解开后大得不合理")
    return package


def _manifest(package: zipfile.ZipFile) -> Mapping[str, Any]:
    """Read the manifest, and refuse one that does not list just the members that are there."""
    size = package.getinfo(MANIFEST).file_size
    if size > LONGEST_MANIFEST:
        raise damaged("清单太长")
    with _Member(package, MANIFEST, size, None) as member:
        manifest = as_object(b"".join(member.pieces()))
    records, attachments = manifest.get("records"), manifest.get("attachments")
    if (
        not isinstance(records, dict)
        or not isinstance(attachments, dict)
        or {type(records.get("count")), type(records.get("size"))} != {int}
        or not isinstance(records.get("sha256"), str)
        or any(type(size) is not int for size in attachments.values())
    ):
        raise damaged("清单不完整")
    members = {ATTACHMENTS + sha256 for sha256 in attachments} | {MANIFEST, RECORDS}
    if members != set(package.namelist()):
        raise damaged("包里的文件与清单不符")
    return manifest


def as_object(text: bytes) -> dict[str, Any]:
    """Read a JSON object. Raises InputError `bundle-damaged`."""
    if sum(map(text.count, (b",", b"[", b"{"))) > MOST_PARTS:
        raise damaged("内容多得不合理")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise damaged("内容不是 JSON") from None
    if not isinstance(found, dict):
        raise damaged("内容的写法不对")
    return found


class _Member:
    """One member of a package, read no further than it should go, and checked at its end."""

    def __init__(self, package: zipfile.ZipFile, name: str, size: int, sha256: str | None) -> None:
        self._package, self._name, self._left, self._sha256 = package, name, size, sha256

    def __enter__(self) -> _Member:
        try:
            if self._package.getinfo(self._name).file_size != self._left:
                raise damaged(f"{self._name} 的长度与清单不符")
            self._file = self._package.open(self._name)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise damaged(f"{self._name} 读不出来") from error
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def pieces(self) -> Iterator[bytes]:
        """Yield the content piece by piece."""
        digest = hashlib.sha256()
        try:
            while piece := self._file.read(CHUNK):
                self._left -= len(piece)
                if self._left < 0:
                    raise damaged(f"{self._name} 比清单说的长")
                digest.update(piece)
                yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise damaged(f"{self._name} 解不开") from error
        if self._left or self._sha256 not in (None, digest.hexdigest()):
            raise damaged(f"{self._name} 与清单不符")

    def lines(self) -> Iterator[bytes]:
        """Yield the content line by line."""
        rest = b""
        for piece in self.pieces():
            *lines, rest = (rest + piece).split(b"\n")
            yield from lines
            if len(rest) > LONGEST_LINE:
                raise damaged(f"{self._name} 有一行太长")
        if rest:
            raise damaged(f"{self._name} 的最后一行不完整")
