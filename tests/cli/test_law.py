"""`hri law check`: facts that nobody compared lately, and the papers that rest on them."""

from __future__ import annotations

import json

from hrintegrity.notice.timeline import dated_entries
from running import code_of
from scripts import TOP

SCORES = json.dumps({str(n): 1 for n in range(1, 23)})


def test_facts_that_were_compared_within_a_year_are_fine(haidian):
    ran = haidian("law", "check", "-f", "json")
    assert (ran.status, ran.json) == (0, [])


def test_stale_facts_are_named_with_the_papers_that_say_them(haidian, tmp_path):
    code = haidian.add("北京甲公司", code_of(1))["code"]
    haidian("assess", "run", code, "--scores", "-", stdin=SCORES).ok()
    haidian("assess", "conclude", code).ok()
    haidian("assess", "notice", code, "-o", tmp_path / "n.html").ok()
    haidian(
        *("sanction", "impose", code, "--kind", "interview", "--grounds", "未公示"),
        *("--date", "2013-10-09"),
    ).ok()
    kind = haidian("sanction", "list", "-f", "json").json[0]["id"]
    haidian("sanction", "notice", kind, "-o", tmp_path / "s.html").ok()
    ran = haidian("law", "check", "-f", "json", today="2099-01-01")
    assert ran.status == 1
    found = {one["id"]: one for one in ran.json}
    assert len(found) == len(dated_entries())
    assert found["indicators.yaml:2013-01-01"]["papers"] == ["海人社诚评〔2013〕1号"]
    assert found["sanctions.yaml:2013-01-01"]["papers"] == ["海人社诚惩〔2013〕1号"]
    remedies = {one["start"]: one["papers"] for key, one in found.items() if "remedies" in key}
    assert remedies.pop("1999-10-01") == ["海人社诚惩〔2013〕1号"]
    assert set(map(len, remedies.values())) == {0}
    assert len(found["hotlines.yaml:2013-01-01"]["papers"]) == 2
    assert found["seed_quotas.yaml:2013-01-01"]["papers"] == []


def test_without_an_archive_the_facts_are_judged_all_the_same(tmp_path, monkeypatch, haidian):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    haidian.environment["HRI_ARCHIVE"] = ""
    ran = haidian("law", "check", today="2099-01-01")
    assert ran.status == 1
    assert all(path.name in ran.out for path in (TOP / "data").glob("*.yaml"))
    assert list(tmp_path.glob("hri")) == []
