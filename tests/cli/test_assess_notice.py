"""The written notice: numbered once, kept with its words, replaced by name, proven served."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path

import pytest
import yaml

from assessing import opened, rate, result, scores, start_campaign
from running import JSON, Hri, code_of, tamper

JIA, YI, BING = code_of(1), code_of(2), code_of(3)


@pytest.fixture
def office(haidian) -> Hri:
    for name, code in (("北京甲公司", JIA), ("北京乙公司", YI), ("北京丙公司", BING)):
        haidian.add(name, code)
        rate(haidian, code, scores(less={16: 1})).ok()
    return haidian


@pytest.fixture
def city_office(city) -> Hri:
    """The city's archive with agencies of three districts and two municipal ones."""
    for number, district in enumerate(
        ("海淀", "朝阳", "海淀", "开发区", "市属", "市属", "朝阳"), 1
    ):
        place = ("--location", "怀柔") if number == 5 else ()
        city("agency", "add", "--name", f"北京{number}号公司", "--code", code_of(number), "--kind",
             "commercial", "--district", district, *place).ok()  # fmt: skip
        rate(city, code_of(number)).ok()
    return city


def noticed(hri: Hri, *arguments, **more):
    return hri("assess", "notice", *arguments, *JSON, **more)


def text_of(path: Path | str) -> str:
    """The words of a page, without its style sheet and its tags."""
    page = re.sub(r"(?s)<style>.*?</style>", "", Path(path).read_text(encoding="utf-8"))
    return "".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


def test_a_notice_needs_a_conclusion(office, tmp_path) -> None:
    ran = noticed(office, JIA, "-o", tmp_path / "n.html")
    assert (ran.status, ran.error["code"]) == (1, "not-concluded")
    assert not (tmp_path / "n.html").exists()
    ran = noticed(office, "--all", "-o", tmp_path / "dir")
    assert ran.ok().json == []
    assert "3 家尚未评定" in ran.err


def test_one_notice_into_one_file(office, tmp_path) -> None:
    office("assess", "conclude", JIA).ok()
    file = tmp_path / "n.html"
    found = noticed(office, JIA, "-o", file).ok().json
    assert list(found) == [
        "id", "code", "name", "number", "date", "sha256", "replaces", "again", "written",
    ]  # fmt: skip
    assert (found["number"], found["date"]) == ("海人社诚评〔2013〕1号", "2013-10-10")
    assert (found["replaces"], found["again"], found["written"]) == (None, False, str(file))
    assert result(office, JIA)["status"] == "notified"
    words = text_of(file)
    for part in (
        "北京市海淀区人力资源和社会保障局",
        "海人社诚评〔2013〕1号",
        "北京甲公司：",
        "京人社市场发〔2013〕220号",
        f"统一社会信用代码：{JIA}",
        "总分99.00分，等次为优秀",
        "16.纠纷处理（投诉处理及时，记录全面准确，无有效不诚信投诉记录",
        "本次评估没有取得自我评价、群众评价",
        "你机构对评估结果有异议的",
        "海淀区劳动监察部门88506601，人力资源市场管理部门88506572（人才中介）、88506522（职业介绍）",
        "我局采用通用的参考标准，不是该通知的内容",
        "2013年10月10日",
    ):
        assert part in words
    assert file.read_text(encoding="utf-8").count("<tr>") >= 22


def test_the_notice_cites_the_district_s_procedure_and_says_by_when_an_objection_is_answered(
    office, tmp_path
) -> None:
    path = tmp_path / "s.yaml"
    office("assess", "standard", "export", path).ok()
    standard = yaml.safe_load(path.read_text(encoding="utf-8"))
    standard |= {"procedure": "《海淀区评估规程》。\n专家评价由三人进行。", "complaint_days": 15}
    path.write_text(yaml.safe_dump(standard, allow_unicode=True), encoding="utf-8")
    office("assess", "standard", "use", path).ok()
    office("assess", "conclude", JIA).ok()
    noticed(office, JIA, "-o", tmp_path / "n.html").ok()
    words = text_of(tmp_path / "n.html")
    assert "评估规程：《海淀区评估规程》。专家评价由三人进行。" in words
    assert "自收到之日起15日内复核" in words


