"""`hri assess run` at a real terminal: typed into through a pseudo-terminal, looked at by pyte."""

from __future__ import annotations

import os
import re
import signal
import sys
import time

import pexpect
import pyte
import pytest

from assessing import POINTS, opened, rate, result, scores
from hrintegrity.duties.assessment import sheets
from hrintegrity.text import width
from running import Hri, code_of, journal

JIA = code_of(1)
WAIT = 300
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def office(haidian) -> Hri:
    haidian.add("北京甲人力资源有限公司", JIA, "--license", "京人服证0001")
    return haidian


class Terminal:
    """A terminal of so many columns in which the command runs; what it shows is drawn by pyte."""

    def __init__(self, hri: Hri, *more: str, columns: int = 80, lines: int = 60) -> None:
        program = "from hrintegrity.cli import main; main()"
        environment = hri.variables({"TERM": "xterm", "LC_ALL": "C.UTF-8"})
        environment.pop("COLUMNS")
        self.process = pexpect.spawn(
            sys.executable,
            ["-c", program, "assess", "run", JIA, "--rater", "王专家", *more],
            env=environment,
            dimensions=(lines, columns),
            encoding="utf-8",
            timeout=WAIT,
        )
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.Stream(self.screen)
        self.written = ""

    def sees(self, text: str) -> Terminal:
        """Wait for a text that comes next, and draw what came until then."""
        self.process.expect_exact(text)
        self.take(self.process.before + self.process.after)
        return self

    def take(self, output: str) -> None:
        """Draw what the program wrote, and keep it as it was written."""
        self.written += output
        self.stream.feed(output)

    def types(self, *answers: str) -> Terminal:
        """Type answers, each when it is asked for."""
        for answer in answers:
            self.sees("> ")
            self.process.send(answer + "\r")
        return self

    def ends(self) -> int:
        """Wait for the end and return the exit status."""
        self.process.expect(pexpect.EOF)
        self.take(self.process.before)
        self.process.close()
        status: int = self.process.exitstatus
        return status

    def interrupted(self, says: str) -> int:
        """Press Ctrl-C, again where it came between prompt and waiting; return the exit status."""
        for _ in range(5):
            time.sleep(0.2)
            self.process.sendintr()
            if self.process.expect_exact([says, pexpect.TIMEOUT], timeout=10) == 0:
                return self.ends()
        raise AssertionError(f"not said: {says}")

    def lines(self) -> list[str]:
        """What stands on the screen; a Chinese character takes two places."""
        return [line.rstrip() for line in self.screen.display]


def draft(hri: Hri) -> tuple[str, int] | None:
    with opened(hri, write=False) as archive:
        agency = archive.connection.exec_driver_sql("SELECT id FROM agency").scalar_one()
        found = sheets.draft_of(archive, agency, 2013, "expert", "王专家")
        return None if found is None else (found.scores, found.position)


def test_a_whole_session_from_the_first_indicator_to_the_saved_sheet(office) -> None:
    terminal = Terminal(office)
    terminal.sees("[1/22] 设立情况").sees("依法成立，相关证照齐全。")
    terminal.sees("许可证号 京人服证0001").sees("本类 0 / 10")
    terminal.types("9").sees("不能超过 3 分")
    terminal.types("２。５").sees("[2/22] 年检情况").sees("本类 2.5 / 10")
    terminal.types("b").sees("[1/22] 设立情况").sees("回车=2.5")
    terminal.types("", "2", "g 16").sees("[16/22] 纠纷处理")
    terminal.types("4.5", "l").sees("16.纠纷处理").sees("4.5 / 8").sees("已评 3 / 22 项")
    terminal.types("r").sees("还有 19 项没有评分：3、4、5")
    for number, most in enumerate(POINTS, 1):
        if number == 3:
            terminal.sees("[3/22]")
        if number >= 3:
            terminal.types("" if number == 16 else str(most))
    terminal.sees("复核").sees("合计 96 / 100 分").sees("失分最多：16.纠纷处理 4.5/8")
    terminal.types("16").sees("[16/22] 纠纷处理").types("5").sees("合计 96.5 / 100 分")
    terminal.types("").sees("已保存北京甲人力资源有限公司的评分表")
    assert terminal.ends() == 0
    found = result(office, JIA)
    assert (found["total"], found["sheets"]["expert"]) == (96.5, 1)
    assert draft(office) is None
    assert [row for row in journal(office.archive) if row[2] == "draft"] == []


