"""How rows of the register become agencies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlmodel import select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.serialisation import columns_of
from hrintegrity.archive.tables.agencies import Agency, FormerName
from hrintegrity.archive.tables.base import new_id
from hrintegrity.days import iso
from hrintegrity.duties import (
    agency_codes,
    agency_history,
    agency_pledges,
    agency_texts,
    agency_twins,
    ownership,
)
from hrintegrity.duties.agency_columns import table
from hrintegrity.duties.importing.target import Batch, Case, Fault, Rows, recorded
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.records.agencies import AGENCY
from hrintegrity.rules.codes import check_code, is_identity_number
from hrintegrity.rules.places import elsewhere
from hrintegrity.sheets.content import clean_line
from hrintegrity.text import fold, joined


def _same(old: str | None, new: str) -> bool:
    return old == new or (old is not None and _comparable(old) == fold(new))


def _comparable(old: str) -> str:
    """Return a text of an earlier time as a cell would be taken today."""
    with suppress(ValueError):
        old = joined(clean_line(old))
    return fold(old)


_TERM = ("license_from", "license_until")
TERM = "{count} 家机构的许可证有效期至早于发证日期，请核对：{first}。"
UNLICENSED = "{count} 家机构没有许可证号（三(一)2），请核对：{first}。"
ALIKE = (
    "{count} 家机构的%s和已登记的机构相同，请核对是不是同一家：{first}。"
    "是同一家的，用 hri agency merge 合并，或用 hri archive undo 撤销这次导入。"
)
PLACE = "{count} 家机构的代码或地址像是别的区县的，请核对归哪个区县：{first}。"
UNDATED = "{count} 家机构写了已公示，没有写承诺日期，承诺书没有登记：{first}。"
WORDY = "{count} 家机构的电话一格里有别的文字，照录了，请核对：{first}。"
PARTED = "{count} 家机构的名称中间有空格，照录了，请对照证照核对：{first}。"
IDENTITY = "{count} 个代码像是居民身份证号，请对照证照核对：{first}。"
MARKED = "{count} 个代码的校验位不对，照录并作了标记，请核对：{first}。"


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says of the agency itself, without its pledge."""
    return {name: value for name, value in values.items() if name not in agency_pledges.FIELDS}


_BLANK = dict.fromkeys(AGENCY.columns)

AgencyCase = Case[None, str, Agency]