@pytest.mark.parametrize("suffix", [".html", ".docx"])
def test_the_suffix_decides_the_format(office, tmp_path, suffix) -> None:
    office("assess", "conclude", JIA).ok()
    file = tmp_path / f"n{suffix}"
    noticed(office, JIA, "-o", file).ok()
    assert file.read_bytes().startswith({".html": b"<!DOCTYPE html>", ".docx": b"PK"}[suffix])


def test_what_can_not_be_written_is_refused_before_a_number_is_used(office, tmp_path) -> None:
    office("assess", "conclude", "--all").ok()
    (tmp_path / "there.html").write_text("x")
    for arguments, status in (
        ((JIA, "-o", tmp_path / "n.txt"), 2),
        ((JIA, "-o", tmp_path / "n.docx", "--to", "html"), 2),
        ((JIA, YI, "-o", tmp_path / "n.html"), 2),
        ((JIA, "--all", "-o", tmp_path / "d"), 2),
        (("-o", tmp_path / "d"), 2),
        ((JIA, "-o", tmp_path / "there.html"), 4),
        ((JIA, "-o", tmp_path / "no" / "n.html"), 5),
        (("--all", "-o", tmp_path / "there.html" / "d"), 5),
    ):
        assert office("assess", "notice", *arguments).status == status, arguments
    assert {path.name for path in tmp_path.iterdir()} - {"archive.db", "archive.db.key"} == {
        "there.html"
    }
    assert noticed(office, JIA, "-o", tmp_path / "n.html").ok().json["number"].endswith("〕1号")


def test_several_go_into_a_folder_one_file_each(office, tmp_path) -> None:
    office("assess", "conclude", "--all").ok()
    found = noticed(office, YI, JIA, YI, "-o", tmp_path / "d").ok().json
    assert [Path(n["written"]).name for n in found] == [
        "海人社诚评〔2013〕0001号 北京乙公司.html",
        "海人社诚评〔2013〕0002号 北京甲公司.html",
    ]
    assert noticed(office, YI, "-o", tmp_path / "d").status == 4
    noticed(office, YI, "-o", tmp_path / "d", "--to", "docx").ok()
    ran = office("assess", "notice", "--all", "-o", tmp_path / "d", "--force")
    assert "已写出告知书 3 份（其中重印 2 份）" in ran.ok().out
    assert len(list((tmp_path / "d").iterdir())) == 4


def test_an_objection_reopening_and_new_notice_name_what_they_replace(office, tmp_path) -> None:
    office("assess", "conclude", "--all").ok()
    noticed(office, "--all", "-o", tmp_path / "first").ok()
    office("assess", "object", JIA, "--date", "2013-10-12", "--text", "第16项不服").ok()
    office("assess", "reopen", JIA, "--reason", "第16项复核。").ok()
    assert noticed(office, JIA, "-o", tmp_path / "x.html").status == 1
    rate(office, JIA, scores()).ok()
    office("assess", "conclude", JIA).ok()
    found = noticed(office, JIA, "-o", tmp_path / "n.html", today="2013-10-20").ok().json
    assert found["number"] == "海人社诚评〔2013〕4号"
    assert found["replaces"] == "海人社诚评〔2013〕1号"
    words = text_of(tmp_path / "n.html")
    assert "代替海人社诚评〔2013〕1号告知书，原告知书不再使用" in words
    assert "重新评估的原因：第16项复核。" in words
    assert "总分100.00分" in words
    assert "没有需要着重指出的薄弱指标" in words
    again = noticed(office, JIA, "-o", tmp_path / "m.html", today="2013-11-20").ok().json
    assert (again["number"], again["replaces"], again["again"]) == (
        found["number"],
        found["replaces"],
        True,
    )
    with opened(office) as archive:
        papers = archive.connection.exec_driver_sql(
            "SELECT number, replaces_id IS NOT NULL FROM paper ORDER BY number"
        ).all()
    assert [tuple(row) for row in papers] == [(1, 0), (2, 0), (3, 0), (4, 1)]


