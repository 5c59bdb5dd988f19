"""Finding the encoding of a text, and refusing what only happens to decode.

Big5 bytes nearly always decode as GB18030, into rare and private characters; so a decoding counts
only where it shows known headers or characters that people write.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from hrintegrity.sheets.refusals import RefusalError

_CHUNK = 1 << 20
_SAMPLE = 1 << 18
_TOP = 1 << 13
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_HINT = "请用表格软件打开，另存为“CSV UTF-8”或 .xlsx 再导入。"
_NAMES = {"utf-8": "UTF-8", "gb18030": "GB18030", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
_WRITTEN = re.compile(
    "[\u2010-\u206f\u2100-\u214f\u2460-\u24ff\u3000-\u303f"
    "\u3400-\u9fff\uff00-\uffef\U00020000-\U0003ffff]"
)


def detect(path: Path, words: frozenset[str]) -> str:
    """Return the Python codec of a text file, after reading the whole of it once.

    `words` are Chinese headers: two of them in the decoded text prove the encoding; the cells in
    which a proven text has control characters are refused one by one, when they are read. Raises
    RefusalError for text in another encoding and for any other text with control characters.
    """
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if sample.startswith((codecs.BOM_UTF32_LE, b"\x00\x00\xfe\xff")):
        raise RefusalError("是 UTF-32 编码的文本", _HINT)
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _whole(path, "utf-16", words)
    if sample.startswith(codecs.BOM_UTF8):
        return _whole(path, "utf-8-sig", words)
    if b"\x00" in sample:
        return _unmarked_utf16(path, sample, words)
    try:
        codec = _whole(path, "utf-8", words)
    except UndecodableError as error:
        return _chinese(path, sample, words, error)
    text = _decoded(sample, "utf-8")
    if text.isascii() or _WRITTEN.search(text):
        return codec
    return _either(path, _decoded(sample, "gb18030"), words)


def _either(path: Path, chinese: str, words: frozenset[str]) -> str:
    """Decide on a text that is UTF-8 by its bytes, but without one Chinese character.

    A few characters of GB18030 are also UTF-8, as letters with accents: 模 is ģ.
    """
    try:
        codec = _whole(path, "gb18030", words)
    except UndecodableError:
        return "utf-8"
    if _proven(chinese, words):
        return codec
    if _strange([letter for letter in chinese if letter > "\x7f"]) > 0:
        return "utf-8"
    raise RefusalError("编码无法判断：按 UTF-8 和 GB18030 都能解开，内容不同", _HINT)


class UndecodableError(RefusalError):
    """The text is not in the encoding that was tried; `line` is where that showed."""

    def __init__(self, codec: str, line: int) -> None:
        name = _NAMES.get(codec, codec.upper())
        super().__init__(f"编码无法识别：按 {name} 解读，第 {line} 行有解不开的字节", _HINT)
        self.line = line


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(_CHUNK), b"")


def _whole(path: Path, codec: str, words: frozenset[str]) -> str:
    """Decode the whole file, chunk by chunk; return `codec`. Raises RefusalError."""
    decoder = codecs.getincrementaldecoder(codec)()
    wide = codec.startswith("utf-16")
    line = 1
    is_proven: bool | None = None
    for chunk in _chunks(path):
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            raise UndecodableError(codec, line + error.object[: error.start].count(b"\n")) from None
        if is_proven is None:
            is_proven = _proven(text, words)
        narrow = text.encode("utf-8", "surrogatepass") if wide else chunk
        if b"\x00" in narrow or (
            not is_proven and len(narrow.translate(None, _CONTROLS)) != len(narrow)
        ):
            raise _control(text, line)
        if not is_proven and ("\ufffe" in text or "\uffff" in text):
            raise RefusalError("含有不是文字的字符 U+FFFE 或 U+FFFF", _HINT)
        line += text.count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise UndecodableError(codec, line) from None
    return codec


def _control(text: str, line: int) -> RefusalError:
    match = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
    if match is None:
        return RefusalError("含有控制字符，不是表格文本", _HINT)
    line += text.count("\n", 0, match.start())
    name = "NUL 字符" if match[0] == "\x00" else f"控制字符 U+{ord(match[0]):04X}"
    return RefusalError(f"第 {line} 行含有{name}，不是完好的文本", _HINT)


def _decoded(sample: bytes, codec: str) -> str:
    return sample.decode(codec, "ignore")


def _proven(text: str, words: frozenset[str]) -> bool:
    """Say whether two of the known headers stand in the text, mostly in its first lines."""
    return any(
        len(list(islice((word for word in words if word in part), 2))) == 2
        for part in (text[:_TOP], text)
    )


def _unmarked_utf16(path: Path, sample: bytes, words: frozenset[str]) -> str:
    texts = {codec: _decoded(sample, codec) for codec in ("utf-16-le", "utf-16-be")}
    for codec, text in texts.items():
        if _proven(text, words):
            return _whole(path, codec, words)
    for codec, text in texts.items():
        if "\x00" not in text and sample.count(b"\x00") * 3 > len(sample):
            return _whole(path, codec, words)
    raise _control(sample.decode("latin-1"), 1)


def _chinese(path: Path, sample: bytes, words: frozenset[str], utf8: UndecodableError) -> str:
    """Return `gb18030` for a text that is not UTF-8, or refuse it by name."""
    try:
        codec = _whole(path, "gb18030", words)
    except UndecodableError as error:
        raise _better_name(sample, utf8) or error from None
    text = _decoded(sample, codec)
    if _proven(text, words):
        return codec
    letters = [letter for letter in text if letter > "\x7f"]
    strange = _strange(letters)
    # In genuine simplified Chinese, one character in a hundred lies outside GB 2312.
    if strange > 0.1 and (better := _better_name(sample, utf8)):
        raise better
    if strange > 0.3 and len(letters) > 5:
        raise RefusalError("编码无法识别：能按 GB18030 解开，但内容不像中文", _HINT)
    return codec


def _strange(letters: list[str]) -> float:
    """Return the share of characters that GB 2312 does not have among its hanzi and signs."""
    strange = 0
    for letter, count in Counter(letters).items():
        try:
            lead = letter.encode("gb2312")[0]
        except UnicodeEncodeError:
            lead = 0
        strange += 0 if 0xA1 <= lead <= 0xA3 or lead >= 0xB0 else count
    return strange / len(letters) if letters else 0.0


def _better_name(sample: bytes, utf8: UndecodableError) -> RefusalError | None:
    """Return the refusal that names the encoding, where it can be told."""
    broken = sample.decode("utf-8", "replace")
    good = len(_WRITTEN.findall(broken))
    if good > 20 * max(1, broken.count("\ufffd") - 1):
        return RefusalError(
            f"像是 UTF-8 编码，但第 {utf8.line} 行有坏字节", "请向来源要一份完好的文件。"
        )
    if _is_big5(sample):
        return RefusalError("是 Big5（繁体中文）编码的文本", _HINT)
    if _is_codec(sample, "shift_jis", "[\u3041-\u30fe]"):
        return RefusalError("是日文（Shift-JIS）编码的文本", _HINT)
    return None


def _is_big5(sample: bytes) -> bool:
    """Say whether the text is Big5: it decodes, nearly all of it into the common characters."""
    text = sample.decode("big5", "replace")
    letters = [letter for letter in text[:-1] if letter > "\x7f"]
    common = 0
    for letter, count in Counter(letters).items():
        lead = letter.encode("big5", "replace")[0]
        common += count if 0xA1 <= lead <= 0xC6 else 0
    return common > 0.85 * len(letters) > 0


def _is_codec(sample: bytes, codec: str, letters: str) -> bool:
    text = sample.decode(codec, "replace")
    found = len(re.findall(letters, text))
    return found > 5 * text.count("\ufffd") and found * 4 > sum(c > "\x7f" for c in text) > 0
