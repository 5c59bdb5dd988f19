"""An archive with everything that is public, and marked secrets in everything that isn't."""

import datetime as dt

from hrintegrity.archive import schema, writer
from hrintegrity.archive.tables.agencies import Agency, FormerName
from hrintegrity.archive.tables.assessment import Conclusion
from hrintegrity.archive.tables.campaign import Activity
from hrintegrity.archive.tables.complaints import Complainant, Complaint
from hrintegrity.archive.tables.compliance import Inspection, Penalty, Review
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.archive.tables.office import Campaign, Office
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.duties.agencies import name_key
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.rules.codes import complete_code
from server import place

DAY = dt.date(2013, 10, 8)
SECRETS = [f"密{word}秘" for word in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"]
SECRETS += ["13911112222", "110108199001011234", "密走秘"]


def code_of(number):
    return complete_code(f"91110108MA{number:07d}")


def agency(number, name, **given):
    values = {"district": "haidian", "kind": "commercial", "license": f"证{number:06d}"} | given
    return Agency(code=code_of(number), name=name, name_key=name_key(name), **values)


def make(path, agencies, *rows):
    location = place(path)
    with schema.new_archive(location, operator="测试") as archive:
        writer.insert(archive, Office(district="municipal", owner=True))
        writer.insert(
            archive,
            Campaign(
                year=2013,
                start=dt.date(2013, 10, 1),
                end=dt.date(2013, 10, 31),
                deadline=dt.date(2013, 11, 5),
            ),
        )
        for row in [*agencies, *rows]:
            writer.insert(archive, row)
    return location


def telling(path):
    """Return an archive in which each kind of public record stands once, and what it holds."""
    one = agency(1, "北京中关村英才人力资源服务有限公司", grade="AAA")
    exposed = agency(2, "北京Ａ＆Ｂ（国际）人才有限公司", district="chaoyang")
    deferred = agency(3, "北京<b>慎行</b>人才有限公司", district="chaoyang")
    cancelled = agency(
        4, "北京龘𠮷职业介绍有限公司", district="xicheng", status="closed", closed=DAY
    )
    closed = agency(5, "北京旧号人才有限公司", status="closed", closed=DAY, license=None)
    city = agency(
        6, "北京市属人才服务中心", district="municipal", location="xicheng", kind="public"
    )
    lost = agency(7, "北京失信人才有限公司", district="fengtai")
    agencies = [one, exposed, deferred, cancelled, closed, city, lost]
    rows = [
        FormerName(
            agency_id=one.id, name="北京老名人才公司", name_key="北京老名人才公司", until=DAY
        ),
        Sanction(
            agency_id=exposed.id,
            district="chaoyang",
            kind="exposure",
            grounds="发布虚假招聘信息 </script><script>alert(1)</script>",
            date=DAY,
        ),
        Sanction(
            agency_id=exposed.id,
            district="chaoyang",
            kind="exposure",
            grounds="已查明有误的一次",
            date=DAY,
            withdrawn=dt.date(2013, 10, 20),
        ),
        Sanction(
            agency_id=deferred.id,
            district="chaoyang",
            kind="defer-review",
            grounds="不公开的事由",
            date=DAY,
            review_year=2013,
        ),
        Review(agency_id=deferred.id, year=2013, result="deferred", date=DAY),
        Sanction(
            agency_id=cancelled.id,
            district="xicheng",
            kind="cancel-licence",
            grounds="不公开的事由",
            date=DAY,
            review_year=2013,
            closed_agency=True,
        ),
        Unit(agency_id=one.id, year=2013, plaque="P-1", awarded=DAY),
        Unit(
            agency_id=lost.id,
            year=2013,
            plaque="P-2",
            awarded=DAY,
            revoked=dt.date(2013, 11, 1),
            reason="不公开的事由",
        ),
    ]
    return make(path, agencies, *rows), agencies


def with_secrets(path):
    """Return an archive whose every field that is not for the public holds a marked secret."""
    secret = iter(SECRETS)
    one = agency(
        1,
        "北京公开人才有限公司",
        representative=next(secret),
        address=next(secret),
        phone=next(secret),
    )
    person = Practitioner(name=next(secret), certificate=next(secret), pledged=DAY)
    gone = Practitioner(name="密走秘")
    opened = Complaint(
        agency_id=one.id,
        district="haidian",
        received=DAY,
        channel="market",
        kind="complaint",
        subject=next(secret),
    )
    settled = Complaint(
        agency_id=one.id,
        district="haidian",
        received=DAY,
        channel="labour",
        kind="report",
        subject=next(secret),
        closed=DAY,
        outcome="substantiated",
        answer=next(secret),
    )
    complainant = Complainant(
        complaint_id=opened.id, name=next(secret), contact=next(secret), salt="x"
    )
    sanctions = [
        Sanction(agency_id=one.id, district="haidian", kind=kind, grounds=next(secret), date=DAY)
        for kind in ("interview", "circular", "entry", "rectify")
    ]
    rows = [
        secret_office(next(secret), next(secret)),
        person,
        Employment(practitioner_id=person.id, agency_id=one.id, name_key=person.name, since=DAY),
        gone,
        Employment(
            practitioner_id=gone.id, agency_id=one.id, name_key="密走秘", since=DAY, left=DAY
        ),
        Sanction(
            agency_id=one.id,
            practitioner_id=person.id,
            district="haidian",
            kind="exposure",
            grounds=next(secret),
            date=DAY,
        ),
        opened,
        settled,
        complainant,
        Sanction(
            agency_id=one.id,
            district="haidian",
            kind="exposure",
            grounds=f"{person.name}收费，{complainant.name}（{complainant.contact}，13911112222，"
            f"110108199001011234）投诉，{one.representative}、{gone.name}包庇",
            date=DAY,
        ),
        *sanctions,
        Inspection(
            agency_id=one.id,
            date=DAY,
            inspector="district",
            publicity="fail",
            pledge="pass",
            ledger="pass",
            feedback="pass",
            note=next(secret),
        ),
        Penalty(agency_id=one.id, date=DAY, authority="某局", basis="某法"),
        Activity(
            district="haidian", year=2013, kind="training", date=DAY, title="培训", note="内部"
        ),
        Conclusion(
            agency_id=one.id,
            year=2013,
            sequence=1,
            date=DAY,
            total=9000,
            band=next(secret),
            standard="{}",
            sheets="[]",
            result="{}",
        ),
    ]
    return make(path, [one], *rows)


def secret_office(leader, department):
    return Office(district="haidian", leader=leader, department=department)


def crowd(path, count):
    """Return an archive with many agencies over all districts."""
    districts = list(BY_CODE)
    location = place(path)
    with schema.new_archive(location, operator="测试") as archive:
        writer.insert(archive, Office(district="municipal", owner=True))
        writer.insert_many(
            archive,
            Agency,
            (
                agency(n, f"北京第{n}人才有限公司", district=districts[n % 18]).model_dump()
                for n in range(count)
            ),
        )
    return location
