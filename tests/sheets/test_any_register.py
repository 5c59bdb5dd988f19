"""Any register, however its headers are written and whatever stands around it, reads the same."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrintegrity.hygiene import hygienic
from hrintegrity.sheets.content import clean_line
from hrintegrity.sheets.headers import Matcher
from hrintegrity.sheets.reading import open_table
from registers import DECORATED, REGISTER, USED, agencies, decorated, plain


def read(path: Path) -> list[dict[str, object]]:
    with open_table(path, REGISTER) as reading:
        rows = list(reading.rows())
    assert [row.errors for row in rows if row.errors] == []
    return [{name: row.values[name] for name in USED} for row in rows]


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.lists(agencies(), min_size=1, max_size=6), st.data())
def test_junk_synonyms_order_and_width_of_headers_change_nothing(
    tmp_path: Path, rows, data
) -> None:
    other = decorated(tmp_path / "other.csv", rows, data)
    assert read(other) == read(plain(tmp_path / "plain.csv", rows))


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
