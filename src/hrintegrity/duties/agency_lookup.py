"""Which agency a text means: a code, a licence number, a name, a part of one, or its initials.

Codes and names that it had before count too. Plain rows, so that no table's model is set up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress

from hrintegrity.archive.reader import Reader
from hrintegrity.duties import agency_rows, ownership
from hrintegrity.duties.agency_rows import AgencyLike, AgencyRow
from hrintegrity.duties.agency_texts import name_key
from hrintegrity.duties.name_search import by_initials, nearest
from hrintegrity.errors import LookupFailedError, Question
from hrintegrity.notice.districts import District
from hrintegrity.notice.records.agencies import MERGED_CODE
from hrintegrity.rules.codes import check_code
from hrintegrity.sheets.content import clean_line
from hrintegrity.text import fold, halved, joined, shortened

NAMED_AT_MOST = 10


def find(archive: Reader, text: str) -> AgencyRow:
    """Return the agency that a text means.

    Raises LookupFailedError `agency-missing`, with those that are nearest, or `agency-ambiguous`,
    RuleError `not-ours`.
    """
    agency = find_anywhere(archive, text)
    refuse_foreign(ownership.owner(archive), agency)
    return agency


def refuse_foreign(own: District, agency: AgencyLike) -> None:
    """Raise RuleError `not-ours` for an agency that another district is responsible for."""
    if own.code not in (ownership.CITY, agency.district):
        raise ownership.not_ours(own, agency.name)


def find_anywhere(archive: Reader, text: str) -> AgencyRow:
    """Return an agency as `find` does, also one that another district is responsible for.

    Raises LookupFailedError as `find`.
    """
    # What was typed is taken as it was when it was entered.
    with suppress(ValueError):
        text = clean_line(text)
    for condition, values in _ways(archive, text, name_key(joined(text))):
        found = agency_rows.matching(archive, condition, values, most=NAMED_AT_MOST + 1)
        if len(found) == 1:
            return found[0]
        if found:
            named = "、".join(f"{a.name}（{a.code}）" for a in found[:NAMED_AT_MOST])
            more = "等" if len(found) > NAMED_AT_MOST else ""
            raise LookupFailedError(
                "agency-ambiguous", f"“{text}”可指不止一家机构：{named}{more}", "请用信用代码指明。"
            )
    near = nearest(archive, text)
    hint = f"是否指 {'、'.join(map(str, near))}？" if near else "请核对信用代码、许可证号或名称。"
    error = LookupFailedError("agency-missing", f"没有这家机构：{shortened(text)}", hint)
    if near:
        choices = tuple((one.name, str(one)) for one in near)
        error.questions = [Question("--word", text, choices)]
    raise error


def _ways(archive: Reader, text: str, key: str) -> Iterator[tuple[str, Collection[str]]]:
    """Yield the ways of finding an agency, the surest first; each only where none before did.

    Each is a condition and its values.
    """
    if not key:
        return
    mark, code = archive.mark, check_code(text)
    yield f"code = {mark}", [code.code]
    yield _any_of(archive, "license", _spellings(text.strip()))
    yield f"name_key = {mark}", [key]
    yield f"id IN (SELECT agency_id FROM former_name WHERE name_key = {mark})", [key]
    if code.kind is not None:
        yield _any_of(archive, "id", borne(archive, "code", MERGED_CODE).get(code.code, ()))
    # Unlike a pattern, a text that is left out may have any length and any signs.
    yield f"replace(name_key, {mark}, '') <> name_key", [key]
    yield _any_of(archive, "id", by_initials(archive, text, most=NAMED_AT_MOST + 1))


def _any_of(archive: Reader, column: str, values: Collection[str]) -> tuple[str, Collection[str]]:
    """Return the condition that a column has one of these values, of which there may be none."""
    return f"{column} IN ({archive.marks(len(values)) or 'NULL'})", values


def _spellings(licence: str) -> set[str]:
    """Return a licence number as it is written, in half width, and with full-width brackets."""
    half = fold(licence)
    return {licence, halved(licence), half, half.replace("(", "（").replace(")", "）")}


def borne(archive: Reader, *fields: str) -> dict[str, frozenset[str]]:
    """Return which agencies bore which codes before: few, wherever many codes are asked for."""
    marks = archive.marks(len(fields))
    sql = f"SELECT before, agency_id FROM agency_change WHERE field IN ({marks})"
    found: dict[str, frozenset[str]] = {}
    for code, agency in archive.connection.exec_driver_sql(sql, fields):
        found[code] = found.get(code, frozenset()) | {agency}
    return found
