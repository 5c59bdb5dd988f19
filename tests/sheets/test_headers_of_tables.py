"""The names under which offices write a column mean one field in each kind of table."""

from __future__ import annotations

import pytest

from hrintegrity.duties import agencies_table, compliance_tables, rewards_table
from hrintegrity.duties.assessment import scores_table, services_table
from hrintegrity.duties.campaign import activities_table, outstanding_table
from hrintegrity.duties.complaints import cases_table
from hrintegrity.duties.inspection import visits_table
from hrintegrity.duties.people import pledges_table, staff_table
from hrintegrity.notice.indicators import annex
from hrintegrity.sheets.columns import Table
from hrintegrity.sheets.layouts import bare, normal

TABLES = [
    agencies_table.table(),
    staff_table.TABLE,
    pledges_table.TABLE,
    compliance_tables.REVIEWS,
    compliance_tables.PENALTIES,
    rewards_table.TABLE,
    outstanding_table.TABLE,
    activities_table.table(),
    visits_table.TABLE,
    cases_table.TABLE,
    services_table.TABLE,
    scores_table.table(annex(2013)),
]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_header_means_two_fields(table: Table) -> None:
    fields: dict[str, set[str]] = {}
    for column in table.columns:
        for header in (column.field, *column.headers):
            for name in (normal(header), bare(header)):
                fields.setdefault(name, set()).add(column.field)
    assert {name: found for name, found in fields.items() if len(found) > 1} == {}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_word_of_a_list_means_two_things(table: Table) -> None:
    for column in table.columns:
        for choice in column.choices:
            assert column.parse(choice) is not None
