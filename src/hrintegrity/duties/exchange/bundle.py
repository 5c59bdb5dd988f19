"""The file in which records travel: who signed it, and what it holds, checked before it is used.

Two lines of text, then the payload. The first line is `HRI-BUNDLE 1`; the second is the header as
canonical JSON: `created`, `encrypted`, `from`, `key` (the signer's public line), `schema`, `sha256`
and `size` of the payload, `to`, and last `signature`, over the first line and the header without
it. The payload is a zip archive of `manifest.json`, `records.jsonl` and `attachments/SHA-256`,
encrypted with age where it is meant for one receiver. Nothing is opened before the signature, and
no member is read beyond what the manifest says of it.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from hrintegrity.archive.journal import canonical
from hrintegrity.duties.exchange.keys import PrivateKey, PublicKey, encrypt, read_line
from hrintegrity.duties.exchange.package import CHUNK, Package, as_object, damaged
from hrintegrity.errors import InputError, UnusableError
from hrintegrity.files import input_file, os_reason, refuse_existing, whole_file

MAGIC = b"HRI-BUNDLE 1\n"
LONGEST_HEADER = 1 << 14
_HEADER = {
    "created": str,
    "encrypted": bool,
    "from": str,
    "key": str,
    "schema": str,
    "sha256": str,
    "signature": str,
    "size": int,
    "to": (str, type(None)),
}


@dataclass(frozen=True)
class Header:
    """What a bundle says of itself; `to` is None for one that anyone may read."""

    sender: str
    key: PublicKey
    to: str | None
    created: str
    encrypted: bool
    schema: str
    size: int
    sha256: str


def write(
    path: Path,
    pack: Callable[[zipfile.ZipFile], None],
    *,
    key: PrivateKey,
    sender: str,
    to: str | None,
    receivers: list[PublicKey],
    created: str,
    schema: str,
    force: bool,
) -> tuple[int, str]:
    """Write a bundle, whole or not at all, its members written by `pack`.

    Without receivers it is not encrypted. Returns its size and the SHA-256 of its payload. Raises
    what `files.whole_file` raises.
    """
    refuse_existing(path, force=force)
    with tempfile.TemporaryFile() as packed, tempfile.TemporaryFile() as sealed:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
            pack(package)
        packed.seek(0)
        payload: IO[bytes] = packed
        if receivers:
            encrypt(packed, sealed, receivers)
            sealed.seek(0)
            payload = sealed
        digest = hashlib.sha256()
        size = 0
        while chunk := payload.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
        payload.seek(0)
        header = {
            "created": created,
            "encrypted": bool(receivers),
            "from": sender,
            "key": key.public.line,
            "schema": schema,
            "sha256": digest.hexdigest(),
            "size": size,
            "to": to,
        }
        signed = header | {"signature": key.sign(MAGIC + canonical(header).encode())}
        with whole_file(path, force=force) as temporary, temporary.open("wb") as file:
            file.write(MAGIC + canonical(signed).encode() + b"\n")
            shutil.copyfileobj(payload, file, CHUNK)
    return path.stat().st_size, digest.hexdigest()


@contextmanager
def read(
    path: Path,
    *,
    accept: Callable[[Header], None],
    key: Callable[[], PrivateKey | None],
) -> Iterator[tuple[Header, Package]]:
    """Open a bundle whose signature holds and whose payload is what was signed.

    `accept` refuses a signer or a receiver before the payload is looked at; `key` gives the key to
    open it with. Raises LookupFailedError `file-missing`, InputError `not-a-bundle`,
    `bundle-damaged`, `wrong-receiver` and what `accept` raises.
    """
    with ExitStack() as stack:
        # What goes wrong within the block is not an error of reading.
        try:
            header, package = _opened(stack, path, accept, key)
        except OSError as error:
            raise UnusableError(
                "input-unreadable",
                f"读不出来：{path}（{os_reason(error)}）",
                "请检查磁盘和权限。",
            ) from error
        yield header, package


def _opened(
    stack: ExitStack,
    path: Path,
    accept: Callable[[Header], None],
    key: Callable[[], PrivateKey | None],
) -> tuple[Header, Package]:
    file = stack.enter_context(input_file(path).open("rb"))
    header = _header(file)
    accept(header)
    start = file.tell()
    _check_payload(file, header)
    file.seek(start)
    payload = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 — the stack closes it.
    if not header.encrypted:
        shutil.copyfileobj(file, payload, CHUNK)
    elif (own := key()) is None or not own.opens(file, payload):
        raise InputError(
            "wrong-receiver",
            "这份文件不是为本单位的密钥加密的，打不开。",
            "请对方登记本单位现在的公钥（key trust），再重新发送。",
        )
    payload.seek(0)
    return header, stack.enter_context(Package(payload))


def _header(file: IO[bytes]) -> Header:
    """Read the header and check its signature."""
    if file.read(len(MAGIC)) != MAGIC:
        raise InputError(
            "not-a-bundle", "这不是 hri archive send 写的文件。", "请核对文件；没有导入。"
        )
    line = file.readline(LONGEST_HEADER)
    header = as_object(line[:-1]) if line.endswith(b"\n") else {}
    if set(header) != set(_HEADER) or not all(
        isinstance(header[name], kind) and (kind is not int or type(header[name]) is int)  # type: ignore[arg-type]  # a type or a tuple of types.
        for name, kind in _HEADER.items()
    ):
        raise damaged("文件头不完整")
    # Another spelling of the same header would be another file under the same signature.
    if _canonical(header) != line[:-1]:
        raise damaged("文件头的写法不对")
    try:
        key = read_line(header["key"])
    except InputError:
        raise damaged("文件头里的公钥不对") from None
    signed = {name: value for name, value in header.items() if name != "signature"}
    if key.line != header["key"] or not key.verifies(
        header["signature"], MAGIC + _canonical(signed)
    ):
        raise damaged("签名不对")
    return Header(
        sender=header["from"],
        key=key,
        to=header["to"],
        created=header["created"],
        encrypted=header["encrypted"],
        schema=header["schema"],
        size=header["size"],
        sha256=header["sha256"],
    )


def _canonical(header: Mapping[str, Any]) -> bytes:
    return canonical(header).encode("utf-8", "surrogatepass")


def _check_payload(file: IO[bytes], header: Header) -> None:
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    if size != header.size:
        raise damaged("长度不对，可能没有传完整")
    if digest.hexdigest() != header.sha256:
        raise damaged("内容与签名时的不符")
