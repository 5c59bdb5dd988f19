"""Any register, however its headers are written and whatever stands around it, reads the same."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrintegrity.duties.agencies_table import table
from hrintegrity.rules.codes import complete_code
from hrintegrity.sheets.content import clean_line
from hrintegrity.sheets.headers import Matcher
from hrintegrity.sheets.reading import open_table
from hrintegrity.text import hygienic

REGISTER = table()
USED = (
    *("name", "code", "district", "kind", "license", "since"),
    *("representative", "address", "phone"),
)
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=8)


@st.composite
def agencies(draw) -> dict[str, str]:
    return {
        "name": f"北京{draw(HAN)}公司",
        "code": complete_code(f"91110108MA{draw(st.integers(0, 9_999_999)):07d}"),
        "district": draw(st.sampled_from(["海淀区", "朝阳区", "延庆县"])),
        "kind": draw(st.sampled_from(["经营性", "公益性"])),
        "license": draw(st.sampled_from(["", "京证0001号", "00123"])),
        "since": draw(st.sampled_from(["", "2008-05-12", "2010-12-31"])),
        "representative": draw(st.one_of(st.just(""), HAN)),
        "address": draw(st.one_of(st.just(""), HAN)),
        "phone": draw(st.sampled_from(["", "010-12345678", "00123"])),
    }


DECORATED = st.sampled_from(["{}", "{}*", " {} ", "{}（必填）", "{}\n", "　{}", "{}："])
ABOVE = st.sampled_from(["", "2013年人力资源服务机构名录", "填报说明：请如实填写", "单位：家"])
BENEATH = st.sampled_from(
    ["", "填表人：张三", "审核人：李四", "合计,,", "注：以上属实", "制表单位（盖章）：", "总计,12"]
)


def written(rows: list[dict[str, str]], headers: dict[str, str], above, beneath) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(list(headers.values()))
    for row in rows:
        writer.writerow([row[name] for name in headers])
    return "\n".join([*above, out.getvalue().strip("\r\n"), *beneath]) + "\n"


def read(path: Path) -> list[dict[str, object]]:
    with open_table(path, REGISTER) as reading:
        rows = list(reading.rows())
    assert [row.errors for row in rows if row.errors] == []
    return [{name: row.values[name] for name in USED} for row in rows]


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    st.lists(agencies(), min_size=1, max_size=6),
    st.data(),
    st.lists(ABOVE, max_size=3),
    st.lists(BENEATH, max_size=3),
)
def test_junk_synonyms_order_and_width_of_headers_change_nothing(
    tmp_path: Path, rows, data, above, beneath
) -> None:
    plain = tmp_path / "plain.csv"
    own = {name: REGISTER.by_field[name].header for name in USED}
    plain.write_text(written(rows, own, [], []), "utf-8")
    names = data.draw(st.permutations(USED))
    headers = {}
    for name in names:
        synonym = data.draw(st.sampled_from(REGISTER.by_field[name].headers))
        headers[name] = data.draw(DECORATED).format(synonym)
    wide = {ord(c): ord(c) + 0xFEE0 for c in "()/:*"}
    if data.draw(st.booleans()):
        headers = {name: header.translate(wide) for name, header in headers.items()}
    other = tmp_path / "other.csv"
    other.write_text(written(rows, headers, above, beneath), "utf-8")
    assert read(other) == read(plain)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_refused_with_its_code_point_or_kept_as_it_is_found_again(text: str) -> None:
    reason = ""
    try:
        kept = clean_line(text)
    except ValueError as error:
        reason = str(error)
    if reason:
        assert any(word in reason for word in ("U+", "错误值", "列太窄", "乱码"))
        return
    assert clean_line(kept) == kept == hygienic(kept)
    # What was typed finds what was stored: both are taken the same way.
    assert clean_line(f" {text}\n") == kept


@given(st.sampled_from(REGISTER.columns), st.data())
def test_every_synonym_gives_its_field(column, data) -> None:
    header = data.draw(st.sampled_from(column.headers))
    matcher = Matcher(REGISTER, {}, frozenset())
    assert matcher.field(data.draw(DECORATED).format(header)) == column.field
