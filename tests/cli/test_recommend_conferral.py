"""The city's own lane, and the decisions by bureau and association together."""

from __future__ import annotations

import pytest

from recommending import concluded, recommend
from running import JSON, Hri, code_of


def selected(city: Hri, count: int) -> list[str]:
    """Agencies of the city that it has listed."""
    codes = concluded(city, range(count), district="municipal")
    for code in codes:
        recommend(city, code).ok()
    return codes


def award(city: Hri, code: str, plaque: str):
    return city("recommend", "award", code, "--plaque", plaque, "--date", "2013-11-20", *JSON)


def plain(path) -> str:
    return "".join(path.read_text(encoding="utf-8").split())


def test_the_city_awards_what_it_selected_without_submitting_to_itself(city, tmp_path) -> None:
    (code,) = concluded(city, [1], district="municipal")
    summary = tmp_path / "总结.txt"
    summary.write_text("诚信服务", encoding="utf-8")
    refused = award(city, code, "1")
    assert (refused.status, refused.error["code"]) == (1, "not-submitted")
    city("recommend", "add", code, "--reason", "好").ok()
    incomplete = award(city, code, "1")
    assert (incomplete.status, incomplete.error["code"]) == (1, "incomplete")
    city("recommend", "edit", code, "--self-summary", summary).ok()
    assert city("recommend", "list", *JSON).ok().json[0]["missing"] == []
    assert award(city, code, "1").ok().json["state"] == "current"


def test_a_districts_agency_still_needs_its_submission(city) -> None:
    (code,) = concluded(city, [1], district="huairou")
    recommend(city, code).ok()
    refused = award(city, code, "1")
    assert (refused.status, refused.error["code"]) == (1, "not-submitted")


def test_the_city_keeps_to_its_sixteen_places(city) -> None:
    codes = selected(city, 17)
    refused = award(city, codes[0], "1")
    assert (refused.status, refused.error["code"]) == (1, "quota-exceeded")
    city("recommend", "remove", codes[-1]).ok()
    award(city, codes[0], "1").ok()


def test_a_conferral_covers_what_no_earlier_one_covered(city, tmp_path) -> None:
    first, second = selected(city, 2)
    nothing = city("recommend", "conferral", "-o", tmp_path / "0.html", *JSON)
    assert (nothing.status, nothing.error["code"]) == (1, "nothing-awarded")
    award(city, first, "BJ-1").ok()
    one = city("recommend", "conferral", "-o", tmp_path / "1.html", *JSON).ok().json
    assert (one["number"], one["date"], one["units"]) == (
        "京人社诚授〔2013〕1号", "2013-11-20", [first],
    )  # fmt: skip
    page = plain(tmp_path / "1.html")
    for text in (
        "北京市人力资源和社会保障局",
        "北京人力资源服务行业协会",
        "BJ-1",
        "第三部分第（七）项",
    ):
        assert text in page, text
    award(city, second, "BJ-2").ok()
    two = city("recommend", "conferral", "-o", tmp_path / "2.html", *JSON).ok().json
    assert (two["number"], two["units"], two["again"]) == ("京人社诚授〔2013〕2号", [second], False)
    again = city("recommend", "conferral", "-o", tmp_path / "3.html", *JSON).ok().json
    assert (again["number"], again["again"]) == (two["number"], True)
    assert (tmp_path / "2.html").read_bytes() == (tmp_path / "3.html").read_bytes()
    city("archive", "verify").ok()


def test_no_conferral_is_numbered_with_a_character_that_no_font_has(city, tmp_path) -> None:
    pytest.importorskip("typst")
    (code,) = selected(city, 1)
    award(city, code, "BJ-🏢").ok()
    before = city("archive", "log", *JSON).ok().json
    refused = city("recommend", "conferral", "-o", tmp_path / "1.pdf", *JSON)
    assert (refused.status, refused.error["code"]) == (3, "glyph-missing")
    assert city("archive", "log", *JSON).ok().json == before


@pytest.mark.parametrize("cause", ["sanction", "complaint"])
def test_a_lost_title_is_taken_back_by_those_who_conferred_it(
    city, tmp_path, monkeypatch, cause
) -> None:
    (code,) = selected(city, 1)
    award(city, code, "BJ-1").ok()
    held = city("recommend", "revocation", code, "-o", tmp_path / "0.html", *JSON)
    assert (held.status, held.error["code"]) == (1, "title-held")
    city.today = "2013-12-20"
    if cause == "sanction":
        given = ("--kind", "circular", "--grounds", "收押金", "--date", "2013-12-10")
        city("sanction", "impose", code, *given).ok()
    else:
        given = ("--received", "2013-12-01", "--channel", "labour", "--subject", "收押金")
        one = city("complaint", "add", code, *given, *JSON).ok().json["id"]
        closing = ("--date", "2013-12-10", "--outcome", "查实", "--answer", "已处理", "--dishonest")
        city("complaint", "close", one, *closing).ok()
    assert city("recommend", "units", *JSON).ok().json[0]["state"] == "revoked"
    made = city("recommend", "revocation", code, "-o", tmp_path / "1.html", *JSON).ok().json
    assert made["number"] == "京人社诚撤〔2013〕1号"
    page = plain(tmp_path / "1.html")
    for text in (
        "收押金",
        "北京人力资源服务行业协会决定撤销",
        "自收到本决定之日起停止使用该称号",
        "北京市人民政府",
    ):
        assert text in page, text
    again = city("recommend", "revocation", code, "-o", tmp_path / "2.html", *JSON).ok().json
    assert (again["number"], again["again"]) == (made["number"], True)
    (due,) = [one for one in city("today", *JSON).ok().json if one["what"] == "revocation"]
    monkeypatch.chdir(tmp_path)
    assert made["number"] in city(*due["command"].split()[1:]).ok().out
    way = ("--date", "2013-12-23", "--method", "直接送达", "--receiver", "王强", *JSON)
    served = city("sanction", "served", made["number"], *way).ok().json
    assert (served["number"], served["date"], served["code"]) == (
        made["number"],
        "2013-12-23",
        code,
    )
    assert city("recommend", "units", *JSON).ok().json[0]["recover_by"] == "2014-01-07"
    assert "revocation" not in [one["what"] for one in city("today", *JSON).ok().json]
    twice = city("sanction", "served", made["number"], *way)
    assert (twice.status, twice.error["code"]) == (4, "already-served")


def test_only_the_city_decides_on_titles(haidian, tmp_path) -> None:
    (code,) = concluded(haidian, [1])
    refused = haidian("recommend", "conferral", "-o", tmp_path / "1.html", *JSON)
    assert (refused.status, refused.error["code"]) == (1, "city-only")
    assert code_of(1) == code
