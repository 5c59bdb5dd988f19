"""The register of agencies (三(六)1)."""

from __future__ import annotations

from hrintegrity.notice.records import PLACES, Field, Kind
from hrintegrity.notice.records.shared import AGENCY_ID, DATE, ID, NAME_KEY
from hrintegrity.notice.words import AGENCY_STATUS, GRADE, KIND

AGENCY = Kind(
    "agency",
    "机构",
    (
        ID,
        Field(name="code", heading="代码", template="统一社会信用代码", is_code=True, width=22,
              synonyms=("社会信用代码", "信用代码", "机构代码", "组织机构代码", "注册号",
                        "工商注册号", "营业执照注册号", "代码"),
              example="91110108MA0000000X", imported=2,
              note="统一社会信用代码 18 位；也可填组织机构代码 9 位或工商注册号 15 位",
              dated=True, listed=2, dossier=True, publishable=True),
        Field(name="name", heading="机构名称", width=36, example="北京示例人力资源有限公司",
              synonyms=("单位名称", "企业名称", "公司名称", "名称", "人力资源服务机构名称",
                        "所在机构"), imported=1,
              dated=True, listed=1, dossier=True, publishable=True),
        Field(name="former_names", heading="曾用名", computed=True, dossier=True),
        Field(name="district", heading="区县", words=PLACES, width=12, example="海淀区",
              synonyms=("所属区县", "所在区县", "所属区", "所在区", "地区"), imported=3,
              dated=True, dossier=True, publishable=True),
        Field(name="district_name", heading="区县", computed=True, listed=3, dossier=True),
        Field(name="kind", heading="机构性质", label="性质", words=KIND, width=12,
              synonyms=("单位性质", "性质"), example="经营性", imported=4,
              dated=True, listed=4, dossier=True, publishable=True),
        Field(name="license", heading="许可证号", is_code=True, width=22, imported=5,
              synonyms=("许可证编号", "人力资源服务许可证号", "人力资源服务许可证编号",
                        "证书编号"),
              dated=True, merged=True, listed=5, dossier=True, publishable=True),
        Field(name="since", heading="从业起始日期", is_date=True, width=14, example="2008-05-12",
              synonyms=("成立日期", "成立时间", "注册日期"), imported=12,
              dated=True, merged=True, dossier=True),
        Field(name="representative", heading="法定代表人", width=12, personal=True, imported=13,
              synonyms=("法定代表人姓名", "法定代表人/负责人", "法人代表", "负责人"),
              dated=True, merged=True, dossier=True),
        Field(name="address", heading="地址", width=40, imported=14,
              synonyms=("注册地址", "住所", "经营地址", "办公地址"),
              dated=True, merged=True, dossier=True),
        Field(name="phone", heading="联系电话", is_code=True, synonyms=("电话",), imported=15,
              dated=True, merged=True, dossier=True),
        Field(name="grade", heading="等级", words=GRADE, width=8, example="AAA", imported=16,
              note="按地方标准评定的等级，没有的不填",
              dated=True, merged=True, listed=6, dossier=True, publishable=True),
        Field(name="location", heading="经营场所区县", synonyms=("场所区县",), words=PLACES,
              dated=True, merged=True, dossier=True, sparse=True),
        Field(name="status", heading="状态", words=AGENCY_STATUS,
              dated=True, listed=7, dossier=True),
        Field(name="code_mark", heading="代码标记", dated=True),
        Field(name="graded", heading="评级日期", is_date=True,
              dated=True, merged=True, dossier=True),
        Field(name="closed", heading="终止日期", is_date=True, dated=True, dossier=True),
        Field(name="close_reason", heading="终止原因", dated=True, dossier=True),
        Field(name="registered", heading="登记日期", is_date=True, merged=True),
        NAME_KEY,
    ),
)  # fmt: skip
FORMER_NAME = Kind(
    "former_name",
    "曾用名",
    (
        ID,
        AGENCY_ID,
        Field(name="name", heading="名称", dossier=True),
        NAME_KEY,
        Field(name="until", heading="使用至", is_date=True),
    ),
)
AGENCY_CHANGE = Kind(
    "agency_change",
    "机构变更",
    (
        ID,
        AGENCY_ID,
        DATE,
        Field(
            name="field",
            heading="变更项",
            words={**{f.name: f.heading for f in AGENCY if f.dated}, "merged_into": "并入"},
        ),
        Field(name="before", heading="变更前"),
        Field(name="after", heading="变更后"),
    ),
)
