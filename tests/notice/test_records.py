"""Every column of every table is declared, and no list of fields leaves one out or adds one."""

import datetime as dt
import importlib.util
import re
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Date

from hrintegrity.cli.agency import list as agency_list
from hrintegrity.cli.agency._shared import COLUMNS
from hrintegrity.duties import agency_columns, agency_views
from hrintegrity.duties.dossier import rows, wording
from hrintegrity.duties.exchange.graph import STAYS, TRAVELS
from hrintegrity.duties.exchange.graph import kinds as tables
from hrintegrity.duties.reporting import rows_month
from hrintegrity.notice import disclosure, names
from hrintegrity.notice.records import PLACES, Field, Kind, kind, kinds
from hrintegrity.notice.words import Vocabulary

TOP = Path(__file__).parents[2]
LATIN = re.compile(r"[A-Za-z]")
TABLES = sorted(tables())
FIELDS = [(one, field) for one in kinds().values() for field in one]
LATER = {"code", "code_mark", "name", "district", "status", "closed", "close_reason", "kind"}
"""What is an agency's own or changes by a command of its own, and no merger brings."""


def named(use: str, table: str = "agency") -> set[str]:
    return {field.name for field in kind(table).which(use)}


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_every_table_is_declared_and_nothing_else(table):
    undeclared = set(tables()[table].columns) - set(kinds()[table].columns)
    assert not undeclared, f"declare {table}.{undeclared} in notice/records/"
    left_over = set(kinds()[table].columns) - set(tables()[table].columns)
    assert not left_over, f"{table} has no column {left_over}"


def test_every_kind_of_record_is_a_table_and_travels_or_stays_with_the_archive():
    assert sorted(kinds()) == TABLES
    assert sorted((*TRAVELS, *STAYS, "draft")) == TABLES


@pytest.mark.parametrize("table", TABLES)
def test_what_is_declared_a_day_is_one_in_the_table(table):
    columns = tables()[table].table.columns
    days = {column.name for column in columns if isinstance(column.type, Date)}
    assert (
        named("is_date", table)
        == days
        == {name for name, kind_of in tables()[table].types.items() if kind_of is dt.date}
    )


@pytest.mark.parametrize("table", TABLES)
def test_what_is_declared_a_flag_is_one_in_the_table(table):
    columns = tables()[table].table.columns
    assert named("is_flag", table) == {c.name for c in columns if isinstance(c.type, Boolean)}


def test_what_the_journal_hashes_is_never_changed():
    """Else every archive that has such rows would seem to be altered past its journal."""
    assert {name: kind(name).hashed for name in TABLES if kind(name).hashed} == {
        "conclusion": {"annex", "exact", "result", "sheets", "standard"},
        "bulletin": {"body"},
        "summary": {"body", "figures", "made_of"},
        "inspection_draw": {"seed"},
        "conflict": {"row"},
        "paper": {"body"},
        "recommendation": {"self_summary"},
        "submission": {"manifest", "papers"},
        "conferral": {"body"},
    }
    assert {name: kind(name).erasable for name in TABLES if kind(name).erasable} == {
        "complainant": {"contact", "name"},
        "practitioner": {"certificate", "name"},
        "employment": {"certificate", "name_key"},
    }


@pytest.mark.parametrize("table", TABLES)
def test_the_journal_hashes_only_what_is_long_or_personal(table):
    assert kind(table).hashed <= named("long", table)
    assert kind(table).erasable <= named("personal", table)
    assert bool(kind(table).erasable) == ("salt" in kind(table).columns)


def test_what_is_no_record_yet_and_the_key_of_attachments_are_not_journalled():
    assert {name for name in TABLES if not kind(name).journalled} == {"draft", "vault"}


@pytest.mark.parametrize(("one", "field"), FIELDS, ids=[f"{k.name}.{f.name}" for k, f in FIELDS])
def test_what_people_read_is_chinese_and_its_headers_differ(one, field):
    assert not any(LATIN.search(text) for text in (one.title, field.heading, field.template))
    assert len(set(field.headers)) == len(field.headers)
    if not field.heading:
        assert field == Field(name=field.name), "only the program needs it"


@pytest.mark.parametrize("table", TABLES)
def test_no_two_columns_of_an_import_answer_to_one_header(table):
    headers = [header for field in kind(table).which("imported") for header in field.headers]
    assert sorted(set(headers)) == sorted(headers)


