"""The register as a table: its columns, which an import reads and an export writes."""

from __future__ import annotations

from hrintegrity.duties import agency_texts, ownership
from hrintegrity.errors import HriError
from hrintegrity.notice.districts import PLACES, find_district
from hrintegrity.notice.records import kind
from hrintegrity.notice.records.agencies import AGENCY
from hrintegrity.rules.codes import check_code
from hrintegrity.sheets.columns import Table, declared, yes_no

_PLACES = tuple(district.name for district in PLACES)
_OTHER_GRADES = ("守法", "劳动保障", "纳税", "信用等级")
"""Lists of labour inspection and of the tax office have grades of their own."""

PLEDGE = (
    declared(kind("pledge")["date"], name="pledged", example=""),
    declared(
        kind("pledge")["displayed"],
        yes_no,
        name="displayed",
        marks=(True, False),
        choices=("是", "否"),
        width=10,
    ),
)
"""The columns of a table of agencies for their pledge."""


def table(*, own_district: bool = False, pledges: bool = True) -> Table:
    """Return the columns of the register.

    In a district's archive a file may leave the district out. An import takes the agencies'
    `pledges` too, which an export leaves to the dossier.
    """
    parse = {"name": _name, "code": _code, "location": _place}
    required = {"code", "name", "kind"} if own_district else {"code", "name", "kind", "district"}
    columns = [
        declared(
            field,
            parse.get(field.name),
            required=field.name in required,
            # What an agency is known by can't be left out of a row, the rest only of a new one.
            if_new=field.name in required - {"code"},
            by_month=field.name == "since",
            not_under=_OTHER_GRADES if field.name == "grade" else (),
            **({"choices": _PLACES} if field.name == "location" else {}),
        )
        for field in AGENCY.which("imported")
    ]
    return Table(
        "agency",
        "人力资源服务机构登记表",
        (*columns, *(PLEDGE if pledges else ())),
        key=("code",),
        ended="这些机构按正常登记，对外公布的许可状态只看有效期；已经终止的请用"
        " hri agency close 代码 --date 日期 --reason 原因 登记",
    )


def _name(text: str) -> str:
    try:
        return agency_texts.name_in_cell(text)
    except HriError as error:
        raise ValueError(error.message) from None


def _code(text: str) -> str:
    """Read a well-formed code; whether its check character must hold depends on the record."""
    check = check_code(text)
    if check.kind is None:
        raise ValueError(check.reason)
    return check.code


def _place(text: str) -> str:
    code = find_district(text).code
    if code == ownership.CITY:
        raise ValueError("市属机构不是一个地方；请写场所所在的区县")
    return code
