"""The example of a full year runs as it stands, and its papers say what happened."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from examples import FOLDER, run_example
from running import JSON, Hri
from sanctioning import lines


@pytest.mark.skipif(shutil.which("bash") is None, reason="a shell script")
@pytest.mark.archive_file("the script makes a file of its own")
def test_the_year_runs_from_admission_to_the_printed_dossier(tmp_path) -> None:
    work = tmp_path / "year"
    run_example(FOLDER / "year.sh", work)
    hri = Hri(work / "archive.db", today="2014-03-31")
    shown = hri("agency", "dossier", "华夏英才", "-f", "json").ok().json
    measures = shown["rewards_and_sanctions"]
    assert [(one["kind"], one["state"]) for one in measures["sanctions"]] == [
        ("rectify", "failed"), ("exposure", "withdrawn"), ("defer-review", "in-force"),
    ]  # fmt: skip
    assert [one["state"] for one in measures["titles"]] == ["recovered"]
    assert [one["result"] for one in shown["compliance"]["reviews"]] == ["deferred"]
    assert [one["dishonest"] for one in shown["complaints"]] == [True]
    (inspection,) = shown["compliance"]["inspections"]
    assert [gap["mended"] for gap in inspection["gaps"]] == ["2013-10-30"]
    page = (work / "诚信档案.html").read_text(encoding="utf-8")
    assert "匿名求职者" not in page + json.dumps(shown, ensure_ascii=False)
    before = (work / "诚信档案（2013年11月30日）.html").read_text(encoding="utf-8")
    assert "BJ2013-017" in before
    assert "失信惩戒：无记录" not in page
    assert "押金" not in before
    events = [row["事项"] for row in lines(work / "企业信用信息系统.csv")]
    assert events == ["撤销惩戒", "作出惩戒"]
    first = [row["事项"] for row in lines(work / "企业信用信息系统1.csv")]
    assert first == ["作出惩戒", "作出惩戒", "撤销称号"]
    file = hri("sanction", "file", "华夏英才", "-o", tmp_path / "again.zip", "-f", "json").ok().json
    assert file["missing"] == []
    names = [name.split(" ")[1].removesuffix(".pdf") for name in file["papers"]]
    assert names.count("送达回证") == 7
    for name in (
        "案卷目录",
        "事先告知书",
        "陈述申辩记录",
        "失信惩戒决定书",
        "责令整改通知书",
        "撤销决定书",
        "授牌决定",
        "撤销称号决定书",
        "标牌收回记录",
        "投诉举报办理记录",
    ):
        assert name in names, name


STEPS = {
    "hri recommend conferral": ["授牌决定"],
    'hri sanction served "$revoked"': ["撤销称号决定书的送达回证"],
    "hri sanction plaque": ["标牌收回的记录"],
    'hri sanction served "$order"': ["责令整改通知书的送达回证"],
    "hri sanction fail": ["整改结果的记录"],
    'hri sanction served "$notice" --date 2014-01-16': ["事先告知书的送达回证"],
    'hri sanction statement "$notice" --date 2014-01-18': ["陈述申辩的记录，或放弃的声明"],
    'hri sanction served "$exposure" --date 2014-02-10': ["撤销决定书的送达回证"],
    'hri sanction served "$notice" --date 2014-03-14': ["事先告知书的送达回证"],
    'hri sanction statement "$notice" --date 2014-03-17': ["陈述申辩的记录，或放弃的声明"],
    'hri sanction served "$deferral"': ["失信惩戒决定书的送达回证"],
    'hri sanction export "$work/市场管理信息系统.xlsx"': ["记入人力资源市场管理信息系统的记录"] * 2,
    'hri sanction export "$work/企业信用信息系统.csv"': ["记入北京市企业信用信息系统的记录"] * 2,
}
"""The lines of the example that can be left out, and what the case file then lacks.

The last exports are of two records: the withdrawal and the deferral.
"""


@pytest.mark.soak  # Each run is the whole year, of sixty processes.
@pytest.mark.skipif(shutil.which("bash") is None, reason="a shell script")
@pytest.mark.archive_file("the script makes a file of its own")
@pytest.mark.parametrize("step", STEPS)
def test_the_year_without_a_step_has_a_file_that_names_just_that(tmp_path, step) -> None:
    text = (FOLDER / "year.sh").read_text(encoding="utf-8")
    line = re.compile(rf"^{re.escape(step)}(?:.*\\\n)*.*\n", re.MULTILINE)
    assert len(line.findall(text)) == 1
    script = tmp_path / "year.sh"
    until_the_file = line.sub("", text).partition("on 2014-03-31")[0]
    script.write_text(until_the_file, encoding="utf-8")
    run_example(script, tmp_path / "year")
    hri = Hri(tmp_path / "year" / "archive.db", today="2014-03-31")
    found = hri("sanction", "file", "华夏英才", "-o", tmp_path / "a.zip", *JSON).ok().json
    named = [re.sub("^.*：", "", what) for what in found["missing"]]
    assert named == STEPS[step], found["missing"]
