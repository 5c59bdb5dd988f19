"""Random lists in an archive: what was added and removed leaves nothing, in whatever order."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import server
from hrintegrity.archive.engine import open_archive
from hrintegrity.duties.recommendation import check, listing
from recommending import concluded
from running import Hri, code_of

DAY = dt.date(2013, 10, 25)
QUOTAS = {"huairou": 3, "municipal": 16}
COMMERCIAL = {number: number % 2 == 0 for number in range(8)}
"""Four commercial and four public agencies of each district."""

numbers = st.lists(st.integers(0, 7), unique=True, max_size=6)
districts = st.sampled_from(list(QUOTAS))


class Undone(Exception):
    pass


@pytest.fixture(scope="module")
def location(_made, tmp_path_factory):
    """A city's archive with eight agencies in each of two districts."""
    path = tmp_path_factory.mktemp("random") / "city.db"
    found = server.copy(_made("municipal"), path)
    for place, district in enumerate(QUOTAS):
        for commercial in (True, False):
            mine = [place * 10 + n for n, is_one in COMMERCIAL.items() if is_one is commercial]
            kind = "commercial" if commercial else "public"
            concluded(Hri(path), mine, district=district, kind=kind)
    return found


@contextmanager
def undone(location):
    """Open the archive for a trial that leaves nothing behind."""
    try:
        with open_archive(location, operator="测试", write=True) as archive:
            yield archive
            raise Undone
    except Undone:
        pass


def code(district: str, number: int) -> str:
    return code_of(list(QUOTAS).index(district) * 10 + number)


def add(archive, district: str, number: int) -> None:
    listing.add(archive, code(district, number), year=None, today=DAY, reason="诚信")


def shown(archive, district: str):
    """The check and the list, without identities, which are new each time."""
    rows = listing.listing(archive, district=district, year=None)
    return check.check(archive, district, None), [(row.code, row.reason) for row in rows]


quick = settings(max_examples=25, deadline=None)


@quick
@given(district=districts, listed=numbers, relaxed=st.booleans())
def test_ok_is_what_annex_2_says(location, district, listed, relaxed) -> None:
    with undone(location) as archive:
        for number in listed:
            add(archive, district, number)
        if relaxed and district != "municipal":
            check.relax(archive, district, year=None, reason="机构少", today=DAY)
        found = check.check(archive, district, None)
        commercial = sum(COMMERCIAL[number] for number in listed)
        half = district == "municipal" or relaxed or commercial * 2 >= len(listed)
        assert found.ok is (half and len(listed) <= QUOTAS[district])
        assert (found.recommended, found.commercial) == (len(listed), commercial)


@quick
@given(district=districts, listed=numbers, extra=numbers)
def test_adding_and_removing_changes_nothing(location, district, listed, extra) -> None:
    extra = [number for number in extra if number not in listed]
    with undone(location) as archive:
        for number in listed:
            add(archive, district, number)
        before = shown(archive, district)
        for number in extra:
            add(archive, district, number)
        for number in reversed(extra):
            listing.remove(archive, code(district, number), year=None)
        assert shown(archive, district) == before


@quick
@given(district=districts, listed=numbers, random=st.randoms())
def test_the_order_of_adding_does_not_matter(location, district, listed, random) -> None:
    found = []
    for order in (listed, random.sample(listed, len(listed))):
        with undone(location) as archive:
            for number in order:
                add(archive, district, number)
            found.append(shown(archive, district))
    assert found[0] == found[1]
