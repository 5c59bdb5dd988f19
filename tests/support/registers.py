"""Registers of hypothesis's making, and how an office might write them down."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from hrintegrity.duties.agencies_table import table
from hrintegrity.rules.codes import complete_code

REGISTER = table()
USED = (
    *("name", "code", "district", "kind", "license", "license_from", "license_until", "since"),
    *("representative", "address", "phone"),
)
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=8)
DECORATED = st.sampled_from(["{}", "{}*", " {} ", "{}（必填）", "{}\n", "　{}", "{}："])
ABOVE = st.sampled_from(["", "2013年人力资源服务机构名录", "填报说明：请如实填写", "单位：家"])
BENEATH = st.sampled_from(
    ["", "填表人：张三", "审核人：李四", "合计,,", "注：以上属实", "制表单位（盖章）：", "总计,12"]
)


@st.composite
def agencies(draw, districts: Sequence[str] = ("海淀区", "朝阳区", "延庆县")) -> dict[str, str]:
    """Draw an agency as the cells of a row."""
    return {
        "name": f"北京{draw(HAN)}公司",
        "code": complete_code(f"91110108MA{draw(st.integers(0, 9_999_999)):07d}"),
        "district": draw(st.sampled_from(list(districts))),
        "kind": draw(st.sampled_from(["经营性", "公益性"])),
        "license": draw(st.sampled_from(["", "京证0001号", "00123"])),
        "license_from": draw(st.sampled_from(["", "2012-02-25"])),
        "license_until": draw(st.sampled_from(["", "2015-02-24"])),
        "since": draw(st.sampled_from(["", "2008-05-12", "2010-12-31"])),
        "representative": draw(st.one_of(st.just(""), HAN)),
        "address": draw(st.one_of(st.just(""), HAN)),
        "phone": draw(st.sampled_from(["", "010-12345678", "00123"])),
    }


def plain(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write a register under our own headers."""
    path.write_text(written(rows, {name: REGISTER.by_field[name].header for name in USED}), "utf-8")
    return path


def decorated(path: Path, rows: list[dict[str, str]], data: st.DataObject) -> Path:
    """Write it under synonyms in any order and width, with junk above and beneath."""
    headers = {}
    for name in data.draw(st.permutations(USED)):
        synonym = data.draw(st.sampled_from(REGISTER.by_field[name].headers))
        headers[name] = data.draw(DECORATED).format(synonym)
    wide = {ord(c): ord(c) + 0xFEE0 for c in "()/:*"}
    if data.draw(st.booleans()):
        headers = {name: header.translate(wide) for name, header in headers.items()}
    above, beneath = (data.draw(st.lists(one, max_size=3)) for one in (ABOVE, BENEATH))
    path.write_text(written(rows, headers, above, beneath), "utf-8")
    return path


def written(
    rows: list[dict[str, str]],
    headers: dict[str, str],
    above: Sequence[str] = (),
    beneath: Sequence[str] = (),
) -> str:
    """Return rows as csv below headers, with lines above and beneath."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(list(headers.values()))
    for row in rows:
        writer.writerow([row[name] for name in headers])
    return "\n".join([*above, out.getvalue().strip("\r\n"), *beneath]) + "\n"
