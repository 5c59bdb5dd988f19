"""The twelve kinds of tables that `hri` imports, each with a row that an office might send."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hrintegrity.duties import agency_columns, compliance_tables, rewards_table
from hrintegrity.duties.assessment import scores_table, services_table
from hrintegrity.duties.campaign import activities_table, outstanding_table
from hrintegrity.duties.complaints import cases_table
from hrintegrity.duties.inspection import visits_table
from hrintegrity.duties.people import pledges_table, staff_table
from hrintegrity.notice.indicators import annex
from hrintegrity.sheets.columns import Table
from running import JSON, Hri, Ran, code_of

NAMES = ("北京甲人力资源有限公司", "北京乙人力资源有限公司")
"""The agencies of the archive into which the rows go."""

REFERENCES = ("海人社诚评〔2013〕1号", "海人社诚评〔2013〕2号")
"""The numbers of their notices."""

Row = Mapping[str, str]


@dataclass(frozen=True)
class Imported:
    """A kind of table: its command, and a row with every column, by header.

    `required` are headers without which there is no table, and cells without which there is no
    row. `base` has the cells that a row has where keys are compared, `keys` the cells that make of
    it another row, `known_by` the header under which a row that stands twice is told, `other` a
    cell that changes the row but not its key.
    """

    command: str
    table: Table
    row: Row
    required: tuple[str, ...]
    known_by: str
    keys: tuple[Row, ...]
    other: Row = field(default_factory=dict)
    base: Row = field(default_factory=dict)
    template: str = ""

    @property
    def plain(self) -> Row:
        """The row from which the others differ by a key or by another cell."""
        return {**self.row, **self.base}

    @property
    def optional(self) -> tuple[str, ...]:
        """The headers of cells that may be empty and are no part of a key."""
        return tuple(h for h in self.row if h not in (*self.required, AGENCY, "评价人", "年度"))

    def take(self, hri: Hri, path: Path, *more: str | Path) -> Ran:
        """Import a file."""
        return hri(*self.command.split(), path, *more, *JSON)


AGENCY, CODE = "机构名称", "统一社会信用代码"
_SCORES = {str(number): "1" for number in range(1, 23)}
_SYSTEMS = dict.fromkeys(("公示", "承诺", "台账", "反馈"), "合格")
_OTHER_AGENCY = {AGENCY: NAMES[1]}

KINDS = {
    "agency": Imported(
        "agency import",
        agency_columns.table(),
        {
            AGENCY: "北京丙公司", CODE: code_of(3), "区县": "海淀区", "机构性质": "经营性",
            "许可证号": "00123", "发证机关": "市人社局", "发证日期": "2012-02-25",
            "有效期至": "2015-02-24", "联系人": "赵六", "经营范围": "职业介绍",
            "从业起始日期": "2008-05-12", "法定代表人": "李四", "地址": "中关村1号",
            "联系电话": "010-82345678", "等级": "AAA", "承诺日期": "2013-10-08", "是否公示": "是",
        },
        (AGENCY, CODE, "机构性质"),
        CODE,
        ({CODE: code_of(4)},),
        {"联系电话": "010-1"},
        template="agency template",
    ),
    "staff": Imported(
        "agency staff import",
        staff_table.TABLE,
        {
            AGENCY: NAMES[0], "姓名": "张三", "资格证号": "00123", "承诺日期": "2013-10-08",
            "到岗日期": "2012-03-05", "教育日期": "2013-09-01",
        },
        ("姓名",),
        "姓名",
        (_OTHER_AGENCY, {"姓名": "李四"}, {"资格证号": "00456"}),
        {"承诺日期": "2013-10-09"},
        {"资格证号": ""},
        template="agency staff template",
    ),
    "assess": Imported(
        "assess import",
        scores_table.table(annex(2013)),
        {AGENCY: NAMES[0], "评价方式": "群众评价", "评价人": "甲", "年度": "2013", **_SCORES},
        ("评价方式", *_SCORES),
        AGENCY,
        (_OTHER_AGENCY, {"年度": "2014"}, {"评价方式": "专家评价"}, {"评价人": "乙"}),
        {"22": "2"},
        template="assess template",
    ),
    "inspect": Imported(
        "inspect import",
        visits_table.TABLE,
        {
            AGENCY: NAMES[0], "检查日期": "2013-10-08", **_SYSTEMS, "公约": "不合格",
            "检查方": "区县", "检查人员": "张三、李四", "部门": "市场管理",
            "联合部门": "工商", "备注": "第一次检查", "整改期限": "2013-10-31",
        },
        ("检查日期", *_SYSTEMS),
        "检查日期",
        (_OTHER_AGENCY, {"检查日期": "2013-10-09"}, {"检查方": "市级"}),
        {"备注": "第二次检查"},
        template="inspect template",
    ),
    "complaint": Imported(
        "complaint import",
        cases_table.TABLE,
        {
            AGENCY: NAMES[0], "受理日期": "2013-10-08", "渠道": "市场管理", "事由": "收费不明",
            "类型": "投诉", "投诉人": "王五", "联系方式": "无锡路1号", "办理期限": "2013-10-30",
            "办结日期": "2013-10-09", "办理结果": "查实", "答复": "已退还",
        },
        ("受理日期", "渠道", "事由"),
        "受理日期",
        (_OTHER_AGENCY, {"受理日期": "2013-10-07"}, {"事由": "扣押证件"}),
        {"渠道": "劳动监察"},
        dict.fromkeys(("办结日期", "办理结果", "答复"), ""),
        template="complaint template",
    ),
    "pledges": Imported(
        "agency import-pledges",
        pledges_table.TABLE,
        {AGENCY: NAMES[0], "承诺日期": "2013-10-08", "是否公示": "是"},
        ("承诺日期",),
        AGENCY,
        (_OTHER_AGENCY,),
        {"承诺日期": "2013-10-09"},
        template="agency template --for pledges",
    ),
    "reviews": Imported(
        "agency import-reviews",
        compliance_tables.REVIEWS,
        {AGENCY: NAMES[0], "年度": "2012", "结果": "通过", "日期": "2013-03-01"},
        ("年度", "结果", "日期"),
        "年度",
        (_OTHER_AGENCY, {"年度": "2011"}),
        {"结果": "未通过"},
        template="agency template --for reviews",
    ),
    "penalties": Imported(
        "agency import-penalties",
        compliance_tables.PENALTIES,
        {AGENCY: NAMES[0], "处罚机关": "市工商局", "依据": "广告法", "日期": "2013-03-01"},
        ("处罚机关", "依据", "日期"),
        "处罚机关",
        (
            _OTHER_AGENCY, {"处罚机关": "市发改委"}, {"依据": "价格法"}, {"日期": "2013-03-02"},
        ),
        template="agency template --for penalties",
    ),
    "served": Imported(
        "assess import-served",
        services_table.TABLE,
        {
            "文号": REFERENCES[0], AGENCY: NAMES[0], "送达日期": "2013-10-10",
            "送达方式": "直接送达", "签收人": "张三",
        },
        ("文号", "送达日期", "送达方式", "签收人"),
        "文号",
        ({"文号": REFERENCES[1], AGENCY: NAMES[1]},),
        {"签收人": "李四"},
        template="assess template --for served",
    ),
    "reward": Imported(
        "reward import",
        rewards_table.TABLE,
        {AGENCY: NAMES[0], "种类": "表彰奖励", "日期": "2013-03-01", "说明": "通报表扬"},
        ("种类", "日期", "说明"),
        "种类",
        (
            _OTHER_AGENCY, {"种类": "媒体宣传推介"}, {"日期": "2013-03-02"}, {"说明": "表扬"},
        ),
        template="reward template",
    ),
    "outstanding": Imported(
        "campaign import-outstanding",
        outstanding_table.TABLE,
        {AGENCY: NAMES[0], "理由": "带头公示", "日期": "2013-10-08"},
        ("理由",),
        AGENCY,
        (_OTHER_AGENCY,),
        {"理由": "主动整改"},
        template="campaign template --for outstanding",
    ),
    "campaign": Imported(
        "campaign import",
        activities_table.table(),
        {
            "活动类型": "主题培训活动", "活动日期": "2013-10-08", "活动名称": "从业人员培训",
            "参加人数": "60", "机构数": "20", "媒体报道数": "3", "备注": "第一期",
        },
        ("活动类型", "活动日期", "活动名称"),
        "活动类型",
        ({"活动类型": "主题宣传活动"}, {"活动日期": "2013-10-09"}, {"活动名称": "第二期培训"}),
        {"参加人数": "61"},
        template="campaign template",
    ),
}  # fmt: skip


def write(
    path: Path,
    *rows: Row,
    above: Sequence[Sequence[str]] = (),
    beneath: Sequence[Sequence[str]] = (),
    header: Mapping[str, str] | None = None,
) -> Path:
    """Write rows under their headers, or what `header` calls them, with lines above and beneath."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    shown = [(header or {}).get(name, name) for name in names]
    cells = [[row.get(name, "") for name in names] for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*above, shown, *cells, *beneath])
    return path
