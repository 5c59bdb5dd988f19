"""An office in which 2014 has an annex, a standard and quotas of its own, beside 2013."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from running import Hri, code_of

CASE = yaml.safe_load(
    (Path(__file__).parents[1] / "cases/annex_2014.yaml").read_text(encoding="utf-8")
)
JIA = code_of(1)
FULL = [3, 2, 2, 3, 4, 4, 4, 3, 4, 4, 4, 3, 7, 7, 8, 8, 5, 5, 5, 5, 5, 5]


def office_of_two_years(folder: Path) -> Hri:
    """Return a district with a conclusion and a notice of 2013, and the campaign of 2014."""
    hri = Hri(folder / "archive.db", today="2013-10-10")
    hri("init", "--district", "海淀").ok()
    hri("agency", "add", "--name", "北京甲公司", "--code", JIA, "--kind", "经营性",
        "--since", "2012-01-01").ok()  # fmt: skip
    scores = json.dumps({str(number): score for number, score in enumerate(FULL, 1)})
    hri("assess", "run", JIA, "--rater", "专家", "--scores", "-", stdin=scores).ok()
    hri("assess", "conclude", JIA).ok()
    hri("assess", "notice", JIA, "-o", folder / "first.html").ok()
    hri("campaign", "start", "--year", "2014", "--from", "2014-10-1", "--to", "2014-10-31",
        "--deadline", "2014-11-5").ok()  # fmt: skip
    return hri


def kept(folder: Path, name: str, key: str) -> Path:
    """Write a file of 2014; return where it is."""
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(CASE[key], allow_unicode=True), encoding="utf-8")
    return path


def use_2014(hri: Hri, folder: Path) -> None:
    """Take the annex, the standard, the quotas and the hotlines of 2014 into use."""
    hri("assess", "annex", "use", kept(folder, "a", "annex"), "--year", "2014").ok()
    hri("assess", "standard", "use", kept(folder, "s", "standard"), "--year", "2014").ok()
    hri("recommend", "quotas", "use", kept(folder, "q", "quotas")).ok()
    hri("report", "hotlines", "--use", kept(folder, "h", "hotlines")).ok()


def score_2014(hri: Hri, folder: Path) -> None:
    """Enter the sheets of 2014 of an expert and of the agency itself."""
    expert = json.dumps({str(number): score for number, score in enumerate(CASE["expert"], 1)})
    hri("assess", "run", JIA, "--year", "2014", "--rater", "专家", "--scores", "-",
        stdin=expert).ok()  # fmt: skip
    table = folder / "self.csv"
    numbers = ",".join(map(str, range(1, 21)))
    cells = ",".join(map(str, CASE["self"]))
    table.write_text(
        f"统一社会信用代码,评价方式,评价人,{numbers}\n{JIA},自我评价,甲,{cells}\n", "utf-8"
    )
    hri("assess", "import", table, "--year", "2014").ok()
