"""`hri agency pledge`, `staff` and `educate`."""

from __future__ import annotations

import pytest

from running import JSON, code_of, journal, tamper
from running import rows as found_in
from year_round import record, refused, rows, table, two_agencies

STAFF_KEYS = [
    "id", "name", "certificate", "pledged", "code", "agency", "since", "left", "employment",
    "erased",
]  # fmt: skip
HEADER = ["信用代码", "姓名", "资格证号", "承诺日期"]


@pytest.fixture
def codes(haidian):
    return two_agencies(haidian)


def add(hri, agency, name, *more):
    return record(hri, "agency", "staff", "add", agency, "--name", name, *more)


def staff(hri, agency, *more):
    return rows(hri, "agency", "staff", "list", agency, *more)


def put(hri, tmp_path, *lines, more=(), header=HEADER):
    file = table(tmp_path / "staff.csv", header, *lines)
    return hri("agency", "staff", "import", file, *more, *JSON)


# Pledges of agencies


def test_a_pledge_is_recorded_with_its_day_and_whether_it_is_displayed(haidian, codes):
    found = record(haidian, "agency", "pledge", codes[0], "--date", "2013年10月8日", "--displayed")
    assert list(found) == ["id", "code", "name", "date", "displayed"]
    assert (found["date"], found["displayed"]) == ("2013-10-08", True)


def test_without_a_word_on_it_nothing_is_said_of_the_display(haidian, codes):
    found = record(haidian, "agency", "pledge", codes[0], "--date", "2013-10-08")
    assert found["displayed"] is None


def test_the_same_day_again_records_the_display_only(haidian, codes):
    pledge = ("agency", "pledge", codes[0], "--date", "2013-10-08")
    first = record(haidian, *pledge)
    second = record(haidian, *pledge, "--not-displayed")
    assert (second["id"], second["displayed"]) == (first["id"], False)
    refused(haidian(*pledge, *JSON), 4, "pledge-exists")
    refused(haidian(*pledge, "--not-displayed", *JSON), 4, "pledge-exists")


@pytest.mark.parametrize(
    ("day", "odd"),
    [("2011-10-20", True), ("2012-12-31", True), ("2013-01-01", False), ("2013-10-08", False)],
)
def test_a_pledge_of_a_year_without_a_campaign_warns(haidian, codes, day, odd):
    ran = haidian("agency", "pledge", codes[0], "--date", day).ok()
    assert ("没有登记活动，请核对" in ran.err) == odd


def test_a_pledge_that_takes_the_place_of_another_says_how_it_is_brought_back(haidian, codes):
    haidian("agency", "pledge", codes[0], "--date", "2013-10-08", "--displayed").ok()
    ran = haidian("agency", "pledge", codes[0], "--date", "2013-12-20").ok()
    assert "现改为 2013-12-20" in ran.err
    assert "再登记一次 2013-10-08 改回" in ran.err
    back = record(haidian, "agency", "pledge", codes[0], "--date", "2013-10-08")
    assert (back["date"], back["displayed"]) == ("2013-10-08", True)


def test_unsigned_are_the_active_agencies_without_a_pledge(haidian, codes):
    haidian.add("北京丙人力资源有限公司", code_of(3))
    haidian("agency", "close", code_of(3), "--date", "2013-10-09", "--reason", "注销").ok()
    haidian("agency", "pledge", codes[0], "--date", "2013-10-08").ok()
    unsigned = ("agency", "list", "--unsigned")
    assert [one["code"] for one in rows(haidian, *unsigned)] == [codes[1]]
    assert [one["code"] for one in rows(haidian, *unsigned, "--status", "closed")] == [code_of(3)]


def test_a_pledge_after_the_agency_closed_warns(haidian, codes):
    haidian("agency", "close", codes[0], "--date", "2013-10-07", "--reason", "注销").ok()
    ran = haidian("agency", "pledge", codes[0], "--date", "2013-10-08").ok()
    assert "已于 2013-10-07 终止" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("甲",),
        ("甲", "--date", "2013-10-08", "-o", "a.html"),
        ("--blank", "agency"),
        ("--blank", "x"),
    ],
)
def test_a_pledge_command_that_lacks_something_is_wrong_usage(haidian, codes, arguments):
    assert haidian("agency", "pledge", *arguments).status == 2


