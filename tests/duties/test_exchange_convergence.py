"""Over random histories on three archives: whatever is exchanged in which order, all end alike.

The same records, in the same versions; the same conflicts; and everything that was written is
there, standing, held or overtaken by something later.
"""

import datetime as dt
import os
import random
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

import server
from assessing import opened
from concluding import concluded
from exchanging import (
    acquaint,
    bundle_of,
    conflicts_of,
    contents,
    exchange,
    heads,
    settle_all,
    tell,
)
from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion, Objection, ScoreSheet
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.campaign import Activity, Outstanding
from hrintegrity.archive.tables.compliance import Gap, Inspection
from hrintegrity.archive.tables.measures import Sanction, SanctionReport
from hrintegrity.archive.tables.recommendation import Recommendation, Unit
from hrintegrity.duties import agencies
from hrintegrity.duties.exchange import conflicts, merging, store
from hrintegrity.duties.exchange.graph import TRAVELS
from hrintegrity.errors import HriError
from running import Hri, code_of

DAY = dt.date(2013, 10, 10)
OURS = Agency.district == "haidian"


class History:
    """What happens at one of the offices, chosen by a random source."""

    def __init__(self, chance: random.Random, *, units: bool = False) -> None:
        self._chance = chance
        self._units = units

    def step(self, hri: Hri) -> None:
        """Do something that the archive allows."""
        often = [self.add, self.edit, self.rate, self.conclude, self.merge, self.settle]
        acts = [*often, *often, self.inspect, self.mend, self.distinguish, self.withdraw, self.log,
                self.drop_activity, self.recommend]  # fmt: skip
        more = [self.lose, self.lose, self.sanction, self.report, self.report]
        self.happen(hri, [*acts, *more] if self._units else acts)

    def happen(self, hri: Hri, acts: Sequence[Callable[[Archive], None]]) -> None:
        """Do one of these. Raises GivenUp where a rule forbids it; nothing is written then."""
        try:
            with opened(hri) as archive:
                self._chance.choice(acts)(archive)
        except HriError as refused:
            raise GivenUp from refused

    def sanction(self, archive, decided_by=None):
        agency = self.any(archive, Agency, OURS)
        writer.insert(
            archive,
            Sanction(agency_id=agency.id, district="haidian", kind="circular", grounds="押金",
                     date=DAY, decided_by=decided_by),
        )  # fmt: skip

    def report(self, archive, *conditions):
        sanction = self.any(archive, Sanction, *conditions)
        writer.insert(
            archive,
            SanctionReport(sanction_id=sanction.id, system="market", event="imposed",
                           batch=new_id(), reported=DAY),
        )  # fmt: skip

    def lose(self, archive):
        """A title is lost, or its plaque comes back."""
        unit = self.any(archive, Unit, col(Unit.agency_id).in_(select(Agency.id).where(OURS)))
        if unit.revoked is None:
            writer.update(archive, unit, {"reason": "虚假招聘"}, revoked=DAY)
        else:
            writer.update(archive, unit, recovered=DAY + dt.timedelta(self._chance.randrange(2)))

    def add(self, archive):
        number = self._chance.randrange(3)
        name = f"北京{self._chance.randrange(3)}人力"
        agencies.add(
            archive, name=name, code=code_of(number), district="haidian", kind="public", today=DAY
        )

    def edit(self, archive):
        agency = self.any(archive, Agency, OURS)
        field = self._chance.choice(["phone", "address", "grade", "name", "code"])
        values = {
            "grade": ["A", "AA"],
            "name": ["北京甲人力", "北京乙人力"],
            "code": [code_of(n) for n in range(3)],
        }.get(field, ["1", "2"])
        agencies.edit(archive, agency.code, today=DAY, **{field: self._chance.choice(values)})

    def inspect(self, archive):
        agency = self.any(archive, Agency, OURS)
        seen = writer.insert(
            archive,
            Inspection(agency_id=agency.id, date=DAY, inspector="city", publicity="fail",
                       pledge="pass", ledger="pass", feedback="pass"),
        )  # fmt: skip
        writer.insert(
            archive,
            Gap(inspection_id=seen.id, agency_id=agency.id, system="publicity", found=DAY,
                deadline=DAY),
        )  # fmt: skip

    def mend(self, archive):
        gap = self.any(archive, Gap)
        writer.update(archive, gap, mended=DAY + dt.timedelta(self._chance.randrange(3)))

    def rate(self, archive):
        agency = self.any(archive, Agency, OURS)
        rater = self._chance.choice(["甲", "乙"])
        query = select(ScoreSheet).where(
            ScoreSheet.agency_id == agency.id, ScoreSheet.rater == rater
        )
        there = archive.session.exec(query).first()
        scores = f"[{self._chance.randrange(2)}]"
        if there is None:
            sheet = ScoreSheet(agency_id=agency.id, year=2013, source="expert", rater=rater,
                               scores=scores, date=DAY)  # fmt: skip
            writer.insert(archive, sheet)
        else:
            writer.update(archive, there, scores=scores)

    def conclude(self, archive):
        agency = self.any(archive, Agency, OURS)
        query = select(Conclusion).where(Conclusion.agency_id == agency.id)
        number = len(archive.session.exec(query).all()) + 1
        made = writer.insert(
            archive,
            Conclusion(agency_id=agency.id, year=2013, sequence=number, date=DAY,
                       **concluded(self._chance.randrange(3))),
        )  # fmt: skip
        writer.insert(archive, Objection(conclusion_id=made.id, date=DAY, text="有异议"))

    def distinguish(self, archive):
        agency = self.any(archive, Agency, OURS)
        writer.insert(archive, Outstanding(agency_id=agency.id, year=2013, date=DAY, reason="好"))

    def withdraw(self, archive):
        writer.delete(archive, self.any(archive, Outstanding))

    def log(self, archive):
        title = f"活动{self._chance.randrange(3)}"
        activity = Activity(district="haidian", year=2013, kind="training", date=DAY, title=title)
        writer.insert(archive, activity)

    def drop_activity(self, archive):
        activity = self.any(archive, Activity)
        if self._chance.random() < 0.5:
            writer.update(archive, activity, people=self._chance.randrange(3))
        else:
            writer.delete(archive, activity)

    def recommend(self, archive):
        agency = self.any(archive, Agency, OURS)
        query = select(Recommendation).where(Recommendation.agency_id == agency.id)
        there = archive.session.exec(query).first()
        if there is None:
            text = self._chance.choice(["甲", "乙"])
            writer.insert(
                archive,
                Recommendation(agency_id=agency.id, year=2013, district="haidian", date=DAY,
                               reason=text),
            )  # fmt: skip
        else:
            writer.delete(archive, there)

    def merge(self, archive):
        known = [row.id for row in archive.session.exec(select(Agency)).all()]
        known += [h.version.record for h in store.held(archive) if h.version.table == "agency"]
        if len(set(known)) > 1 and self._chance.random() < 0.5:
            one, other = self._chance.sample(sorted(set(known)), 2)
            merging.merge(archive, one, other, reason="同一家", today=DAY)

    def settle(self, archive):
        found = conflicts.listing(archive)
        if found:
            chosen = self._chance.choice(found)
            side = self._chance.choice(["ours", "theirs"])
            conflicts.settle(archive, chosen.id, keep=side, today=DAY)

    def any(self, archive, model, *conditions):
        """One record of a table. Raises GivenUp where there is none."""
        found = archive.session.exec(select(model).where(*conditions).order_by(model.id)).all()
        if not found:
            raise GivenUp
        return self._chance.choice(found)


