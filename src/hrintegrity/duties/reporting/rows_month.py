"""What a district does in the campaign month (三(四), 四(一)), as sets of rows."""

from __future__ import annotations

from hrintegrity.duties.reporting.querying import (
    AGENCY,
    OF,
    Column,
    Dialect,
    RowQuery,
    day,
    district_name,
    exists,
    plain,
    yes,
)
from hrintegrity.notice.records import kind
from hrintegrity.notice.words import ACTIVITY, DEPARTMENT, INSPECTOR, SYSTEM, TITLE, VERDICT

OFFICES = RowQuery(
    name="offices",
    title="组织领导",
    select=plain(
        "SELECT o.district, o.leader, o.department,"
        " CASE WHEN o.plan <> '' THEN 1 ELSE 0 END AS planned FROM office o WHERE 1 = 1{of}"
    ),
    of="o.district",
    order="district",
    columns=(
        Column("区县", "district", district_name),
        Column("主管领导", "leader"),
        Column("责任部门", "department"),
        Column("工作方案", "planned", yes),
    ),
)
ACTIVITIES = RowQuery(
    name="activities",
    title="主题活动",
    select=plain(
        "SELECT t.id, t.district, t.kind, t.date, t.title, t.people, t.agencies, t.media, t.note,"
        " (SELECT COUNT(*) FROM attachment f WHERE f.activity_id = t.id) AS files"
        " FROM activity t WHERE t.year = :year{of}"
    ),
    of="t.district",
    order="date, id",
    columns=(
        Column("区县", "district", district_name),
        Column("活动类型", "kind", ACTIVITY.chinese),
        Column("日期", "date", day),
        Column("活动名称", "title"),
        Column("参加人数", "people"),
        Column("机构数", "agencies"),
        Column("媒体报道数", "media"),
        Column("备注", "note"),
        Column("附件数", "files"),
    ),
)
_ENTRY = ("kind", "grade", "license", "since", "representative", "address", "phone")
_PLAIN = tuple(field.name for field in kind("agency").which("plain"))
"""Of an agency's entry what the summary asks about, and all that is only kept and shown."""


def _declared(name: str) -> Column:
    """Return the column of a field of the register."""
    field = kind("agency")[name]
    return Column(field.short, name, day if field.is_date else field.chinese)


