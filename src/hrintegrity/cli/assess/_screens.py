"""What a rater sees: no line is wider than the terminal, Chinese counted as two columns."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from itertools import chain, groupby, zip_longest
from typing import TYPE_CHECKING

from hrintegrity.cli.program.messages import say
from hrintegrity.text import width, wrap

if TYPE_CHECKING:
    from hrintegrity.duties.assessment.scoring import Item, Task


WIDEST = 90
TWO_COLUMNS_FROM = 60
WEAKEST_SHOWN = 5

REVIEW_PROMPT = "回车=保存，序号=修改，q=暂存 > "

_KEYS = (
    ("数字", "得分，最多一位小数；然后到下一项"),
    ("回车", "保留原来的得分，到下一项"),
    ("m", "满分"),
    ("b", "上一项"),
    ("n", "暂不评，到下一项"),
    ("g 12", "到第 12 项"),
    ("l", "总览"),
    ("r", "复核，然后保存"),
    ("q", "暂存退出，下次接着评（Ctrl-C 也是）"),
    ("x", "放弃没有保存的评分，重新开始"),
)


def columns() -> int:
    """Return how wide a line may be; one column less than the terminal, which may wrap there."""
    return min(shutil.get_terminal_size().columns, WIDEST) - 1


def paragraph(text: str, first: str = "", rest: str | None = None) -> None:
    """Write a text in lines, the first one after `first`, the others after `rest`."""
    rest = first if rest is None else rest
    for place, line in enumerate(wrap(text, max(columns() - width(rest), 2))):
        say(f"{rest if place else first}{line}")


def note(text: str) -> None:
    """Answer something that was typed."""
    paragraph(text, "  ")


def heading(text: str) -> None:
    """Write a heading with a rule behind it."""
    # A terminal for Chinese may draw the rule two columns wide.
    rule = "─" * max(min(columns() - width(text) - 4, 48) // 2, 0)
    paragraph(f"── {text} {rule}")


def points(tenths: int) -> str:
    """Return tenths of a point as people write them: 3, 2.5."""
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def introduction(task: Task) -> None:
    """Say what is to be scored, by whom, and by which standard."""
    say("")
    paragraph(task.name)
    paragraph(f"{task.code}　{task.about}")
    paragraph(f"{task.year}年诚信状况评估　{task.source_word}　评价人 {task.rater}")
    paragraph(f"评估标准：{task.standard}")
    if task.resumed:
        paragraph(f"接着上次暂存的继续，已评 {len(task.scores)} 项。")
    elif task.saved:
        total = points(sum(task.saved.values()))
        paragraph(f"这位评价人已有评分表（{total} 分）；保存后，新的代替旧的。")
    if task.dropped:
        numbers = "、".join(map(str, task.dropped))
        paragraph(f"评估标准改过，第 {numbers} 项的得分超过现在的分值，请重评。")
    paragraph("输入得分后按回车；b 上一项，q 暂存退出，? 看全部按键。")


def keys() -> None:
    """List what can be typed."""
    left = max(width(key) for key, _ in _KEYS)
    for key, meaning in _KEYS:
        paragraph(meaning, f"  {_padded(key, left)}  ", " " * (left + 4))


def indicator(task: Task, item: Item, scores: Mapping[int, int], *, before: int | None) -> None:
    """Show one indicator: its text and limit, the archive's facts, and the subtotals.

    `before` is the indicator shown before this one; the category is named where it is another.
    """
    shown = item.indicator
    say("")
    by_id = {each.indicator.id: each.indicator for each in task.items}
    if before is None or by_id[before].category != shown.category:
        heading(shown.category.heading)
    paragraph(f"[{shown.id}/{len(task.items)}] {shown.name}　满分 {points(item.most)} 分")
    paragraph(shown.text, "  ")
    for fact in item.facts:
        paragraph(fact, "  · ", "    ")
    paragraph(_subtotals(task, item, scores))


def score_prompt(item: Item, given: int | None) -> str:
    """Return the question for a score; short, so that the answer stands on the same line."""
    kept = "" if given is None else f"，回车={points(given)}"
    return f"得分（0～{points(item.most)}{kept}）> "


def overview(task: Task, scores: Mapping[int, int]) -> None:
    """List all indicators with what was given so far."""
    blocks = [_block(list(items), scores) for _, items in _by_category(task)]
    if columns() < TWO_COLUMNS_FROM:
        for block in blocks:
            _lines(block)
    else:
        half = (len(blocks) + 1) // 2
        _side_by_side(list(chain(*blocks[:half])), list(chain(*blocks[half:])))
    most = sum(item.most for item in task.items)
    paragraph(
        f"合计 {points(sum(scores.values()))} / {points(most)} 分，"
        f"已评 {len(scores)} / {len(task.items)} 项"
    )


def review(task: Task, scores: Mapping[int, int]) -> None:
    """Show a finished sheet: all scores, the total, and where most was lost."""
    say("")
    heading(f"复核　{task.source_word}　{task.rater}")
    overview(task, scores)
    if task.others:
        paragraph(
            f"{task.rater}第一次评这家机构，已有{'、'.join(task.others)}的{task.source_word}评分表；"
            "保存后一并平均。"
        )
    weak = [item for item in task.items if scores[item.indicator.id] < item.most]
    weak.sort(key=lambda item: scores[item.indicator.id] / item.most)
    if weak:
        named = "，".join(
            f"{item.indicator.heading} {_of(item, scores, '/')}" for item in weak[:WEAKEST_SHOWN]
        )
        paragraph(f"失分最多：{named}")
    else:
        paragraph("各项都是满分。")
    for item in task.items:
        for fact in item.against(scores[item.indicator.id]):
            paragraph(f"与记录不符：{item.indicator.heading} {_of(item, scores, '/')}，{fact}")


def _subtotals(task: Task, item: Item, scores: Mapping[int, int]) -> str:
    mine = [i for i in task.items if i.indicator.category == item.indicator.category]
    got = sum(scores.get(each.indicator.id, 0) for each in mine)
    most = sum(each.most for each in mine)
    whole = sum(scores.values())
    return f"本类 {points(got)} / {points(most)}，合计 {points(whole)} 分，已评 {len(scores)} 项"


def _by_category(task: Task) -> groupby[int, Item]:
    return groupby(task.items, key=lambda item: item.indicator.category.id)


def _block(items: Sequence[Item], scores: Mapping[int, int]) -> list[tuple[str, str]]:
    """Return a category's lines: what it is, and what was given of how much."""
    category = items[0].indicator.category
    most = sum(item.most for item in items)
    got = sum(scores.get(item.indicator.id, 0) for item in items)
    lines = [(category.name, f"{points(got)} / {points(most)}")]
    for item in items:
        shown = item.indicator
        lines.append((f"  {shown.id:>2}.{shown.name}", _of(item, scores)))
    return lines


def _of(item: Item, scores: Mapping[int, int], between: str = " / ") -> str:
    given = scores.get(item.indicator.id)
    return f"{'--' if given is None else points(given)}{between}{points(item.most)}"


_NAMES, _FIGURES, _BETWEEN = 14, 12, 6


def _line(line: tuple[str, str]) -> str:
    """Return a line of a block, the figures flush right."""
    name, figures = line
    return f"{_padded(name, _NAMES)}{' ' * (_FIGURES - width(figures))}{figures}"


def _lines(block: Sequence[tuple[str, str]]) -> None:
    for line in block:
        say(_line(line))


def _side_by_side(left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]) -> None:
    for one, other in zip_longest(left, right):
        beside = "" if other is None else " " * _BETWEEN + _line(other)
        first = _line(one) if one else " " * (_NAMES + _FIGURES)
        say(f"{first}{beside}".rstrip())


def _padded(text: str, size: int) -> str:
    return text + " " * max(size - width(text), 0)