@pytest.mark.parametrize("suffix", [".html", ".docx", ".pdf"])
@pytest.mark.parametrize(
    ("form", "title"),
    [
        ("agency", "北京市人力资源服务机构诚信自律承诺书"),
        ("staff", "北京市人力资源市场从业人员诚信服务承诺书"),
    ],
)
def test_blank_forms_need_no_archive(haidian, tmp_path, monkeypatch, form, title, suffix):
    haidian.archive = tmp_path / "none.db"
    file = tmp_path / f"form{suffix}"
    found = record(haidian, "agency", "pledge", "--blank", form, "-o", str(file))
    assert (found["title"], file.stat().st_size > 1000) == (title, True)
    assert not haidian.archive.exists()
    refused(haidian("agency", "pledge", "--blank", form, "-o", file, *JSON), 4, "file-exists")


def test_a_blank_form_is_marked_as_a_sample_and_may_bear_the_agency(haidian, codes, tmp_path):
    file = tmp_path / "form.html"
    haidian("agency", "pledge", "甲", "--blank", "agency", "-o", file).ok()
    page = file.read_text(encoding="utf-8")
    assert "示范文本" in page
    assert "北京甲人力资源有限公司" in page
    assert codes[0] in page


def test_the_offices_own_text_is_printed_instead_of_ours(haidian, tmp_path):
    own = tmp_path / "own" / "pledge"
    own.mkdir(parents=True)
    text = "<article><h1>海淀承诺书</h1><p>我们承诺。</p></article>"
    (own / "agency.xhtml").write_text(text, encoding="utf-8")
    haidian.environment["HRI_TEMPLATES"] = str(own.parent)
    file = tmp_path / "form.html"
    haidian("agency", "pledge", "--blank", "agency", "-o", file).ok()
    page = file.read_text(encoding="utf-8")
    assert "海淀承诺书" in page
    assert "示范文本" not in page


# Practitioners


def test_a_practitioner_is_entered_and_listed(haidian, codes):
    found = add(haidian, codes[0], "王小明", "--certificate", "rl 001", "--pledged", "2013-10-08")
    assert list(found) == STAFF_KEYS
    assert (found["certificate"], found["since"], found["left"]) == ("RL001", "2013-10-10", None)
    assert staff(haidian, codes[0]) == [found]
    assert staff(haidian, codes[1]) == []


def test_the_pledge_moves_with_whoever_holds_the_certificate(haidian, codes):
    first = add(haidian, codes[0], "王小明", "--certificate", "RL001", "--pledged", "2013-10-08")
    haidian("agency", "staff", "leave", first["id"], "--date", "2013-10-09").ok()
    second = add(haidian, codes[1], "王小明", "--certificate", "ＲＬ００１")
    assert (second["id"], second["pledged"]) == (first["id"], "2013-10-08")
    assert staff(haidian, codes[0]) == []
    assert [one["left"] for one in staff(haidian, codes[0], "--all")] == ["2013-10-09"]


def test_another_pledge_on_moving_is_not_taken_silently(haidian, codes):
    first = add(haidian, codes[0], "王小明", "--certificate", "RL001", "--pledged", "2013-10-08")
    haidian("agency", "staff", "leave", first["id"], "--date", "2013-10-09").ok()
    ran = haidian(
        "agency", "staff", "add", codes[1], "--name", "王小明", "--certificate", "RL001",
        "--pledged", "2013-10-10",
    ).ok()  # fmt: skip
    assert "已于 2013-10-08 签署承诺书" in ran.err
    assert staff(haidian, codes[1])[0]["pledged"] == "2013-10-08"


def test_whoever_still_works_elsewhere_is_refused_with_a_word(haidian, codes):
    add(haidian, codes[0], "王小明", "--certificate", "RL001")
    before = journal(haidian.archive)
    ran = haidian(
        "agency", "staff", "add", codes[1], "--name", "王小明", "--certificate", "RL001", *JSON
    )
    error = refused(ran, 1, "still-employed")
    assert "仍在北京甲人力资源有限公司任职" in error["message"]
    assert journal(haidian.archive) == before


