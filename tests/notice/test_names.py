"""Every table and column has a name that people read, and nothing else has one."""

import re

from hrintegrity.duties.exchange.graph import kinds
from hrintegrity.notice import names

LATIN = re.compile(r"[A-Za-z]")


def test_every_table_has_a_chinese_name():
    assert names.TABLES.keys() == kinds().keys()
    assert not any(LATIN.search(name) for name in names.TABLES.values())


def test_every_column_has_a_chinese_name_unless_only_the_program_needs_it():
    for kind in kinds().values():
        for column in kind.columns:
            told = names.column(kind.name, column)
            assert (told is None) == (column in names.INTERNAL), (kind.name, column)
            assert told is None or not LATIN.search(told), (kind.name, column)


def test_no_name_is_left_over():
    columns = {column for kind in kinds().values() for column in kind.columns}
    columns |= {f"{kind.name}.{c}" for kind in kinds().values() for c in kind.columns}
    assert names.COLUMNS.keys() - columns == {"merged_into"}
    assert columns >= names.LONG | names.INTERNAL


def test_values_are_told_in_the_words_of_the_notice():
    assert names.value("agency", "kind", "commercial") == "经营性"
    assert names.value("office", "district", "haidian") == "海淀区"
    assert names.value("sanction", "decided_by", "municipal") == "市级（市人力资源和社会保障局）"
    assert names.value("pledge", "displayed", True) == "是"
    assert names.value("agency_change", "field", "phone") == "电话"
    assert names.value("agency", "phone", "commercial") == "commercial"