def test_a_notice_replaces_the_last_one_that_was_made(office, tmp_path) -> None:
    def again(reason: str) -> None:
        office("assess", "reopen", JIA, "--reason", reason).ok()
        office("assess", "conclude", JIA).ok()

    office("assess", "conclude", JIA).ok()
    noticed(office, JIA, "-o", tmp_path / "1.html").ok()
    again("一")
    again("二")
    found = noticed(office, JIA, "-o", tmp_path / "3.html").ok().json
    assert found["replaces"] == "海人社诚评〔2013〕1号"
    again("三")
    found = noticed(office, JIA, "-o", tmp_path / "4.html").ok().json
    assert (found["number"], found["replaces"]) == (
        "海人社诚评〔2013〕3号",
        "海人社诚评〔2013〕2号",
    )


def test_a_second_printing_keeps_number_date_and_words_whatever_changed(office, tmp_path) -> None:
    office("assess", "conclude", JIA).ok()
    first = noticed(office, JIA, "-o", tmp_path / "1.html").ok().json
    office("agency", "edit", JIA, "--name", "北京改名公司").ok()
    office(
        "archive", "office", "--name", "某某局", "--prefix", "某局评", "--department", "某科"
    ).ok()
    templates = tmp_path / "templates" / "assess"
    templates.mkdir(parents=True)
    (templates / "notice.xhtml").write_text("<article><h1>别的</h1></article>", encoding="utf-8")
    lines = {"date": "2014-03-01", "districts": {"haidian": {
        "market": [{"number": "88889999"}], "labour": [{"number": "88880000"}]}}}  # fmt: skip
    with opened(office) as archive:
        from hrintegrity.duties.hotlines import use_hotlines

        (tmp_path / "lines.yaml").write_text(yaml.safe_dump(lines), encoding="utf-8")
        use_hotlines(archive, tmp_path / "lines.yaml", today=dt.date(2014, 3, 1))
    office.environment["HRI_TEMPLATES"] = str(templates.parent)
    second = noticed(office, JIA, "-o", tmp_path / "2.html", today="2014-06-01").ok().json
    for key in ("id", "number", "date", "sha256"):
        assert second[key] == first[key]
    assert second["again"]
    assert (tmp_path / "2.html").read_bytes() == (tmp_path / "1.html").read_bytes()

    rate(office, YI).ok()
    office("assess", "conclude", YI).ok()
    noticed(office, YI, "-o", tmp_path / "3.html").ok()
    assert text_of(tmp_path / "3.html").endswith("别的")
    del office.environment["HRI_TEMPLATES"]
    office("assess", "conclude", BING).ok()
    found = noticed(office, BING, "-o", tmp_path / "4.html").ok().json
    assert found["number"] == "某局评〔2013〕3号"
    words = text_of(tmp_path / "4.html")
    assert "88889999" in words
    assert "某某局" in words
    assert "某科" in words


def test_words_that_were_changed_in_the_file_are_not_printed(office, tmp_path) -> None:
    office("assess", "conclude", JIA).ok()
    noticed(office, JIA, "-o", tmp_path / "1.html").ok()
    tamper(office.archive, "UPDATE paper SET body = replace(body, '99.00', '59.00')")
    ran = noticed(office, JIA, "-o", tmp_path / "2.html")
    assert (ran.status, ran.error["code"]) == (5, "paper-damaged")
    assert not (tmp_path / "2.html").exists()


def test_a_broken_template_is_refused_before_anything_is_numbered(office, tmp_path) -> None:
    templates = tmp_path / "templates" / "assess"
    templates.mkdir(parents=True)
    (templates / "notice.xhtml").write_text("<article>\n{{ 没有 }}</article>", encoding="utf-8")
    office.environment["HRI_TEMPLATES"] = str(templates.parent)
    office("assess", "conclude", "--all").ok()
    ran = noticed(office, "--all", "-o", tmp_path / "d")
    assert (ran.status, ran.error["code"]) == (3, "template-broken")
    assert "notice.xhtml" in ran.err
    assert result(office, JIA)["status"] == "concluded"


# ---- PDF


@pytest.fixture
def rare(office) -> Hri:
    """An agency whose name has a character that the font at hand lacks."""
    pytest.importorskip("typst")
    wheel = pytest.importorskip("pylopdf_fonts_zh_cn")
    office.environment["HRI_FONTS"] = str(Path(wheel.__file__).parent)
    office("agency", "edit", YI, "--name", "北京𠮷野家公司").ok()
    office("assess", "conclude", "--all").ok()
    return office


