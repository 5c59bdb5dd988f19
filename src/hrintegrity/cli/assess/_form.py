"""The whole sheet on one screen: `assess run --full-screen`, with the extra `screen`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.events import Key, Paste, Resize
from textual.widgets import Static

from hrintegrity.cli.assess._dialog import Keep, Paused
from hrintegrity.cli.assess._screens import points
from hrintegrity.text import fold, width

if TYPE_CHECKING:
    from hrintegrity.duties.assessment.scoring import Item, Task

NARROW = 84
"""Below so many columns the indicator's text is beneath the list instead of beside it."""

_KEYS = "数字 打分并到下一项　. 小数　m 满分　↑↓ 选择　Del 清除　回车 保存　Esc 暂存退出"


class Row(Static):
    """An indicator in the list, with what was given."""


class Form(App[str]):
    """A score sheet with all its indicators; every score is kept as soon as it is given.

    `keep` and `forget` are those of the plain dialogue, and so is what `run_to_end` returns.
    """

    CSS = """
    #head, #foot { height: auto; padding: 0 1; background: $panel; }
    #list { width: 34; min-width: 30; }
    #side { padding: 0 1; }
    .narrow #middle { layout: vertical; }
    .narrow #list { width: 100%; height: 1fr; }
    .narrow #side { height: auto; max-height: 50%; border-top: solid $accent; }
    Row { height: 1; padding: 0 1; }
    Row.here { background: $accent; color: $text; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "pause", priority=True),
        Binding("ctrl+c", "interrupt", priority=True),
        Binding("ctrl+q", "pause", priority=True),
    ]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, task: Task, keep: Keep, forget: Callable[[], None]) -> None:
        super().__init__()
        self.sheet = task
        self.items = list(task.items)
        self.scores = dict(task.scores)
        self.place = min(task.position, len(self.items)) - 1
        self.kept = task.resumed
        self._keep = keep
        self._typed = ""
        self._note = ""
        self._reviewed = False
        self._shown = False

    @property
    def position(self) -> int:
        """The place from 1 of the indicator in hand."""
        return self.place + 1

    @property
    def end(self) -> int:
        """The position of the plain dialogue's review."""
        return len(self.items) + 1

    def run_to_end(self) -> dict[int, int]:
        """Return all scores in tenths, once they are saved. Raises Paused, KeyboardInterrupt."""
        answer = self.run()
        if answer == "interrupted":
            raise KeyboardInterrupt
        if answer != "saved":
            raise Paused
        return self.scores

    def keep(self) -> None:
        """Keep a draft, unless there is nothing yet that the saved sheet does not have."""
        if self.kept or self.scores != self.sheet.saved:
            self._keep(self.scores, self.position)
            self.kept = True

    def compose(self) -> ComposeResult:
        """Lay the screen out: who is scored, the list, the indicator in hand, the keys."""
        task = self.sheet
        head = f"{task.name}　{task.year}年　{task.source_word}　评价人 {task.rater}"
        yield Static(head, id="head", markup=False)
        with Horizontal(id="middle"):
            with VerticalScroll(id="list"):
                for number in range(len(self.items)):
                    yield Row("", id=f"row{number}", markup=False)
            with VerticalScroll(id="side"):
                yield Static("", id="text", markup=False)
        yield Static("", id="foot", markup=False)

    def on_mount(self) -> None:
        """Show the sheet as it is."""
        self.query_one("#list").can_focus = self.query_one("#side").can_focus = False
        self._shown = True
        for place in range(len(self.items)):
            self._show_row(place)
        self._show()

    def on_resize(self, event: Resize) -> None:
        """Put the text beneath the list where there is no room beside it."""
        self.screen.set_class(event.size.width < NARROW, "narrow")

    def on_paste(self, event: Paste) -> None:
        """Take text that an input method or the clipboard gives at once."""
        for character in event.text:
            if character in "\r\n":
                self._enter()
            elif character.isprintable():
                self._take(character)

    def on_key(self, event: Key) -> None:
        """Take a key: a digit or sign of a score, or one that moves."""
        moves = {"up": -1, "down": 1, "pageup": -8, "pagedown": 8, "tab": 1, "shift+tab": -1}
        match event.key:
            # A key pressed before the form was there comes as a line feed.
            case "enter" | "ctrl+j":
                self._enter()
            case "backspace" | "delete":
                self._clear()
            case "home":
                self._go(0)
            case "end":
                self._go(len(self.items) - 1)
            case key if key in moves:
                self._go(self.place + moves[key])
            case _:
                if event.character is None or not event.character.isprintable():
                    return
                self._take(event.character)
        event.prevent_default()
        event.stop()

    def action_pause(self) -> None:
        """Leave; what was given is kept."""
        self.exit("paused")

    def action_interrupt(self) -> None:
        """Leave as after Ctrl-C."""
        self.exit("interrupted")

    def _take(self, character: str) -> None:
        """Take a character as typed, also by a Chinese input method."""
        sign = fold(character).lower()
        self._note = ""
        if sign in ("m", "满"):
            self._score(self.items[self.place].most)
        elif sign.isdecimal() and sign.isascii():
            self._digit(sign)
        elif sign in (".", "。", "·"):
            self._point()
        else:
            self._note = f"“{character}”不是得分；按键见下方。"
        self._show()

    def _digit(self, sign: str) -> None:
        typed = self._typed + sign
        whole, point, rest = typed.partition(".")
        tenths = int(whole or "0") * 10 + int(rest or "0")
        most = self.items[self.place].most
        if tenths > most:
            self._typed = ""
            self._note = f"{typed} 超过满分 {points(most)}，请重新输入。"
        elif not point and int(whole) * 100 <= most and int(whole) > 0:
            # Another digit may follow: 1 of 12 points.
            self._typed = typed
        else:
            self._score(tenths)

    def _point(self) -> None:
        """Begin the decimal of what was typed, or of the indicator just left."""
        if not self._typed and self.place > 0 and self._just_left:
            self.place -= 1
            self._typed = f"{self.scores[self._number] // 10}."
        else:
            self._typed = f"{self._typed or '0'}."

    @property
    def _number(self) -> int:
        return self.items[self.place].indicator.id

    @property
    def _just_left(self) -> bool:
        before = self.items[self.place - 1].indicator.id
        return self.scores.get(before, 1) % 10 == 0

    def _score(self, tenths: int) -> None:
        self._typed = ""
        self._reviewed = False
        self.scores[self._number] = tenths
        facts = self.items[self.place].against(tenths)
        self._note = f"与记录不符，请核对：{'；'.join(facts)}" if facts else ""
        self._show_row(self.place)
        self._go(self.place + 1)
        self.keep()

    def _clear(self) -> None:
        if self._typed:
            self._typed = self._typed[:-1]
        elif self.scores.pop(self._number, None) is not None:
            self.keep()
        self._show()

    def _enter(self) -> None:
        """Take what was begun; on a complete sheet, save it."""
        if self._typed.rstrip("."):
            whole, _, rest = self._typed.partition(".")
            self._score(int(whole) * 10 + int(rest or "0"))
        elif len(self.scores) == len(self.items):
            self._review()
        else:
            missing = [p for p, one in enumerate(self.items) if one.indicator.id not in self.scores]
            self._note = f"还有 {len(missing)} 项没有评分。"
            self._go(missing[0])
        self._show()

    def _review(self) -> None:
        """Save a complete sheet; scores that the records contradict are shown once before."""
        doubtful = [one for one in self.items if one.against(self.scores[one.indicator.id])]
        if not doubtful or self._reviewed:
            self.exit("saved")
            return
        self._reviewed = True
        named = "、".join(one.indicator.heading for one in doubtful)
        self._note = f"{len(doubtful)} 项与记录不符：{named}。核对后再按一次回车保存。"

    def _go(self, place: int) -> None:
        self._typed = ""
        before, self.place = self.place, max(0, min(place, len(self.items) - 1))
        self._show_row(before)
        self._show()

    def _show_row(self, place: int) -> None:
        item = self.items[place]
        given = self.scores.get(item.indicator.id)
        typed = self._typed if place == self.place and self._typed else None
        shown = typed or ("--" if given is None else points(given))
        name = f"{item.indicator.id:>2}.{item.indicator.name}"
        figures = f"{shown} / {points(item.most)}"
        row = self.query_one(f"#row{place}", Row)
        row.update(f"{name}{' ' * max(1, 18 - width(name))}{figures:>9}")
        row.set_class(place == self.place, "here")

    def _show(self) -> None:
        """Show the indicator in hand, the subtotals and the keys."""
        if not self._shown:
            return
        self._show_row(self.place)
        self.query_one(f"#row{self.place}").scroll_visible(animate=False)
        item = self.items[self.place]
        facts = "".join(f"\n· {fact}" for fact in item.facts)
        self.query_one("#text", Static).update(
            f"{item.indicator.category.heading}\n\n"
            f"{item.indicator.heading}　满分 {points(item.most)} 分\n"
            f"{item.indicator.text}\n{facts}"
        )
        note = f"{self._note}\n" if self._note else ""
        self.query_one("#foot", Static).update(f"{note}{self._sums(item)}\n{_KEYS}")

    def _sums(self, item: Item) -> str:
        mine = [one for one in self.items if one.indicator.category == item.indicator.category]
        got = sum(self.scores.get(one.indicator.id, 0) for one in mine)
        of = sum(one.most for one in mine)
        whole, most = sum(self.scores.values()), sum(one.most for one in self.items)
        return (
            f"本类 {points(got)} / {points(of)}　合计 {points(whole)} / {points(most)}　"
            f"已评 {len(self.scores)} / {len(self.items)} 项"
        )
