"""The example of a full year runs as it stands, and its papers say what happened."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from running import Hri
from sanctioning import lines

SCRIPT = Path(__file__).parents[2] / "examples/year.sh"


@pytest.mark.skipif(shutil.which("bash") is None, reason="a shell script")
@pytest.mark.archive_file("the script makes a file of its own")
def test_the_year_runs_from_admission_to_the_printed_dossier(tmp_path) -> None:
    work = tmp_path / "year"
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "hri").write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "from hrintegrity.cli import main; main()" "$@"\n'
    )
    (folder / "python3").symlink_to(sys.executable)
    (folder / "hri").chmod(0o755)
    plain = {k: v for k, v in os.environ.items() if not k.startswith("HRI_")}
    ran = subprocess.run(
        ["bash", str(SCRIPT), str(work)],
        env=plain | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
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
    assert events == ["作出惩戒", "作出惩戒", "撤销惩戒", "作出惩戒"]
