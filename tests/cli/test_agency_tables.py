"""The register as a table: what is exported imports again unchanged, through the whole program."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from hrintegrity.archive import door
from hrintegrity.archive.engine import open_archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.duties.agencies import checked_name, name_key
from hrintegrity.errors import HriError
from hrintegrity.rules.codes import complete_code
from hrintegrity.sheets.columns import clean, damaged
from server import location_of
from sheets.test_round_trip import TRICKY, texts


def _is_name(text: str) -> bool:
    with suppress(HriError):
        return checked_name(text) == clean(text)
    return False


names = st.one_of(st.sampled_from(TRICKY), texts).map(lambda t: t.strip()).filter(_is_name)
others = texts.map(clean).filter(lambda text: not damaged(text)).map(lambda text: text or None)
registers = st.lists(st.tuples(names, others, others, others, others), min_size=1, max_size=12)


def fill(path: Path, register: list[tuple[str | None, ...]]) -> None:
    with open_archive(location_of(path), operator="测试", write=True) as archive:
        for number, (name, license_number, person, address, phone) in enumerate(register):
            door.insert(
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


def test_five_hundred_agencies_in_two_encodings_and_a_workbook_make_the_same_archive(
    new_archive, tmp_path
):
    lines = ["机构名称,统一社会信用代码,区县,机构性质,许可证号,从业起始日期"]
    for number in range(500):
        code = complete_code(f"91110108MA{number:07d}")
        lines.append(f"北京第{number}人才有限公司,{code},海淀区,经营性,00{number:04d},2008-5-1")
    text = "\r\n".join(lines) + "\r\n"
    (tmp_path / "a.csv").write_bytes(text.encode())
    (tmp_path / "b.csv").write_bytes(text.encode("gb18030"))
    found = []
    for number, file in enumerate(("a.csv", "b.csv", "c.xlsx")):
        hri = new_archive("haidian", f"{number}.db")
        assert hri("agency", "import", tmp_path / file, "-f", "json").ok().json["added"] == 500
        listed = hri("agency", "list", "-f", "json").ok().json
        found.append([{k: v for k, v in row.items() if k != "id"} for row in listed])
        if number == 0:
            hri("agency", "export", tmp_path / "c.xlsx").ok()
    assert found[0] == found[1] == found[2]
    assert found[0][7]["license"] == "000007"
