"""What an error says to do can be typed as it stands; slips of the keyboard are named."""

from __future__ import annotations

import re

import pytest

from recommending import concluded, recommend, submit
from running import JSON, code_of
from year_round import refused, table, two_agencies


def command_in(hint: str) -> list[str]:
    """Return the first command line that a hint shows, without what surrounds it."""
    found = re.search(r"hri ([a-z][^，。；：]*?)(?: [\u4e00-\u9fff]+)?[，。；]", hint)
    assert found is not None, hint
    return found[1].split()


# Hints


@pytest.mark.parametrize("step", ["waive", "withdraw"])
def test_the_command_of_a_refused_sanction_can_be_typed(haidian, step):
    (code, _) = two_agencies(haidian)
    given = ("--kind", "circular", "--facts", "乱收费", "--evidence", "收据", "--violated",
             "《条例》第三条", "--basis", "《条例》第九条", "--date", "2013-10-08")  # fmt: skip
    notice = haidian("sanction", "notify", code, *given, *JSON).ok().json["number"]
    impose = ("sanction", "impose", code, "--notified", notice, "--date", "2013-10-08", *JSON)
    error = refused(haidian(*impose), 1, "too-early")
    haidian(*command_in(error["hint"].split("放弃的，")[1])).ok()
    haidian(*impose).ok()
    if step == "withdraw":
        error = refused(haidian(*impose), 4, "sanction-exists")
        haidian(*command_in(error["hint"])).ok()


def test_what_was_submitted_is_said_to_be_recalled_first(new_archive, tmp_path):
    hri = new_archive("huairou")
    (code,) = concluded(hri, [1])
    recommend(hri, code).ok()
    submit(hri, tmp_path / "a.zip").ok()
    for command in (("edit", "--reason", "更正"), ("remove",)):
        error = refused(hri("recommend", *command, code, *JSON), 1, "submitted")
        assert "另行报告市局" in error["hint"]
    recall = command_in(error["hint"].replace("；", " 后；", 1))
    assert recall[:3] == ["recommend", "recall", "怀柔区"]
    hri(*recall).ok()
    hri("recommend", "remove", code).ok()


def test_a_closed_complaint_says_how_it_is_opened_again(haidian):
    (code, _) = two_agencies(haidian)
    add = ("--received", "2013-10-08", "--channel", "market", "--subject", "收费不明")
    case = haidian("complaint", "add", code, *add, *JSON).ok().json["id"]
    close = ("complaint", "close", case, "--date", "2013-10-09", "--outcome", "unfounded",
             "--answer", "查无实据", *JSON)  # fmt: skip
    haidian(*close).ok()
    for refusal in (haidian(*close), haidian("complaint", "edit", case, "--reason", "x", *JSON)):
        error = refused(refusal, 1, "already-closed")
        assert command_in(error["hint"]) == ["complaint", "reopen", case, "--reason", "理由"]


# Ids


@pytest.mark.parametrize(
    ("typed", "said"),
    [("fed4839", "“fed4839”只有 7 位"), ("编号", "“编号”不是编号"), ("0" * 8, "编号见 hri")],
)
@pytest.mark.parametrize(
    "command",
    [
        ("inspect", "mend", "--date", "2013-10-09"),
        ("complaint", "show"),
        ("sanction", "show"),
        ("campaign", "edit", "--title", "甲"),
        ("campaign", "remove", "--reason", "甲"),
        ("agency", "staff", "show"),
        ("archive", "withdraw", "--reason", "甲"),
        ("archive", "undo", "--reason", "甲"),
    ],
    ids=" ".join,
)
def test_an_id_that_no_record_has_is_told_apart_from_one_that_is_too_short(
    haidian, command, typed, said
):
    if command == ("agency", "staff", "show"):
        command = ("agency", "staff", "leave", "--date", "2013-10-09")
    ran = haidian(*command, typed, *JSON)
    assert (ran.status, ran.error["hint"].startswith(said)) == (4, True), ran.err


# Options


@pytest.mark.parametrize(
    "typed",
    ["—date", "——date", "–date", "－－date", "－－ｄａｔｅ", "-date", "—date=2013-10-08", "—dats"],
)
def test_an_option_with_other_dashes_is_named(haidian, typed):
    two_agencies(haidian)
    error = refused(haidian("agency", "pledge", "甲", typed, "2013-10-08", *JSON), 2,
                    "no-such-option")  # fmt: skip
    assert "是否指 --date？" in error["message"]
    assert "两个半角减号" in error["hint"]


def test_an_option_with_other_dashes_is_no_agency_and_no_command(haidian):
    two_agencies(haidian)
    for words, meant in (
        (("assess", "conclude", "—all"), "--all"),
        (("—as", "李", "agency", "list"), "--as"),
        (("agency", "list", "－f", "json"), "-f"),
    ):
        assert (
            f"是否指 {meant}？" in refused(haidian(*words, *JSON), 2, "no-such-option")["message"]
        )


def test_a_dash_in_a_text_or_after_a_double_dash_is_a_text(haidian):
    two_agencies(haidian)
    haidian("agency", "edit", "甲", "--scope", "—中介").ok()
    assert refused(haidian("agency", "show", *JSON, "--", "—date"), 4, "agency-missing")


# Codes beside names


def test_a_code_that_is_unknown_beside_a_known_name_says_the_names_code(haidian, tmp_path):
    (code, other) = two_agencies(haidian)
    header, name = ["机构名称", "信用代码", "承诺日期"], "北京甲人力资源有限公司"
    lines = [[name, code_of(9), "2013-10-08"], [name, other, "2013-10-08"]]
    path = table(tmp_path / "p.csv", header, *lines)
    error = refused(haidian("agency", "import-pledges", path, *JSON), 3, "rows-refused")
    said = f"；名称“{name}”登记的代码是 {code}"
    assert [said in one["reason"] for one in error["details"]] == [True, True]


# Words


@pytest.mark.parametrize(
    ("typed", "meant"), [("自评", "自我评价"), ("专家", "专家评价"), ("群众", "群众评价")]
)
def test_a_way_of_evaluation_in_part_is_refused_with_the_word_to_type(
    haidian, tmp_path, typed, meant
):
    (code, _) = two_agencies(haidian)
    sheet = ("assess", "sheet", code, "-o", tmp_path / "d", "--source")
    error = refused(haidian(*sheet, typed, *JSON), 2, "wrong-usage")
    assert error["hint"].startswith(f"是否指 --source {meant}？")
    haidian(*sheet, meant).ok()
    assert "--source 评价方式" in haidian("assess", "sheet", "--help").out


def test_a_word_in_part_is_refused_with_the_word_it_may_be_if_there_is_one(haidian):
    (code, _) = two_agencies(haidian)
    add = ("complaint", "add", code, "--received", "2013-10-08", "--subject", "x", "--channel")
    assert "是否指 市场管理？" in refused(haidian(*add, "市场", *JSON), 2, "bad-value")["message"]
    assert "是否指" not in refused(haidian(*add, "管察", *JSON), 2, "bad-value")["message"]


# Rehearsals


def test_a_rehearsal_says_what_will_be_done(haidian):
    (code, other) = two_agencies(haidian)
    merge = ("agency", "merge", code, other, "--reason", "同一家")
    assert haidian(*merge, "--dry-run").ok().out.startswith("试运行，没有写入：将把")
    assert haidian(*merge).ok().out.startswith("已把")
