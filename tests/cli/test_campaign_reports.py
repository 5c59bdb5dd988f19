"""`hri campaign`: joint actions, bulletins, the convention and whom it reached."""

from __future__ import annotations

import pytest

from running import JSON
from year_round import record, refused, rows, two_agencies

JOINT = ("--kind", "joint", "--date", "2013-10-08", "--title", "清理黑中介")


@pytest.fixture
def codes(haidian):
    return two_agencies(haidian)


def log(hri, *more):
    return hri("campaign", "log", *more, *JSON)


def test_a_joint_action_names_the_other_departments(haidian):
    found = log(haidian, *JOINT, "--with", "公安、工商、城管").ok().json
    assert (found["kind"], found["with"]) == ("joint", "公安、工商、城管")
    assert rows(haidian, "campaign", "list", "--kind", "专项行动") == [found]
    assert "公安、工商、城管" in haidian("campaign", "list").ok().out
    record(haidian, "campaign", "edit", found["id"], "--with", "", "--reason", "没有参加")
    assert rows(haidian, "campaign", "list")[0]["with"] is None


@pytest.mark.parametrize(
    ("word", "form"), [("诚信宣言", "declaration"), ("initiative", "initiative")]
)
def test_the_association_s_acts_are_kinds_of_convention(haidian, word, form):
    given = ("--kind", "convention", "--date", "2013-10-08", "--title", "甲", "--form", word)
    assert log(haidian, *given).ok().json["form"] == form


def test_the_notice_s_words_for_them_mean_the_convention(haidian):
    found = log(haidian, "--kind", "诚信倡议", "--date", "2013-10-08", "--title", "甲").ok().json
    assert found["kind"] == "convention"


def test_no_other_activity_is_a_declaration(haidian):
    given = ("--kind", "training", "--date", "2013-10-08", "--title", "甲", "--form", "诚信宣言")
    refused(log(haidian, *given), 2, "form-of-convention")
    found = log(haidian, "--kind", "convention", "--date", "2013-10-08", "--title", "甲",
                "--form", "诚信宣言").ok().json  # fmt: skip
    refused(haidian("campaign", "edit", found["id"], "--kind", "training", "--reason", "改", *JSON),
            2, "form-of-convention")  # fmt: skip


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf"])
def test_an_activity_is_reported_to_the_city_as_it_happens(haidian, tmp_path, suffix):
    given = ("--with", "公安", "--people", "36", "--note", "取缔黑中介3处。")
    activity = log(haidian, *JOINT, *given).ok().json["id"]
    paper = tmp_path / f"信息.{suffix}"
    found = record(haidian, "campaign", "bulletin", activity, "-o", paper)
    assert (found["activity"], found["date"], found["delay"]) == (activity, "2013-10-10", 2)
    assert paper.stat().st_size > 1000
    if suffix == "html":
        text = paper.read_text(encoding="utf-8")
        for word in ("活动信息", "市人力资源和社会保障局人力资源市场处", "我局会同公安开展专项行动",
                     "参加36人", "取缔黑中介3处。", "第三部分第（一）项第3点"):  # fmt: skip
            assert word in text
    refused(haidian("campaign", "bulletin", activity, "-o", paper, *JSON), 4, "file-exists")


def test_an_activity_is_reported_once_a_day_however_often_it_is_printed(haidian, tmp_path):
    activity = log(haidian, *JOINT).ok().json["id"]
    bulletin = ("campaign", "bulletin", activity, "-o")
    first = record(haidian, *bulletin, tmp_path / "a.html")
    again = haidian(*bulletin, tmp_path / "b.html", *JSON).ok()
    assert (again.json["id"], again.err) == (first["id"], "")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    later = record(haidian, *bulletin, tmp_path / "c.html", "--date", "2013-10-11")
    assert later["id"] != first["id"]
    record(haidian, "campaign", "edit", activity, "--title", "清理", "--reason", "误登")
    changed = haidian(*bulletin, tmp_path / "d.html", *JSON).ok()
    assert changed.json["id"] == first["id"]
    assert f"hri campaign remove {first['id']}" in changed.err
    assert "清理黑中介" in (tmp_path / "d.html").read_text(encoding="utf-8")


def test_a_report_before_its_activity_warns_and_goes_with_it(haidian, tmp_path):
    activity = log(haidian, *JOINT).ok().json["id"]
    ran = haidian(
        "campaign", "bulletin", activity, "--date", "2013-10-07", "-o", tmp_path / "a.html"
    )
    assert "早于活动日期" in ran.ok().err
    haidian("campaign", "remove", activity, "--reason", "误登").ok()
    haidian("archive", "verify").ok()


def test_the_convention_is_handed_to_each_agency_once(haidian, codes):
    found = record(haidian, "campaign", "distribute", codes[0], "--date", "2013-10-08")
    assert [(one["code"], one["date"]) for one in found] == [(codes[0], "2013-10-08")]
    listed = rows(haidian, "campaign", "list", "--distribution")
    assert [(one["code"], one["date"]) for one in listed] == [
        (codes[0], "2013-10-08"),
        (codes[1], None),
    ]
    rest = record(haidian, "campaign", "distribute", "--all", "--date", "2013-10-09")
    assert [one["code"] for one in rest] == [codes[1]]
    again = haidian("campaign", "distribute", "--all", *JSON)
    refused(again, 4, "distribution-exists")
    refused(haidian("campaign", "distribute", *JSON), 2, "agency-missing")


def test_what_was_handed_or_reported_by_mistake_is_taken_back(haidian, codes, tmp_path):
    activity = log(haidian, *JOINT).ok().json["id"]
    reported = record(haidian, "campaign", "bulletin", activity, "-o", tmp_path / "a.html")
    handed = record(haidian, "campaign", "distribute", codes[0])[0]
    for one in (reported, handed):
        haidian("campaign", "remove", one["id"], "--reason", "误登").ok()
    assert [one["date"] for one in rows(haidian, "campaign", "list", "--distribution")] == [
        None,
        None,
    ]
    assert rows(haidian, "campaign", "list")[0]["id"] == activity
    refused(haidian("campaign", "remove", reported["id"], "--reason", "误", *JSON), 4,
            "record-missing")  # fmt: skip