class GivenUp(Exception):
    """There was nothing to do, or a rule forbade it."""


class CityHistory(History):
    """What happens at the city, of what it may tell the districts."""

    def step(self, hri: Hri) -> None:
        self.happen(hri, [self.register, self.change, self.award, self.award, self.correct,
                          self.settle, self.decide, self.annul])  # fmt: skip

    def decide(self, archive):
        """The city sanctions a district's agency, and may report it."""
        self.sanction(archive, "municipal")
        if self._chance.random() < 0.5:
            # What it reports of a district's own sanctions stays with it.
            self.report(archive, Sanction.decided_by == "municipal")

    def annul(self, archive):
        sanction = self.any(archive, Sanction, Sanction.decided_by == "municipal")
        writer.update(archive, sanction, withdrawn=DAY)

    def register(self, archive):
        number = 100 + self._chance.randrange(3)
        agencies.add(archive, name="市属人力", code=code_of(number), district="municipal",
                     kind="public", today=DAY)  # fmt: skip

    def change(self, archive):
        agency = self.any(archive, Agency, Agency.district == "municipal")
        agencies.edit(archive, agency.code, today=DAY, phone=self._chance.choice(["1", "2"]))

    def award(self, archive):
        agency = self.any(archive, Agency)
        there = archive.session.exec(select(Unit).where(Unit.agency_id == agency.id)).first()
        if there is None:
            plaque = f"{agency.id}-{self._chance.randrange(2)}"
            writer.insert(archive, Unit(agency_id=agency.id, year=2013, plaque=plaque, awarded=DAY))

    def correct(self, archive):
        unit = self.any(archive, Unit)
        writer.update(archive, unit, plaque=f"{unit.id}-{self._chance.randrange(2)}")

    def settle(self, archive):
        """Take the districts' word on their records; decide on one's own."""
        found = conflicts.listing(archive)
        if found:
            chosen = self._chance.choice(found)
            own = chosen.table == "unit" or chosen.sender == "municipal"
            side = self._chance.choice(["ours", "theirs"]) if own else "theirs"
            if own or chosen.kind == "changed":
                conflicts.settle(archive, chosen.id, keep=side, today=DAY)