def test_the_changes_of_an_agency_are_kept_for_all_but_what_follows_from_others():
    assert set(kind("agency").columns) - named("dated") == {"id", "name_key", "registered"}


def test_a_merger_takes_over_whatever_an_agency_may_lack():
    assert set(kind("agency").columns) - named("merged") == LATER | {"id", "name_key"}


def test_an_agency_is_shown_with_all_its_fields():
    shown = [field.name for field in kind("agency").shown]
    assert list(agency_views.AgencyView.__annotations__) == ["id", *shown]
    assert {name for name, _ in COLUMNS} == {*shown} - {"district"}
    assert {name for name, _ in agency_list.LIST_COLUMNS} == named("listed")


def test_the_columns_of_the_register_are_those_declared_for_import():
    columns = agency_columns.table().columns
    # What comes later stands behind, and is declared nowhere else.
    assert [column.field for column in columns][:16] == [
        *("name", "code", "district", "kind", "license", "license_authority", "license_from"),
        *("license_until", "location", "contact", "scope", "since", "representative"),
        *("address", "phone", "grade"),
    ]
    assert {column.field for column in columns if column.required} == {
        *("name", "code", "district", "kind")
    }
    assert [column.field for column in columns if column.is_filled] == ["code"]


def test_the_dossier_of_an_agency_prints_every_basic_field_declared_for_it():
    printed = {*wording.FIRST, *named("sparse"), "status"}
    within = {"graded", "closed", "close_reason", "district", "license_state"}
    assert named("dossier") == printed | within


def test_the_dossier_reads_every_table_of_which_it_shows_a_field():
    shown = {one.name for one in kinds().values() if one.which("dossier")}
    assert shown <= set(rows.TIMES)
    for table, time in rows.TIMES.items():
        days = {time.born, *time.later} - {""}
        assert days <= named("is_date", table), table
        more = {name for names_ in time.later.values() for name in names_}
        assert more <= set(kind(table).by_name), table


def test_the_workbook_of_the_summary_lists_every_agency_with_its_fields():
    shown = {column.name: column.header for column in rows_month.AGENCIES.columns}
    unlisted = {"location", "status", "closed", "close_reason", "graded", "former_names"}
    assert named("dossier") - unlisted - {"district_name", "license_state"} <= set(shown)
    for name, header in shown.items():
        field = kind("agency").by_name.get(name)
        assert field is None or header == field.short


def test_only_what_has_a_basis_is_published():
    items = disclosure.items(dt.date(2013, 10, 31))
    assert named("publishable") == set(items) & set(kind("agency").by_name)
    assert [one.name for one in kinds().values() if one.which("publishable")] == ["agency"]
    assert not any(field.personal and field.publishable for _, field in FIELDS)


def test_the_reference_of_fields_is_current():
    spec = importlib.util.spec_from_file_location("make_fields", TOP / "docs" / "make_fields.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (TOP / "docs" / "fields.md").read_text(encoding="utf-8") == module.reference()


def test_values_are_told_in_the_words_of_the_notice():
    assert names.value("agency", "kind", "commercial") == "经营性"
    assert names.value("office", "district", "haidian") == "海淀区"
    assert names.value("sanction", "decided_by", "municipal") == "市级（市人力资源和社会保障局）"
    assert names.value("pledge", "displayed", True) == "是"
    assert names.value("agency_change", "field", "phone") == "联系电话"
    assert names.value("agency", "phone", "commercial") == "commercial"
    assert names.column("agency", "name_key") is None
    assert names.column("agency", "merged_into") == "并入"


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [("status", "closed", "已终止"), ("kind", "public", "公益性"), ("district", "miyun", "密云县"),
     ("representative", "closed", "closed"), ("merged_into", "X", "X")],
)  # fmt: skip
def test_a_change_of_an_agency_is_told_in_the_words_of_its_field(field, value, word):
    fields = {"field": (None, field), "after": (None, value)}
    assert names.value("agency_change", "after", value, fields) == word


def test_words_are_a_vocabulary_or_districts_or_pairs():
    for _, field in FIELDS:
        assert field.words is None or isinstance(field.words, (Vocabulary, dict)), field.name
    assert kind("agency")["district"].words is PLACES
    assert isinstance(kind("agency"), Kind)
