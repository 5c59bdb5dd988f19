"""The part of YAML that `data/` is written in, read without PyYAML, whose import takes 16 ms.

Mappings and lists by their indentation or in brackets, texts that are plain or in double quotes.
Of anything else, and of anything wrong, `read` says so, and PyYAML reads or refuses it; what it
does take it reads as PyYAML does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

Resolve = Callable[[str], Any]
"""Returns what a plain text means: a number, a truth value, None, or itself."""

_FIRST = r"[^\s\[\]{}\"',:#&*!|>%@`?=<~-]"
_PLAIN = rf"{_FIRST}[^\[\]{{}}\"',:#]*"
_TEXT = re.compile(rf"{_FIRST}[^\"':#]*")
"""A plain text on a line, where brackets and commas are only its own."""

_KEY = re.compile(rf"({_PLAIN}):(?: +(\S.*))?")
_TOKEN = re.compile(rf" *(\"[^\"\\]*\"|[\[\]{{}},]|:(?= )|-?{_PLAIN})")


class UnusualError(ValueError):
    """The text is not of this part of YAML, or has a fault."""


def read(text: str, resolve: Resolve) -> Any:
    """Return what a document holds. Raises UnusualError."""
    return _Reader(text, resolve).document()


class _Reader:
    """The lines of a document that are still to be read, each with its indentation."""

    def __init__(self, text: str, resolve: Resolve) -> None:
        if not text.replace("\n", "").isprintable():
            raise UnusualError
        lines = [(len(line) - len(line.lstrip(" ")), line.strip(" ")) for line in text.split("\n")]
        self.lines = [(indent, line) for indent, line in lines if line and line[0] != "#"]
        self.lines.append((-1, ""))
        self.lines.reverse()
        self.resolve = resolve

    def document(self) -> Any:
        found = self.node()
        if len(self.lines) > 1:
            raise UnusualError
        return found

    def node(self) -> Any:
        """Read what begins with the next line."""
        indent, line = self.lines[-1]
        if line.startswith("- "):
            return self.items(indent)
        if _KEY.fullmatch(line):
            return self.mapping(indent)
        self.lines.pop()
        return self.inline(line)

    def items(self, indent: int) -> list[Any]:
        found = []
        while self.lines[-1][0] == indent and self.lines[-1][1].startswith("- "):
            rest = self.lines.pop()[1][2:]
            inner = rest.lstrip(" ")
            self.lines.append((indent + 2 + len(rest) - len(inner), inner))
            found.append(self.node())
        return found

    def mapping(self, indent: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while self.lines[-1][0] == indent and (match := _KEY.fullmatch(self.lines[-1][1])):
            self.lines.pop()
            key, rest = match.groups()
            if key in found or key != key.rstrip():
                raise UnusualError
            found[key] = self.below(indent) if rest is None else self.inline(rest)
        if self.lines[-1][0] > indent:
            raise UnusualError
        return found

    def below(self, indent: int) -> Any:
        """Read what stands beneath a key; a list may stand as far to the left."""
        deeper, line = self.lines[-1]
        if deeper > indent or (deeper == indent and line.startswith("- ")):
            return self.node()
        raise UnusualError

    def inline(self, text: str) -> Any:
        """Read a value that begins on a line; what is in brackets may go on below."""
        if _TEXT.fullmatch(text):
            return self.resolve(text)
        while text.count("[") + text.count("{") > text.count("]") + text.count("}"):
            if len(self.lines) == 1 or text[-1] not in ",[{":
                raise UnusualError
            text = f"{text} {self.lines.pop()[1]}"
        tokens = _tokens(text)
        found = self.value(next(tokens, ""), tokens)
        if next(tokens, None) is not None:
            raise UnusualError
        return found

    def value(self, token: str, tokens: Iterator[str]) -> Any:
        if token == "[":
            return self.in_brackets(tokens)
        if token == "{":
            return self.in_braces(tokens)
        if token in ("", "]", "}", ",", ":"):
            raise UnusualError
        return token[1:-1] if token[0] == '"' else self.resolve(token)

    def in_brackets(self, tokens: Iterator[str]) -> list[Any]:
        found = []
        while True:
            found.append(self.value(next(tokens, ""), tokens))
            if not _goes_on(tokens, "]"):
                return found

    def in_braces(self, tokens: Iterator[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while True:
            key = next(tokens, "")
            if key in found or key[:1] in '"[]{},:' or next(tokens, "") != ":":
                raise UnusualError
            found[key] = self.value(next(tokens, ""), tokens)
            if not _goes_on(tokens, "}"):
                return found


def _tokens(text: str) -> Iterator[str]:
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise UnusualError
        place = match.end()
        yield match[1].rstrip(" ")


def _goes_on(tokens: Iterator[str], end: str) -> bool:
    """Whether a comma follows, and not the end."""
    token = next(tokens, "")
    if token not in (",", end):
        raise UnusualError
    return token == ","