@contextmanager
def memory():
    """Where archives of a test lie: in memory if that can be, since they are written so often."""
    there = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=there if os.access(there, os.W_OK) else None) as found:
        yield Path(found)
        if server.GIVEN:
            server.give_up(Path(found))


@pytest.fixture(scope="module")
def acquainted(tmp_path_factory):
    """Archives that trust each other, to be copied: three laptops of 海淀区, and the city's."""
    folder = tmp_path_factory.mktemp("acquainted")
    made = []
    for name, district in (("one", "海淀"), ("two", "海淀"), ("three", "海淀"), ("city", "市属")):
        path = folder / f"{name}.db"
        server.place(path)
        made.append(Hri(path))
        made[-1]("init", "--district", district).ok()
        if server.GIVEN:
            made[-1]("archive", "grant", server.server().clerk).ok()
    acquaint(*made)
    return folder


def copied(source: Path, folder: Path, *names: str) -> list[Hri]:
    offices = []
    for name in names:
        path = folder / f"{name}.db"
        server.copy(source / f"{name}.db", path)
        shutil.copy(source / f"{name}.db.key", f"{path}.key")
        offices.append(Hri(path))
    return offices


def live(
    offices: list[Hri], chance: random.Random, steps: int, city: Hri | None = None
) -> set[str]:
    """Let things happen at the offices, with bundles among them; return what was written."""
    kept: list[Path] = []
    for _ in range(steps):
        hri = chance.choice(offices)
        if chance.random() < 0.6:
            history = (
                CityHistory(chance) if hri is city else History(chance, units=city is not None)
            )
            with suppress(GivenUp):
                history.step(hri)
        elif kept and chance.random() < 0.4:
            # An old bundle comes late, or once more.
            tell(hri, chance.choice(kept))
        else:
            kept.append(bundle_of(chance.choice(offices)))
            tell(hri, kept[-1])
    return set().union(*(written(office) for office in offices))


def written(hri: Hri) -> set[str]:
    """The records that were made here."""
    with opened(hri) as archive:
        rows = archive.connection.exec_driver_sql(
            """SELECT record, "table" FROM journal WHERE action = 'insert' AND origin IS NULL"""
        )
        return {record for record, table in rows if table in TRAVELS and table != "campaign"}


def check(offices: list[Hri], made: set[str]) -> None:
    """All have the same heads, all that was written, and archives that are whole."""
    first = heads(offices[0])
    for office in offices:
        found = heads(office)
        assert found == first
        assert made <= found.keys()
        office("archive", "verify").ok()
    if not any(conflicts_of(office) for office in offices):
        for office in offices:
            assert contents(office) | {"campaign": []} == contents(offices[0]) | {"campaign": []}


def three_laptops(source: Path, seed: int, steps: int) -> None:
    with memory() as folder:
        chance = random.Random(seed)
        offices = copied(source, folder, "one", "two", "three")
        made = live(offices, chance, steps)
        exchange(offices)
        check(offices, made)
        settle_all(offices[0], lambda _: chance.choice(["ours", "theirs"]))
        exchange(offices)
        check(offices, made)


def two_laptops_and_the_city(source: Path, seed: int, steps: int) -> None:
    with memory() as folder:
        chance = random.Random(seed)
        offices = copied(source, folder, "one", "two", "city")
        made = live(offices, chance, steps, offices[2])
        exchange(offices)
        check(offices, made)
        settle_all(offices[0], lambda _: chance.choice(["ours", "theirs"]))
        exchange(offices)
        check(offices, made)


SHORT = settings(
    max_examples=5, deadline=None, derandomize=True, database=None, phases=[Phase.generate]
)
LONG = settings(SHORT, max_examples=100)
SEEDS = st.integers(0, 1 << 32)


@SHORT
@given(seed=SEEDS, steps=st.integers(10, 40))
def test_three_laptops_end_alike(acquainted, seed, steps):
    three_laptops(acquainted, seed, steps)


@SHORT
@given(seed=SEEDS, steps=st.integers(10, 40))
def test_two_laptops_and_the_city_end_alike(acquainted, seed, steps):
    two_laptops_and_the_city(acquainted, seed, steps)


@pytest.mark.soak
@LONG
@given(seed=SEEDS, steps=st.integers(10, 120))
def test_three_laptops_end_alike_over_long_histories(acquainted, seed, steps):
    three_laptops(acquainted, seed, steps)


@pytest.mark.soak
@LONG
@given(seed=SEEDS, steps=st.integers(10, 120))
def test_two_laptops_and_the_city_end_alike_over_long_histories(acquainted, seed, steps):
    two_laptops_and_the_city(acquainted, seed, steps)
