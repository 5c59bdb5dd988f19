"""Each command of `examples/campaign.cmd` runs; no Windows is at hand to run the file itself."""

from __future__ import annotations

import re
import shlex

import pytest

from examples import FOLDER
from running import Hri

SCRIPT = FOLDER / "campaign.cmd"

pytestmark = pytest.mark.archive_file("the script makes a file of its own")


def test_the_file_is_utf8_without_a_mark_and_sets_the_code_page_before_any_chinese():
    raw = SCRIPT.read_bytes()
    text = raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert text[: text.index("chcp 65001")].isascii()
    assert text.count("chcp %PAGE%") == 2
    attributes = (FOLDER.parent / ".gitattributes").read_text("utf-8")
    assert "*.cmd text eol=crlf" in attributes


def test_every_command_of_the_windows_example_runs(tmp_path):
    hri = Hri(tmp_path / "archive.db")
    text = SCRIPT.read_text("utf-8").replace("^\n", " ").replace("%INPUT%\\", f"{FOLDER}/input/")
    text = text.replace("%WORK%\\", f"{tmp_path}/")
    for line in text.splitlines():
        today = re.match(r'set "HRI_TODAY=(.*)"', line)
        if today:
            hri.today = today[1]
        if line.startswith("hri "):
            command, _, otherwise = line.partition(" || ")
            assert otherwise == "goto :failed", line
            ran = hri(*shlex.split(command)[1:])
            assert ran.status == 0, f"{line}\n{ran.out}{ran.err}"
    made = {path.name for path in tmp_path.iterdir()}
    assert {"notices", "推荐材料.zip", "总结.docx", "总结.xlsx"} <= made
