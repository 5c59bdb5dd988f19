"""The names under which offices write a column mean one field in each kind of table."""

from __future__ import annotations

import pytest

from hrintegrity.notice.indicators import annex
from hrintegrity.sheets import reading
from hrintegrity.sheets.columns import Table
from hrintegrity.sheets.guessing import nearest
from hrintegrity.sheets.headers import Matcher
from hrintegrity.sheets.layouts import bare, normal
from importing import KINDS

TABLES = [kind.table for kind in KINDS.values()]

NAME = "机构名称、单位名称、企业名称、公司名称、名称、人力资源服务机构名称、所在机构"
CODE = (
    "统一社会信用代码、社会信用代码、信用代码、机构代码、组织机构代码、注册号、工商注册号、"
    "营业执照注册号、代码"
)
ABOUT = {"name": NAME, "code": CODE}
"""The headers under which a row may name its agency."""

HEADERS: dict[str, dict[str, str]] = {
    "agency": {
        **ABOUT,
        "district": "区县、所属区县、所在区县、所属区、所在区、地区",
        "kind": "机构性质、单位性质、性质",
        "license": "许可证号、许可证编号、人力资源服务许可证号、人力资源服务许可证编号、证书编号",
        "license_authority": "发证机关",
        "license_from": "发证日期、有效期自",
        "license_until": "有效期至、有效期限",
        "location": "经营场所区县、场所区县",
        "contact": "联系人",
        "scope": "经营范围、业务范围",
        "pledged": "承诺日期、签署日期",
        "displayed": "是否公示、是否公开",
        "since": "从业起始日期、成立日期、成立时间、注册日期",
        "representative": "法定代表人、法定代表人姓名、法定代表人/负责人、法人代表、负责人",
        "address": "地址、注册地址、住所、经营地址、办公地址",
        "phone": "联系电话、电话",
        "grade": "等级",
    },
    "staff": {
        **ABOUT,
        "person": "姓名",
        "certificate": "资格证号、证书编号、证号、资格证书号、资格证编号、从业资格证号、上岗证号",
        "pledged": "承诺日期",
        "since": "到岗日期、入职时间、上岗时间、聘用日期、进单位时间、进入本单位时间、入司日期、"
        "到职日期、录用时间",
        "educated": "教育日期、教育时间、诚信教育日期",
    },
    "inspect": {
        **ABOUT,
        "date": "检查日期、检查时间",
        "publicity": "公示",
        "pledge": "承诺",
        "ledger": "台账",
        "feedback": "反馈",
        "convention": "公约",
        "by": "检查方",
        "inspectors": "检查人员",
        "department": "部门",
        "partners": "联合部门",
        "note": "备注",
        "deadline": "整改期限、整改时限",
    },
    "complaint": {
        **ABOUT,
        "received": "受理日期、来电时间",
        "channel": "渠道、来源",
        "subject": "事由、反映问题、投诉事项、举报内容",
        "kind": "类型",
        "complainant": "投诉人",
        "contact": "联系方式",
        "due": "办理期限",
        "closed": "办结日期",
        "outcome": "办理结果、处理结果",
        "answer": "答复、答复内容、答复意见",
    },
    "pledges": {**ABOUT, "date": "承诺日期、签署日期", "displayed": "是否公示、是否公开"},
    "reviews": {**ABOUT, "year": "年度", "result": "结果", "date": "日期"},
    "penalties": {**ABOUT, "authority": "处罚机关", "basis": "依据", "date": "日期"},
    "served": {
        **ABOUT,
        "number": "文号",
        "date": "送达日期、送达时间、签收日期",
        "method": "送达方式",
        "receiver": "签收人",
    },
    "reward": {**ABOUT, "kind": "种类", "date": "日期", "note": "说明"},
    "outstanding": {**ABOUT, "reason": "理由、主要事迹、突出事迹", "date": "日期"},
    "campaign": {
        "kind": "活动类型、活动类别",
        "date": "活动日期、活动时间",
        "title": "活动名称、标题、活动标题、主题、活动主题",
        "people": "参加人数、参与人数",
        "agencies": "机构数、参与机构数",
        "media": "媒体报道数",
        "note": "备注",
    },
    "assess": {
        **ABOUT,
        "source": "评价方式、来源",
        "rater": "评价人",
        **{
            str(one.id): f"{one.id}、{one.name}、{one.id}.{one.name}、{one.name}（3分）、"
            f"{one.id}.{one.name}（3分）、{one.id}. {one.name} 3分、{one.name}(满分3分)"
            for one in annex(2013).indicators
        },
    },
}
DECORATIONS = [
    "{}",
    "{}*",
    "★{}",
    " {} ",
    "{}（必填）",
    "{}\n(填全称)",
    "{}【必填】",
    "{}[必填]",
    "{}〔必填〕",
    "{}〖必填〗",
    "{}《通知》",
    "{}〈必填〉",
    "{}「必填」",
    "{}『必填』",
    "{}<必填>",
    "{}{{必填}}",
    "{}（全称（含括号））",
    "{}（见[附件（一）]）",
    "{}：",
    "　{}",
]


