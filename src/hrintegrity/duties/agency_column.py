"""The agency of a row, for tables of records about agencies: by code, or by its full name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.duties import ownership
from hrintegrity.duties.importing import Fault
from hrintegrity.duties.naming import Named, find_named
from hrintegrity.errors import HriError
from hrintegrity.rules.codes import check_code
from hrintegrity.sheets.columns import Column, clean
from hrintegrity.sheets.reading import Row


def _code(text: str) -> str:
    return check_code(text).code


AGENCY_COLUMNS = (
    Column("code", ("统一社会信用代码", "信用代码", "组织机构代码", "注册号"), _code,
           is_code=True, width=22, note="代码和机构名称至少填一项"),
    Column("name", ("机构名称", "单位名称", "企业名称"), clean, width=36,
           example="北京示例人力资源有限公司"),
)  # fmt: skip


def column_of(values: Mapping[str, Any]) -> str:
    """Return the field in which a row would name its agency, of those that the file has."""
    return "name" if "name" in values and "code" not in values else "code"


class AgencyFinder:
    """Finds the agencies of a table's rows, a chunk at a time."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._own = ownership.owner(archive)
        self._found: dict[Named, Agency | HriError] = {}

    def look_up(self, rows: Sequence[Row]) -> None:
        """Find the agencies of a chunk's rows."""
        named = {(row.values.get("code"), row.values.get("name")) for row in rows}
        self._found = find_named(self._archive, self._own, named - {(None, None)})

    def of(self, values: Mapping[str, Any]) -> Agency:
        """Return the agency of a row. Raises Fault."""
        found = self.of_any(values)
        if found is None:
            raise Fault(column_of(values), "机构的代码和名称都没有填写")
        return found

    def of_any(self, values: Mapping[str, Any]) -> Agency | None:
        """Return the agency of a row; None where the row names none. Raises Fault."""
        code, name = values.get("code"), values.get("name")
        if not code and not name:
            return None
        found = self._found[code, name]
        if isinstance(found, HriError):
            rule = found if found.code == "not-ours" else None
            field = "name" if found.code == "name-differs" or not code else "code"
            raise Fault(field, found.message, rule)
        return found