def test_no_number_is_used_for_a_notice_that_can_not_be_printed(rare, tmp_path) -> None:
    ran = noticed(rare, YI, "-o", tmp_path / "1.pdf")
    assert (ran.status, ran.error["code"]) == (3, "glyph-missing")
    assert "𠮷" in ran.error["message"]
    assert result(rare, YI)["status"] == "concluded"
    ran = noticed(rare, "--all", "-o", tmp_path / "d", "--to", "pdf", "--slip").ok()
    assert [n["number"] for n in ran.json] == ["海人社诚评〔2013〕1号", "海人社诚评〔2013〕2号"]
    assert "1 家的告知书里有字体没有的字，没有印出：北京𠮷野家公司" in ran.err
    names = sorted(path.name for path in (tmp_path / "d").iterdir())
    assert len(names) == 4
    assert all(name.endswith(".pdf") for name in names)
    found = noticed(rare, YI, "-o", tmp_path / "3.html").ok().json
    assert found["number"] == "海人社诚评〔2013〕3号"


def test_a_notice_that_was_numbered_is_left_out_of_a_printing_it_can_not_go_into(
    rare, tmp_path
) -> None:
    noticed(rare, "--all", "-o", tmp_path / "html").ok()
    ran = noticed(rare, "--all", "-o", tmp_path / "pdf", "--to", "pdf").ok()
    assert len(ran.json) == 2
    assert "没有印出：北京𠮷野家公司" in ran.err
    assert noticed(rare, YI, "-o", tmp_path / "1.pdf").status == 3


def test_without_a_chinese_font_a_pdf_is_refused_before_anything_is_numbered(
    office, tmp_path
) -> None:
    pytest.importorskip("typst")
    (tmp_path / "fonts").mkdir()
    office.environment["HRI_FONTS"] = str(tmp_path / "fonts")
    office("assess", "conclude", "--all").ok()
    ran = noticed(office, "--all", "-o", tmp_path / "d", "--to", "pdf")
    assert (ran.status, ran.error["code"]) == (5, "font-missing")
    assert result(office, JIA)["status"] == "concluded"
    noticed(office, "--all", "-o", tmp_path / "d", "--to", "docx").ok()


# ---- numbers by district, year and register


def test_a_city_numbers_each_district_by_itself(city_office, tmp_path) -> None:
    city_office("assess", "conclude", "--all").ok()
    found = noticed(city_office, "--all", "-o", tmp_path / "d").ok().json
    assert [(n["code"], n["number"]) for n in found] == [
        (code_of(5), "京人社诚评〔2013〕1号"),
        (code_of(6), "京人社诚评〔2013〕2号"),
        (code_of(2), "朝人社诚评〔2013〕1号"),
        (code_of(7), "朝人社诚评〔2013〕2号"),
        (code_of(1), "海人社诚评〔2013〕1号"),
        (code_of(3), "海人社诚评〔2013〕2号"),
        (code_of(4), found[6]["number"]),
    ]
    assert found[6]["number"].endswith("诚评〔2013〕1号")
    words = text_of(found[6]["written"])
    assert words.count("北京经济技术开发区人事劳动和社会保障局") == 2


def test_a_municipal_agencys_hotline_is_that_of_the_place_where_it_stands(
    city_office, tmp_path
) -> None:
    city_office("assess", "conclude", code_of(5), code_of(6)).ok()
    ran = noticed(city_office, code_of(5), "-o", tmp_path / "5.html").ok()
    words = text_of(tmp_path / "5.html")
    assert "人力资源市场管理部门89686021（人才中介）、89683171（职业介绍）" in words
    assert "怀柔区劳动监察部门89683735、89685211" in words
    assert "北京市人力资源和社会保障局" in words
    assert ran.err == ""
    ran = noticed(city_office, code_of(6), "-o", tmp_path / "6.html").ok()
    assert "没有登记所在区县" in ran.err
    assert "监督举报电话" not in text_of(tmp_path / "6.html")


def test_notices_without_a_hotline_are_counted_not_named_one_by_one(city_office, tmp_path) -> None:
    city_office.add("北京8号公司", code_of(8), "--district", "市属")
    rate(city_office, code_of(8)).ok()
    city_office("assess", "conclude", "--all").ok()
    ran = city_office("assess", "notice", "--all", "-o", tmp_path / "n").ok()
    (said,) = [line for line in ran.err.splitlines() if "没有监督举报电话" in line]
    assert said.startswith("提示 2 家没有登记所在区县")
    assert all(code_of(number) in said for number in (6, 8))


