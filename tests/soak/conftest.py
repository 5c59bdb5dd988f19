"""The machine on which long runs let the disk fail, made once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from exchanging import acquaint, bundle_of
from running import Hri, code_of
from soaking import Machine
from worked import campaign

SCORES = json.dumps({str(number): 2 for number in range(1, 23)})


@pytest.fixture(scope="session")
def year(tmp_path_factory) -> Path:
    """The folder of a district's archive whose campaign is worked through, to be copied."""
    folder = tmp_path_factory.mktemp("year") / "home"
    folder.mkdir()
    hri = Hri(folder / "archive.db")
    hri("init", "--district", "haidian", "--leader", "王局长").ok()
    campaign(hri, folder.parent / "papers")
    return folder


@pytest.fixture(scope="session")
def machine(_made, tmp_path_factory) -> Iterator[Machine]:
    """A machine with the archive of a district that has something of most kinds."""
    place = tmp_path_factory.mktemp("machine")
    hri = Hri(place / "home" / "archive.db")
    machine = Machine(place, hri.variables({"HRI_PASSPHRASE": "正确 马 电池 钉"}), _made("haidian"))
    shutil.copy2(_made("haidian"), hri.archive)
    for number in (1, 2, 3):
        hri.add(f"北京{'甲乙丙'[number - 1]}公司", code_of(number))
    (place / "photo.jpg").write_bytes(bytes(range(256)) * 400)
    hri("campaign", "log", "--kind", "creation", "--date", "2013-10-09", "--title", "创建",
        "--attach", place / "photo.jpg").ok()  # fmt: skip
    hri("archive", "backup", place / "older.db").ok()
    for number in (1, 3):
        hri("assess", "run", code_of(number), "--scores", "-", stdin=SCORES).ok()
    hri("assess", "conclude", code_of(3)).ok()
    lines = [f"戊{n}公司,{code_of(n)},经营性" for n in range(100, 160)]
    (place / "register.csv").write_text("机构名称,信用代码,机构性质\n" + "\n".join(lines), "utf-8")
    (place / "scores.json").write_text(SCORES, "utf-8")
    other = Hri(place / "other.db")
    shutil.copy2(_made("haidian"), other.archive)
    acquaint(hri, other)
    other.add("北京己公司", code_of(6))
    shutil.copy2(bundle_of(other), place / "bundle.hri")
    yield machine
    machine.close()
