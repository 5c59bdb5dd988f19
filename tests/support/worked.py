"""A campaign, worked through by commands, and everything that can be looked at afterwards."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from assessing import as_json, scores
from running import JSON, Hri, code_of

JIA, YI, BING, DING = (code_of(number) for number in range(1, 5))
TRICKY = "北京“乙％_甲\\”𠮷龘O'Brien & <i>人才"
"""A name with what SQL, patterns and markup could stumble over."""


HOTLINES = """\
date: 2013-10-09
districts: {haidian: {market: [{number: "88889999"}], labour: [{number: "88880000"}]}}
"""


def _key_of_another(folder: Path) -> str:
    city = Hri(folder / "city.db")
    city("init").ok()
    return city("archive", "key", "show").ok().out.strip()


def _id(hri: Hri, *arguments: str | Path) -> str:
    found: str = hri(*arguments, *JSON).ok().json["id"]
    return found


def campaign(hri: Hri, folder: Path) -> None:
    """Work through the year of a district, from the register to the summary."""
    folder.mkdir()
    attached = folder / "照片.jpg"
    attached.write_bytes(b"\xff\xd8" + bytes(range(256)) * 8)
    plan = folder / "方案.txt"
    plan.write_text("一、组织领导。\n二、检查。", encoding="utf-8")
    hri("archive", "office", "--department", "市场科", "--plan", plan).ok()
    _register(hri)
    _month(hri, attached)
    _assessment(hri, folder)
    _year(hri, folder)
    hri("report", "month", "-o", folder / "month.html").ok()
    hotlines = folder / "hotlines.yaml"
    hotlines.write_text(HOTLINES, encoding="utf-8")
    hri("report", "hotlines", "--use", hotlines).ok()
    hri("archive", "key", "trust", _key_of_another(folder), "--district", "municipal").ok()


def _register(hri: Hri) -> None:
    more = ("--license", "京人许〔2012〕1号", "--since", "2005-01-01", "--grade", "AAA")
    hri.add("北京甲公司", JIA, *more, "--representative", "李四", "--phone", "01062345678",
            "--address", "某路1号")  # fmt: skip
    hri.add(TRICKY, YI, kind="公益性")
    hri.add("北京丙公司", BING)
    hri.add("北京丁公司", DING)
    hri("agency", "edit", BING, "--name", "北京新丙公司", "--date", "2013-09-01").ok()
    hri("agency", "pledge", JIA, "--date", "2013-10-09", "--displayed").ok()
    hri("agency", "educate", JIA, "--date", "2013-09-02").ok()
    hri("agency", "staff", "add", JIA, "--name", "王五", "--pledged", "2013-10-09").ok()
    hri("agency", "staff", "add", JIA, "--name", "王五", "--namesake").ok()
    gone = _id(hri, "agency", "staff", "add", YI, "--name", "赵六")
    hri("agency", "staff", "leave", gone, "--date", "2013-10-10").ok()
    hri("agency", "review", JIA, "--year", "2012", "--result", "passed",
        "--date", "2013-03-01").ok()  # fmt: skip
    hri("agency", "penalty", YI, "--authority", "工商局", "--basis", "虚假广告",
        "--date", "2013-06-01").ok()  # fmt: skip
    hri("agency", "close", DING, "--date", "2013-10-01", "--reason", "注销").ok()


def _month(hri: Hri, attached: Path) -> None:
    hri("campaign", "log", "--kind", "主题培训活动", "--date", "2013-10-08", "--title", "讲座",
        "--people", "999999999", "--attach", attached).ok()  # fmt: skip
    hri("campaign", "outstanding", JIA, "--reason", "表现突出").ok()
    hri("campaign", "title", JIA, "--title", "诚信服务窗口").ok()
    passed = ("--publicity", "pass", "--pledge", "合格", "--feedback", "pass")
    hri("inspect", "record", JIA, "--date", "2013-10-09", *passed, "--ledger", "pass").ok()
    hri("inspect", "record", YI, "--date", "2013-10-09", *passed, "--ledger", "fail",
        "--convention", "fail", "--by", "peer").ok()  # fmt: skip
    gaps = hri("inspect", "list", *JSON).ok().json
    hri("inspect", "mend", gaps[0]["id"], "--date", "2013-10-10").ok()
    first = _id(hri, "complaint", "add", YI, "--received", "2013-10-08", "--channel", "market",
                "--subject", "多收费", "--from", "孙七", "--contact", "13800000000")  # fmt: skip
    hri("complaint", "close", first, "--date", "2013-10-10", "--outcome", "substantiated",
        "--answer", "已退", "--dishonest").ok()  # fmt: skip
    hri("complaint", "add", "--received", "2013-10-09", "--channel", "other",
        "--subject", "多设窗口", "--kind", "suggestion").ok()  # fmt: skip
    hri("reward", "grant", JIA, "--kind", "honour", "--date", "2013-10-10", "--note", "通报").ok()


def _assessment(hri: Hri, folder: Path) -> None:
    for agency, less in ((JIA, 1), (YI, 20), (BING, 3)):
        for source, rater in (("expert", "王专家"), ("public", "某\\甲'")):
            given = scores(less={16: min(less, 8), 1: 0.5})
            hri("assess", "run", agency, "--source", source, "--rater", rater, "--scores", "-",
                stdin=as_json(given)).ok()  # fmt: skip
    standard = hri("assess", "standard", "export", folder / "标准.yaml").ok()
    assert standard
    hri("assess", "standard", "use", folder / "标准.yaml").ok()
    hri("assess", "conclude", "--all").ok()
    hri("assess", "notice", "--all", "-o", folder / "first").ok()
    hri("assess", "served", JIA, "--date", "2013-10-10", "--method", "直接送达",
        "--receiver", "前台").ok()  # fmt: skip
    hri("assess", "object", YI, "--date", "2013-10-10", "--text", "不服").ok()
    # The notice that replaces an earlier one points at it.
    hri("assess", "reopen", YI, "--reason", "复核").ok()
    hri("assess", "conclude", YI).ok()
    hri("assess", "notice", YI, "-o", folder / "again.html").ok()


def _year(hri: Hri, folder: Path) -> None:
    summary = folder / "自评.txt"
    summary.write_text("一年来……", encoding="utf-8")
    hri("recommend", "add", JIA, "--reason", "好", "--opinion", "同意",
        "--self-summary", summary).ok()  # fmt: skip
    hri("recommend", "add", BING, "--reason", "好", "--despite", "特殊").ok()
    hri("recommend", "check-quota", "海淀", "--relax", "公益性机构多")
    hri("recommend", "remove", BING).ok()
    hri("recommend", "submit", "--date", "2013-10-10", "-o", folder / "材料.zip").ok()
    quotas = hri("recommend", "quotas", "show", *JSON).ok().json["quotas"]
    (folder / "quotas.yaml").write_text(
        json.dumps({"year": 2014, "total": sum(quotas.values()), "quotas": quotas}), "utf-8"
    )
    hri("recommend", "quotas", "use", folder / "quotas.yaml").ok()
    order = _id(hri, "sanction", "impose", YI, "--kind", "rectify", "--grounds", "多收费",
                "--date", "2013-10-09", "--deadline", "2013-10-20")  # fmt: skip
    exposed = _id(hri, "sanction", "impose", BING, "--kind", "exposure", "--grounds", "某",
                  "--date", "2013-10-10")  # fmt: skip
    hri("sanction", "notice", order, "-o", folder / "决定.html").ok()
    hri("sanction", "withdraw", exposed, "--date", "2013-10-10", "--reason", "有误").ok()
    hri("sanction", "export", folder / "报送.csv", "--system", "credit").ok()


LOOKS = (
    "agency list", "agency list --unsigned", "inspect list", "inspect list --open",
    "inspect visits", "inspect draw --count 50% --seed 甲", "complaint list", "assess",
    "assess rank", "assess standard show", "recommend candidates", "recommend list",
    "recommend check-quota", "recommend units", "recommend quotas show", "sanction list",
    "reward list", "campaign list", "campaign list --outstanding", "campaign list --titles",
    "report rates --missing", "report readiness", "report hotlines",
    "archive log", "archive office",
)  # fmt: skip
"""Commands that look and change nothing; each may say no, if it does so everywhere."""

CLOSER_LOOKS = (
    f"agency show {JIA}", "agency show %_甲", "agency show o'BRIEN", "agency show 北京丙公司",
    f"agency dossier {JIA}", f"agency dossier {YI} --as-of 2013-10-09",
    f"agency staff list {JIA} --all", f"agency records {YI}", f"assess result {YI}",
    f"assess explain {YI}", f"archive log {YI}",
    "agency lookup 甲", "agency lookup bj", "archive verify", "archive conflicts",
)  # fmt: skip
"""The same of the agencies of the campaign above."""


def looks(hri: Hri, *commands: str, statuses: Collection[int] = (0, 1)) -> dict[str, str]:
    """Return what each of these commands says, as JSON and as a table."""
    found = {}
    for command in commands:
        for form in ("json", "table"):
            ran = hri(*command.split(" "), "-f", form)
            assert ran.status in statuses, (command, ran.err)
            said = f"{ran.status}\n{ran.out}\n{ran.err}"
            found[f"{command} -f {form}"] = said.replace(str(hri.archive), "ARCHIVE")
    return found
