"""Many papers are written by several processes, and are what one process writes."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hrintegrity.documents import Paper, compose, many, pdf_obstacle, write_paper
from hrintegrity.documents.render import specimens
from hrintegrity.errors import InputError, UnusableError

pytestmark = pytest.mark.skipif(pdf_obstacle() is not None, reason="no typst or no font here")


def papers(count: int) -> list[Paper]:
    given = specimens("assess/notice")[0]
    return [compose("assess/notice", {**given, "number": f"{n + 1}号"}) for n in range(count)]


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_cores", lambda: 2)
    monkeypatch.setattr(many, "WORTH", dict.fromkeys(many.WORTH, 2))
    monkeypatch.setattr(many, "_AT_ONCE", 3)
    monkeypatch.setattr(many, "_TOGETHER", 1)


@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize("suffix", [".html", ".docx", ".pdf"])
def test_several_processes_write_the_bytes_of_one(tmp_path: Path, suffix: str) -> None:
    given = papers(8)
    targets = [tmp_path / f"{place}{suffix}" for place in range(8)]
    pairs = iter(zip(given, targets, strict=True))
    assert list(many.write_papers(pairs, 8, force=False)) == [None] * 8
    for paper, target in zip(given, targets, strict=True):
        write_paper(paper, tmp_path / f"alone{suffix}", force=True)
        assert target.read_bytes() == (tmp_path / f"alone{suffix}").read_bytes()


@pytest.mark.usefixtures("two_cores")
def test_what_kept_a_paper_from_its_file_is_named_in_its_place(tmp_path: Path) -> None:
    given = papers(4)
    given[2] = Paper(given[2].body.replace("海", "\U0003fffd"))
    targets = [tmp_path / f"{place}.pdf" for place in range(4)]
    found = list(many.write_papers(zip(given, targets, strict=True), 4, force=False))
    assert [error and error.code for error in found] == [None, None, "glyph-missing", None]
    assert [target.exists() for target in targets] == [True, True, False, True]


@pytest.mark.usefixtures("two_cores")
def test_no_process_is_left_when_the_work_is_given_up(tmp_path: Path) -> None:
    targets = [tmp_path / f"{place}.pdf" for place in range(12)]
    found = many.write_papers(zip(papers(12), targets, strict=True), 12, force=False)
    for _ in range(3):
        next(found)
    found.close()
    assert multiprocessing.active_children() == []
    assert {path.suffix for path in tmp_path.iterdir()} == {".pdf"}


@pytest.mark.usefixtures("two_cores")
def test_a_process_that_the_system_ends_is_told(tmp_path: Path) -> None:
    targets = [tmp_path / f"{place}.pdf" for place in range(12)]
    found = many.write_papers(zip(papers(12), targets, strict=True), 12, force=False)
    for _ in range(2):
        next(found)
    for process in multiprocessing.active_children():
        process.kill()
    with pytest.raises(UnusableError, match="被系统结束") as caught:
        list(found)
    assert caught.value.code == "output-unusable"
    assert {path.suffix for path in tmp_path.iterdir() if path.name[0] != "."} == {".pdf"}


def test_an_error_is_the_same_in_another_process() -> None:
    error = InputError("a", "甲", "乙", clause="三(五)", details=[{"row": 1}])
    error.lines.append("丙")
    again = pickle.loads(pickle.dumps(error))
    assert vars(again) == vars(error)
    assert (type(again), str(again)) == (InputError, "甲")


WORK = """
import os, signal, sys, threading
from pathlib import Path
from hrintegrity.documents import many
from hrintegrity.documents.paper import Paper
def go():
    many.WORTH = dict.fromkeys(many.WORTH, 2)
    many._cores = lambda: 2
    body = Path(sys.argv[1]).read_text("utf-8")
    pairs = ((Paper(body), Path(sys.argv[2]) / f"{n}.pdf") for n in range(2000))
    for place, _ in enumerate(many.write_papers(pairs, 2000, force=False)):
        if place == 20:
            os.killpg(0, signal.SIGINT)
if __name__ == "__main__":
    go()
"""


def test_ctrl_c_ends_all_processes_and_leaves_no_half_file(tmp_path: Path) -> None:
    body, script, out = tmp_path / "body", tmp_path / "work.py", tmp_path / "out"
    body.write_text(papers(1)[0].body, "utf-8")
    script.write_text(WORK, "utf-8")
    out.mkdir()
    ran = subprocess.run(
        [sys.executable, str(script), str(body), str(out)],
        start_new_session=True, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == -signal.SIGINT
    assert ran.stderr.count("Traceback") == 1, ran.stderr
    names = [path.name for path in out.iterdir()]
    assert len(names) >= 20
    assert all(name.endswith(".pdf") and name[0].isdigit() for name in names), names