@pytest.mark.parametrize("name", HEADERS)
def test_every_header_that_scripts_may_rely_on_gives_its_field(name: str) -> None:
    matcher = Matcher(KINDS[name].table, {}, frozenset())
    for field, headers in HEADERS[name].items():
        for header in (field, *headers.split("、")):
            assert matcher.field(header) == field, header
            broken = f"{header[:2]}\n{header[2:]}"
            assert matcher.field(broken) == field, broken


@pytest.mark.parametrize(
    "header",
    ["参加工作时间", "参加工作日期", "工作时间", "出生日期", "离职日期", "身份证号", "证件号码"],
)
def test_headers_of_staff_that_sound_alike_and_mean_another_thing_give_no_field(header) -> None:
    table = KINDS["staff"].table
    assert Matcher(table, {}, frozenset()).field(header) is None
    assert nearest(table.columns, header, ()) is None


@pytest.mark.parametrize("decoration", DECORATIONS)
def test_headers_are_compared_without_decoration_blanks_and_width(decoration: str) -> None:
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    for name, fields in HEADERS.items():
        matcher = Matcher(KINDS[name].table, {}, frozenset())
        for field, headers in fields.items():
            for header in headers.split("、"):
                decorated = decoration.format(header)
                assert matcher.field(decorated) == field, decorated
                assert matcher.field(decorated.translate(wide)) == field, decorated


@pytest.mark.parametrize("name", HEADERS)
def test_our_own_templates_use_the_first_of_them(name: str) -> None:
    if name == "assess":
        return
    columns = KINDS[name].table.by_field
    for field, headers in HEADERS[name].items():
        assert columns[field].header == headers.partition("、")[0]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_header_means_two_fields(table: Table) -> None:
    fields: dict[str, set[str]] = {}
    for column in table.columns:
        for header in (column.field, *column.headers):
            for name in (normal(header), bare(header)):
                fields.setdefault(name, set()).add(column.field)
    assert {name: found for name, found in fields.items() if len(found) > 1} == {}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_word_of_a_list_means_two_things(table: Table) -> None:
    for column in table.columns:
        for choice in column.choices:
            assert column.parse(choice) is not None


def test_the_header_of_a_sheet_is_looked_for_once(tmp_path, monkeypatch):
    heads = []
    plain = Matcher._heading
    monkeypatch.setattr(
        Matcher, "_heading", lambda self, head: heads.append(head) or plain(self, head)
    )
    path = tmp_path / "a.csv"
    path.write_text("机构名称,代码,区县,性质\n甲公司,1,海淀,经营性\n", "utf-8")
    reading.open_table(path, KINDS["agency"].table).close()
    # Once with each of the delimiters that the file might have.
    assert len(heads) == 4
