"""What is said to people: missing options at once, nothing unseen, journal and lists in words."""

from __future__ import annotations

import pytest

from hrintegrity.text import escaped
from running import JSON, code_of


def test_every_missing_option_is_named_at_once(haidian):
    refused = haidian("agency", "add", *JSON)
    assert (refused.status, refused.error["code"]) == (2, "missing-option")
    assert refused.error["message"] == "缺少 --name、--code、--kind"
    assert haidian("agency", "add", "--code", code_of(1), *JSON).error["message"] == (
        "缺少 --name、--kind"
    )
    assert haidian("agency", "merge", "甲", *JSON).error["message"] == "缺少 并入、--reason"


@pytest.mark.parametrize("unseen", ["\x1b[31m", "\u202e", "\x07", "\x9b", "\ue000", "\u2066"])
def test_what_is_echoed_is_shown_escaped(haidian, unseen):
    for command in (("agency", "show"), ("report", "hotlines")):
        for form in ("table", "json"):
            ran = haidian(*command, f"甲{unseen}乙", "-f", form)
            assert ran.status == 4
            assert unseen[0] not in ran.err
            assert f"\\u{ord(unseen[0]):04x}" in ran.err
    assert haidian("agency", "show", f"甲{unseen}乙", *JSON).error["code"] == "agency-missing"


def test_escaping_leaves_what_can_be_seen():
    for text in ("甲　乙\t丙\n", "龘𠮷é—“”¥", "a\\u0041"):
        assert escaped(text) == text
    assert escaped("\U000f0000") == r"\udb80\udc00"


def test_the_journal_shows_totals_and_states_in_words(haidian):
    haidian.add("甲公司", code_of(1))
    scores = '{"1":3,"2":2,"3":2,"4":3,"5":4,"6":4,"7":4,"8":3,"9":4,"10":4,"11":4,"12":3,' \
        '"13":7,"14":7,"15":8,"16":8,"17":5,"18":5,"19":5,"20":5,"21":4.5,"22":0}'  # fmt: skip
    haidian("assess", "run", "甲", "--scores", "-", stdin=scores).ok()
    haidian("assess", "conclude", "甲").ok()
    haidian("agency", "close", "甲", "--date", "2013-10-10", "--reason", "歇业").ok()
    log = haidian("archive", "log").ok().out
    assert "总分 94.50" in log
    assert "变更后 已终止" in log
    assert "自我0 专家1 群众0" in haidian("assess").ok().out
