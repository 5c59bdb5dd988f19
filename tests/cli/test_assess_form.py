"""`hri assess run --full-screen` at a real terminal: typed into through a pseudo-terminal."""

from __future__ import annotations

import os
import sys
import time

import pexpect
import pyte
import pytest

from assessing import POINTS, result
from running import Hri, code_of, journal

pytest.importorskip("textual")
JIA = code_of(1)
DOWN, ESCAPE, BACKSPACE = "\x1b[B", "\x1b", "\x7f"


@pytest.fixture
def office(haidian) -> Hri:
    haidian.add("北京甲人力资源有限公司", JIA, "--license", "京人服证0001")
    return haidian


class Terminal:
    """A terminal in which the form runs; what it shows is drawn by pyte."""

    def __init__(self, hri: Hri, *more: str, columns: int = 100, lines: int = 32) -> None:
        environment = hri.variables({"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"})
        environment.pop("COLUMNS")
        program = "from hrintegrity.cli import main; main()"
        arguments = ["assess", "run", JIA, "--rater", "王专家", "--full-screen", *more]
        self.process = pexpect.spawn(
            sys.executable, ["-c", program, *arguments], env=environment,
            dimensions=(lines, columns), encoding="utf-8", timeout=600,
        )  # fmt: skip
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.Stream(self.screen)

    @property
    def shown(self) -> str:
        # A wide character takes two cells, of which pyte leaves the second one empty.
        return "\n".join("".join(line.split(" ")) for line in self.screen.display)

    def sees(self, text: str, seconds: float = 300) -> Terminal:
        """Wait until the screen shows a text."""
        until = time.monotonic() + seconds
        while "".join(text.split()) not in "".join(self.shown.split()):
            assert time.monotonic() < until, f"{text} is not on the screen:\n{self.shown}"
            try:
                self.stream.feed(self.process.read_nonblocking(65536, timeout=0.2))
            except pexpect.TIMEOUT:
                continue
        return self

    def resize(self, lines: int, columns: int) -> Terminal:
        """Change the size of the window, with a screen that has nothing on it yet."""
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.Stream(self.screen)
        self.process.setwinsize(lines, columns)
        return self

    def types(self, keys: str) -> Terminal:
        self.process.send(keys)
        return self

    def ends(self, status: int = 0) -> str:
        rest = ""
        while True:
            try:
                rest += self.process.read_nonblocking(65536, timeout=600)
            except pexpect.EOF:
                break
        self.process.close()
        assert self.process.exitstatus == status, rest
        return rest


def test_the_whole_sheet_takes_a_keystroke_an_indicator_and_one_to_save(office):
    terminal = Terminal(office).sees("已评 0 / 22 项")
    terminal.types("".join(map(str, POINTS))).sees("已评 22 / 22 项").types("\r")
    assert "已保存北京甲人力资源有限公司的评分表" in terminal.ends()
    assert result(office, JIA)["total"] == sum(POINTS)


def test_the_screen_shows_text_limit_facts_and_subtotals_of_the_indicator_in_hand(office):
    terminal = Terminal(office).sees("京人服证0001").sees("北京甲人力资源有限公司")
    terminal.sees("1.设立情况").sees(f"-- / {POINTS[0]}").sees("本类 0 / ").sees("回车 保存")
    terminal.types("3").sees("3 / 3").sees("合计 3 / 100").types(DOWN + ESCAPE)
    assert "已暂存 1 项" in terminal.ends()


def test_decimals_corrections_and_chinese_input(office):
    terminal = Terminal(office).sees("已评 0 / 22 项")
    # 2.5 by a Chinese input method: full-width digits and its full stop.
    terminal.types("２。５").sees("2.5 / 3").types("满").sees("已评 2 / 22 项")
    terminal.types("9").sees("9 超过满分").types("x").sees("“x”不是得分")
    terminal.types("\x1b[A" + BACKSPACE).sees("已评 1 / 22 项")
    terminal.types("\r").sees("还有 21 项没有评分")
    terminal.types(ESCAPE)
    assert "已暂存 1 项" in terminal.ends()


def test_an_interruption_loses_nothing_and_the_form_resumes(office):
    entries = len(journal(office.archive))
    terminal = Terminal(office).sees("已评 0 / 22 项").types("32").sees("已评 2 / 22 项")
    terminal.types("\x03")
    assert "已暂存 2 项" in terminal.ends(130)
    again = Terminal(office).sees("已评 2 / 22 项").types("2").sees("已评 3 / 22 项")
    os.kill(again.process.pid, 9)
    again.process.close()
    terminal = Terminal(office).sees("已评 3 / 22 项")
    terminal.types("".join(map(str, POINTS[3:]))).sees("已评 22 / 22 项").types("\r")
    terminal.ends()
    # A draft is no record: only the sheet is journalled.
    assert len(journal(office.archive)) == entries + 1


@pytest.mark.parametrize("columns", [60, 40])
def test_in_a_narrow_window_the_text_stands_beneath_the_list(office, columns):
    terminal = Terminal(office, columns=columns).sees("设立情况").sees("满分")
    list_line = next(i for i, line in enumerate(terminal.screen.display) if "1." in line)
    text_line = next(
        i for i, line in enumerate(terminal.screen.display) if "满" in line and "分" in line
    )
    assert text_line > list_line
    terminal.types(ESCAPE)
    terminal.ends()


def test_another_size_of_the_window_draws_the_form_anew_and_keeps_what_was_typed(office):
    terminal = (
        Terminal(office, columns=100).sees("已评 0 / 22 项").types("32").sees("已评 2 / 22 项")
    )
    for lines, columns in ((24, 60), (40, 120)):
        terminal.resize(lines, columns).sees("已评 2 / 22 项").sees("3.")
        assert max(len(line.rstrip()) for line in terminal.screen.display) <= columns
    terminal.types("2").sees("已评 3 / 22 项").types(ESCAPE)
    assert "已暂存 3 项" in terminal.ends()


def test_scores_that_the_records_contradict_are_shown_once_before_they_are_saved(haidian):
    haidian.add("北京甲人力资源有限公司", JIA, "--since", "2010-10-11")
    terminal = Terminal(haidian).sees("已评 0 / 22 项")
    terminal.types("".join(map(str, POINTS))).sees("已评 22 / 22 项").types("\r")
    terminal.sees("1 项与记录不符：3.从业时间").sees("再按一次回车保存").types("\r")
    terminal.ends()
    assert result(haidian, JIA)["total"] == sum(POINTS)


def test_without_a_terminal_it_says_which_option_to_give(office):
    refused = office("assess", "run", JIA, "--full-screen", "-f", "json")
    assert (refused.status, refused.error["code"]) == (2, "no-terminal")
    assert "--scores" in refused.error["hint"]
