"""What is published is the allow-list, whole and nothing beside it."""

import base64
import csv
import datetime as dt
import html
import json
import re
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import weakref
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace

import pytest

import sanctioning
from hrintegrity.archive.engine import open_archive
from hrintegrity.chunking import AT_ONCE
from hrintegrity.duties.disclosure import publishing
from hrintegrity.duties.disclosure.entries import Event
from hrintegrity.duties.disclosure.lookup import lookup
from hrintegrity.duties.name_search import initials
from hrintegrity.errors import InputError, LookupFailedError
from hrintegrity.notice import disclosure
from hrintegrity.notice.clauses import CLAUSES
from public_archive import SECRETS, code_of, crowd, telling, with_secrets

TODAY = dt.date(2013, 11, 5)


def publish(location, target, allowed=None, *, force=False):

    with open_archive(location, operator="测试", write=False) as archive:
        return publishing.publish(
            archive,
            target,
            allowed or disclosure.default_list(TODAY),
            today=TODAY,
            force=force,
        )


def rows_of(path, table):
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]


def page_data(path):
    text = path.read_text(encoding="utf-8")
    return json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])


def test_every_item_that_may_be_published_cites_a_clause_of_the_notice():
    assert disclosure.items(TODAY)
    assert all(item.clause in CLAUSES for item in disclosure.items(TODAY).values())


def test_by_default_neither_a_circular_nor_a_band_nor_a_person_is_published():
    assert disclosure.default_list(TODAY) == (
        "name",
        "code",
        "district",
        "licence_state",
        "grade",
        "title",
        "exposure",
        "defer-review",
        "cancel-licence",
        "hotline",
    )
    assert not {"circular", "band", "representative", "phone"} & set(disclosure.items(TODAY))