class AgencyRows(Rows[None, str, Agency]):
    """Rows that become agencies, known by their code."""

    model = Agency

    def __init__(self, archive: Archive, *, today: dt.date, lenient_codes: bool = False) -> None:
        super().__init__(archive)
        self.date = today
        self.today = today.isoformat()
        self.lenient_codes = lenient_codes
        own = ownership.owner(archive)
        self.own = None if own.code == ownership.CITY else own
        self.table = table(own_district=self.own is not None)
        self._merged = agency_codes.merged(archive)
        self._first = new_id()
        self._pledges = agency_pledges.Pledges(archive)

    def key(self, values: Mapping[str, Any], found: None) -> str:
        """Return the code."""
        code: str = values["code"]
        return code

    def records(self, cases: Sequence[AgencyCase]) -> Mapping[str, Agency]:
        """Return the agencies of these codes, and those into which entries of them were merged."""
        codes = [case.key for case in cases]
        found = agency_codes.by_code(self.archive, codes)
        rest = [code for code in codes if code not in found]
        both = {**agency_codes.of_merged(self.archive, self._merged, rest), **found}
        if both and any(case.values.get("pledged") for case in cases):
            self._pledges.look_up({agency.id for agency in both.values()})
        return both

    def changes(self, case: AgencyCase) -> dict[str, Any]:
        """Return what a row says otherwise than the register; another width is the same."""
        record = recorded(case)
        if self.own is not None and record.district != self.own.code:
            raise self._not_ours("code", record.name)
        found = {
            name: value
            for name, value in _own(case.values).items()
            if value is not None and not _same(iso(getattr(record, name)), value)
        }
        if record.code != case.key:
            return self._under_former(record, found)
        if "name" in found:
            found["name_key"] = agency_texts.name_key(found["name"])
        if "grade" in found:
            found["graded"] = self.today
        return found | self._pledges.changes(record.id, case.values)

    def _under_former(self, record: Agency, found: dict[str, Any]) -> dict[str, Any]:
        """Return what a row says otherwise that has the code of an entry merged into a record."""
        names = select(FormerName.name_key).where(FormerName.agency_id == record.id)
        same = {"code"}
        if agency_texts.name_key(found.get("name", "")) in self.archive.session.exec(names).all():
            same.add("name")
        return found if found.keys() - same else {}

    def check(self, case: AgencyCase) -> None:
        """Refuse an agency of another district, and an old list's row of one that was merged."""
        values, now = case.values, case.record
        if now is not None and now.code != case.key:
            reason = f"是并入{now.name}的登记原来的代码，现代码 {now.code}；请按现在的登记填写"
            raise Fault("code", reason)
        if self.own is not None and values.get("district") not in (None, self.own.code):
            raise self._not_ours("district", values["name"] or values["code"])
        self._remark(case)
        if values.get("location"):
            district = values.get("district") or (now.district if now else ownership.CITY)
            if district != ownership.CITY:
                reason = "只有市属机构才填；别的机构的场所在哪个区县，看的是区县一列"
                raise Fault("location", reason)

    def _remark(self, case: AgencyCase) -> None:
        """Remark on what looks odd in a row that goes in."""
        values, now = case.values, case.record
        first, last = map(values.get, _TERM)
        if now is not None:
            first, last = (values.get(name) or iso(getattr(now, name)) for name in _TERM)
        if last and first and last < first:
            self._remark_on(case, TERM, f"{first} 至 {last}")
        if "displayed" in values and values["displayed"] and not values.get("pledged"):
            self.remarks.add(UNDATED, f"第 {case.row} 行 {values['name'] or values['code']}")
        if values.get("name") and agency_texts.is_broken(values["name"]):
            self.remarks.add(PARTED, f"第 {case.row} 行 {values['name']}")
        phone = values.get("phone")
        if phone and agency_texts.is_wordy(phone):
            self._remark_on(case, WORDY, phone)
        district = values.get("district") or (self.own.code if self.own and not now else None)
        other = elsewhere(district, case.key, values.get("address") or "") if district else ""
        if other:
            self._remark_on(case, PLACE, other)

    def _remark_on(self, case: AgencyCase, sentence: str, what: str) -> None:
        name = case.values["name"] or case.values["code"]
        self.remarks.add(sentence, f"第 {case.row} 行 {name}（{what}）")

    def _not_ours(self, field: str, name: str) -> Fault:
        rule = ownership.not_ours(self.own or BY_CODE[ownership.CITY], name)
        return Fault(field, rule.message, rule)

    def add(self, case: AgencyCase, batch: Batch) -> None:
        """Register a new agency. Raises Fault where the code's check character does not hold."""
        values = case.values
        check = check_code(case.key)
        if not check.ok:
            if not (self.lenient_codes or check.kind == "business"):
                raise Fault("code", check.reason)
            self.remarks.add(MARKED, f"第 {case.row} 行 {check.code}")
        if is_identity_number(case.key):
            self.remarks.add(IDENTITY, f"第 {case.row} 行 {case.key}")
        agency = {
            **_BLANK,
            **(_own(values) if "pledged" in values or "displayed" in values else values),
            "id": new_id(),
            "code": case.key,
            "code_mark": None if check.ok else agency_texts.code_mark(check.reason),
            "name_key": agency_texts.name_key(values["name"]),
            "district": values.get("district") or (self.own.code if self.own else None),
            "graded": self.today if values.get("grade") else None,
            "status": "active",
            "registered": self.today,
        }
        if not agency["license"]:
            self.remarks.add(UNLICENSED, values["name"])
        batch.insert(Agency, agency)
        if "pledged" in values:
            self._pledges.write(agency["id"], values, batch)

    def change(self, case: AgencyCase, changes: Mapping[str, Any], batch: Batch) -> None:
        """Change an agency, and keep its past."""
        agency, own = recorded(case), _own(changes)
        before = {name: getattr(agency, name) for name in own}
        for row in agency_history.past(agency.id, self.date, before, own):
            batch.insert(type(row), {n: iso(getattr(row, n)) for n in columns_of(type(row))})
        batch.update(agency, own)
        self._pledges.write(agency.id, case.values, batch)

    def finish(self) -> None:
        """Remark on new agencies that may be ones which are there already."""
        for what, both in agency_twins.since(self.archive, self._first):
            self.remarks.add(ALIKE % what, both)
