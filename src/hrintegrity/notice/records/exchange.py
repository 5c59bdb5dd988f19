"""Exchange with other archives (二(三)): trusted keys, and versions that can't be applied yet."""

from __future__ import annotations

from hrintegrity.notice.records import PLACES, Field, Kind
from hrintegrity.notice.records.measures import CITY
from hrintegrity.notice.records.shared import ID

CONFLICTS = {
    "changed": "两边都改过",
    "twin": "代码或编号相同",
    "waiting": "所属记录已删除",
    "in-use": "对方已删除",
}
"""Why a version is not applied here."""

KEY_TRUST = Kind(
    "key_trust",
    "公钥",
    (
        ID,
        Field(name="line", heading="公钥", long=True),
        Field(name="fingerprint", heading="指纹"),
        Field(name="district", heading="区县", words=PLACES),
        Field(name="trusted", heading="登记日期", is_date=True),
        Field(name="revoked", heading="作废日期", is_date=True),
    ),
)
CONFLICT = Kind(
    "conflict",
    "冲突",
    (
        ID,
        Field(name="kind", heading="类型", words=CONFLICTS),
        Field(name="table", heading="种类"),
        Field(name="record", heading="记录"),
        Field(name="version"),
        Field(name="ancestors"),
        Field(name="row", heading="内容", long=True, hashed=True),
        Field(name="alive", heading="仍在", is_flag=True),
        Field(name="into", heading="并入"),
        Field(name="blocker", heading="被占用"),
        Field(name="sender", heading="来自", words=CITY),
        Field(name="fingerprint", heading="指纹"),
        Field(name="received", heading="收到日期", is_date=True),
    ),
)
SEAL = Kind(
    "seal",
    "日志封印",
    (
        ID,
        Field(name="district", heading="区县", words=PLACES),
        Field(name="archive", heading="档案库"),
        Field(name="entries", heading="日志条数"),
        Field(name="head", heading="末条哈希"),
        Field(name="at", heading="时间", is_moment=True),
        Field(name="line", heading="公钥", long=True),
        Field(name="signature", heading="签名", long=True),
        Field(name="cosigner", heading="连署单位", words=PLACES),
        Field(name="cosigner_line", heading="连署公钥", long=True),
        Field(name="cosignature", heading="连署签名", long=True),
        Field(name="received", heading="收到日期", is_date=True),
        Field(name="superseded", heading="失效日期", is_date=True),
        Field(name="reason", heading="理由"),
    ),
)
VAULT = Kind(
    "vault",
    "附件密钥",
    (ID, Field(name="identity", heading="密钥", long=True)),
    journalled=False,
)