def test_whoever_worked_at_an_agency_that_closed_may_move(haidian, codes):
    first = add(haidian, codes[0], "王小明", "--certificate", "RL001")
    haidian("agency", "close", codes[0], "--date", "2013-10-09", "--reason", "注销").ok()
    assert add(haidian, codes[1], "王小明", "--certificate", "RL001")["id"] == first["id"]
    assert [one["left"] for one in staff(haidian, codes[0], "--all")] == ["2013-10-09"]


def test_a_certificate_is_one_persons(haidian, codes):
    add(haidian, codes[0], "王小明", "--certificate", "RL001")
    ran = haidian(
        "agency", "staff", "add", codes[0], "--name", "李四", "--certificate", "RL001", *JSON
    )
    assert "已登记在王小明名下" in refused(ran, 1, "certificate-taken")["message"]
    other = add(haidian, codes[0], "李四", "--certificate", "RL002")
    ran = haidian("agency", "staff", "edit", other["id"], "--certificate", "RL001", *JSON)
    refused(ran, 1, "certificate-taken")


def test_the_same_person_twice_is_already_there(haidian, codes):
    add(haidian, codes[0], "王小明", "--certificate", "RL001")
    again = ("agency", "staff", "add", codes[0], "--name", "王小明")
    refused(haidian(*again, "--certificate", "RL001", *JSON), 4, "staff-exists")
    refused(haidian(*again, *JSON), 4, "staff-exists")


def test_two_people_of_one_name_are_told_apart_by_a_word(haidian, codes):
    first = add(haidian, codes[0], "张伟")
    ran = haidian("agency", "staff", "add", codes[0], "--name", "张 伟", *JSON)
    assert "--namesake" in refused(ran, 4, "staff-exists")["hint"]
    second = add(haidian, codes[0], "张伟", "--namesake")
    assert first["id"] != second["id"]
    assert len(staff(haidian, codes[0])) == 2
    # A third is ambiguous even to an import that would leave things as they are.
    ran = haidian("agency", "staff", "add", codes[0], "--name", "张伟", *JSON)
    refused(ran, 1, "staff-ambiguous")


def test_people_of_one_name_at_two_agencies_are_two_people(haidian, codes):
    assert add(haidian, codes[0], "张伟")["id"] != add(haidian, codes[1], "张伟")["id"]


def test_whoever_returns_is_the_same_person(haidian, codes):
    first = add(haidian, codes[0], "王小明", "--pledged", "2013-10-08")
    haidian("agency", "staff", "leave", first["id"], "--date", "2013-10-09").ok()
    ran = haidian("agency", "staff", "add", codes[0], "--name", "王小明").ok()
    assert "再次到岗" in ran.err
    found = staff(haidian, codes[0], "--all")
    assert [(one["id"], one["left"]) for one in found] == [
        (first["id"], "2013-10-09"),
        (first["id"], None),
    ]


def test_a_move_without_a_certificate_is_told_by_the_id(haidian, codes):
    first = add(haidian, codes[0], "王小明", "--pledged", "2013-10-08")
    found = record(
        haidian, "agency", "staff", "move", first["id"], codes[1], "--date", "2013-10-09"
    )
    assert (found["id"], found["code"], found["pledged"]) == (first["id"], codes[1], "2013-10-08")
    assert staff(haidian, codes[0], "--all")[0]["left"] == "2013-10-09"
    ran = haidian("agency", "staff", "move", first["id"], codes[1], "--date", "2013-10-09", *JSON)
    refused(ran, 4, "staff-exists")


def test_an_entry_is_corrected_and_an_empty_text_clears(haidian, codes):
    first = add(haidian, codes[0], "王小明", "--certificate", "RL001", "--pledged", "2013-10-08")
    edit = ("agency", "staff", "edit", first["id"])
    found = record(haidian, *edit, "--name", "王晓明", "--pledged", "", "--since", "2013-09-01")
    assert (found["name"], found["pledged"], found["since"]) == ("王晓明", None, "2013-09-01")
    refused(haidian(*edit, "--name", "王晓明", *JSON), 1, "nothing-changed")
    # The new name is the one by which the person is now known.
    ran = haidian("agency", "staff", "add", codes[0], "--name", "王晓明", *JSON)
    refused(ran, 4, "staff-exists")


