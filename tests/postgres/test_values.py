"""A server compares, orders and keeps values as a file does."""

from __future__ import annotations

import json

import pytest

import server
from hrintegrity.archive import writer
from hrintegrity.archive.engine import open_archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.duties.agencies import name_key
from hrintegrity.errors import InputError
from running import JSON, code_of, rows


def test_every_text_column_is_ordered_by_code_points_whatever_the_servers_language(there) -> None:
    found = rows(
        there.archive,
        "SELECT table_name, column_name, collation_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND data_type IN ('character varying', 'text')"
        " AND table_name <> 'alembic_version'",
    )
    assert len(found) > 150
    assert [one for one in found if one[2] != "C"] == []
    indexed = rows(
        there.archive,
        "SELECT c.relname FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid"
        " JOIN pg_collation AS o ON o.oid = ANY(i.indcollation)"
        " WHERE c.relnamespace = 'public'::regnamespace AND o.collname <> 'C'"
        " AND c.relname NOT LIKE 'alembic%'",
    )
    assert indexed == []


NAMES = [
    "a公司",
    "B公司",
    "b公司",
    "_公司",
    "%公司",
    "\\公司",
    "é公司",
    "海公司",
    "朝公司",
    "𠮷公司",
]


def test_agencies_come_in_the_same_order_and_are_found_by_the_same_part(here, there) -> None:
    for hri in (here, there):
        for number, name in enumerate(NAMES):
            hri.add(f"北京{name}", code_of((number * 7) % 10))
    told, other = (
        [one["name"] for one in hri("agency", "list", *JSON).ok().json] for hri in (here, there)
    )
    assert told == other
    for part in ("_", "%", "\\", "é", "É", "B", "b", "公司", "％", "𠮷", "吉", "__", "京a", "京A"):
        one, other = (hri("agency", "show", part, "-f", "json") for hri in (here, there))
        assert one.status == other.status, part
        if one.status == 0:
            assert one.json["name"] == other.json["name"]
        else:
            assert one.err == other.err


TEXTS = (
    "", "''", '"', "\\", "\\n", "%s", "%(a)s", ":x", "{}", "$1", "\n\t", "\u2028",
    "𠮷\U0010ffff", "e\u0301", "\ud7ff\ue000", "NULL", "null", "-- ", "/*",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_is_kept_as_it_is(there, text) -> None:
    with open_archive(server.location_of(there.archive), operator=text, write=True) as archive:
        row = Agency(
            code=f"c{text}",
            name=text,
            name_key=name_key(text),
            district="haidian",
            kind=text,
            address=text,
        )
        writer.insert(archive, row, reason=text)
        values = row.model_dump()
        many = values | {"id": "second", "code": f"d{text}"}
        writer.insert_many(archive, Agency, [many])
        writer.update(archive, row, name=f"{text}x")
    found = rows(there.archive, "SELECT name, kind, address FROM agency ORDER BY code")
    assert found == [(f"{text}x", text, text), (text, text, text)]
    assert there("archive", "verify", *JSON).ok().json["ok"] is True


def test_a_character_that_no_server_holds_is_refused_and_nothing_written(there) -> None:
    location = server.location_of(there.archive)
    for name in ("a\x00b", "\x00"):
        row = Agency(code="1", name=name, name_key="k", district="haidian", kind="commercial")
        with (
            pytest.raises(InputError) as refused,
            open_archive(location, operator="某", write=True) as archive,
        ):
            writer.insert(archive, row)
        assert refused.value.code == "not-storable"
    assert rows(there.archive, "SELECT COUNT(*) FROM agency") == [(0,)]


def test_no_such_character_gets_past_the_border(there, tmp_path) -> None:
    table = tmp_path / "r.csv"
    table.write_bytes(
        f"机构名称,统一社会信用代码,区县,机构性质\n北京\x00公司,{code_of(1)},海淀,经营性\n".encode()
    )
    assert there("agency", "import", table).status == 3
    plan = tmp_path / "plan.txt"
    plan.write_text("一\x00二", encoding="utf-8")
    assert there("archive", "office", "--plan", plan).status == 3
    remarks = tmp_path / "r.md"
    remarks.write_text("# 问题\n\n一\x00二\n\n# 建议\n\n三\n", encoding="utf-8")
    assert there("report", "month", "-o", tmp_path / "m.html", "--remarks", remarks).status == 3
    standard = tmp_path / "s.yaml"
    there("assess", "standard", "export", standard).ok()
    text = standard.read_text(encoding="utf-8")
    standard.write_text(
        "\n".join(
            'name: "a\\0b"' if line.startswith("name:") else line for line in text.split("\n")
        ),
        encoding="utf-8",
    )
    assert there("assess", "standard", "use", standard).status == 3
    assert there("archive", "verify").status == 0


def test_numbers_as_large_as_the_border_lets_in_are_held_and_added_up(there, tmp_path) -> None:
    for day in ("2013-10-08", "2013-10-09", "2013-10-10"):
        there("campaign", "log", "--kind", "主题培训活动", "--date", day, "--title", "讲座",
              "--people", "999999999", "--media", "999999999").ok()  # fmt: skip
    there("report", "month", "-o", tmp_path / "m.json").ok()
    figures = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))["figures"]
    assert figures["activities_people"]["value"] == 3 * 999999999
    assert there("campaign", "log", "--kind", "training", "--date", "2013-10-08", "--title", "讲",
                 "--people", "9999999999").status == 2  # fmt: skip
    size = rows(
        there.archive,
        "SELECT data_type FROM information_schema.columns"
        " WHERE table_name = 'attachment' AND column_name = 'size'",
    )
    assert size == [("bigint",)]
