"""Lists are read whole before the first row is shown, in a fraction of their memory."""

from __future__ import annotations

import datetime as dt
import weakref
from collections.abc import Iterator
from operator import itemgetter

import pytest
from sqlalchemy import event

from hrintegrity import packing
from hrintegrity.archive.engine import open_archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.chunking import chunks
from hrintegrity.cli.base import output
from hrintegrity.duties import agency_views
from hrintegrity.packing import Packed, packed_in_order
from hrintegrity.rules.codes import complete_code
from server import location_of

COUNT = 1500


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_the_last_of_some_chunks_may_be_shorter(count: int) -> None:
    found = list(chunks(iter(range(count)), 2))
    assert [one for chunk in found for one in chunk] == list(range(count))
    assert all(len(chunk) == 2 for chunk in found[:-1])


def test_what_is_packed_can_be_gone_through_again() -> None:
    rows = [{"day": dt.date(2013, 10, 8), "number": number} for number in range(COUNT)]
    packed = Packed(iter(rows))
    assert list(packed) == list(packed) == rows
    assert len(packed) == COUNT
    assert rows[7] in packed
    assert len(Packed([])) == 0


def test_what_is_added_comes_after_what_is_packed() -> None:
    packed: Packed[int] = Packed(range(COUNT))
    packed.append(COUNT)
    packed.extend([COUNT + 1])
    assert list(packed) == list(range(COUNT + 2))
    assert len(packed) == COUNT + 2


def test_what_is_packed_in_order_keeps_equal_things_in_theirs(monkeypatch) -> None:
    monkeypatch.setattr(packing, "_SORTED_TOGETHER", 100)
    things = [(number * 7 % 13, number) for number in range(COUNT)]
    assert list(packed_in_order(things, itemgetter(0))) == sorted(things, key=itemgetter(0))


def test_sorting_has_some_of_the_things_unpacked_at_a_time(monkeypatch) -> None:
    monkeypatch.setattr(packing, "_SORTED_TOGETHER", 1000)
    monkeypatch.setattr(packing, "_TOGETHER", 50)
    things = (_Thing(number * 7919 % 10_000) for number in range(10_000))
    packed = packed_in_order(things, lambda thing: thing.number)
    assert [thing.number for thing in packed] == list(range(10_000))
    # Two runs while they are sorted, then fifty of each of the ten while they are merged.
    assert _Thing.most <= 2000


class _Thing:
    alive = most = 0

    def __init__(self, number: int) -> None:
        self.number = number
        self._come()

    def __setstate__(self, state) -> None:
        self.__dict__ |= state
        self._come()

    def _come(self) -> None:
        _Thing.alive += 1
        _Thing.most = max(_Thing.most, _Thing.alive)

    def __del__(self) -> None:
        _Thing.alive -= 1


@pytest.mark.parametrize(
    "words",
    [
        ("assess",), ("assess", "rank"), ("recommend", "candidates"), ("agency", "list"),
        ("agency", "staff", "list"), ("inspect", "list"), ("complaint", "list"),
        ("reward", "list"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_the_rows_of_a_list_that_grows_with_the_register_are_packed(haidian, words, monkeypatch):
    shown = []
    monkeypatch.setattr(output, "_show_list", lambda found, _form, **_: shown.append(found.rows))
    haidian(*words, "-f", "json")
    assert [type(rows) for rows in shown] == [Packed]


def test_json_and_csv_are_written_before_all_rows_are_drawn() -> None:
    for parts in (output._array, lambda rows: output._csv(rows, ["number"])):
        drawn: list[int] = []
        rows = ({"number": drawn.append(number) or number} for number in range(COUNT))
        next(iter(parts(rows)))
        assert len(drawn) < 502


def test_a_list_has_some_hundred_agencies_in_memory_and_no_objects_of_the_table(
    haidian, tmp_path
) -> None:
    lines = [
        f"甲{number}公司,{complete_code(f'91110108MA{number:07d}')},海淀区,公益性"
        for number in range(COUNT)
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["机构名称,统一社会信用代码,区县,机构性质", *lines]), "utf-8")
    assert haidian("agency", "import", str(path)).status == 0
    alive: weakref.WeakSet[agency_views.AgencyView] = weakref.WeakSet()
    most, loaded = 0, []

    def watched(views: Iterator[agency_views.AgencyView]) -> Iterator[agency_views.AgencyView]:
        nonlocal most
        for view in views:
            alive.add(view)
            most = max(most, len(alive))
            yield view

    def load(agency, _context) -> None:
        loaded.append(agency)

    event.listen(Agency, "load", load)
    try:
        with open_archive(location_of(haidian.archive), operator="测试", write=False) as archive:
            today = dt.date(2013, 11, 1)
            found = Packed(watched(agency_views.listing(archive, today=today)))
    finally:
        event.remove(Agency, "load", load)
    assert len(found) == COUNT
    assert 0 < most <= 501
    assert not loaded
    codes = [view.code for view in found]
    assert codes == sorted(codes)
