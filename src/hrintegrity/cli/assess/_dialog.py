"""Scoring at the terminal, one indicator at a time; nothing that was entered is lost."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from hrintegrity.cli.assess import _screens as screens
from hrintegrity.text import fold

if TYPE_CHECKING:
    from hrintegrity.duties.assessment.scoring import Item, Task


Keep = Callable[[dict[int, int], int], None]


_YES = ("y", "yes", "是")


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
    """The conversation over one score sheet.

    `keep` is called after every answer with all scores in tenths and the position, from 1 among the
    indicators that are asked for, one beyond the last while the sheet is reviewed; `forget` drops
    what was kept.
    """

    def __init__(
        self,
        task: Task,
        keep: Keep,
        forget: Callable[[], None],
        ask: Callable[[str], str] = read_line,
    ) -> None:
        self.task = task
        self.items = task.items
        self.places = {item.indicator.id: place for place, item in enumerate(task.items, 1)}
        self.scores = dict(task.scores)
        self.position = min(task.position, self.end)
        self.kept = task.resumed
        self._keep = keep
        self._forget = forget
        self._ask = ask
        self._correcting = False
        self._shown: int | None = None

    @property
    def end(self) -> int:
        """The position of the review."""
        return len(self.items) + 1

    @property
    def complete(self) -> bool:
        """Whether every indicator has a score."""
        return len(self.scores) == len(self.items)

    def run(self) -> dict[int, int]:
        """Return all scores in tenths, reviewed and confirmed. Raises Paused."""
        screens.introduction(self.task)
        if self.complete and not self.task.resumed:
            self.position = self.end
        while True:
            if self.position < self.end:
                self.answer(self.items[self.position - 1])
            elif self.review():
                return self.scores

    def keep(self) -> None:
        """Keep a draft, unless there is nothing yet that the saved sheet does not have."""
        if self.kept or self.scores != self.task.saved:
            self._keep(self.scores, self.position)
            self.kept = True

    def go_to(self, position: int) -> None:
        """Go to an indicator or, beyond the last one, to the review."""
        self.position = position
        self.keep()

    def answer(self, item: Item) -> None:
        """Take one answer; the indicator is shown again only after something else was."""
        number = item.indicator.id
        if self._shown != number:
            screens.indicator(self.task, item, self.scores, before=self._shown)
            self._shown = number
        text = self._ask(screens.score_prompt(item, self.scores.get(number))).lower()
        match text:
            case "":
                self.confirm(item)
            case "q" | "quit":
                raise Paused
            case "b" | "back":
                self._correcting = False
                if self.position == 1:
                    screens.note("这是第一项。")
                else:
                    self.go_to(self.position - 1)
            case "n" | "next":
                self._correcting = False
                self.go_to(self.position + 1)
            case "m" | "满" | "满分":
                self.score(item, item.most)
            case "l" | "list":
                self.overview()
            case "r" | "review":
                self.go_to(self.end)
            case "x":
                self.start_again()
            case "?" | "h" | "help":
                screens.keys()
            case _ if text.startswith("g"):
                self.jump(text[1:].strip())
            case _:
                self.typed(item, text)

    def confirm(self, item: Item) -> None:
        """Confirm the score that an indicator has."""
        if item.indicator.id not in self.scores:
            screens.note("还没有评分。请输入得分；暂不评的输入 n。")
            return
        self.go_to(self.end if self._correcting else self.position + 1)

    def typed(self, item: Item, text: str) -> None:
        from hrintegrity.duties.assessment.scoring import parse_answer

        try:
            tenths = parse_answer(text, item.most)
        except ValueError as error:
            screens.note(f"“{text}”：{error}。请重新输入（? 看按键）。")
            return
        self.score(item, tenths)

    def score(self, item: Item, tenths: int) -> None:
        """Take a score, and go on, or back to the review from where it was to be corrected."""
        self.scores[item.indicator.id] = tenths
        for fact in item.against(tenths):
            screens.note(f"与记录不符，请核对（{screens.points(tenths)} 分照记）：{fact}。")
        self.go_to(self.end if self._correcting else self.position + 1)

    def jump(self, text: str) -> bool:
        """Go to the indicator of a number; say whether there is one."""
        if not (text.isascii() and text.isdecimal()) or int(text) not in self.places:
            what = f"没有第“{text}”项" if text else "没有写第几项"
            example = self.items[len(self.items) // 2].indicator.id
            screens.note(f"{what}，应是 {self._numbers()}，如 g {example}。")
            return False
        self._correcting = False
        self.go_to(self.places[int(text)])
        return True

    def _numbers(self) -> str:
        """Name the indicators that are asked for."""
        if len(self.places) == self.task.width:
            return f"1 至 {self.task.width}"
        return "、".join(map(str, self.places))

    def overview(self) -> None:
        """List what was given so far."""
        screens.overview(self.task, self.scores)
        self._shown = None

    def start_again(self) -> bool:
        """Forget the draft, if that is meant, and begin from what was saved before."""
        if self._ask("放弃没有保存的评分？输入 y 确认 > ").lower() not in _YES:
            return False
        self._forget()
        self.kept = False
        self.scores = dict(self.task.saved)
        self.position = self.end if self.complete else 1
        self._shown = None
        return True

    def review(self) -> bool:
        """Show the whole sheet before it is saved; say whether it is confirmed."""
        missing = [number for number in self.places if number not in self.scores]
        if missing:
            screens.note(f"还有 {len(missing)} 项没有评分：{'、'.join(map(str, missing))}。")
            self.go_to(self.places[missing[0]])
            return False
        screens.review(self.task, self.scores)
        self._shown = None
        while True:
            text = self._ask(screens.REVIEW_PROMPT).lower()
            if text in ("", *_YES):
                return True
            match text:
                case "q" | "quit":
                    raise Paused
                case "b" | "back":
                    self.go_to(len(self.items))
                    return False
                case "l" | "list" | "r" | "review":
                    return False
                case "x":
                    if self.start_again():
                        return False
                case "?" | "h" | "help":
                    screens.keys()
                case _:
                    if self.jump(text.removeprefix("g").strip()):
                        self._correcting = True
                        return False