AGENCIES = RowQuery(
    name="agencies",
    title="机构",
    select=plain(
        f"SELECT {OF}, {', '.join(f'a.{name}' for name in (*_ENTRY, *_PLAIN))}, "
        + exists("pledge p WHERE p.agency_id = a.id")
        + " AS pledged, "
        # The latest pledge says whether it hangs in the premises.
        + "COALESCE((SELECT p.displayed FROM pledge p WHERE p.agency_id = a.id"
        " ORDER BY p.date DESC, p.id DESC LIMIT 1), false) AS displayed, "
        + exists(
            "inspection i WHERE i.agency_id = a.id AND i.date BETWEEN :start AND :end"
            " AND i.inspector IN ('city', 'district')"
        )
        + " AS inspected, "
        + exists("inspection i WHERE i.agency_id = a.id AND i.date BETWEEN :first AND :last")
        + " AS inspected_this_year, "
        + exists("conclusion c WHERE c.agency_id = a.id AND c.year = :year AND c.reopened IS NULL")
        + " AS assessed, "
        + exists("outstanding x WHERE x.agency_id = a.id AND x.year = :year")
        + " AS outstanding FROM agency a WHERE a.status = 'active'{of}"
    ),
    of="a.district",
    order="code",
    columns=(
        *AGENCY,
        *map(_declared, _ENTRY),
        Column("签署承诺书", "pledged", yes),
        Column("公开承诺书", "displayed", yes),
        Column("活动期间大检查", "inspected", yes),
        Column("本年度检查", "inspected_this_year", yes),
        Column("本年度评定", "assessed", yes),
        Column("表现突出", "outstanding", yes),
        *map(_declared, _PLAIN),
    ),
)
STAFF = RowQuery(
    name="staff",
    title="从业人员",
    select=plain(
        f"SELECT {OF}, e.practitioner_id, p.name AS person, p.certificate, p.pledged"
        " FROM employment e JOIN agency a ON a.id = e.agency_id"
        " JOIN practitioner p ON p.id = e.practitioner_id"
        " WHERE e.\"left\" IS NULL AND a.status = 'active'{of}"
    ),
    of="a.district",
    order="code, person, practitioner_id",
    columns=(
        *AGENCY,
        Column("姓名", "person"),
        Column("资格证号", "certificate"),
        Column("承诺日期", "pledged", day),
    ),
)
INSPECTIONS = RowQuery(
    name="inspections",
    title="检查",
    select=plain(
        f"SELECT {OF}, i.id, i.date, i.inspector, i.department, i.publicity, i.pledge, i.ledger,"
        " i.feedback, i.convention, i.note FROM inspection i JOIN agency a ON a.id = i.agency_id"
        " WHERE i.date BETWEEN :start AND :end{of}"
    ),
    of="a.district",
    order="code, date, id",
    columns=(
        *AGENCY,
        Column("检查日期", "date", day),
        Column("检查方", "inspector", INSPECTOR.chinese),
        Column("部门", "department", DEPARTMENT.chinese),
        *(Column(SYSTEM.chinese(word), word, VERDICT.chinese) for word in SYSTEM),
        Column("备注", "note"),
    ),
)
GAPS = RowQuery(
    name="gaps",
    title="缺项",
    select=plain(
        f"SELECT {OF}, g.id, g.system, g.found, g.deadline, g.mended FROM gap g"
        " JOIN agency a ON a.id = g.agency_id WHERE g.found BETWEEN :start AND :end{of}"
    ),
    of="a.district",
    order="code, found, id",
    columns=(
        *AGENCY,
        Column("制度", "system", SYSTEM.chinese),
        Column("发现日期", "found", day),
        Column("补建期限", "deadline", day),
        Column("补建日期", "mended", day),
    ),
)
OUTSTANDING = RowQuery(
    name="outstanding",
    title="表现突出",
    select=plain(
        f"SELECT {OF}, x.id, x.date, x.reason FROM outstanding x"
        " JOIN agency a ON a.id = x.agency_id WHERE x.year = :year{of}"
    ),
    of="a.district",
    order="code, id",
    columns=(*AGENCY, Column("日期", "date", day), Column("事迹", "reason")),
)
DISTRIBUTIONS = RowQuery(
    name="distributions",
    title="公约发放",
    select=plain(
        f"SELECT {OF}, x.id, x.date FROM distribution x"
        " JOIN agency a ON a.id = x.agency_id WHERE x.year = :year{of}"
    ),
    of="a.district",
    order="code, id",
    columns=(*AGENCY, Column("发放日期", "date", day)),
)


def _bulletins(dialect: Dialect) -> str:
    return (
        "SELECT b.id, t.district, b.date, t.title, t.date AS held,"
        f" {dialect.days('t.date', 'b.date')} AS days"
        " FROM bulletin b JOIN activity t ON t.id = b.activity_id WHERE t.year = :year{of}"
    )


BULLETINS = RowQuery(
    name="bulletins",
    title="活动信息",
    select=_bulletins,
    of="t.district",
    order="date, id",
    columns=(
        Column("区县", "district", district_name),
        Column("活动名称", "title"),
        Column("活动日期", "held", day),
        Column("上报日期", "date", day),
        Column("相隔天数", "days"),
    ),
)
TITLES = RowQuery(
    name="titles",
    title="创建称号",
    select=plain(
        f"SELECT {OF}, x.id, x.title, x.date, p.name AS person FROM creation_title x"
        " JOIN agency a ON a.id = x.agency_id LEFT JOIN practitioner p ON p.id = x.practitioner_id"
        " WHERE x.year = :year{of}"
    ),
    of="a.district",
    order="code, id",
    columns=(
        *AGENCY,
        Column("称号", "title", TITLE.chinese),
        Column("从业人员", "person"),
        Column("日期", "date", day),
    ),
)
