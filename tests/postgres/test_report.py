"""The summary on a server: the same figures and the same rows behind them as of the file."""

from __future__ import annotations

import json
from random import Random

import openpyxl
import pytest

import server
from hrintegrity.archive.engine import open_archive
from hrintegrity.archive.location import Location
from reporting import Filling
from running import Hri


@pytest.mark.parametrize("seed", [3, 4])
def test_figures_rates_and_rows_are_those_of_the_file(tmp_path, database, seed) -> None:
    city = Hri(tmp_path / "city.db", today="2013-11-04")
    city("init").ok()
    with open_archive(Location(path=city.archive), operator="某", write=True) as archive:
        Filling(archive, Random(seed), ["haidian", "chaoyang", "municipal"]).fill(30)
    city("archive", "copy", city.archive, database).ok()
    far = Hri(tmp_path / "far.db", today="2013-11-04")
    server.stand_for(far.archive, database)
    for command in (("rates", "--missing"), ("readiness",)):
        here, there = (hri("report", *command, "-f", "json") for hri in (city, far))
        assert json.loads(there.out) == json.loads(here.out)
    for suffix in ("json", "html"):
        for hri in (city, far):
            hri("report", "month", "-o", hri.archive.with_suffix(f".{suffix}")).ok()
        here, there = (
            hri.archive.with_suffix(f".{suffix}").read_text("utf-8") for hri in (city, far)
        )
        assert there == here
    for hri in (city, far):
        hri("report", "month", "-o", hri.archive.with_suffix(".xlsx")).ok()
    here, there = (openpyxl.load_workbook(hri.archive.with_suffix(".xlsx")) for hri in (city, far))
    assert there.sheetnames == here.sheetnames
    for name in here.sheetnames:
        rows = [list(book[name].iter_rows(values_only=True)) for book in (here, there)]
        assert sorted(map(str, rows[1])) == sorted(map(str, rows[0])), name
