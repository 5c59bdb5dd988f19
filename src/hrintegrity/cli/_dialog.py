"""Scoring at the terminal, one indicator at a time; nothing that was entered is lost."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from hrintegrity.cli._output import say
from hrintegrity.notice.words import SOURCE
from hrintegrity.text import fold, width, wrap

if TYPE_CHECKING:
    from hrintegrity.duties.assessment.scoring import Item, Task

Keep = Callable[[dict[int, int], int], None]

HELP = "输入得分；回车=保留原分，b=上一项，g 12=到第12项，l=总览，q=暂存退出，?=帮助"
REVIEW_HELP = "回车=保存这份评分表，序号=回到该项修改，q=暂存退出"


class Paused(Exception):
    """The rater stopped before the end; the draft is kept."""


def read_line(prompt: str) -> str:
    """Read a line at the terminal. Raises Paused where the input ends."""
    with suppress(ImportError):
        # Without readline, Backspace over a Chinese character leaves half of it standing.
        import readline  # noqa: F401
    try:
        return fold(input(prompt)).strip()
    except EOFError:
        sys.stdout.write("\n")
        raise Paused from None


class Dialog:
    """The conversation over one score sheet; `keep` is called after every answer."""

    def __init__(self, task: Task, keep: Keep, ask: Callable[[str], str] = read_line) -> None:
        self.task = task
        self.items = {item.indicator.id: item for item in task.items}
        self.scores = dict(task.scores)
        self.position = min(task.position, len(self.items))
        self.keep = keep
        self.ask = ask

    def run(self) -> dict[int, int]:
        """Return the 22 scores in tenths, reviewed and confirmed. Raises Paused."""
        self.introduce()
        if len(self.scores) == len(self.items) and not self.task.resumed:
            self.position = len(self.items) + 1
        while True:
            if self.position > len(self.items):
                if self.review():
                    return self.scores
                continue
            self.show(self.items[self.position])
            self.answer(self.items[self.position])

    def introduce(self) -> None:
        task = self.task
        source = SOURCE.chinese(task.source)
        say(f"{task.name}（{task.code}）{task.year}年诚信状况评估")
        say(f"{source}，评价人 {task.rater}；评估标准：{task.standard}")
        if task.resumed:
            say(f"接着上次暂存的继续：已评 {len(self.scores)} 项，从第 {self.position} 项开始。")
        elif task.replaces:
            say("这位评价人已有评分表；保存后，新的代替旧的。")
        say(HELP)

    def show(self, item: Item) -> None:
        """Show one indicator: category, text, limit, facts, and the running subtotals."""
        indicator, columns = item.indicator, min(shutil.get_terminal_size().columns, 100)
        say("")
        say("─" * (columns // 2 if columns < 60 else 30))
        place = f"［{indicator.id}/{len(self.items)}］"
        say(f"{place}{indicator.category.heading}　{self.subtotal(item)}")
        for line in wrap(f"{indicator.heading}　{indicator.text}", columns):
            say(line)
        say(f"满分 {points(item.most)} 分")
        for fact in item.facts:
            for place_in, line in enumerate(wrap(fact, columns - 4)):
                say(f"  {'·' if place_in == 0 else ' '} {line}")

    def subtotal(self, item: Item) -> str:
        category = item.indicator.category
        mine = [i for i in self.items.values() if i.indicator.category == category]
        done = sum(self.scores.get(i.indicator.id, 0) for i in mine)
        return f"本类已得 {points(done)} 分，合计 {points(sum(self.scores.values()))} 分"

    def answer(self, item: Item) -> None:
        """Take one answer; a wrong one is explained and asked for again."""
        number = item.indicator.id
        before = self.scores.get(number)
        kept = "" if before is None else f"，回车={points(before)}"
        text = self.ask(f"得分（0–{points(item.most)}{kept}）> ").lower()
        if text == "":
            if before is None:
                say("  还没有评分，请输入得分。")
                return
            self.go_to(number + 1)
        elif text in ("q", "quit"):
            raise Paused
        elif text in ("b", "back"):
            self.go_to(max(number - 1, 1))
        elif text in ("l", "list"):
            self.overview()
        elif text in ("?", "h", "help"):
            say(HELP)
        elif text.startswith("g"):
            self.jump(text[1:].strip())
        else:
            self.score(item, text)

    def score(self, item: Item, text: str) -> None:
        from hrintegrity.duties.assessment.scoring import parse_answer

        try:
            self.scores[item.indicator.id] = parse_answer(text, item.most)
        except ValueError as error:
            say(f"  “{text}”{error}，请重新输入。")
            return
        self.go_to(item.indicator.id + 1)

    def go_to(self, position: int) -> None:
        self.position = position
        self.keep(self.scores, position)

    def jump(self, text: str) -> None:
        if not text.isdecimal() or int(text) not in self.items:
            say(f"  没有第“{text}”项，应是 1 至 {len(self.items)}。")
            return
        self.go_to(int(text))

    def overview(self) -> None:
        """List all indicators with what was given so far."""
        say("")
        category = None
        left = max(width(item.indicator.heading) for item in self.items.values())
        for number, item in self.items.items():
            if item.indicator.category != category:
                category = item.indicator.category
                say(f"{category.heading}　{self.subtotal(item).split('，')[0]}")
            heading = item.indicator.heading
            given = self.scores.get(number)
            shown = "——" if given is None else points(given)
            say(f"  {heading}{' ' * (left - width(heading))}  {shown} / {points(item.most)}")
        say(f"合计 {points(sum(self.scores.values()))} 分，已评 {len(self.scores)} 项")

    def review(self) -> bool:
        """Show the whole sheet before it is saved; say whether it is confirmed."""
        missing = [number for number in self.items if number not in self.scores]
        if missing:
            say(f"还有 {len(missing)} 项没有评分：{'、'.join(map(str, missing))}。")
            self.go_to(missing[0])
            return False
        self.overview()
        text = self.ask(f"{REVIEW_HELP} > ").lower()
        if text == "":
            return True
        if text in ("q", "quit"):
            raise Paused
        self.jump(text.removeprefix("g").strip() if text != "b" else str(len(self.items)))
        return False


def points(tenths: int) -> str:
    """Return tenths of a point as people write them: 3, 2.5."""
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}" if rest else str(whole)
