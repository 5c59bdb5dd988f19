"""What an office says itself in its summary (四(四)), from a Markdown file with headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from hrintegrity.errors import InputError
from hrintegrity.files import read_input
from hrintegrity.sheets.columns import clean
from hrintegrity.text import fold

PRACTICES, EXPERIENCE, MODELS, PROBLEMS, PROPOSALS = "做法", "经验", "典型", "问题", "建议"
HEADINGS = (PRACTICES, EXPERIENCE, MODELS, PROBLEMS, PROPOSALS)
"""The headings in the order of the paper."""
_SYNONYMS = {
    "主要做法": PRACTICES,
    "经验做法": PRACTICES,
    "工作经验": EXPERIENCE,
    "典型经验": EXPERIENCE,
    "先进典型": MODELS,
    "典型案例": MODELS,
    "存在问题": PROBLEMS,
    "存在的问题": PROBLEMS,
    "意见和建议": PROPOSALS,
    "意见建议": PROPOSALS,
    "工作建议": PROPOSALS,
}
"""What offices call them, and what the summary prints above them."""
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_ONLY = f"标题只能是“{'”“'.join(HEADINGS)}”"
_PLACE = "[一二三四五六七八九十]{1,3}|\\d{1,2}"
_NUMBERED = re.compile(rf"(?:(?:{_PLACE})[、.]|\((?:{_PLACE})\))\s*")
_BULLET = re.compile(r"[ \t]*[-*+•][ \t]+(.*)")
_NUMBER = re.compile(r"[ \t]*\d{1,3}(?:[.)][ \t]+|[、．.](?![0-9]))(.*)")
_REFUSED = (
    (re.compile(r"\s*(?:```|~~~)"), "代码块"),
    (re.compile(r"\s*\|"), "表格"),
    (re.compile(r"\s*>"), "引用"),
    (re.compile(r"\s*(?:[-*_][ \t]*){3,}$"), "分隔线"),
    (re.compile(r"\s*=+\s*$"), "用等号画的标题"),
    (re.compile(r"!?\[[^\]]*\]\([^)]*\)"), "链接或图片"),
    (re.compile(r"</?[A-Za-z!]"), "HTML"),
    (re.compile(r"\*\*|__|`"), "强调或代码"),
)
_LARGEST = 1 << 18


@dataclass(frozen=True)
class Point:
    """A paragraph or an item of a list; `mark` is what stands before it on paper."""

    mark: str
    text: str


@dataclass(frozen=True)
class Remarks:
    """What an office says itself; without a file all are empty."""

    problems: tuple[Point, ...] = ()
    proposals: tuple[Point, ...] = ()
    practices: tuple[Point, ...] = ()
    experience: tuple[Point, ...] = ()
    models: tuple[Point, ...] = ()

    @property
    def by_heading(self) -> dict[str, tuple[Point, ...]]:
        """The points under the headings that have any, in the order of the paper."""
        said = (self.practices, self.experience, self.models, self.problems, self.proposals)
        return {one: points for one, points in zip(HEADINGS, said, strict=True) if points}


def read_remarks(path: Path) -> Remarks:
    """Read a file of remarks: paragraphs and lists under some of the five headings.

    Raises LookupFailedError `file-missing`, InputError `remarks-refused` by line.
    """
    content = read_input(path, _LARGEST)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refusal(path, "不是 UTF-8 文本，请另存为 UTF-8 编码", []) from None
    return _Reader(path).read(text)


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.parts: dict[str, list[Point]] = {}
        self.headings: dict[str, int] = {}
        self.part: list[Point] | None = None
        self.open = False
        self.number = 0
        self.wrong: list[dict[str, object]] = []

    def read(self, text: str) -> Remarks:
        for self.number, line in enumerate(text.splitlines(), 1):
            if not line.strip():
                self.open = False
            elif (match := _HEADING.fullmatch(line)) is not None:
                self.heading(match[2].strip())
            else:
                self.line(line)
        if self.wrong:
            named = "、".join(f"第 {one['row']} 行“{one['value']}”" for one in self.wrong)
            raise _refusal(self.path, f"{named}：{_ONLY}", self.wrong)
        for name, points in self.parts.items():
            if not points:
                self.number = self.headings[name]
                self.fail(name, f"标题“{name}”下没有内容；没有要说的，请去掉这个标题")
        said = {heading: tuple(self.parts.get(heading, ())) for heading in HEADINGS}
        return Remarks(
            problems=said[PROBLEMS],
            proposals=said[PROPOSALS],
            practices=said[PRACTICES],
            experience=said[EXPERIENCE],
            models=said[MODELS],
        )

    def heading(self, text: str) -> None:
        name = _NUMBERED.sub("", fold(text), count=1).rstrip(":").strip()
        name = _SYNONYMS.get(name, name)
        if name not in HEADINGS:
            # The whole file is read, so that all such headings are named at once.
            self.wrong.append(self.detail(text, _ONLY))
            self.part, self.open = [], False
            return
        if name in self.parts:
            self.fail(text, f"标题“{name}”写了两次")
        self.part = self.parts[name] = []
        self.headings[name] = self.number
        self.open = False

    def line(self, line: str) -> None:
        for pattern, what in _REFUSED:
            if pattern.search(line) if what in _ANYWHERE else pattern.match(line):
                self.fail(line, f"不能有{what}，只用段落和列表")
        if self.part is None:
            self.fail(line, f"应先有标题，如“# {PROBLEMS}”")
        try:
            text = clean(line)
        except ValueError as error:
            self.fail(line, str(error))
        if (match := _BULLET.fullmatch(line)) is not None:
            self.part.append(Point("——", match[1].strip()))
        elif (match := _NUMBER.fullmatch(line)) is not None:
            last = self.part[-1].mark if self.part else ""
            number = int(last[:-1]) + 1 if last.endswith(".") else 1
            self.part.append(Point(f"{number}.", match[1].strip()))
        elif self.open:
            before = self.part.pop()
            blank = " " if before.text[-1].isascii() and text[0].isascii() else ""
            self.part.append(Point(before.mark, before.text + blank + text))
        else:
            self.part.append(Point("", text))
        if not self.part[-1].text:
            self.fail(line, "这一项没有内容")
        self.open = True

    def fail(self, value: str, reason: str) -> NoReturn:
        raise _refusal(self.path, f"第 {self.number} 行{reason}", [self.detail(value, reason)])

    def detail(self, value: str, reason: str) -> dict[str, object]:
        return {"row": self.number, "column": "", "value": value.strip()[:40], "reason": reason}


_ANYWHERE = {"链接或图片", "HTML", "强调或代码"}


def _refusal(path: Path, reason: str, details: list[dict[str, object]]) -> InputError:
    return InputError(
        "remarks-refused",
        f"{path.name}：{reason}。",
        f"写成 Markdown：标题只用“# {'”“# '.join(HEADINGS)}”，下面是段落或列表。",
        details=details,
    )
