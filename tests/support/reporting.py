"""Archives full of whatever a campaign year holds, at random, for the tests of reports.

Everything goes in through `archive.writer`. Days lie on and beside the bounds of month and year,
texts are sometimes missing, and there is always something that must not be counted.
"""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from random import Random
from typing import Any

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion, ScoreSheet
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.campaign import Activity, CreationTitle, Outstanding
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.compliance import Gap, Inspection
from hrintegrity.archive.tables.measures import Reward, Sanction, SanctionReport
from hrintegrity.archive.tables.office import Office
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.archive.tables.people import Employment, Pledge, Practitioner
from hrintegrity.archive.tables.recommendation import Recommendation, Submission, Unit
from hrintegrity.duties.agencies import name_key
from hrintegrity.duties.assessment import annexes, kept
from hrintegrity.notice.words import (
    ACTIVITY,
    CHANNEL,
    COMPLAINT_KIND,
    INCENTIVE,
    INSPECTOR,
    MEASURE,
    OUTCOME,
    REPORT_SYSTEM,
    SOURCE,
    SYSTEM,
    TITLE,
)
from hrintegrity.rules.case import Sheet
from hrintegrity.rules.standard import Standard
from notice_2013 import ANNEX, combine, default_standard, parse_standard
from running import code_of

YEAR = 2013
ANNEX_TEXT = annexes.as_text(ANNEX)
DAYS = [
    dt.date(*one)
    for one in (
        (2012, 12, 31), (2013, 1, 1), (2013, 6, 3), (2013, 9, 30), (2013, 10, 1), (2013, 10, 15),
        (2013, 10, 31), (2013, 11, 1), (2013, 11, 4), (2013, 11, 5), (2013, 12, 31), (2014, 1, 1),
    )
]  # fmt: skip


def other_standard() -> Standard:
    """A district's own: other points, weights and bands than the default."""
    content = default_standard().as_mapping() | {
        "name": "区县标准",
        "weights": {"self": 0, "expert": "2/3", "public": "1/3"},
        "bands": [{"name": "甲等", "from": 85}, {"name": "合格", "from": 60}],
    }
    content["points"] = content["points"] | {"1": 2.5, "2": 2.5}
    content["eligibility"] = content["eligibility"] | {"refused_bands": ["不合格"]}
    return parse_standard(content)