def test_leaving_twice_is_refused_and_leaving_before_coming_warns(haidian, codes):
    first = add(haidian, codes[0], "王小明")
    leave = ("agency", "staff", "leave", first["id"], "--date", "2013-10-09")
    assert "早于到岗日期" in haidian(*leave).ok().err
    refused(haidian(*leave, *JSON), 1, "already-left")
    found = record(haidian, "agency", "staff", "edit", first["id"], "--left", "")
    assert found["left"] is None


def test_an_unknown_person_is_not_found(haidian, codes):
    ran = haidian("agency", "staff", "leave", "nobody", "--date", "2013-10-09", *JSON)
    refused(ran, 4, "record-missing")


@pytest.mark.parametrize("mark", ["无", "/", "-"])
def test_a_mark_for_nothing_is_no_certificate_and_no_name(haidian, codes, mark):
    for name in ("张三", "李四"):
        found = haidian("agency", "staff", "add", codes[0], "--name", name, "--certificate", mark)
        assert found.ok()
    people = haidian("agency", "staff", "list", codes[0], *JSON).ok().json
    assert {one["certificate"] for one in people} == {None}
    assert haidian("agency", "staff", "add", codes[0], "--name", mark).status == 3
    ran = haidian("agency", "add", "--name", mark, "--code", code_of(9), "--kind", "经营性")
    assert ran.status == 3


def test_an_empty_name_is_refused(haidian, codes):
    assert haidian("agency", "staff", "add", codes[0], "--name", " 　").status == 2


# Import


def test_people_are_imported_by_code_or_by_name(haidian, codes, tmp_path):
    file = table(
        tmp_path / "a.csv",
        ["*机构名称", "信用代码", "姓名", "资格证号", "承诺日期"],
        ["", codes[0], "王小明", "RL001", "2013/10/8"],
        ["北京乙人力资源有限公司", "", "李四", "", ""],
    )
    found = haidian("agency", "staff", "import", file, *JSON).ok().json
    assert (found["read"], found["added"]) == (2, 2)
    assert staff(haidian, codes[0])[0]["pledged"] == "2013-10-08"
    assert staff(haidian, codes[1])[0]["name"] == "李四"


def test_the_same_file_twice_changes_nothing(haidian, codes, tmp_path):
    lines = [
        [codes[0], "王小明", "RL001", "2013-10-08"],
        [codes[0], "张伟", "", ""],
        [codes[0], "张伟", "RL002", ""],
        [codes[1], "张伟", "", "2013-10-08"],
    ]
    assert put(haidian, tmp_path, *lines).ok().json["added"] == 4
    before = journal(haidian.archive)
    for more in ((), ("--on-duplicate", "skip"), ("--on-duplicate", "update")):
        assert put(haidian, tmp_path, *lines, more=more).ok().json["unchanged"] == 4
    assert journal(haidian.archive) == before


def test_an_empty_cell_leaves_what_is_there(haidian, codes, tmp_path):
    put(haidian, tmp_path, [codes[0], "王小明", "RL001", "2013-10-08"]).ok()
    found = put(haidian, tmp_path, [codes[0], "王小明", "", ""]).ok().json
    assert (found["unchanged"], found["added"]) == (1, 0)


def test_a_certificate_found_later_is_filled_in_only_when_asked(haidian, codes, tmp_path):
    put(haidian, tmp_path, [codes[0], "王小明", "", "2013-10-08"]).ok()
    line = [codes[0], "王小明", "RL001", "2013-10-08"]
    error = refused(put(haidian, tmp_path, line), 3, "rows-refused")
    assert "可能是同一人" in error["details"][0]["reason"]
    assert put(haidian, tmp_path, line, more=("--on-duplicate", "update")).ok().json["updated"] == 1
    assert [one["certificate"] for one in staff(haidian, codes[0])] == ["RL001"]


