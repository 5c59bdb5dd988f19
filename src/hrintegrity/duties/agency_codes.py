"""Which agency a code means, also one that it bore before (三(六)1).

A code that was corrected, and that of an entry that was merged into another, still find the agency.
Only the latter is taken for good: what was typed by mistake may be another agency's own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlmodel import col, select

from hrintegrity.archive.asking import among
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import MERGED_CODE, Agency
from hrintegrity.duties import agency_rows, ownership
from hrintegrity.duties.agency_lookup import borne
from hrintegrity.duties.agency_rows import AgencyRow
from hrintegrity.errors import LookupFailedError

_CODES = "SELECT code FROM agency WHERE code IN"


def by_code(archive: Archive, codes: Collection[str]) -> Mapping[str, Agency]:
    """Return the agencies of these codes."""
    # Most codes of an import are new, and SQLAlchemy takes longer than a plain statement to say so.
    there = [code for (code,) in among(archive, _CODES, codes)]
    if not there:
        return {}
    found = archive.session.exec(select(Agency).where(col(Agency.code).in_(there)))
    return {agency.code: agency for agency in found}


def by_any_code(archive: Archive, codes: Collection[str]) -> Mapping[str, AgencyRow]:
    """Return the agencies of these codes; a former one that two had before is nobody's."""
    found = {agency.code: agency for agency in agency_rows.with_values(archive, "code", codes)}
    rest = set(codes) - found.keys()
    former = borne(archive, "code", MERGED_CODE) if rest else {}
    before = {code: min(ids) for code, ids in former.items() if code in rest and len(ids) == 1}
    bearers = agency_rows.with_values(archive, "id", set(before.values()))
    by_id = {agency.id: agency for agency in bearers}
    return {code: by_id[identity] for code, identity in before.items()} | found


def merged(archive: Archive) -> Mapping[str, frozenset[str]]:
    """Return the codes of entries that were merged into others, with the identities of those."""
    return borne(archive, MERGED_CODE)


def of_merged(
    archive: Archive, known: Mapping[str, frozenset[str]], codes: Collection[str]
) -> Mapping[str, Agency]:
    """Return the agencies that codes of merged entries mean; `known` is what `merged` returns."""
    meant = {code: min(known[code]) for code in codes if code in known}
    if not meant:
        return {}
    query = select(Agency).where(col(Agency.id).in_(set(meant.values())))
    by_id = {agency.id: agency for agency in archive.session.exec(query)}
    return {code: by_id[identity] for code, identity in meant.items()}


def refuse_taken(archive: Archive, code: str, *, itself: str | None = None) -> None:
    """Raise LookupFailedError `agency-exists` where another agency has this code."""
    present = by_code(archive, [code])
    found = present or of_merged(archive, merged(archive), [code])
    taken = found.get(code)
    if taken is None or taken.id == itself:
        return
    now = "" if present else f"，并入时的代码；现代码 {taken.code}"
    raise LookupFailedError(
        "agency-exists",
        f"代码 {code} 已登记：{taken.name}（{ownership.district_name(taken.district)}{now}）。",
        f"要改动它，请用 hri agency edit {taken.code}。",
    )