class Filling:
    """Fills an archive; `r` decides everything."""

    def __init__(self, archive: Archive, r: Random, districts: list[str]) -> None:
        self.archive = archive
        self.r = r
        self.districts = districts
        self.agencies: list[Agency] = []
        self.people: list[Practitioner] = []
        self.numbers = 0

    def fill(self, agencies: int) -> None:
        self.office()
        for number in range(agencies):
            self.agency(number + 1)
        for _ in range(self.some(6)):
            self.activity()
        for agency in self.agencies:
            self.year_of(agency)
        for _ in range(self.some(5)):
            self.complaint(None)

    def some(self, most: int) -> int:
        return self.r.choice([0, 0, 1, 1, 2, most])

    def maybe(self, value: Any) -> Any:
        return value if self.r.random() < 0.7 else None

    def day(self) -> dt.date:
        return self.r.choice(DAYS)

    def next(self) -> int:
        self.numbers += 1
        return self.numbers

    def add(self, row: Any) -> Any:
        return writer.insert(self.archive, row)

    def office(self) -> None:
        for district in self.districts:
            if self.r.random() < 0.5:
                found = self.archive.session.connection().exec_driver_sql(
                    "SELECT COUNT(*) FROM office WHERE district = ?", (district,)
                )
                if not found.scalar():
                    words = {"leader": self.maybe("王局长"), "department": self.maybe("市场科")}
                    self.add(Office(district=district, plan=self.maybe("方案"), **words))

    def agency(self, number: int) -> None:
        name = f"北京甲{number}人力资源有限公司"
        closed = self.r.random() < 0.15
        row = Agency(
            code=code_of(number),
            name=name,
            name_key=name_key(name),
            district=self.r.choice(self.districts),
            kind=self.r.choice(["commercial", "public"]),
            license=self.maybe(f"证{number}"),
            since=self.maybe(dt.date(2005, 1, 1)),
            representative=self.maybe("李四"),
            address=self.maybe("某路1号"),
            phone=self.maybe("01062345678"),
            grade=self.r.choice([None, None, "A", "AAAAA"]),
            status="closed" if closed else "active",
            closed=dt.date(2013, 5, 1) if closed else None,
        )
        self.agencies.append(self.add(row))

    def activity(self) -> None:
        self.add(
            Activity(
                district=self.r.choice(self.districts),
                year=self.r.choice([YEAR, YEAR, YEAR, YEAR + 1]),
                kind=self.r.choice(list(ACTIVITY)),
                date=self.day(),
                title=f"第{self.r.randint(1, 9)}次活动",
                people=self.maybe(self.r.randint(0, 300)),
                agencies=self.maybe(self.r.randint(0, 60)),
                media=self.maybe(self.r.randint(0, 9)),
            )
        )

    def year_of(self, agency: Agency) -> None:
        r, own = self.r, {"agency_id": agency.id}
        for _ in range(r.choice([0, 1, 1, 2])):
            self.add(Pledge(date=self.day(), displayed=r.choice([None, True, False]), **own))
        for _ in range(self.some(3)):
            self.employ(agency)
        for _ in range(self.some(3)):
            self.inspection(agency)
        self.assess(agency)
        for _ in range(self.some(2)):
            self.complaint(agency)
        for _ in range(self.some(2)):
            self.add(Reward(kind=r.choice(list(INCENTIVE)), date=self.day(), note="某", **own))
        for _ in range(self.some(2)):
            self.sanction(agency)
        if r.random() < 0.3:
            year = r.choice([YEAR, YEAR + 1])
            self.add(Outstanding(year=year, date=self.day(), reason="好", **own))
        if r.random() < 0.3:
            title = CreationTitle(
                year=r.choice([YEAR, YEAR + 1]), title=r.choice(list(TITLE)), date=self.day(), **own
            )
            self.add(title)
        self.recommend(agency)

    def employ(self, agency: Agency) -> None:
        if self.people and self.r.random() < 0.3:
            person = self.r.choice(self.people)
        else:
            day = self.maybe(self.day())
            person = self.add(Practitioner(name=f"人{len(self.people)}", pledged=day))
            self.people.append(person)
        self.add(
            Employment(
                practitioner_id=person.id,
                agency_id=agency.id,
                name_key=name_key(person.name),
                since=dt.date(2012, 1, 1),
                left=self.r.choice([None, None, None, self.day()]),
            )
        )

    def inspection(self, agency: Agency) -> None:
        r = self.r
        verdicts = {system: r.choice(["pass", "pass", "fail"]) for system in SYSTEM}
        verdicts["convention"] = self.maybe(verdicts["convention"])
        day = self.day()
        row = self.add(
            Inspection(
                agency_id=agency.id, date=day, inspector=r.choice(list(INSPECTOR)), **verdicts
            )
        )
        for system, verdict in verdicts.items():
            if verdict == "fail":
                self.add(
                    Gap(
                        inspection_id=row.id,
                        agency_id=agency.id,
                        system=system,
                        found=day,
                        deadline=r.choice([dt.date(2013, 10, 31), self.day()]),
                        mended=r.choice([None, self.day()]),
                    )
                )

    def assess(self, agency: Agency) -> None:
        r = self.r
        if r.random() < 0.2:
            return
        standard = r.choice([default_standard(), default_standard(), other_standard()])
        sheets = [
            Sheet(source, f"人{number}", tuple(r.randint(0, most) for most in standard.points))
            for source in SOURCE
            for number in range(r.choice([0, 1, 1, 2, 3]))
        ]
        year = r.choice([YEAR, YEAR, YEAR, YEAR + 1])
        for sheet in sheets:
            self.add(
                ScoreSheet(
                    agency_id=agency.id,
                    year=year,
                    source=sheet.source,
                    rater=sheet.rater,
                    scores=json.dumps(sheet.scores),
                    date=self.day(),
                )
            )
        result = combine(sheets, standard)
        if result.total is None or r.random() < 0.2:
            return
        self.conclude(agency, year, result, standard, sheets)

    def conclude(
        self,
        agency: Agency,
        year: int,
        result: Any,
        standard: Any,
        sheets: list[Sheet],
        *,
        sequence: int = 1,
    ) -> None:
        {"annex": ANNEX_TEXT, "exact": kept.exact_text(result.exact)}
        exact = {"annex": ANNEX_TEXT, "exact": kept.exact_text(result.exact)}
        conclusion = self.add(
            Conclusion(
                agency_id=agency.id,
                year=year,
                sequence=sequence,
                date=self.day(),
                total=int(result.shown_total * 100),
                band=result.band,
                standard=json.dumps(standard.as_mapping(), ensure_ascii=False),
                sheets=json.dumps([sheet._asdict() for sheet in sheets], ensure_ascii=False),
                result=json.dumps(result.as_mapping(), ensure_ascii=False),
                # An early conclusion carries neither annex nor exact scores.
                **self.r.choice([{}, exact]),
            )
        )
        if sequence == 1 and self.r.random() < 0.2:
            writer.update(self.archive, conclusion, reopened=self.day())
            if self.r.random() < 0.5:
                self.conclude(agency, year, result, standard, sheets, sequence=2)
            return
        if self.r.random() < 0.6:
            self.notice(agency, conclusion)

    def notice(self, agency: Agency, conclusion: Conclusion) -> None:
        paper = self.add(
            IssuedPaper(
                series="assessment",
                district=agency.district,
                year=conclusion.year,
                number=self.next(),
                reference=f"文{new_id()}",
                agency_id=agency.id,
                subject_id=conclusion.id,
                date=self.day(),
                title="告知书",
                body="",
                sha256="",
            )
        )
        if self.r.random() < 0.5:
            self.add(Service(paper_id=paper.id, date=self.day(), method="direct", receiver="某"))

    def complaint(self, agency: Agency | None) -> None:
        r = self.r
        received = self.day()
        closed = self.maybe(received + dt.timedelta(days=r.randint(0, 90)))
        outcome = r.choice(list(OUTCOME)) if closed else None
        self.add(
            Complaint(
                agency_id=agency.id if agency else None,
                district=agency.district if agency else r.choice(self.districts),
                received=received,
                channel=r.choice(list(CHANNEL)),
                kind=r.choice(list(COMPLAINT_KIND)) if agency else "suggestion",
                subject="某事",
                closed=closed,
                outcome=outcome,
                answer="某" if closed else None,
                dishonest=outcome == "substantiated" and r.random() < 0.5,
            )
        )

    def sanction(self, agency: Agency) -> None:
        r = self.r
        # Orders have the most states; their days are few, so that two often fall together.
        kind = r.choice([*MEASURE, "rectify", "rectify", "rectify"])
        person = r.choice(self.people) if self.people else None
        order = kind == "rectify"
        row = self.add(
            Sanction(
                agency_id=agency.id,
                district=agency.district,
                practitioner_id=person.id if person and r.random() < 0.2 else None,
                kind=kind,
                grounds="某",
                date=self.day(),
                deadline=self.day() if order else None,
                mended=r.choice([None, *DAYS[5:8]]) if order else None,
                failed=r.choice([None, *DAYS[5:8]]) if order else None,
                withdrawn=r.choice([None, None, None, self.day()]),
            )
        )
        for system in REPORT_SYSTEM:
            if r.random() < 0.4:
                event = r.choice(["imposed", "withdrawn"])
                self.add(
                    SanctionReport(
                        sanction_id=row.id,
                        system=system,
                        event=event,
                        batch="一",
                        reported=self.maybe(self.day()),
                    )
                )

    def recommend(self, agency: Agency) -> None:
        r = self.r
        if r.random() < 0.4:
            year = r.choice([YEAR, YEAR, YEAR + 1])
            submission = None
            if r.random() < 0.4:
                submission = self.add(
                    Submission(
                        district=agency.district,
                        year=year,
                        number=self.next(),
                        date=self.day(),
                        late=False,
                        manifest="{}",
                        papers="[]",
                    )
                )
            self.add(
                Recommendation(
                    agency_id=agency.id,
                    year=year,
                    district=agency.district,
                    date=self.day(),
                    reason="好",
                    opinion=self.maybe("同意"),
                    self_summary=self.maybe("5oC7"),
                    submission_id=submission.id if submission else None,
                )
            )
        if r.random() < 0.3:
            self.add(
                Unit(
                    agency_id=agency.id,
                    year=r.choice([YEAR - 1, YEAR]),
                    plaque=new_id(),
                    awarded=self.day(),
                    revoked=r.choice([None, self.day()]),
                )
            )


def half_up(value: Fraction | None, places: int = 2) -> float | None:
    """Round half up, once, without the program's own help."""
    if value is None:
        return None
    scaled = value * 10**places * 2
    return (int(scaled) + 1) // 2 / 10**places