@pytest.mark.parametrize("how", ["q", "ctrl-c", "ctrl-d", "hang-up", "kill"])
def test_however_it_is_interrupted_it_resumes_at_the_same_place(office, how) -> None:
    terminal = Terminal(office)
    terminal.types("3", "1.5", "2").sees("[4/22] 行政处罚").sees("> ")
    if how == "q":
        terminal.process.send("q\r")
        terminal.sees("已暂存 3 项").sees("从第 4 项继续")
        assert terminal.ends() == 0
    elif how == "ctrl-c":
        assert terminal.interrupted("已暂存 3 项") == 130
    elif how == "ctrl-d":
        terminal.process.sendeof()
        terminal.sees("已暂存 3 项")
        assert terminal.ends() == 0
    elif how == "hang-up":
        terminal.process.close(force=False)
        terminal.process.wait() if terminal.process.isalive() else None
    else:
        os.kill(terminal.process.pid, signal.SIGKILL)
        terminal.process.wait()
    assert draft(office) == ('{"1": 30, "2": 15, "3": 20}', 4)
    assert result(office, JIA)["status"] == "none"

    again = Terminal(office)
    again.sees("接着上次暂存的继续，已评 3 项").sees("[4/22] 行政处罚")
    again.sees("本类 6.5 / 10，合计 6.5 分，已评 3 项")
    again.types(*map(str, POINTS[3:])).sees("合计 99.5 / 100 分").types("")
    again.sees("99.5 分")
    assert again.ends() == 0
    assert result(office, JIA)["total"] == 99.5


def test_the_same_answer_is_not_lost_in_an_interruption_of_the_review(office) -> None:
    terminal = Terminal(office)
    terminal.types(*map(str, POINTS)).sees("复核").sees("> ")
    assert terminal.interrupted("从复核继续") == 130
    again = Terminal(office)
    again.sees("复核").sees("合计 100 / 100 分").types("").sees("已保存")
    assert again.ends() == 0


def test_nothing_is_kept_where_nothing_was_entered(office) -> None:
    terminal = Terminal(office)
    terminal.sees("> ")
    assert terminal.interrupted("没有改动") == 130
    assert draft(office) is None


@pytest.mark.parametrize("columns", [40, 80])
def test_no_line_is_longer_than_the_terminal(office, columns) -> None:
    rate(office, JIA, scores(), source="self").ok()
    terminal = Terminal(office, columns=columns, lines=400)
    low = [str(most - 0.5) for most in POINTS]
    terminal.types("三", "?", "l", *low).sees("复核").types("q").sees("已暂存")
    assert terminal.ends() == 0
    lines = _ESCAPES.sub("", terminal.written).replace("\r", "").split("\n")
    assert [line for line in lines if width(line) >= columns] == []
    # What pyte drew is what was written, so that no line went on in another row.
    assert [line for line in terminal.lines() if line] == [
        line.rstrip() for line in lines if line.strip()
    ]
    assert any(line.startswith("失分最多：") for line in lines)


def test_figures_stand_flush_beside_names_of_any_width(office) -> None:
    terminal = Terminal(office)
    terminal.types(*map(str, scores(less={13: 1.5}))).sees("回车=保存")
    rows = terminal.lines()
    start = next(place for place, row in enumerate(rows) if row.startswith("── 复核"))
    table = rows[start + 1 : start + 16]
    assert table[0].split() == ["基本条件", "10", "/", "10", "信用状况", "28.5", "/", "30"]
    assert table[1].split()[-4:] == ["13.信用管理", "5.5", "/", "7"]
    two_columns = [row for row in table if row.count("/") == 2]
    assert len(two_columns) == 13
    assert {width(row) for row in two_columns} == {58}


def test_a_broken_line_of_chinese_is_typed_over_cleanly(office) -> None:
    terminal = Terminal(office)
    terminal.sees("得分（0～3）> ")
    terminal.process.send("三分")
    time.sleep(0.3)
    terminal.process.send("\x7f\x7f3\r")
    terminal.sees("[2/22]")
    row = next(line for line in terminal.lines() if line.startswith("得分（0～3）"))
    assert row.split("> ")[1].strip() == "3"
    assert terminal.interrupted("已暂存 1 项") == 130


def test_a_concluded_assessment_is_not_opened(office) -> None:
    rate(office, JIA).ok()
    office("assess", "conclude", JIA).ok()
    terminal = Terminal(office)
    terminal.sees("错误 [concluded]")
    assert terminal.ends() == 1


def test_with_its_output_piped_it_asks_nothing(office) -> None:
    child = pexpect.spawn(
        "/bin/sh",
        ["-c", f"{sys.executable} -c 'from hrintegrity.cli import main; main()' assess run {JIA}"
               " -f json | cat"],
        env=office.variables(),
        encoding="utf-8",
        timeout=WAIT,
    )  # fmt: skip
    child.expect_exact("no-terminal")
    child.expect(pexpect.EOF)
