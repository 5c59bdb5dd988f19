"""Two offices' hands at once: each adds the last place and submits; never above the quota."""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import server
from recommending import SUMMARY, check, concluded, contents, recommend
from running import HRI, Hri

ROUNDS = 3


@pytest.fixture
def huairou(new_archive) -> Hri:
    return new_archive("huairou")


def add_and_submit(hri: Hri, code: str, folder: Path) -> tuple[int, int]:
    folder.mkdir()
    summary = folder / "summary.txt"
    summary.write_bytes(SUMMARY)
    given = ("--reason", "诚信", "--opinion", "同意", "--self-summary", summary)
    added = hri.process("recommend", "add", code, *given)
    sent = hri.process("recommend", "submit", "--date", "2013-11-05", "-o", folder / "p.zip")
    assert b"Traceback" not in added.stderr + sent.stderr
    return added.returncode, sent.returncode


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_processes_with_the_last_place_never_submit_above_the_quota(
    huairou, tmp_path, round_
) -> None:
    codes = concluded(huairou, range(4))
    for code in codes[:2]:
        recommend(huairou, code).ok()
    with ThreadPoolExecutor(2) as pool:
        ends = list(
            pool.map(
                lambda number: add_and_submit(huairou, codes[number], tmp_path / str(number)),
                (2, 3),
            )
        )
    assert all(added == 0 for added, _ in ends)
    sent = [json.loads(contents(path)["manifest.json"]) for path in tmp_path.glob("*/p.zip")]
    assert sum(len(one["agencies"]) for one in sent) <= 3
    assert all(one["recommended"] <= 3 for one in sent)
    # Who came after the other's addition is refused; a file is there exactly where it was not.
    assert [end for _, end in ends].count(0) == len(sent)
    assert {end for _, end in ends} <= {0, 1}
    found = check(huairou)[1]["districts"][0]
    assert found["submitted"] == sum(len(one["agencies"]) for one in sent)
    verified = huairou("archive", "verify")
    assert verified.status == 0, verified.out


def test_killed_at_any_moment_there_is_no_file_without_a_submission(huairou, tmp_path) -> None:
    (code,) = concluded(huairou, [1])
    recommend(huairou, code).ok()
    untouched = tmp_path / "untouched.db"
    server.copy(huairou.archive, untouched)
    for round_, seconds in enumerate((0.2, 0.5, 0.7, 0.9, 1.2)):
        server.copy(untouched, huairou.archive)
        path = tmp_path / f"{round_}.zip"
        started = subprocess.Popen(
            [*HRI, "recommend", "submit", "--date", "2013-11-05", "-o", str(path)],
            env=huairou.variables(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            started.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()
        submitted = check(huairou)[1]["districts"][0]["submitted"]
        if path.exists():
            assert submitted == 1
            assert contents(path)
        if submitted:
            again = tmp_path / f"again{round_}.zip"
            huairou(
                "recommend", "submit", "--date", "2013-11-05", "--number", "1", "-o", again
            ).ok()
            assert contents(again)