def test_another_day_of_the_pledge_is_updated_only_when_asked(haidian, codes, tmp_path):
    put(haidian, tmp_path, [codes[0], "王小明", "RL001", "2013-10-08"]).ok()
    line = [codes[0], "王小明", "RL001", "2013-10-09"]
    error = refused(put(haidian, tmp_path, line), 3, "rows-refused")
    assert "承诺日期为 2013-10-08" in error["details"][0]["reason"]
    assert put(haidian, tmp_path, line, more=("--on-duplicate", "skip")).ok().json["skipped"] == 1
    assert put(haidian, tmp_path, line, more=("--on-duplicate", "update")).ok().json["updated"] == 1
    assert staff(haidian, codes[0])[0]["pledged"] == "2013-10-09"


def test_whoever_left_is_not_brought_back_by_an_old_file(haidian, codes, tmp_path):
    line = [codes[0], "王小明", "RL001", "2013-10-08"]
    put(haidian, tmp_path, line).ok()
    person = staff(haidian, codes[0])[0]["id"]
    haidian("agency", "staff", "leave", person, "--date", "2013-10-09").ok()
    error = refused(put(haidian, tmp_path, line), 3, "rows-refused")
    assert "已于 2013-10-09 离开本机构" in error["details"][0]["reason"]
    assert put(haidian, tmp_path, line, more=("--on-duplicate", "update")).ok().json["updated"] == 1
    assert [one["id"] for one in staff(haidian, codes[0])] == [person]


def test_an_import_moves_whoever_left_elsewhere_and_says_so(haidian, codes, tmp_path):
    put(haidian, tmp_path, [codes[0], "王小明", "RL001", "2013-10-08"]).ok()
    person = staff(haidian, codes[0])[0]["id"]
    haidian("agency", "staff", "leave", person, "--date", "2013-10-09").ok()
    found = put(haidian, tmp_path, [codes[1], "王小明", "RL001", ""]).ok().json
    assert found["added"] == 1
    assert "王小明（RL001）从别的机构调来" in found["remarks"][0]
    assert [(p["id"], p["pledged"]) for p in staff(haidian, codes[1])] == [(person, "2013-10-08")]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (["91110108999999999X", "王五", "RL009", ""], "信用代码", "没有代码"),
        (["", "王五", "RL009", ""], "信用代码", "都没有填写"),
        ([1, "", "RL009", ""], "姓名", "没有填写"),
        ([1, "王五", "RL009", "10月8日"], "承诺日期", "不是日期"),
        ([1, "王五", "RL001", ""], "资格证号", "已登记在王小明名下"),
        ([2, "王小明", "RL001", ""], "资格证号", "仍在北京甲人力资源有限公司任职"),
        ([1, "王五", "9.1E+17", ""], "资格证号", "科学计数"),
    ],
)
def test_a_wrong_row_is_named(haidian, codes, tmp_path, line, column, reason):
    put(haidian, tmp_path, [codes[0], "王小明", "RL001", ""]).ok()
    code = codes[line[0] - 1] if isinstance(line[0], int) else line[0]
    before = journal(haidian.archive)
    good = [codes[1], "赵六", "RL010", ""]
    error = refused(put(haidian, tmp_path, good, [code, *line[1:]]), 3, "rows-refused")
    (detail,) = error["details"]
    assert (detail["row"], detail["column"]) == (3, column)
    assert reason in detail["reason"]
    assert journal(haidian.archive) == before


@pytest.mark.parametrize("gap", [0, 1200])
def test_one_certificate_for_two_people_of_a_file_is_refused_at_any_distance(
    haidian, codes, tmp_path, gap
):
    between = [[codes[0], f"某{n}", f"X{n}", ""] for n in range(gap)]
    lines = [[codes[0], "王小明", "RL001", ""], *between, [codes[1], "王小明", "RL001", ""]]
    error = refused(put(haidian, tmp_path, *lines), 3, "rows-refused")
    assert [(d["row"], d["column"]) for d in error["details"]] == [(gap + 3, "资格证号")]


