"""Which rows of a table are none of its records: totals, notes beneath it, full marks, examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from hrintegrity.sheets.columns import EXAMPLE_MARK, Table
from hrintegrity.sheets.layouts import Layout, normal
from hrintegrity.text import fold

_TOTAL = re.compile(
    r"(?:(?:本页|本表)?(?:合计|总计|小计|共计|累计)|总数|平均(?:分|值|数|得分)?|共(?=\d))"
    r"数?[:：]?[\d.]*[家个户人条项份件]?"
)
_NOTE = re.compile(
    r"(?:(?:备注|附注|注|说明|填表|填报|制表|审核|复核|经办|编制|单位负责|盖章|签章|公章"
    r"|填表日期|填报日期|签字|签名|(?:评审|评估|评分|评议|考核|检查|验收)(?=人|组)"
    r"|(?:评审|评估|评分|评议|考评|考核|检查|督查|验收|工作)?"
    r"(?:专家|小组|(?:专家|小)?组(?:长|副组长|成员)|副组长|组员|成员))"
    r"(?:人|人员|单位|机构|部门|日期|时间|组|组长|名单)?(?:签字|签名|意见)?"
    r"(?:\(?(?:盖章|签字|签章|公章|签名)\)?)?(?:[:：]|$)"
    r"|日期[:：]|(?:备注|附注|注|说明)[\d一二三四五六七八九十]+[:：.、])"
)
_AROUND = "()[]【】〔〕*※★☆"
"""What people put around or before such a word."""
_FULL_MARKS = re.compile(r"(?:满分|分值|标准分|最高分|权重)(?:值|数)?(?:\(分\))?")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?分?")
_DIGIT = re.compile(r"\d")
_SMALL_NUMBER = re.compile(r"[\d.]{1,6}[家个户人条]?")


_BEGIN = frozenset(
    "合总小共累本平满分标最权备附注说填制审复经编单盖签公示专评组考检督验工副成日(（[【〔*※★☆"
)
"""What the words begin with by which such a row is known; most rows begin otherwise."""


class PassedOver:
    """Tells the rows that are passed over with a remark, by what stands in them."""

    def __init__(self, table: Table, layout: Layout) -> None:
        self._table = table
        self._width = len(layout.headers)
        self._is_form = bool(layout.places)
        self._columns = layout.used
        self._header = [normal(header) for header in layout.headers]
        self._first = min(layout.used, default=0)
        codes = [index for index, column in layout.used.items() if column.is_code]
        keys = [
            index
            for index, column in layout.used.items()
            if column.field in (*table.key, *table.either)
        ]
        self._known_by = frozenset(codes or keys)
        self._has_codes = bool(codes)
        self._identity = frozenset(keys) | frozenset(codes[:1])
        self._looked_at = frozenset(keys) | {self._first}
        either = (index for index, column in layout.used.items() if column.field in table.either)
        self._named_by = sorted(either)
        self._required = [i for i, column in layout.used.items() if column.required]
        self._scores = [i for i, column in layout.used.items() if column.field in table.addends]

    def suspicious(self, columns: Sequence[Sequence[str]]) -> Iterator[int]:
        """Yield the places of the rows that may be none of the table's, by what names them."""
        for index in self._looked_at:
            texts = columns[index]
            known = {text for text in set(texts) if text[:1] in _BEGIN and self._is_telling(text)}
            if known:
                yield from (place for place, text in enumerate(texts) if text in known)

    def _is_telling(self, text: str) -> bool:
        """Say whether a text alone may make its row one that is passed over."""
        plain = _joined(text)
        return (
            _is_total(text)
            or _is_note(plain)
            or _FULL_MARKS.fullmatch(plain) is not None
            or text.strip().startswith(EXAMPLE_MARK)
            or normal(text) in self._header
        )

    def nameless(self, columns: Sequence[Sequence[str]]) -> list[int]:
        """Return the places of the rows that name no agency in any of its columns."""
        named = [columns[index] for index in self._named_by]
        if not named or any("" not in texts for texts in named):
            return []
        return [place for place, texts in enumerate(zip(*named, strict=True)) if not any(texts)]

    def why(self, cells: Sequence[str], refusals: Mapping[int, str]) -> str:
        """Say what a row is, where it is none of the table's; empty where it is one."""
        full = [cell.strip() for cell in cells if cell.strip()]
        if self._is_example(cells):
            return "是示例"
        if any(map(_is_total, full)) and not self._is_known(cells):
            return "是合计行"
        if full and _is_note(_joined(full[0])) and not self._is_record(cells):
            return "是表下的说明"
        if self._is_form and not any(cells[index].strip() for index in self._scores):
            return "是没有填写的评分表"
        if self._is_full_marks(cells, full):
            return "是满分行"
        if [normal(cell) for cell in cells[: self._width]] == self._header:
            return "又是表头"
        if len(cells) <= self._width and not any(
            cells[index].strip() or index in refusals for index in self._columns
        ):
            return "只在没有用到的列里有内容"
        return ""

    def _is_full_marks(self, cells: Sequence[str], full: Sequence[str]) -> bool:
        """Say whether a row has the most points beneath the headers of scores, and no agency."""
        if not self._scores or any(
            cells[index].strip() and not _FULL_MARKS.fullmatch(_joined(cells[index]))
            for index in self._identity
        ):
            return False
        scores = [cells[index].strip() for index in self._scores]
        others = [text for text in full if not _NUMBER.fullmatch(_joined(text))]
        return all(_NUMBER.fullmatch(_joined(score)) for score in scores) and all(
            _FULL_MARKS.fullmatch(_joined(text)) for text in others
        )

    def _is_example(self, cells: Sequence[str]) -> bool:
        """Say whether the row is a template's example; a real one that looks alike has a key."""
        if not cells[self._first].strip().startswith(EXAMPLE_MARK):
            return False
        keys = {index: self._columns[index] for index in self._known_by if index != self._first}
        return all(cells[index].strip() in ("", column.example) for index, column in keys.items())

    def _is_record(self, cells: Sequence[str]) -> bool:
        """Say whether a row holds an identifier, or all of several cells that a record needs."""
        needed = [cells[index].strip() for index in self._required]
        return self._is_known(cells) or (len(needed) > 1 and all(needed))

    def _is_known(self, cells: Sequence[str]) -> bool:
        """Say whether the row holds an identifier; a total or a count of rows is none."""
        return any(
            text
            and not _is_total(text)
            and not _SMALL_NUMBER.fullmatch(text)
            and (not self._has_codes or _DIGIT.search(text))
            for text in (_joined(cells[index]) for index in self._known_by)
            if not _is_note(text)
        )


def _joined(text: str) -> str:
    return "".join(fold(text).split())


def _is_total(text: str) -> bool:
    return _TOTAL.fullmatch(_joined(text)) is not None


def _is_note(text: str) -> bool:
    return _NOTE.match(text.strip(_AROUND)) is not None
