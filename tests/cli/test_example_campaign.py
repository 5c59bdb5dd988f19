"""The example that `make demo` runs: a district's campaign from the register to 5 November."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from examples import FOLDER, run_example
from running import Hri

SCRIPT = FOLDER / "campaign.sh"
NOTICES = 62

pytestmark = [
    pytest.mark.skipif(shutil.which("bash") is None, reason="a shell script"),
    pytest.mark.archive_file("the script makes a file of its own"),
]


def count(folder: Path) -> int:
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def test_the_campaign_runs_from_the_register_to_the_summary(tmp_path) -> None:
    work = tmp_path / "demo"
    said = run_example(SCRIPT, work)
    for form in ("html", "docx", "pdf"):
        assert count(work / "notices" / form) == NOTICES
        assert f"{work}/notices/{form}/（{NOTICES} 份）" in said
    summaries = [f"{work}/总结.{form}" for form in ("docx", "html", "pdf", "xlsx")]
    last = said[said.index("完成。") :]
    assert all(one in last and Path(one).stat().st_size > 5000 for one in summaries)
    assert said.index("还缺总结") < said.index("材料齐备")

    hri = Hri(work / "archive.db", today="2013-11-04")
    ready = hri("report", "readiness", "-f", "json")
    assert (ready.status, ready.json[0]["missing"]) == (0, [])
    assert hri("recommend", "check-quota").status == 0
    hri("report", "month", "-o", tmp_path / "m.json").ok()
    figures = json.loads((tmp_path / "m.json").read_text("utf-8"))["figures"]
    assert (figures["agencies"]["value"], figures["assessed"]["value"]) == (64, NOTICES)


def test_without_a_font_the_notices_are_html_and_word_and_that_is_said(tmp_path) -> None:
    """Only as far as the notices: what follows needs no font."""
    script = tmp_path / "campaign.sh"
    script.write_text(SCRIPT.read_text("utf-8").split('say "八')[0], "utf-8")
    (tmp_path / "input").symlink_to(FOLDER / "input")
    (tmp_path / "none").mkdir()
    work = tmp_path / "demo"
    said = run_example(script, work, HRI_FONTS=str(tmp_path / "none"))
    made = {form: count(work / "notices" / form) for form in ("html", "docx", "pdf")}
    assert made == {"html": NOTICES, "docx": NOTICES, "pdf": 0}
    assert "没有做成 PDF（见上面的说明）；html 和 Word 不受影响。" in said
