"""The conversation over a score sheet, with answers from a list instead of a terminal."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator

import pytest

from assessing import POINTS, opened, rate, result, scores
from hrintegrity.cli.assess._dialog import Dialog, Paused
from hrintegrity.duties.assessment import scoring
from hrintegrity.text import width
from running import Hri, code_of

JIA = code_of(1)
FULL = dict(enumerate((most * 10 for most in POINTS), 1))


@pytest.fixture
def office(haidian) -> Hri:
    haidian.add(
        "北京甲人力资源有限公司", JIA, "--license", "京人服证0001", "--since", "2010-10-11",
        "--address", "北京市海淀区中关村大街二十七号中关村大厦十二层一二〇一室", "--grade", "AAA",
    )  # fmt: skip
    return haidian


class Talk:
    """One session: what was asked, what was kept, and whether the draft was forgotten."""

    def __init__(self, hri: Hri, *answers: str, source: str = "expert", rater: str = "王") -> None:
        self.hri = hri
        with opened(hri, write=False) as archive:
            self.task = scoring.begin(
                archive, JIA, year=None, source=source, rater=rater, today=dt.date(2013, 10, 10)
            )
        self.prompts: list[str] = []
        self.forgotten = False
        self._answers: Iterator[str] = iter(answers)
        self.dialog = Dialog(self.task, self.keep, self.forget, self.ask)

    def ask(self, prompt: str) -> str:
        self.prompts.append(prompt)
        try:
            return next(self._answers)
        except StopIteration:
            raise Paused from None

    def keep(self, given: dict[int, int], position: int) -> None:
        with opened(self.hri) as archive:
            scoring.keep_draft(archive, self.task, given, position)

    def forget(self) -> None:
        self.forgotten = True
        with opened(self.hri) as archive:
            scoring.drop_draft(archive, self.task)

    def run(self) -> dict[int, int] | None:
        """Return the confirmed scores; None where the answers ended before."""
        try:
            return self.dialog.run()
        except Paused:
            return None

    def save(self) -> None:
        given = self.run()
        assert given is not None
        with opened(self.hri) as archive:
            scoring.save(archive, self.task, given, date=dt.date(2013, 10, 10))


def test_answers_go_forward_to_the_review_and_an_empty_one_there_confirms(office) -> None:
    talk = Talk(office, *map(str, POINTS), "")
    assert talk.run() == FULL
    assert [prompt for prompt in talk.prompts if prompt.startswith("得分（0～7）")]
    assert talk.prompts[-1].startswith("回车=保存")


@pytest.mark.parametrize("answer", ["y", "Y", "yes", "是"])
def test_a_yes_at_the_review_confirms_too(office, answer) -> None:
    assert Talk(office, *map(str, POINTS), answer).run() == FULL


@pytest.mark.parametrize(
    ("answer", "tenths"),
    [
        ("2.5", 25), ("2。5", 25), ("2．5", 25), ("２．５", 25), ("2·5", 25), ("2.5分", 25),
        (" 2.5 ", 25), ("2.50", 25), ("0", 0), (".5", 5), ("3.", 30), ("03", 30), ("m", 30),
        ("M", 30), ("满分", 30), ("３分", 30), ("+1", 10),
    ],
)  # fmt: skip
def test_input_is_taken_as_people_type_it(office, answer, tenths, monkeypatch) -> None:
    from hrintegrity.cli.assess import _dialog

    monkeypatch.setattr("builtins.input", lambda prompt: answer)
    typed = _dialog.read_line("得分> ")
    talk = Talk(office, typed)
    talk.run()
    assert talk.dialog.scores == {1: tenths}
    assert talk.dialog.position == 2


@pytest.mark.parametrize(
    "answer",
    ["3.1", "4", "-1", "2.55", "三", "nan", "inf", "1e0", "xx", "2 5", "2,5", "--", "分", "0x1"],
)
def test_a_wrong_entry_is_explained_and_asked_again(office, capsys, answer) -> None:
    talk = Talk(office, answer, "2")
    talk.run()
    shown = capsys.readouterr().out
    assert f"“{answer}”" in shown
    assert shown.count("[1/22]") == 1
    assert talk.dialog.scores == {1: 20}


def test_back_forward_jump_list_and_help(office, capsys) -> None:
    talk = Talk(office, "b", "", "3", "1.5", "b", "b", "", "", "g 12", "g9", "g", "g 23", "g x",
                "l", "?", "n", "n")  # fmt: skip
    talk.run()
    shown = capsys.readouterr().out
    assert "这是第一项" in shown
    assert "还没有评分" in shown
    assert talk.dialog.scores == {1: 30, 2: 15}
    assert talk.dialog.position == 11
    places = [line[1:].split("/")[0] for line in shown.splitlines() if line.startswith("[")]
    assert places == ["1", "2", "3", "2", "1", "2", "3", "12", "9", "9", "10", "11"]
    assert shown.count("没有第“23”项") == shown.count("没有第“x”项") == 1
    assert "没有写第几项" in shown
    assert "已评 2 / 22 项" in shown
    assert "暂存退出，下次接着评" in shown


def test_what_is_kept_can_be_confirmed_by_an_empty_answer(office) -> None:
    talk = Talk(office, "3", "b", "")
    talk.run()
    assert talk.prompts == [
        "得分（0～3）> ",
        "得分（0～2）> ",
        "得分（0～3，回车=3）> ",
        "得分（0～2）> ",
    ]


def test_the_review_names_what_is_missing_and_goes_there(office, capsys) -> None:
    answers = [str(most) for most in POINTS]
    answers[4], answers[9] = "n", "n"
    talk = Talk(office, *answers)
    talk.run()
    assert "还有 2 项没有评分：5、10" in capsys.readouterr().out
    assert talk.dialog.position == 5
    talk = Talk(office, "r", "4", "g 10", "4", "r", "")
    assert talk.run() == FULL


def test_a_correction_in_the_review_comes_back_to_it(office, capsys) -> None:
    talk = Talk(office, *map(str, POINTS), "99", "16", "5.5", "g 3", "", "15", "b", "g 22", "5", "")
    given = talk.run()
    assert given == FULL | {16: 55}
    shown = capsys.readouterr().out
    assert shown.count("── 复核") == 4
    assert "没有第“99”项" in shown
    assert "失分最多：16.纠纷处理 5.5/8" in shown
    assert "合计 97.5 / 100 分，已评 22 / 22 项" in shown


def test_the_review_shows_the_weakest_first(office, capsys) -> None:
    given = scores(less={3: 1, 16: 2, 20: 4.5, 1: 0.5, 2: 0.1, 13: 0.1})
    Talk(office, *map(str, given)).run()
    shown = capsys.readouterr().out
    line = next(line for line in shown.splitlines() if line.startswith("失分最多"))
    assert line.startswith(
        "失分最多：20.公益活动 0.5/5，3.从业时间 1/2，16.纠纷处理 6/8，1.设立情况"
    )


def test_a_sheet_without_losses_says_so(office, capsys) -> None:
    Talk(office, *map(str, POINTS)).run()
    assert "各项都是满分" in capsys.readouterr().out


def test_an_interrupted_session_resumes_where_it_stopped(office, capsys) -> None:
    Talk(office, "3", "1.5", "g 7", "2").run()
    capsys.readouterr()
    talk = Talk(office)
    talk.run()
    shown = capsys.readouterr().out
    assert talk.task.resumed
    assert talk.dialog.scores == {1: 30, 2: 15, 7: 20}
    assert "[8/22] 监管情况" in shown
    assert "接着上次" in shown
    assert "已评 3 项" in shown


def test_it_resumes_in_the_review_too(office, capsys) -> None:
    Talk(office, *map(str, POINTS)).run()
    capsys.readouterr()
    talk = Talk(office, "")
    assert talk.run() == FULL
    assert "[22/22]" not in capsys.readouterr().out


def test_each_source_and_rater_has_a_draft_of_its_own(office) -> None:
    Talk(office, "1", rater="王").run()
    Talk(office, "2", rater="李").run()
    Talk(office, "3", source="self", rater="王").run()
    found = [
        Talk(office, source=source, rater=rater).task.scores
        for source, rater in (("expert", "王"), ("expert", "李"), ("self", "王"), ("public", "王"))
    ]
    assert found == [{1: 10}, {1: 20}, {1: 30}, {}]


def test_a_saved_sheet_opens_in_the_review_and_looking_leaves_no_draft(office, capsys) -> None:
    rate(office, JIA, scores(less={16: 1}), rater="王").ok()
    talk = Talk(office, "16", "", "q")
    talk.run()
    assert not talk.dialog.kept
    assert not Talk(office).task.resumed
    shown = capsys.readouterr().out
    assert "这位评价人已有评分表（99 分）；保存后，新的代替旧的" in shown
    Talk(office, "16", "8", "").save()
    assert result(office, JIA)["total"] == 100


def test_a_draft_can_be_given_up_for_the_sheet_that_was_saved(office) -> None:
    rate(office, JIA, scores(less={16: 1}), rater="王").ok()
    Talk(office, "16", "2", "q").run()
    talk = Talk(office, "x", "n", "x", "y", "")
    assert talk.run() == FULL | {16: 70}
    assert talk.forgotten
    assert not Talk(office).task.resumed


def test_a_draft_can_be_given_up_for_a_new_beginning(office) -> None:
    Talk(office, "3", "2").run()
    talk = Talk(office, "x", "y", "1")
    talk.run()
    assert talk.dialog.scores == {1: 10}


def test_a_score_above_a_new_standards_points_is_asked_for_again(office, tmp_path, capsys) -> None:
    Talk(office, "g 14", "7", "g 1").run()
    path = tmp_path / "s.yaml"
    office("assess", "standard", "export", path).ok()
    text = path.read_text(encoding="utf-8").replace("13: 7", "13: 8").replace("14: 7", "14: 6")
    path.write_text(text, encoding="utf-8")
    office("assess", "standard", "use", path).ok()
    capsys.readouterr()
    talk = Talk(office)
    talk.run()
    assert talk.task.scores == {}
    assert "第 14 项的得分超过现在的分值" in capsys.readouterr().out


def test_the_archives_facts_stand_beside(office, capsys) -> None:
    rate(office, JIA, scores(less={1: 0.5}), source="self").ok()
    Talk(office, "n", "n").run()
    shown = capsys.readouterr().out
    for part in (
        "海淀区，经营性，等级 AAA",
        "依法成立，相关证照齐全。",
        "许可证号 京人服证0001",
        "机构自评 2.5 分",
        "自 2010-10-11 从业，到 2013-10-10 满 2 年",
    ):
        assert part in shown
    Talk(office, source="public").run()
    assert "机构自评" not in capsys.readouterr().out


@pytest.mark.parametrize("columns", [40, 45, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(office, capsys, monkeypatch, columns) -> None:
    size = os.terminal_size((columns, 24))
    # The runner of the tests asks too, with words of its own.
    monkeypatch.setattr(shutil, "get_terminal_size", lambda *_, **__: size)
    rate(office, JIA, scores(), source="self").ok()
    low = [f"{most - 0.5}" for most in POINTS]
    prompts: list[str] = []
    for answers in (
        ["三", "99", "g 99", "?", "l", "n" * 50, *low, "99", "16", "", "x", "n", "?"],
        ["q"],
    ):
        talk = Talk(office, *answers)
        talk.run()
        prompts += talk.prompts
    lines = capsys.readouterr().out.splitlines()
    too_wide = [line for line in lines if width(line) >= columns]
    assert too_wide == []
    # Room for the answer is left behind the question.
    assert max(map(width, prompts)) + 6 <= columns
    assert any("北京市海淀区中关村大街" in line for line in lines)


def test_the_review_fits_a_screen_of_24_lines(office, capsys) -> None:
    Talk(office, *map(str, scores(less=dict.fromkeys(range(1, 8), 0.5)))).run()
    shown = capsys.readouterr().out
    review = shown[shown.index("── 复核") :].splitlines()
    assert len(review) < 24


def test_subtotals_run_along(office, capsys) -> None:
    Talk(office, "3", "2", "1.5", "3", "4").run()
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("本类")]
    assert lines == [
        "本类 0 / 10，合计 0 分，已评 0 项",
        "本类 3 / 10，合计 3 分，已评 1 项",
        "本类 5 / 10，合计 5 分，已评 2 项",
        "本类 6.5 / 10，合计 6.5 分，已评 3 项",
        "本类 0 / 15，合计 9.5 分，已评 4 项",
        "本类 4 / 15，合计 13.5 分，已评 5 项",
    ]


def test_each_answer_is_kept_at_once(office) -> None:
    kept: list[tuple[dict[int, int], int]] = []
    talk = Talk(office, "3", "2", "b")
    keep: Callable[[dict[int, int], int], None] = lambda given, at: kept.append((dict(given), at))  # noqa: E731
    Dialog(talk.task, keep, talk.forget, talk.ask)
    dialog = Dialog(talk.task, keep, talk.forget, talk.ask)
    with pytest.raises(Paused):
        dialog.run()
    assert kept == [({1: 30}, 2), ({1: 30, 2: 20}, 3), ({1: 30, 2: 20}, 2)]


def test_a_score_that_the_records_contradict_is_pointed_out_and_taken(office, capsys) -> None:
    # The agency has been in service for a day less than the three years of indicator 3.
    talk = Talk(office, "3", "2", "1")
    talk.run()
    told = "与记录不符，请核对（1 分照记）：自 2010-10-11 从业，到 2013-10-10 满 2 年，不到 3 年"
    assert told in "".join(capsys.readouterr().out.split("\n    ")).replace("\n  ", "")
    assert talk.dialog.scores[3] == 10
    again = Talk(office, "g3", "0", "r", source="public")
    again.run()
    assert "不符" not in capsys.readouterr().out


def test_the_review_lists_what_the_records_contradict(office, capsys) -> None:
    Talk(office, *map(str, POINTS)).run()
    assert "与记录不符：3.从业时间 2/2" in capsys.readouterr().out