@pytest.mark.parametrize("chunk", [3, 1000])
@pytest.mark.parametrize("rehearsed", [True, False])
def test_a_row_that_is_bad_only_beside_good_ones_comes_back_with_the_other_bad_ones(
    haidian, codes, tmp_path, monkeypatch, chunk, rehearsed
):
    monkeypatch.setattr("hrintegrity.duties.importing.run.CHUNK", chunk)
    lines = [[codes[0], f"某{n}", f"X{n}", ""] for n in range(12)]
    # The first one stops all writing, so that the last one meets its namesake's number only later.
    lines[0][3], lines[11][2] = "不是日期", "X4"
    rejects = tmp_path / "rejects.csv"
    more = ("--rejects", rejects, *(("--dry-run",) if rehearsed else ()))
    ran = put(haidian, tmp_path, *lines, more=more).ok()
    assert (ran.json["added"], ran.json["rejected"]) == (10, 2)
    assert [error["row"] for error in ran.json["errors"]] == [2, 13]
    assert len(staff(haidian, codes[0])) == (0 if rehearsed else 10)
    if not rehearsed:
        text = rejects.read_text("utf-8-sig")
        assert "某0" in text
        assert "某11" in text


@pytest.mark.parametrize("gap", [0, 1200])
def test_namesakes_of_one_file_are_different_people_at_any_distance(haidian, codes, tmp_path, gap):
    between = [[codes[0], f"某{n}", f"X{n}", ""] for n in range(gap)]
    lines = [[codes[0], "张伟", "", ""], *between, [codes[0], "张伟", "RL001", ""]]
    assert put(haidian, tmp_path, *lines).ok().json["added"] == gap + 2
    assert put(haidian, tmp_path, *lines).ok().json["unchanged"] == gap + 2


def test_another_districts_agency_is_not_ours(new_archive, tmp_path):
    city = new_archive("municipal", "city.db")
    city.add("北京丙人力资源有限公司", code_of(3), "--district", "朝阳")
    person = add(city, code_of(3), "王小明")
    # An agency handed over to another district stands in the archive that it left.
    tamper(city.archive, "UPDATE office SET district = 'haidian' WHERE owner")
    for arguments in (
        ("agency", "staff", "add", code_of(3), "--name", "李四"),
        ("agency", "staff", "list", code_of(3)),
        ("agency", "staff", "edit", person["id"], "--name", "李四"),
        ("agency", "staff", "leave", person["id"], "--date", "2013-10-09"),
        ("agency", "pledge", code_of(3), "--date", "2013-10-09"),
        ("agency", "educate", code_of(3), "--date", "2013-10-09"),
        ("agency", "records", code_of(3)),
        ("archive", "withdraw", person["id"], "--reason", "误登"),
    ):
        refused(city(*arguments, *JSON), 1, "not-ours")
    file = table(tmp_path / "a.csv", HEADER, [code_of(3), "李四", "", ""])
    refused(city("agency", "staff", "import", file, *JSON), 1, "not-ours")


# Education


def test_education_is_recorded_once_a_day(haidian, codes):
    educate = ("agency", "educate", codes[0], "--date", "2013-03-01")
    found = record(haidian, *educate)
    assert list(found) == ["id", "code", "name", "date"]
    refused(haidian(*educate, *JSON), 4, "education-exists")


# Name and certificate are kept at the work too


def kept(hri):
    """Name and certificate, as they stand at each work and at its person."""
    return found_in(
        hri.archive,
        "SELECT e.name_key, e.certificate, p.name, p.certificate FROM employment e"
        " JOIN practitioner p ON p.id = e.practitioner_id",
    )


def test_all_work_of_a_person_follows_a_correction(haidian, codes, tmp_path):
    person = add(haidian, codes[0], "王小明")
    haidian("agency", "staff", "move", person["id"], codes[1], "--date", "2013-10-09").ok()
    haidian("agency", "staff", "edit", person["id"], "--certificate", "RL1").ok()
    assert kept(haidian) == [("王小明", "RL1", "王小明", "RL1")] * 2
    haidian("agency", "staff", "edit", person["id"], "--name", "王晓明", "--certificate", "").ok()
    assert kept(haidian) == [("王晓明", None, "王晓明", None)] * 2
    line = [codes[1], "王晓明", "RL2", ""]
    assert put(haidian, tmp_path, line, more=("--on-duplicate", "update")).ok().json["updated"] == 1
    assert kept(haidian) == [("王晓明", "RL2", "王晓明", "RL2")] * 2
