"""Who decided is who signs: every paper, in a district's archive, the city's, and after bundles."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from assessing import opened
from exchanging import acquaint, carry
from hrintegrity.archive import writer
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.duties import agencies
from recommending import concluded
from running import JSON, Hri, rows
from sanctioning import LAW

DISTRICT = "北京市海淀区人力资源和社会保障局"
ASSOCIATION = "北京人力资源服务行业协会"
CITY = "北京市人力资源和社会保障局"
AWARDED = dt.date(2013, 11, 20)
FACTS = "收取求职者押金不退"
PROOF = ("--evidence", "收据", "--violated", LAW, "--basis", "《行政许可法》第七十条")

OF_DISTRICT, AT_CITY, MUNICIPAL = "district", "city", "municipal"
"""A district's agency in the district's archive and in the city's; an agency of the city's own."""

SIGNED: dict[str, tuple[tuple[str, str] | None, ...]] = {
    "notice": ((DISTRICT, "海人社诚评"), (DISTRICT, "海人社诚评"), (CITY, "京人社诚评")),
    "answer": ((DISTRICT, ""), (DISTRICT, ""), (CITY, "")),
    "beforehand": ((DISTRICT, "海人社诚告"), (CITY, "京人社诚告"), (CITY, "京人社诚告")),
    "hearing": ((DISTRICT, "海人社诚告"), (CITY, "京人社诚告"), (CITY, "京人社诚告")),
    "decision": ((DISTRICT, "海人社诚惩"), (CITY, "京人社诚惩"), (CITY, "京人社诚惩")),
    "annulment": ((DISTRICT, "海人社诚惩"), (CITY, "京人社诚惩"), (CITY, "京人社诚惩")),
    "order": ((DISTRICT, ""), (DISTRICT, ""), (CITY, "")),
    "order-by-city": ((DISTRICT, ""), (CITY, ""), (CITY, "")),
    "reply": ((DISTRICT, ""), (DISTRICT, ""), (CITY, "")),
    "bulletin": ((DISTRICT, ""), (CITY, ""), (CITY, "")),
    "conferral": (None, (CITY, "京人社诚授"), (CITY, "京人社诚授")),
    "revocation": (None, (CITY, "京人社诚撤"), (CITY, "京人社诚撤")),
}
"""Per paper who signs and in which series: district, district's agency at the city's, municipal."""


class Office:
    """The papers about one agency, made as an office makes them, in one archive."""

    def __init__(self, hri: Hri, code: str, folder: Path) -> None:
        self.hri, self.code, self.folder = hri, code, folder
        hri.today = "2014-01-31"
        self.made: dict[str, Path] = {}

    def __call__(self, *arguments: str | Path) -> Any:
        return self.hri(*arguments, *JSON).ok().json

    def paper(self, name: str, *arguments: str) -> Any:
        """Make a paper; return what the command said."""
        self.made[name] = self.folder / f"{name}.html"
        return self(*arguments, "-o", self.made[name])

    def assessment(self) -> None:
        self.paper("notice", "assess", "notice", self.code)
        objection = ("--date", "2013-12-01", "--text", "客户权益一项有误")
        one = self("assess", "object", self.code, *objection)["id"]
        answer = ("--date", "2013-12-05", "--result", "rejected", "--text", "评分有据")
        self.paper("answer", "assess", "answer", one, *answer)

    def sanctions(self) -> None:
        given = ("--facts", FACTS, *PROOF, "--date", "2013-12-01")
        notify = ("sanction", "notify", self.code, *given, "--kind")
        self.paper("hearing", *notify, "cancel-licence", "--review-year", "2013")
        one = self.paper("beforehand", *notify, "exposure")["id"]
        decided = ("--notified", one, "--date", "2013-12-20")
        sanction = self("sanction", "impose", self.code, *decided)["id"]
        self.paper("decision", "sanction", "notice", sanction)
        self("sanction", "withdraw", sanction, "--date", "2014-01-10", "--reason", "证据不足")
        self.paper("annulment", "sanction", "notice", sanction)

    def inspections(self) -> None:
        verdicts = ("--publicity", "pass", "--pledge", "pass", "--feedback", "pass")
        for name, by in (("order", "district"), ("order-by-city", "city")):
            given = ("--date", "2013-10-12", "--ledger", "fail", *verdicts, "--by", by)
            (gap,) = self("inspect", "record", self.code, *given)["gaps"]
            self.paper(name, "inspect", "order", self.code)
            self("inspect", "mend", gap["id"], "--date", "2013-10-20")

    def others(self) -> None:
        given = ("--received", "2013-12-05", "--channel", "market", "--subject", FACTS)
        one = self("complaint", "add", self.code, *given)["id"]
        closing = ("--date", "2013-12-20", "--outcome", "unfounded", "--answer", "没有收取")
        self("complaint", "close", one, *closing)
        self.paper("reply", "complaint", "reply", one)
        act = ("--kind", "training", "--date", "2013-10-18", "--title", "培训班")
        done = self("campaign", "log", *act)["id"]
        self.paper("bulletin", "campaign", "bulletin", done)

    def titles(self) -> None:
        with opened(self.hri) as archive:
            agency = agencies.find(archive, self.code)
            title = Unit(agency_id=agency.id, year=2013, plaque="BJ-1", awarded=AWARDED)
            writer.insert(archive, title)
        self.paper("conferral", "recommend", "conferral")
        given = ("--kind", "circular", "--grounds", FACTS, "--date", "2014-01-15")
        self("sanction", "impose", self.code, *given)
        self.paper("revocation", "recommend", "revocation", self.code)

    def everything(self) -> Office:
        self.assessment()
        self.sanctions()
        self.inspections()
        self.others()
        if self.hri.archive.name == "city.db":
            self.titles()
        return self


def with_result(hri: Hri, district: str | None, folder: Path) -> Office:
    """An office with an agency that was assessed."""
    (code,) = concluded(hri, [1], district=district)
    return Office(hri, code, folder)


def signers(page: Path) -> list[str]:
    return re.findall(r'<p class="signer">(.*?)</p>', page.read_text("utf-8"))


def heads(page: Path) -> list[str]:
    found = re.search(r'<p class="redhead[a-z-]*">(.*?)</p>', page.read_text("utf-8"))
    return found[1].split("<br/>") if found else []


def number(page: Path) -> str:
    """The number of a series of ours; one that is filled in by hand has blanks in it."""
    found = re.search(r'<p class="number">(.*?)</p>', page.read_text("utf-8"))
    return found[1] if found and "\u3000" not in found[1] else ""


def no_gaps(hri: Hri) -> None:
    """Every series of every office counts from 1 without a gap, each conferral too."""
    series: dict[tuple, list[int]] = defaultdict(list)
    for *key, found in rows(
        hri.archive, "SELECT series, district, year, number FROM paper ORDER BY number"
    ):
        series[tuple(key)].append(found)
    for year, found in rows(hri.archive, "SELECT year, number FROM conferral ORDER BY number"):
        series["conferral", year].append(found)
    assert series
    for key, numbers in series.items():
        assert numbers == list(range(1, len(numbers) + 1)), key


@pytest.mark.parametrize(
    ("place", "archive", "district"),
    [(0, "haidian", None), (1, "city", "haidian"), (2, "city", "municipal")],
    ids=[OF_DISTRICT, AT_CITY, MUNICIPAL],
)
def test_who_decided_signs_every_paper_in_its_own_series(
    request, tmp_path, place, archive, district
) -> None:
    office = with_result(request.getfixturevalue(archive), district, tmp_path).everything()
    expected = {name: signed[place] for name, signed in SIGNED.items() if signed[place]}
    assert set(office.made) == set(expected)
    for name, (signer, prefix) in expected.items():
        page = office.made[name]
        assert number(page).startswith(prefix), name
        assert bool(number(page)) == bool(prefix), name
        joint = [signer, ASSOCIATION] if name in ("conferral", "revocation") else [signer]
        assert heads(page) == signers(page) == joint, name
    no_gaps(office.hri)


def numbers_of(office: Office) -> dict[str, str]:
    return {name: number(page) for name, page in office.made.items() if number(page)}


def printed(hri: Hri, folder: Path, about: str) -> Path:
    """Print a paper about an agency or of a number again, in another archive."""
    path = folder / f"{hri.archive.stem}-{about}.html"
    command = ("assess", "notice") if len(about) == 18 else ("sanction", "notice")
    hri(*command, about, "-o", path).ok()
    return path


def words(page: Path) -> str:
    return re.search(r"<article.*?</article>", page.read_text("utf-8"), re.S)[0]


def decide(hri: Hri, code: str, folder: Path, date: str) -> Path:
    given = ("--kind", "entry", "--grounds", f"{FACTS} {date}", "--date", date, *JSON)
    one = hri("sanction", "impose", code, *given).ok().json["id"]
    path = folder / f"{date}.html"
    hri("sanction", "notice", one, "-o", path).ok()
    return path


def test_what_a_district_decided_the_city_prints_as_it_is_and_numbers_its_own_apart(
    haidian, city, tmp_path
) -> None:
    office = with_result(haidian, None, tmp_path)
    office.assessment()
    office.sanctions()
    city.today = haidian.today
    acquaint(haidian, city)
    carry(haidian, city)
    numbers = numbers_of(office)
    for name in ("beforehand", "hearing", "annulment"):
        assert words(printed(city, tmp_path, numbers[name])) == words(office.made[name]), name
    assert words(printed(city, tmp_path, office.code)) == words(office.made["notice"])
    own = decide(city, office.code, tmp_path, "2013-12-25")
    assert (signers(own), number(own)) == ([CITY], "京人社诚惩〔2013〕1号")
    carry(city, haidian)
    next_one = decide(haidian, office.code, tmp_path, "2013-12-26")
    assert (signers(next_one), number(next_one)) == ([DISTRICT], "海人社诚惩〔2013〕2号")
    for hri in (haidian, city):
        no_gaps(hri)


def test_what_the_city_decided_a_district_prints_as_it_is_and_numbers_its_own_apart(
    haidian, city, tmp_path
) -> None:
    office = with_result(haidian, None, tmp_path)
    acquaint(haidian, city)
    carry(haidian, city)
    there = Office(city, office.code, tmp_path)
    there.sanctions()
    there.titles()
    carry(city, haidian)
    numbers = numbers_of(there)
    for name in ("beforehand", "hearing", "annulment"):
        again = printed(haidian, tmp_path, numbers[name])
        assert words(again) == words(there.made[name]), name
        assert signers(again) == [CITY], name
    again = tmp_path / "revocation-again.html"
    haidian("recommend", "revocation", office.code, "-o", again).ok()
    assert words(again) == words(there.made["revocation"])
    own = decide(haidian, office.code, tmp_path, "2013-12-26")
    assert (signers(own), number(own)) == ([DISTRICT], "海人社诚惩〔2013〕1号")
    for hri in (haidian, city):
        no_gaps(hri)
