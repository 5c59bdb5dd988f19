"""Whom the rows of a table mean: agencies by code, or by their full name, present or former.

Part of a name that only one agency has will do too, as on the command line; the import says so.
"""

from __future__ import annotations

from collections.abc import Collection

from hrintegrity.archive.asking import among
from hrintegrity.archive.engine import Archive
from hrintegrity.duties import agency_codes, agency_lookup, agency_rows, agency_texts
from hrintegrity.duties.agency_rows import AgencyRow
from hrintegrity.errors import HriError, LookupFailedError, RuleError
from hrintegrity.notice.districts import District

_LOOKED_FOR = 200
"""So many names of a chunk are looked for among parts of names; that reads the whole register."""

Named = tuple[str | None, str | None]
"""Code and name as they stand in a row."""


def find_named(
    archive: Archive, own: District, named: Collection[Named]
) -> dict[Named, AgencyRow | HriError]:
    """Return for each code and name the agency that is meant, or why there is none."""
    by_code = agency_codes.by_any_code(archive, sorted({code for code, _ in named if code}))
    by_name = _by_name(archive, {agency_texts.name_key(name) for _, name in named if name})
    found: dict[Named, AgencyRow | HriError] = {}
    partly = 0
    for code, name in named:
        one = _one(by_code.get(code) if code else None, code, name, by_name)
        if isinstance(one, LookupFailedError) and name and not code and partly < _LOOKED_FOR:
            partly += 1
            one = _by_part(archive, name, one)
        if isinstance(one, AgencyRow):
            try:
                agency_lookup.refuse_foreign(own, one)
            except HriError as error:
                one = error
        found[code, name] = one
    return found


def _one(
    coded: AgencyRow | None, code: str | None, name: str | None, by_name: dict[str, list[AgencyRow]]
) -> AgencyRow | HriError:
    named = by_name.get(agency_texts.name_key(name), []) if name else []
    if code:
        known = "".join(f"；名称“{name}”登记的代码是 {agency.code}" for agency in named)
        if coded is None:
            return LookupFailedError("agency-missing", f"没有代码为 {code} 的机构{known}")
        if name and coded.id not in {agency.id for agency in named}:
            return RuleError("name-differs", f"代码 {code} 登记的名称是{coded.name}{known}")
        return coded
    if len(named) == 1:
        return named[0]
    if named:
        codes = "、".join(agency.code for agency in named)
        return LookupFailedError("agency-ambiguous", f"有几家机构叫这个名称，请填代码：{codes}")
    return LookupFailedError("agency-missing", f"没有名称为“{name}”的机构")


def _by_part(archive: Archive, name: str, missing: LookupFailedError) -> AgencyRow | HriError:
    """Return the agency that alone has a part of its name, or what names are near."""
    if missing.code != "agency-missing":
        return missing
    try:
        return agency_lookup.find_anywhere(archive, name)
    except LookupFailedError as error:
        near = f"；{error.hint.rstrip('。')}" if error.hint else ""
        refusal = LookupFailedError(error.code, f"{error.message.rstrip('。')}{near}")
        refusal.questions = error.questions
        return refusal


def _by_name(archive: Archive, keys: Collection[str]) -> dict[str, list[AgencyRow]]:
    """Return the agencies that bear a name now; those that bore it, where none bears it."""
    now: dict[str, list[AgencyRow]] = {}
    for agency in agency_rows.with_values(archive, "name_key", keys):
        now.setdefault(agency.name_key, []).append(agency)
    sql = "SELECT DISTINCT name_key, agency_id FROM former_name WHERE name_key IN"
    borne = among(archive, sql, keys)
    ids = {identity for _, identity in borne}
    by_id = {agency.id: agency for agency in agency_rows.with_values(archive, "id", ids)}
    before: dict[str, list[AgencyRow]] = {}
    for key, identity in borne:
        before.setdefault(key, []).append(by_id[identity])
    return before | now
