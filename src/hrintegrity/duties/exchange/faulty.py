"""A record that no border lets through, as people read it: whose it is, what is wrong, the remedy.

Whoever sends finds it before the bundle leaves, with the command that mends it; whoever receives
one all the same reads which record the sender has to mend.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.duties.exchange import store
from hrintegrity.duties.exchange.checking import Fault
from hrintegrity.duties.exchange.graph import kinds
from hrintegrity.duties.exchange.lines import FaultyRecordError, detail
from hrintegrity.duties.exchange.versions import Version
from hrintegrity.errors import InputError, RuleError
from hrintegrity.notice import names
from hrintegrity.notice.records.ways import WAYS, WITHDRAW
from hrintegrity.text import IDENTITY

CLAUSE = "二(三)"
LISTED = 20

Find = Callable[[str, str], Mapping[str, Any] | None]
"""Returns a record's row by its table and identity, or None."""


def refused(archive: Archive, error: FaultyRecordError, elsewhere: Find) -> InputError:
    """Return the error for a bundle with a record that can't be taken.

    `elsewhere` finds records that are not in the archive, in the bundle itself.
    """
    version, fault = error.version, error.fault
    what = _described(version, fault, agency_of(archive, version, elsewhere))
    return InputError(
        "bundle-refused",
        f"第 {error.number} 条记录，{what}，没有导入。",
        f"请对方更正后重新发送：{_remedy(version)}（新版本的 hri archive send 发送前就会查出来）。",
        clause=CLAUSE,
        details=[_detail(error.number, version, fault)],
    )


def unsendable(archive: Archive, found: Sequence[tuple[Version, Fault]]) -> RuleError:
    """Return the error for records that no border would let in."""
    version, fault = found[0]
    what = _described(version, fault, agency_of(archive, version, lambda *_: None))
    more = f"（这样的共 {len(found)} 条）" if len(found) > 1 else ""
    return RuleError(
        "not-receivable",
        f"有收件单位不会接收的内容，没有发送：{what}{more}。",
        f"{_remedy(version)}，再重新发送。",
        clause=CLAUSE,
        details=[_detail(None, *one) for one in found[:LISTED]],
    )


def missing(lacking: Sequence[tuple[Version, str, str]], *, citys: bool = False) -> InputError:
    """Return the error for records whose predecessor is neither here nor in the bundle.

    What the `citys` archive itself decided, only its own backup or another archive of the city's
    brings back, since a district could write anything under the city's name.
    """
    return InputError(
        "predecessor-missing",
        f"有 {len(lacking)} 条记录所依据的记录不在本档案库，也不在文件里，没有导入。",
        "这是市级自己作出的决定，区县的文件不能补：请先用市级档案库的备份恢复"
        "（hri archive restore），或导入市级另一档案库的文件。"
        if citys
        else "请先导入对方（或市局）较早的文件，或请对方不加 --since 重新发送。",
        clause=CLAUSE,
        details=[
            {
                "row": None,
                "column": f"{version.table}.{column}",
                "value": wanted,
                "reason": f"没有 {version.record} 所依据的记录",
            }
            for version, column, wanted in lacking[:LISTED]
        ],
    )


def agency_of(archive: Archive, version: Version, elsewhere: Find) -> str | None:
    """Return the name of the agency that a record is about in the end, or None."""
    table, row = version.table, version.row
    while table != "agency":
        references = kinds()[table].references
        pointing = [c for c in ("agency_id", *references) if c in references and row.get(c)]
        if not pointing:
            return None
        table, record = references[pointing[0]], str(row[pointing[0]])
        if not IDENTITY.fullmatch(record):
            return None
        above = store.rows(archive, table, [record]).get(record) or elsewhere(table, record)
        if above is None:
            return None
        row = above
    return str(row.get("name") or "") or None


def _described(version: Version, fault: Fault, agency: str | None) -> str:
    """Say whose record it is, and what of it is wrong."""
    whose = f"{agency}的" if agency else ""
    heading = names.column(version.table, fault.column) if _is_known(version, fault) else None
    value = "" if fault.value is None else f" {str(fault.value)[:80]}"
    return (
        f"{whose}{names.table(version.table)}（编号 {version.record}）的"
        f"“{heading or fault.column}”{value}：{fault.reason}"
    )


def _is_known(version: Version, fault: Fault) -> bool:
    return fault.column in kinds()[version.table].types


def _remedy(version: Version) -> str:
    """Say with which command whoever entered a record mends it."""
    if not version.alive:
        return "这条记录已经删去，请用 hri archive verify 查明"
    if version.table == "review" and version.row.get("sanction_id"):
        return _annulled(version.row["sanction_id"])
    way = WAYS[version.table]
    if way.taken_back == WITHDRAW:
        return f"用 hri {WITHDRAW} {version.record} --reason 登记有误 撤去后重新登记"
    if way.taken_back == "sanction withdraw":
        return _annulled(version.record)
    if way.corrected:
        return f"用 hri {way.corrected} 更正（见 hri {way.corrected} --help）"
    return f"用 hri {way.listed} 核对（见 hri {way.listed} --help）"


def _annulled(record: str) -> str:
    return f"用 hri sanction withdraw {record} --date 日期 --reason 登记有误 撤销后重新登记"


def _detail(number: int | None, version: Version, fault: Fault) -> dict[str, Any]:
    return detail(number, f"{version.table}.{fault.column}", fault.value, fault.reason)