def test_numbers_begin_again_with_each_campaign(office, tmp_path) -> None:
    office("assess", "conclude", JIA, YI).ok()
    noticed(office, JIA, YI, "-o", tmp_path / "d").ok()
    start_campaign(office, 2014)
    rate(office, JIA).ok()
    office("assess", "conclude", JIA, today="2014-10-20").ok()
    found = noticed(office, JIA, "-o", tmp_path / "1.html", today="2014-10-20").ok().json
    assert (found["number"], found["replaces"]) == ("海人社诚评〔2014〕1号", None)
    assert "2014年度" in text_of(tmp_path / "1.html")
    office("assess", "conclude", BING, "--year", "2013").ok()
    late = noticed(office, BING, "--year", "2013", "-o", tmp_path / "2.html", today="2014-10-21")
    assert (late.ok().json["number"], late.json["date"]) == ("海人社诚评〔2013〕3号", "2014-10-21")


def test_where_the_register_was_released_nothing_is_numbered(city_office, tmp_path) -> None:
    city_office("assess", "conclude", "--all").ok()
    before = noticed(city_office, code_of(1), "-o", tmp_path / "1.html").ok().json
    city_office("archive", "register", "release", "海淀").ok()
    for arguments in ((code_of(3),), ("--all", "--district", "海淀")):
        ran = noticed(city_office, *arguments, "-o", tmp_path / "d")
        assert (ran.status, ran.error["code"]) == (1, "not-register")
    again = noticed(city_office, code_of(1), "-o", tmp_path / "2.html").ok().json
    assert again["number"] == before["number"]
    ran = noticed(city_office, "--all", "-o", tmp_path / "all").ok()
    assert len(ran.json) == 6
    assert "1 家的区县不在本档案库编号，没有告知书：北京3号公司" in ran.err
    assert result(city_office, code_of(3))["status"] == "concluded"


def test_where_all_that_is_left_numbers_elsewhere_it_is_refused(city_office, tmp_path) -> None:
    city_office("assess", "conclude", code_of(1)).ok()
    city_office("archive", "register", "release", "海淀").ok()
    ran = noticed(city_office, "--all", "-o", tmp_path / "d")
    assert (ran.status, ran.error["code"]) == (1, "not-register")


def test_an_agency_that_moved_is_numbered_by_its_new_district(city_office, tmp_path) -> None:
    city_office("assess", "conclude", code_of(1)).ok()
    noticed(city_office, code_of(1), "-o", tmp_path / "1.html").ok()
    city_office("agency", "edit", code_of(1), "--district", "朝阳").ok()
    again = noticed(city_office, code_of(1), "-o", tmp_path / "2.html").ok().json
    assert again["number"] == "海人社诚评〔2013〕1号"
    city_office("assess", "reopen", code_of(1), "--reason", "复核").ok()
    city_office("assess", "conclude", code_of(1)).ok()
    found = noticed(city_office, code_of(1), "-o", tmp_path / "3.html").ok().json
    assert (found["number"], found["replaces"]) == ("朝人社诚评〔2013〕1号", again["number"])


def test_a_notice_before_its_conclusion_warns(office, tmp_path) -> None:
    office("assess", "conclude", JIA, today="2013-10-20").ok()
    ran = noticed(office, JIA, "-o", tmp_path / "1.html", today="2013-10-10").ok()
    assert "告知书日期早于评定日期，请核对" in ran.err


# ---- service


def serve(hri: Hri, agency: str, *more: str, date: str = "2013-10-12", method: str = "直接送达"):
    options = ("--date", date, "--method", method, "--receiver", "王某", *more)
    return hri("assess", "served", agency, *options, *JSON)


