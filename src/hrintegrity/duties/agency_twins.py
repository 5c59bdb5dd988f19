"""Agencies that may be one: they bear the same name, licence, or organisation code.

A credit code has the organisation code of 2013 as its characters 9 to 17, so that one agency may be
registered under both.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from hrintegrity.archive.engine import Archive

_SAME = {
    "名称": "name_key",
    "许可证号": "license",
    "组织机构代码": "CASE length(code) WHEN 18 THEN substr(code, 9, 9) WHEN 9 THEN code END",
}
"""In what two entries may be alike, and the SQL that says it."""


def of_one(archive: Archive, agency_id: str) -> Iterator[tuple[str, str]]:
    """Yield what an agency has in common with others: the word for it, and one of the others."""
    mark = archive.mark
    for what, same in _SAME.items():
        sql = (
            f"SELECT name, code FROM agency WHERE id <> {mark}"
            f" AND {same} = (SELECT {same} FROM agency WHERE id = {mark}) ORDER BY id LIMIT 1"
        )
        for name, code in archive.connection.exec_driver_sql(sql, (agency_id, agency_id)):
            yield what, f"{name}（{code}）"


def since(archive: Archive, first_id: str) -> Iterator[tuple[str, str]]:
    """Yield what each agency from an identity on has in common with an earlier one: a word, both.

    Identities are made in the order of time, so that `first_id` stands for what was just entered.
    """
    mark = archive.mark
    for what, same in _SAME.items():
        # Mostly none are alike: an index alone shows that, without a sorted copy of the register.
        any_alike = (
            f"SELECT 1 FROM agency WHERE {same} IS NOT NULL GROUP BY {same} HAVING COUNT(*) > 1"
            " LIMIT 1"
        )
        if archive.connection.exec_driver_sql(any_alike).first() is None:
            continue
        sql = (
            f"WITH borne AS MATERIALIZED (SELECT id, name, code, {same} AS same FROM agency),"
            " several AS (SELECT same FROM borne WHERE same IS NOT NULL GROUP BY same"
            f" HAVING COUNT(*) > 1 AND MAX(id) >= {mark})"
            " SELECT same, id, name, code FROM borne JOIN several USING (same) ORDER BY same, id"
        )
        rows = archive.connection.exec_driver_sql(sql, (first_id,))
        for _, alike in groupby(rows, key=lambda row: row.same):
            first, *others = alike
            for one in others:
                if one.id >= first_id:
                    yield what, f"{one.name}（{one.code}）和{first.name}（{first.code}）"
