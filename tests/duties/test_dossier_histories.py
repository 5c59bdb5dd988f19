"""Over random histories: `--as-of` and `--known-at` equal what an archive then would have said."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

import pytest

import server
from histories import DAYS, FIRST, Made, enter, events, up_to
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.location import Location
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.duties.dossier import Dossier
from hrintegrity.duties.dossier import dossier as dossier_of
from made_archives import at, code_of, made, register

SHORT, LONG = range(24), range(24, 224)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with one agency, to be copied for each history."""
    tmp = tmp_path_factory.mktemp("empty")
    location = made(tmp)
    with at(location) as archive:
        register(archive)
    return tmp / "haidian.db"


def begin(empty: Path, folder: Path, name: str) -> Location:
    return server.copy(empty, folder / f"{name}.db")


def beginning(archive: Archive) -> Made:
    return Made(archive.connection.exec_driver_sql("SELECT id FROM agency").scalar_one())


def dossier(archive: Archive, code: str, **views: Any) -> Dossier:
    return dossier_of(archive, code, today=FIRST + dt.timedelta(days=DAYS), **views)


def said(found: Dossier) -> str:
    """A dossier in words, identities replaced by the order in which they are met."""
    names: dict[str, str] = {}

    def plain(value: Any) -> Any:
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, tuple):
            return [plain(item) for item in value]
        if isinstance(value, str) and len(value) == 36 and value.count("-") == 4:
            return names.setdefault(value, f"id {len(names)}")
        return value

    return json.dumps(plain(found), ensure_ascii=False, indent=1, default=str)


def check_as_of(empty: Path, folder: Path, seed: int) -> int:
    """Compare three days of a history; return how many could be compared."""
    code, days = code_of(1), random.Random(seed)
    with at(begin(empty, folder, "all")) as archive:
        all_made = beginning(archive)
        history = [event for event in events(seed) if enter(archive, all_made, event)]
        assert history
        compared = 0
        for turn in range(3):
            day = FIRST + dt.timedelta(days=days.randrange(DAYS))
            with at(begin(empty, folder, f"day{turn}")) as then:
                then_made = beginning(then)
                for event in up_to(history, day):
                    enter(then, then_made, event)
                # Some events stand only on ones dated later, as a closing on a reopening: no
                # archive could hold them by this day. A plaque of a title lost later is no loss.
                if then_made.refused - {"plaque"}:
                    continue
                assert said(dossier(archive, code, as_of=day)) == said(dossier(then, code)), (
                    seed, day, [(e.number, e.name, e.date) for e in history],
                )  # fmt: skip
                compared += 1
        last = FIRST + dt.timedelta(days=DAYS + 30)
        assert dossier(archive, code, as_of=last) == dossier(archive, code)
    return compared


def check_known_at(empty: Path, folder: Path, seed: int) -> None:
    """Print the dossier after each event, and compare with what the journal says of that moment."""
    code, days = code_of(1), random.Random(seed)
    with at(begin(empty, folder, "journal")) as archive:
        made_here = beginning(archive)
        printed = []
        for event in events(seed):
            if enter(archive, made_here, event):
                day = FIRST + dt.timedelta(days=days.randrange(DAYS))
                moment = dt.datetime.now(dt.UTC)
                shown = dossier(archive, code), dossier(archive, code, as_of=day)
                printed.append((moment, day, *shown))
        for moment, day, then, then_as_of in printed:
            assert dossier(archive, code, known_at=moment) == then, seed
            assert dossier(archive, code, known_at=moment, as_of=day) == then_as_of, seed
        agency = archive.session.get_one(Agency, made_here.agency)
        assert printed[-1][2].basic["name"] == agency.name


@pytest.mark.parametrize("part", range(4))
def test_as_of_a_day_is_the_dossier_of_what_is_dated_up_to_it(
    empty: Path, tmp_path: Path, part: int
) -> None:
    compared = sum(check_as_of(empty, tmp_path, seed) for seed in SHORT[part::4])
    assert compared >= 12


@pytest.mark.parametrize("part", range(4))
def test_known_at_a_moment_is_the_dossier_printed_then(
    empty: Path, tmp_path: Path, part: int
) -> None:
    for seed in SHORT[part::4]:
        check_known_at(empty, tmp_path, seed)


@pytest.mark.soak
def test_two_hundred_histories(empty: Path, tmp_path: Path) -> None:
    compared = 0
    for seed in LONG:
        compared += check_as_of(empty, tmp_path, seed)
        check_known_at(empty, tmp_path, seed)
    assert compared >= 550


def test_the_histories_hold_every_kind_of_event(empty: Path, tmp_path: Path) -> None:
    seen: dict[str, int] = {}
    with at(begin(empty, tmp_path, "kinds")) as archive:
        for seed in SHORT:
            savepoint = archive.connection.begin_nested()
            here = beginning(archive)
            for event in events(seed):
                if enter(archive, here, event):
                    seen[event.name] = seen.get(event.name, 0) + 1
            savepoint.rollback()
            archive.session.expunge_all()
    from histories import KINDS

    assert set(seen) == set(KINDS), seen
