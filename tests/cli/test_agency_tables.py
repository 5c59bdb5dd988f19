"""The register as a table: what is exported imports again unchanged, through the whole program."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from counting import calls
from hrintegrity.archive import writer
from hrintegrity.archive.engine import open_archive
from hrintegrity.archive.reader import open_reader
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.duties import agencies_export
from hrintegrity.duties.agencies import checked_name, name_key
from hrintegrity.errors import HriError
from hrintegrity.rules.codes import complete_code
from hrintegrity.sheets.content import clean, clean_line, damaged
from running import JSON, code_of
from server import location_of
from sheets.test_formats_agree import AGENCY_ROWS, MAKERS, hand_made
from sheets.test_round_trip import TRICKY, texts


def _is_name(text: str) -> bool:
    with suppress(HriError):
        return checked_name(text) == text
    return False


names = st.one_of(st.sampled_from(TRICKY), texts).map(clean).filter(_is_name)
others = texts.map(clean_line).filter(lambda text: not damaged(text)).map(lambda text: text or None)
registers = st.lists(st.tuples(names, others, others, others, others), min_size=1, max_size=12)


def fill(path: Path, register: list[tuple[str | None, ...]]) -> None:
    with open_archive(location_of(path), operator="测试", write=True) as archive:
        for number, (name, license_number, person, address, phone) in enumerate(register):
            writer.insert(
                archive,
                Agency(
                    code=complete_code(f"91110108MA{number:07d}"),
                    name=name,
                    name_key=name_key(name or ""),
                    district="haidian",
                    kind="commercial",
                    license=license_number,
                    representative=person,
                    address=address,
                    phone=phone,
                ),
            )


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_any_register_that_is_exported_imports_again_unchanged(new_archive, tmp_path, suffix):
    @settings(
        deadline=None, max_examples=25 if suffix == "csv" else 10,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(registers)
    def there_and_back(register):
        hri = new_archive("haidian")
        fill(hri.archive, register)
        file = tmp_path / f"register.{suffix}"
        assert hri("agency", "export", file, "--force", "-f", "json").ok().json["rows"] == len(
            register
        )
        back = hri("agency", "import", file, "-f", "json").ok().json
        assert (back["read"], back["unchanged"]) == (len(register), len(register))

    there_and_back()


def test_a_marked_code_is_exported_with_a_word_and_imports_unchanged_where_it_is_known(
    haidian, city, tmp_path
):
    haidian("agency", "add", "--name", "甲", "--code", "911101087002345679", "--kind", "经营性",
            "--lenient-codes").ok()  # fmt: skip
    out = haidian("agency", "export", tmp_path / "a.csv").ok()
    assert "1 家机构的代码校验位不对" in out.err
    assert haidian("agency", "import", tmp_path / "a.csv", "-f", "json").ok().json["unchanged"] == 1
    refused = city("agency", "import", tmp_path / "a.csv", "-f", "json")
    assert refused.status == 3
    assert refused.error["details"][0]["value"] == "911101087002345679"
    assert city("agency", "import", tmp_path / "a.csv", "--lenient-codes").status == 0


def test_the_template_imports_as_nothing_and_offers_the_words_in_lists(haidian, tmp_path):
    haidian("agency", "template", tmp_path / "t.xlsx").ok()
    back = haidian("agency", "import", tmp_path / "t.xlsx", "-f", "json").ok().json
    assert back["read"] == 0
    sheet = load_workbook(tmp_path / "t.xlsx").active
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert any("经营性" in text for text in lists)
    assert sheet.freeze_panes is not None


def test_an_export_keeps_existing_files_and_names_what_it_can_write(haidian, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"mine")
    assert haidian("agency", "export", tmp_path / "a.xlsx").status == 4
    assert (tmp_path / "a.xlsx").read_bytes() == b"mine"
    assert haidian("agency", "export", tmp_path / "a.pdf").status == 2
    assert haidian("agency", "export", tmp_path / "none" / "a.csv").status == 5


def test_five_hundred_agencies_in_any_format_make_the_same_archive(new_archive, tmp_path):
    found = {}
    for name, make in MAKERS.items():
        hri = new_archive("municipal", f"{name}.db")
        taken = hri("agency", "import", make(tmp_path), "-f", "json").ok().json
        assert (taken["read"], taken["added"]) == (500, 500), name
        listed = hri("agency", "list", "-f", "json").ok().json
        found[name] = sorted(
            ({k: v for k, v in row.items() if k != "id"} for row in listed), key=itemgetter("code")
        )
    first = found.pop("utf-8")
    assert [row["name"] for row in first] == [row[0] for row in AGENCY_ROWS]
    assert [name for name, rows in found.items() if rows != first] == []


def test_of_a_format_that_says_otherwise_exactly_the_rows_that_differ_are_told(
    new_archive, tmp_path
):
    hri = new_archive("municipal", "a.db")
    hri("agency", "import", MAKERS["gb18030"](tmp_path)).ok()
    changed = [list(row) for row in AGENCY_ROWS]
    changed[7][5], changed[250][3] = (
        "别处1号",
        "公益性" if changed[250][3] == "经营性" else "经营性",
    )
    told = hri("agency", "import", hand_made(tmp_path, lines=changed), "-f", "json")
    assert told.status == 3
    # Below the title, the unit and the header the first agency stands in row 4.
    assert [one["row"] for one in told.error["details"]] == [11, 254]


def test_an_export_says_what_it_does_not_carry(city, tmp_path) -> None:
    city.add("北京甲公司", code_of(1), "--district", "市属", "--location", "海淀")
    city.add("北京乙公司", code_of(2), "--district", "朝阳")
    plain = city("agency", "export", tmp_path / "a.csv", "--district", "朝阳", *JSON).ok()
    assert (plain.json["remarks"], plain.err) == ([], "")
    city("agency", "edit", code_of(2), "--name", "北京新乙公司").ok()
    city("agency", "close", code_of(2), "--date", "2013-10-09", "--reason", "歇业").ok()
    ran = city("agency", "export", tmp_path / "b.csv", *JSON).ok()
    closed, others = ran.json["remarks"]
    assert closed.startswith("1 家已终止的机构")
    assert "曾用名（1 个）" in others
    assert f"提示 {closed}" in ran.err


@pytest.mark.archive_file("a server's driver makes calls of its own for each row")
def test_a_row_more_of_an_export_is_few_calls_of_functions_more(new_archive, tmp_path):
    found = []
    for count in (100, 600):
        hri = new_archive("haidian")
        fill(hri.archive, [(f"甲{number}公司", "证", None, "某路", "6") for number in range(count)])
        with open_reader(location_of(hri.archive)) as archive:
            path, today = tmp_path / f"{count}.xlsx", dt.date(2013, 11, 1)
            found.append(calls(lambda: agencies_export.export(archive, path, today=today))[0])  # noqa: B023 — called at once.
    # Sixteen cells a row: 61 calls once all is warm. Time goes by these, and is no test's matter.
    assert (found[1] - found[0]) / 500 < 64
