"""The example of the city's own year: sixteen municipal places, conferred together."""

from __future__ import annotations

import shutil

import pytest

from examples import FOLDER, run_example
from running import JSON, Hri


@pytest.mark.soak  # Sixteen agencies, each command a process; the parts have tests of their own.
@pytest.mark.skipif(shutil.which("bash") is None, reason="a shell script")
@pytest.mark.archive_file("the script makes a file of its own")
def test_the_citys_sixteen_places_from_candidates_to_conferral(tmp_path) -> None:
    work = tmp_path / "city"
    run_example(FOLDER / "city.sh", work)
    city = Hri(work / "archive.db", today="2013-11-20")
    units = city("recommend", "units", *JSON).ok().json
    assert [(one["district"], one["state"]) for one in units] == [("municipal", "current")] * 16
    found = city("recommend", "check-quota", "municipal", *JSON).ok().json
    assert (found["recommended"], found["remaining"], found["problems"]) == (16, 0, [])
    page = (work / "授牌决定.html").read_text(encoding="utf-8")
    assert "北京人力资源服务行业协会" in page
    assert page.count("BJ2013-") == 16