def test_the_three_files_tell_the_same_of_every_agency(tmp_path):
    location, agencies = telling(tmp_path / "a.db")
    told = publish(location, tmp_path / "out")
    assert (told.agencies, told.events) == (7, 7)
    table = {row["code"]: row for row in rows_of(tmp_path / "out" / "public.db", "agency")}
    assert {row["name"] for row in table.values()} == {agency.name for agency in agencies}
    with (tmp_path / "out" / "public.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = {row["代码"]: row for row in csv.DictReader(file)}
    page = page_data(tmp_path / "out" / "index.html")
    shown = {row[0]: row for row in page["agencies"]}
    assert set(table) == set(listed) == set(shown)
    for code, row in table.items():
        assert listed[code]["机构名称"] == shown[code][1] == row["name"]
        assert listed[code]["许可状态"] == row["licence_state"]
        words = [page["words"][place] for place in shown[code][5]]
        assert words == [
            row[key]
            for key in (
                "district",
                "kind",
                "licence_state",
                "grade",
                "title",
                "market",
                "labour",
            )
        ]


def test_states_titles_and_their_loss_are_told_as_they_are(tmp_path):
    location, _ = telling(tmp_path / "a.db")
    publish(location, tmp_path / "out")
    table = {row["code"]: row for row in rows_of(tmp_path / "out" / "public.db", "agency")}
    states = [table[code_of(n)]["licence_state"] for n in range(1, 8)]
    assert states == ["有效", "有效", "暂缓通过年审", "已注销", "已终止", "有效", "有效"]
    assert [table[code_of(n)]["title"] for n in (1, 2, 7)] == ["2013年授予", None, "已撤销"]
    assert table[code_of(6)]["market"] == "010-66201691"
    assert table[code_of(1)]["kind"] is None
    assert table[code_of(1)]["license"] is None


def test_a_deferral_ends_with_its_publication(tmp_path):
    location, _ = telling(tmp_path / "a.db")
    for day, state in ((TODAY, "暂缓通过年审"), (dt.date(2018, 1, 1), "有效")):
        with open_archive(location, operator="测试", write=False) as archive:
            publishing.publish(
                archive,
                tmp_path / str(day),
                disclosure.default_list(day),
                today=day,
                force=False,
            )
        table = {row["code"]: row for row in rows_of(tmp_path / str(day) / "public.db", "agency")}
        assert table[code_of(3)]["licence_state"] == state


def test_a_withdrawn_exposure_is_shown_as_withdrawn_and_not_hidden(tmp_path):
    location, _ = telling(tmp_path / "a.db")
    publish(location, tmp_path / "out")
    events = rows_of(tmp_path / "out" / "public.db", "event")
    exposed = [event for event in events if event["code"] == code_of(2)]
    assert [(e["kind"], e["detail"], e["withdrawn"]) for e in exposed] == [
        (
            "曝光",
            "发布虚假招聘信息 </script><script>alert(1)</script>"
            "（北京市朝阳区人力资源和社会保障局）",
            None,
        ),
        ("曝光", None, "2013-10-20"),
    ]
    assert "不公开的事由" not in json.dumps(events, ensure_ascii=False)
    text = (tmp_path / "out" / "public.csv").read_text(encoding="utf-8-sig")
    assert "2013-10-08 曝光，已于 2013-10-20 撤销" in text
    published = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
    assert "已查明有误" not in published.decode(errors="ignore")


def test_an_office_may_widen_and_narrow_within_what_has_a_basis(tmp_path):
    location, _ = telling(tmp_path / "a.db")
    (tmp_path / "own.yaml").write_text("publish: [kind, former_names]\n", encoding="utf-8")
    allowed = disclosure.read_list(tmp_path / "own.yaml", TODAY)
    assert allowed == ("name", "code", "district", "former_names", "kind")
    told = publish(location, tmp_path / "out", allowed)
    assert told.events == 0
    table = {row["code"]: row for row in rows_of(tmp_path / "out" / "public.db", "agency")}
    one = table[code_of(1)]
    assert (one["former_names"], one["kind"], one["grade"], one["title"], one["market"]) == (
        "北京老名人才公司",
        "经营性",
        None,
        None,
        None,
    )
    (tmp_path / "bad.yaml").write_text("publish: [name, circular]\n", encoding="utf-8")
    with pytest.raises(InputError, match="依据"):
        disclosure.read_list(tmp_path / "bad.yaml", TODAY)


def disguises(secret):
    """Return the forms in which a text could hide in a file, as bytes."""
    forms = {
        secret,
        json.dumps(secret)[1:-1],
        html.escape(secret),
        "".join(f"&#{ord(c)};" for c in secret),
        "".join(f"&#x{ord(c):x};" for c in secret),
    }
    found = {form.encode() for form in forms}
    found |= {secret.encode("utf-16-le"), secret.encode("utf-16-be"), secret.encode("gb18030")}
    for shift in range(3):
        encoded = base64.b64encode(b" " * shift + secret.encode())
        found.add(encoded[4 if shift else 0 : len(encoded) // 4 * 4 - 4])
    return found


def test_a_disguised_secret_would_be_found():
    for form in (b"x" + base64.b64encode(b"a" + SECRETS[0].encode()), SECRETS[0].encode("utf-16")):
        assert any(disguise in form for disguise in disguises(SECRETS[0]))


@pytest.mark.archive_file("its bytes are searched for what was planted")
def test_no_secret_of_a_full_archive_reaches_any_public_file(tmp_path):
    location = with_secrets(tmp_path / "a.db")
    everything = tuple(disclosure.items(TODAY))
    told = publish(location, tmp_path / "out", everything)
    assert (told.altered, told.altered_agencies) == (1, ["北京公开人才有限公司"])
    content = b"".join(path.read_bytes() for path in sorted((tmp_path / "out").iterdir()))
    with open_archive(location, operator="测试", write=False) as archive:
        found = lookup(archive, "公开人才", everything, today=TODAY)
    content += json.dumps([str(entry) for entry in found], ensure_ascii=False).encode()
    planted = location.path.read_bytes()
    used = [secret for secret in SECRETS if secret.encode() in planted]
    assert len(used) >= 18
    assert "北京公开人才有限公司".encode() in content
    said = "某从业人员收费，某人（××，××，××）投诉，某负责人、某从业人员包庇"
    assert said.encode() in content
    leaks = [secret for secret in used for form in disguises(secret) if form in content]
    assert leaks == []


def test_existing_files_stay_unless_forced(tmp_path):
    location, _ = telling(tmp_path / "a.db")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "public.csv").write_text("我的")
    with pytest.raises(LookupFailedError):
        publish(location, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["public.csv"]
    publish(location, tmp_path / "out", force=True)
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(publishing.FILES)


@pytest.mark.parametrize("text", ["英才", "zgcyc", "91110108MA0000001", "ａ＆ｂ", "龘𠮷", "(国际)"])
def test_look_up_finds_by_part_of_a_name_initials_and_code(tmp_path, text):
    location, _ = telling(tmp_path / "a.db")
    with open_archive(location, operator="测试", write=False) as archive:
        found = lookup(archive, text, disclosure.default_list(TODAY), today=TODAY)
    assert len(found) == 1


def test_look_up_knows_a_former_name_only_where_it_is_published(tmp_path):
    location, _ = telling(tmp_path / "a.db")
    with open_archive(location, operator="测试", write=False) as archive:
        with pytest.raises(LookupFailedError):
            lookup(archive, "老名", disclosure.default_list(TODAY), today=TODAY)
        assert (
            len(lookup(archive, "老名", ("name", "code", "district", "former_names"), today=TODAY))
            == 1
        )


def test_initials_leave_letters_and_rare_characters_as_they_are():
    assert initials("重庆Ａ１人才") == "cqa1rc"


def test_the_page_and_its_data_grow_by_the_agency_only(tmp_path):
    small, large = crowd(tmp_path / "s.db", 200), crowd(tmp_path / "l.db", 400)
    publish(small, tmp_path / "s")
    publish(large, tmp_path / "l")
    sizes = [(tmp_path / name / "index.html").stat().st_size for name in ("s", "l")]
    per_agency = (sizes[1] - sizes[0]) / 200
    assert per_agency < 150


def test_agencies_are_published_some_hundreds_at_a_time(tmp_path, monkeypatch):
    held, most = weakref.WeakSet(), 0

    def watched(*arguments, **named):
        nonlocal most
        for entry in entries(*arguments, **named):
            held.add(entry)
            most = max(most, len(held))
            yield entry

    entries = publishing.entries
    monkeypatch.setattr(publishing, "entries", watched)
    published = publish(crowd(tmp_path / "a.db", 4 * AT_ONCE), tmp_path / "out")
    assert published.agencies == len(rows_of(tmp_path / "out" / "public.db", "agency"))
    assert published.agencies >= 4 * AT_ONCE
    assert most <= 2 * AT_ONCE, "those that are written, and those that are read meanwhile"


def test_datasette_serves_the_database_with_its_columns_described_in_chinese(tmp_path):
    location, _ = telling(tmp_path / "a.db")
    publish(location, tmp_path / "out")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "datasette", "serve", str(out / "public.db"), "--port", "0"]
    command += ["--metadata", str(out / "metadata.json"), "--setting", "suggest_facets", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            address = None
            for line in server.stderr:
                if match := re.search(r"running on (http://127\.0\.0\.1:\d+)", line):
                    address = match[1]
                    break
            assert address is not None
            listed = get(f"{address}/public/agency.json?_shape=array")
            assert {row["code"] for row in json.loads(listed)} == {code_of(n) for n in range(1, 8)}
            page = get(f"{address}/public/agency")
            assert "许可状态：有效、已过期、暂缓通过年审" in page
            assert "人力资源服务机构诚信信息公开" in get(address)
        finally:
            server.terminate()


def get(address):
    for _ in range(50):
        try:
            with urllib.request.urlopen(address, timeout=600) as answer:
                return answer.read().decode()
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(address)


def test_a_database_that_cannot_be_written_is_told_by_its_name(haidian, tmp_path, monkeypatch):
    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("hrintegrity.duties.disclosure.publishing._database", full)
    ran = haidian("report", "public", "-o", tmp_path / "public", "-f", "json")
    assert (ran.status, ran.error["code"]) == (5, "output-unusable")
    assert ran.error["message"].endswith("public.db：磁盘已满")


def test_a_disclosure_that_is_interrupted_leaves_no_file(haidian, tmp_path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("hrintegrity.duties.disclosure.publishing.written_page", interrupt)
    ran = haidian("report", "public", "-o", tmp_path / "public")
    assert (ran.status, ran.out) == (130, "")
    assert list((tmp_path / "public").iterdir()) == []


def test_a_name_in_the_grounds_is_replaced_and_the_office_is_told(haidian, tmp_path):
    hri = sanctioning.with_agency(haidian)
    hri("agency", "staff", "add", sanctioning.CODE, "--name", "张一").ok()
    exposed = ("--kind", "exposure", "--grounds", "张一个人收费", "--date", "2013-10-09")
    made = hri("sanction", "impose", sanctioning.CODE, *exposed, "-f", "json").ok().json["id"]
    ran = hri("report", "public", "-o", tmp_path / "public").ok()
    assert "提示 有 1 条曝光事由写了人名、电话或证件号码，公开时已换成" in ran.err
    assert sanctioning.NAME in ran.err
    for path in (tmp_path / "public").iterdir():
        assert "张一".encode() not in path.read_bytes()
    found = hri("agency", "lookup", sanctioning.NAME, "-f", "json").ok()
    assert "有 1 条曝光事由" in hri("agency", "lookup", sanctioning.NAME).ok().err
    (event,) = found.json[0]["events"]
    body = "（北京市海淀区人力资源和社会保障局）"
    assert (event["detail"], event["altered"]) == (f"某从业人员个人收费{body}", True)
    hri("sanction", "withdraw", made, "--date", "2013-10-10", "--reason", "重写").ok()
    again = hri("report", "public", "-o", tmp_path / "public", "--force").ok()
    assert "提示" not in again.err
    assert "个人收费".encode() not in (tmp_path / "public" / "index.html").read_bytes()


def test_altered_grounds_of_two_agencies_of_one_name_are_all_counted():
    event = Event("exposure", TODAY, "某从业人员收费", None, altered=True)
    plain = replace(event, altered=False)
    found = [SimpleNamespace(name=name, events=events) for name, events in (
        ("甲公司", (event, event, plain)), ("甲公司", (event,)), ("乙公司", (plain,)),
    )]  # fmt: skip
    assert publishing.altered_in(found) == {"甲公司": 3}


def test_a_title_is_an_english_word_for_scripts(haidian):
    hri = sanctioning.with_agency(haidian)
    sanctioning.award(hri)
    found = hri("agency", "lookup", sanctioning.NAME, "-f", "json").ok().json[0]
    assert (found["title"], found["title_year"]) == ("current", 2013)
    hri.today = "2013-12-01"
    sanctioning.impose(hri, "circular", "2013-12-01").ok()
    found = hri("agency", "lookup", sanctioning.NAME, "-f", "json").ok().json[0]
    assert (found["title"], found["title_year"]) == ("reported", 2013)
    assert "称号停用" in hri("agency", "lookup", sanctioning.NAME).ok().out
