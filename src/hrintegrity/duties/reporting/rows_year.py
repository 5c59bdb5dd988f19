"""What goes on all the year: complaints, rewards, sanctions, demonstration units."""

from __future__ import annotations

from hrintegrity.duties.reporting.querying import (
    AGENCY,
    OF,
    Column,
    RowQuery,
    day,
    exists,
    plain,
    yes,
)
from hrintegrity.notice.words import CHANNEL, COMPLAINT_KIND, INCENTIVE, KIND, MEASURE, OUTCOME

COMPLAINTS = RowQuery(
    name="complaints",
    title="投诉举报",
    select=lambda spoken: (
        "SELECT q.id, q.district, a.code, a.name, q.received, q.channel, q.kind, q.subject,"
        " q.closed, q.outcome, q.dishonest,"
        f" CASE WHEN q.closed IS NOT NULL THEN {spoken.days('q.received', 'q.closed')} END AS days"
        " FROM complaint q LEFT JOIN agency a ON a.id = q.agency_id"
        " WHERE q.received BETWEEN :first AND :last{of}"
    ),
    of="q.district",
    order="received, id",
    columns=(
        *AGENCY,
        Column("受理日期", "received", day),
        Column("渠道", "channel", CHANNEL.chinese),
        Column("类型", "kind", COMPLAINT_KIND.chinese),
        Column("事由", "subject"),
        Column("办结日期", "closed", day),
        Column("办理结果", "outcome", OUTCOME.chinese),
        Column("不诚信行为", "dishonest", yes),
        Column("办理天数", "days"),
    ),
)
REWARDS = RowQuery(
    name="rewards",
    title="激励",
    select=plain(
        f"SELECT {OF}, w.id, w.kind, w.date, w.note FROM reward w"
        " JOIN agency a ON a.id = w.agency_id WHERE w.date BETWEEN :first AND :last{of}"
    ),
    of="a.district",
    order="date, id",
    columns=(
        *AGENCY,
        Column("激励措施", "kind", INCENTIVE.chinese),
        Column("日期", "date", day),
        Column("内容", "note"),
    ),
)
SANCTIONS = RowQuery(
    name="sanctions",
    title="惩戒",
    select=plain(
        "SELECT s.id, s.district, a.code, a.name, p.name AS person, s.practitioner_id, s.kind,"
        " s.grounds, s.basis, s.date, s.deadline, s.mended, s.failed, s.withdrawn, "
        + ", ".join(
            exists(
                "sanction_report r WHERE r.sanction_id = s.id AND r.reported IS NOT NULL"
                f" AND r.system = '{system}'"
            )
            + f" AS reported_{system}"
            for system in ("market", "credit")
        )
        + ", (SELECT reference FROM paper WHERE subject_id = s.id) AS number"
        " FROM sanction s JOIN agency a ON a.id = s.agency_id"
        " LEFT JOIN practitioner p ON p.id = s.practitioner_id"
        " WHERE s.date BETWEEN :first AND :last{of}"
    ),
    of="s.district",
    order="date, id",
    columns=(
        *AGENCY,
        Column("从业人员", "person"),
        Column("惩戒措施", "kind", MEASURE.chinese),
        Column("事实", "grounds"),
        Column("法律依据", "basis"),
        Column("日期", "date", day),
        Column("整改期限", "deadline", day),
        Column("改正日期", "mended", day),
        Column("未改正认定日期", "failed", day),
        Column("撤销日期", "withdrawn", day),
        Column("记入市场管理信息系统", "reported_market", yes),
        Column("记入企业信用信息系统", "reported_credit", yes),
        Column("文号", "number"),
    ),
)
RECOMMENDATIONS = RowQuery(
    name="recommendations",
    title="推荐",
    select=plain(
        "SELECT r.id, r.district, a.code, a.name, a.kind, a.grade, r.date, r.reason, r.despite, "
        + exists("outstanding x WHERE x.agency_id = a.id AND x.year = :year")
        + " AS outstanding, CASE WHEN r.submission_id IS NULL THEN 0 ELSE 1 END AS submitted"
        " FROM recommendation r JOIN agency a ON a.id = r.agency_id WHERE r.year = :year{of}"
    ),
    of="r.district",
    order="code",
    columns=(
        *AGENCY,
        Column("性质", "kind", KIND.chinese),
        Column("等级", "grade"),
        Column("表现突出", "outstanding", yes),
        Column("推荐日期", "date", day),
        Column("推荐理由", "reason"),
        Column("不符合条件仍予推荐的理由", "despite"),
        Column("已报送", "submitted", yes),
    ),
)
UNITS = RowQuery(
    name="units",
    title="示范单位",
    select=plain(
        f"SELECT {OF}, u.id, u.year, u.plaque, u.awarded, u.revoked, u.recovered, u.reason,"
        " CASE WHEN u.year = :year THEN 1 ELSE 0 END AS this_year,"
        " CASE WHEN u.revoked BETWEEN :first AND :last THEN 1 ELSE 0 END AS lost"
        " FROM unit u JOIN agency a ON a.id = u.agency_id"
        " WHERE (u.year = :year OR u.revoked BETWEEN :first AND :last){of}"
    ),
    of="a.district",
    order="code, year",
    columns=(
        *AGENCY,
        Column("年度", "year"),
        Column("标牌号", "plaque"),
        Column("授予日期", "awarded", day),
        Column("撤销日期", "revoked", day),
        Column("撤销原因", "reason"),
        Column("标牌收回日期", "recovered", day),
    ),
)
