"""Our own files are read without PyYAML, and to the same values."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from hrintegrity import resources
from hrintegrity.errors import InputError
from hrintegrity.notice import _plain_yaml, _reading

SLIPS = 60
FILES = sorted(resources.folder("data").glob("*.yaml"))


def plainly(text: str) -> Any:
    """Return what the short reader makes of a text; None where it leaves it to PyYAML."""
    try:
        return _plain_yaml.read(text, _reading._resolved)
    except _plain_yaml.UnusualError:
        return None


def by_library(text: str) -> Any:
    def refusal(_key: str, _content: Any, reason: str) -> InputError:
        return InputError("refused", reason)

    try:
        return _reading._by_library(text, refusal, trusted=True)
    except InputError as error:
        return error


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal, and of the same types throughout."""
    return repr(one) == repr(other)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_of_our_files_is_read_as_the_library_reads_it(path: Path) -> None:
    text = path.read_text("utf-8")
    found = plainly(text)
    assert (found is None) == (": >-" in text)
    assert found is None or same(found, by_library(text))


@pytest.mark.parametrize(
    "text",
    ["a: 1", "a: 1.50", "a: -2", "a: 0", "a: 010", "a: 1_0", "a: 0o17", "a: 1:30", "a: yes",
     "a: True", "a: tRue", "a: FALSE", "a: null", "a: ~", "a:", "a: NULL", "a: nULL",
     "a: 2013-01-01", "a: .5", "a: 1e3", "a: '1'", 'a: "1"', 'a: "x\\n"', 'a: "x', "a: 1 # 注",
     "a: x#y", "a: x y", "a: x\n  y", "a: x: y", "a : x", "a:x", '"a": x', "1: x", "a: 1\na: 2",
     "a: {b: 1, b: 2}", "a: {b: 1,}", "a: [1, 2,]", "a: []", "a: {}", "a: [1, [2, {c: d}]]",
     "a: [1,\n 2]", "a:\n- 1\n- 2", "a:\n  - 1\n  -2", "- a\n- b", "-", "- ", "- - 1\n  - 2",
     "-  a: 1\n   b: 2", "a:\n  b: 1\n c: 2", "a:\n   b: 1\n  c: 2", " a: 1\n b: 2",
     " a: 1\nb: 2", "a: |\n  x", "a: >\n  x", "a: &x 1", "a: *x", "a: !t 1", "? a", "---\na: 1",
     "a: 1\n...", "a: 1\n---\nb: 2", "%YAML 1.2", "a: @x", "a: `x", "a: %x", "a: -", "a: - x",
     "a: -x", "a: [-x]", "a: {b c: d}", "a: {b: c d}", "a: {b:c}", "a: [b: c]", "a: ]", "a: [1]]",
     "a: [1] x", "a:\t1", "a: x\t", "", "x", "a: =", "a: <<", "<<: {a: 1}", 'a: ["]", x]',
     'a: ["[", x]', "a: \u3000x", "a: x\r\nb: y", "\ufeffa: 1", "a: x\u2028b: 1", "a: \x00",
     "a:  x  ", "a:\n  x\n  y", "a: {b: 1}\n  c: 2", "- a: 1\n b: 2", "a:\n - b\n -  c: 1",
     "a: 对{you}予以约谈", "a: x, y", "a: x[1]", "a: [对{you}]", "- x, y: z"],
)  # fmt: skip
def test_whatever_is_taken_at_all_is_read_as_the_library_reads_it(text: str) -> None:
    found = plainly(text)
    assert found is None or same(found, by_library(text))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_so_is_a_file_with_slips(path: Path) -> None:
    random, whole = Random(path.name), path.read_text("utf-8")
    start = whole.index("entries:")
    for _ in range(SLIPS):
        text, place = whole, random.randrange(start, len(whole))
        slip = random.choice(
            [*"\n :-,#[]{}\"'&*!|>%@~?=\t", "  ", "- ", ": ", "\n  ", "\n- ", "", ""]
        )
        text = text[:place] + slip + text[place + random.choice([0, 1, 3]) :]
        found = plainly(text)
        assert found is None or same(found, by_library(text)), text[place - 40 : place + 40]