def test_service_needs_a_notice_and_is_recorded_once(office, tmp_path) -> None:
    ran = serve(office, JIA)
    assert (ran.status, ran.error["code"]) == (1, "not-notified")
    office("assess", "conclude", JIA).ok()
    assert serve(office, JIA).status == 1
    noticed(office, JIA, "-o", tmp_path / "1.html").ok()
    view = serve(office, JIA).ok().json
    assert {**view, "id": ""} == {
        "id": "", "code": JIA, "name": "北京甲公司", "number": "海人社诚评〔2013〕1号",
        "date": "2013-10-12", "method": "direct", "receiver": "王某",
    }  # fmt: skip
    assert result(office, JIA)["status"] == "served"
    ran = serve(office, JIA)
    assert (ran.status, ran.error["code"]) == (4, "already-served")


@pytest.mark.parametrize("method", ["直接送达", "邮寄送达", "留置送达", "电子送达", "post"])
def test_there_are_four_ways_of_service(office, tmp_path, method) -> None:
    office("assess", "conclude", JIA).ok()
    noticed(office, JIA, "-o", tmp_path / "1.html").ok()
    serve(office, JIA, method=method).ok()


def test_wrong_service_is_refused_and_early_service_warned_of(office, tmp_path) -> None:
    office("assess", "conclude", JIA).ok()
    noticed(office, JIA, "-o", tmp_path / "1.html").ok()
    assert serve(office, JIA, method="口头告知").status == 2
    assert office("assess", "served", JIA, "--date", "2013-10-12", "--method", "直接送达",
                  "--receiver", " ").status == 2  # fmt: skip
    ran = serve(office, JIA, date="2013-10-01").ok()
    assert "早于告知书日期 2013-10-10" in ran.err


def test_a_new_notice_is_served_anew(office, tmp_path) -> None:
    office("assess", "conclude", JIA).ok()
    noticed(office, JIA, "-o", tmp_path / "1.html").ok()
    serve(office, JIA).ok()
    office("assess", "reopen", JIA, "--reason", "复核").ok()
    assert serve(office, JIA).status == 1
    office("assess", "conclude", JIA).ok()
    noticed(office, JIA, "-o", tmp_path / "2.html").ok()
    assert result(office, JIA)["status"] == "notified"
    assert serve(office, JIA).ok().json["number"] == "海人社诚评〔2013〕2号"


def test_proof_of_an_earlier_notice_may_come_back_after_the_reopening(office, tmp_path) -> None:
    office("assess", "conclude", JIA).ok()
    noticed(office, JIA, "-o", tmp_path / "1.html").ok()
    office("assess", "reopen", JIA, "--reason", "复核").ok()
    ran = serve(office, JIA)
    assert (ran.status, ran.error["code"]) == (1, "not-notified")
    assert "--number 海人社诚评〔2013〕1号" in ran.error["hint"]
    ran = serve(office, JIA, "--number", "海人社诚评〔2013〕9号")
    assert (ran.status, ran.error["code"]) == (4, "notice-missing")
    first = ("--number", "海人社诚评〔2013〕1号")
    assert serve(office, JIA, *first).ok().json["number"] == first[1]
    assert serve(office, JIA, *first).error["code"] == "already-served"
    office("assess", "conclude", JIA).ok()
    noticed(office, JIA, "-o", tmp_path / "2.html").ok()
    assert result(office, JIA)["status"] == "notified"
    found = office("agency", "dossier", JIA, *JSON).ok().json["assessments"]
    assert [one["served"] for one in found] == ["2013-10-12", None]


def test_a_slip_for_the_proof_of_service_goes_with_the_notice(office, tmp_path) -> None:
    office("assess", "conclude", "--all").ok()
    noticed(office, "--all", "-o", tmp_path / "d", "--slip").ok()
    names = sorted(path.name for path in (tmp_path / "d").iterdir())
    assert names[:2] == [
        "海人社诚评〔2013〕0001号 北京甲公司 送达回证.html",
        "海人社诚评〔2013〕0001号 北京甲公司.html",
    ]
    assert len(names) == 6
    words = text_of(tmp_path / "d" / names[0])
    for part in ("送达回证", "海人社诚评〔2013〕1号", "北京甲公司", "□直接送达□邮寄送达"):
        assert part in words
    serve(office, JIA, method="邮寄送达").ok()
    noticed(office, JIA, "-o", tmp_path / "n.html", "--slip").ok()
    words = text_of(tmp_path / "n 送达回证.html")
    assert "■邮寄送达" in words
    assert "王某" in words
    assert "2013年10月12日" in words
