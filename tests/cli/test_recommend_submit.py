"""`hri recommend submit` and `form`: the package, its papers read back, what is fixed by it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from sqlmodel import select

from assessing import opened
from hrintegrity.archive import writer
from hrintegrity.archive.tables.recommendation import Recommendation
from hrintegrity.duties import agencies
from printed import pages, squeezed, text_of_docx, tool
from recommending import (
    SUMMARY,
    check,
    concluded,
    contents,
    recommend,
    sanction,
    submit,
)
from running import JSON, Hri, code_of, journal

FOLDER = "01 北京甲1人力资源有限公司"
PAPERS = [
    "推荐表.docx",
    "推荐表.pdf",
    "机构自评总结.txt",
    "评估结果.docx",
    "评估结果.pdf",
]


@pytest.fixture
def huairou(new_archive) -> Hri:
    return new_archive("huairou")


def listed(hri: Hri, *numbers: int, **known) -> list[str]:
    found = concluded(hri, numbers, **known)
    for code in found:
        recommend(hri, code).ok()
    return found


def text_of_pdf(content: bytes) -> str:
    return squeezed("".join(page.text for page in pages(content)))


def rows_of(content: bytes) -> list[dict]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def manifest(files: dict[str, bytes]) -> dict:
    return json.loads(files["manifest.json"])


# The package.


def test_every_hash_of_a_package_is_checked_by_sha256sum(huairou, tmp_path) -> None:
    listed(huairou, 1, 2)
    path = tmp_path / "怀柔区.zip"
    said = submit(huairou, path).ok().json
    assert said["files"] == len(contents(path))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "out")
    checked = subprocess.run(
        [tool("sha256sum"), "--check", "--strict", "SHA256SUMS"],
        cwd=tmp_path / "out",
        capture_output=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.count(b": OK") == len(contents(path)) - 1
    files = contents(path)
    listed_files = {one["name"]: one for one in manifest(files)["files"]}
    assert set(files) - set(listed_files) == {"manifest.json", "SHA256SUMS"}
    for name, one in listed_files.items():
        assert one["sha256"] == hashlib.sha256(files[name]).hexdigest()
        assert one["size"] == len(files[name])


def test_a_package_holds_the_three_papers_of_each_agency_a_list_and_a_manifest(
    huairou, tmp_path
) -> None:
    code, _ = listed(huairou, 1, 2, grade="AA")
    made = submit(huairou, tmp_path / "p.zip").ok().json
    files = contents(tmp_path / "p.zip")
    mine = [name.removeprefix(f"{FOLDER}/") for name in files if name.startswith(FOLDER)]
    assert mine == PAPERS
    assert files[f"{FOLDER}/机构自评总结.txt"] == SUMMARY
    assert "推荐名单.xlsx" in files
    assert "报送说明.docx" in files
    told = manifest(files)
    assert [told["district"], told["year"], told["number"]] == ["huairou", 2013, 1]
    assert [told["date"], told["late"], told["supplement"]] == ["2013-11-05", False, False]
    assert told["agencies"][0]["code"] == code
    assert told["agencies"][0]["priority"] == ["按照地方标准评定等级"]
    assert made["agencies"] == [one["code"] for one in told["agencies"]]
    assert (made["number"], made["late"], made["formats"]) == (1, False, ["docx", "pdf"])
    assert made["sha256"] == hashlib.sha256((tmp_path / "p.zip").read_bytes()).hexdigest()


def test_the_form_says_what_annex_3_says_in_word_and_print(huairou, tmp_path) -> None:
    listed(huairou, 1)
    submit(huairou, tmp_path / "p.zip").ok()
    files = contents(tmp_path / "p.zip")
    expected = squeezed(
        """“北京市人力资源诚信服务示范单位”推荐表
        推荐机构名称 北京甲1人力资源有限公司
        推荐理由 诚信经营，制度健全。
        区县人力资源和社会保障局意见 同意推荐。
        （公章） 年 月 日"""
    )
    assert squeezed(text_of_docx(files[f"{FOLDER}/推荐表.docx"])) == expected
    assert sorted(text_of_pdf(files[f"{FOLDER}/推荐表.pdf"])) == sorted(expected)


def test_the_assessment_result_names_all_indicators_and_the_total(huairou, tmp_path) -> None:
    listed(huairou, 1)
    submit(huairou, tmp_path / "p.zip").ok()
    files = contents(tmp_path / "p.zip")
    for text in (
        squeezed(text_of_docx(files[f"{FOLDER}/评估结果.docx"])),
        text_of_pdf(files[f"{FOLDER}/评估结果.pdf"]),
    ):
        assert "《人力资源服务机构诚信状况评估指标》评估结果" in text
        assert "1.设立情况" in text
        assert "22.社会评价" in text
        assert "90.00" in text
        assert "优秀" in text
        assert code_of(1) in text


def test_the_list_and_the_statement_tell_figures_and_relaxation(huairou, tmp_path) -> None:
    listed(huairou, 1, kind="public")
    huairou("recommend", "check-quota", "怀柔", "--relax", "全区经营性机构只有一家").ok()
    submit(huairou, tmp_path / "p.zip").ok()
    files = contents(tmp_path / "p.zip")
    (row,) = rows_of(files["推荐名单.xlsx"])
    assert (row["机构名称"], row["机构性质"], row["总分"]) == (
        "北京甲1人力资源有限公司",
        "公益性",
        90,
    )
    assert row["推荐理由"] == "诚信经营，制度健全。"
    for text in (
        squeezed(text_of_docx(files["报送说明.docx"])),
        text_of_pdf(files["报送说明.pdf"]),
    ):
        assert "怀柔区推荐名额3家，推荐1家，其中经营性机构0家、公益性机构1家" in text
        assert "全区经营性机构只有一家（2013年10月10日登记，经办人张检查）" in text
        assert "北京市怀柔区人力资源和社会保障局" in text
        assert "2013年11月5日" in text
    (relaxed,) = manifest(files)["relaxations"]
    assert relaxed == {"date": "2013-10-10", "reason": "全区经营性机构只有一家", "by": "张检查"}


def test_names_in_a_package_are_safe_and_unique_on_windows(huairou, tmp_path) -> None:
    names = ['甲/乙:丙*"有限公司"', "CON", "长" * 120 + ". ", "甲/乙:丙*'有限公司'"]
    for number, name in zip(concluded(huairou, range(3)), names, strict=False):
        huairou("agency", "edit", number, "--name", name).ok()
        recommend(huairou, number).ok()
    submit(huairou, tmp_path / "p.zip").ok()
    files = list(contents(tmp_path / "p.zip"))
    assert len({name.casefold() for name in files}) == len(files)
    for name in files:
        assert len(name) < 100
        for part in name.split("/"):
            assert not set(part) & set('<>:"\\|?*')
            assert part == part.strip(". ")
            assert len(part.encode()) < 250


def test_a_self_summary_keeps_its_bytes_and_its_suffix(huairou, tmp_path) -> None:
    plain = "自评总结：诚信服务。".encode("gb18030")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("word/document.xml", "<w:p><w:t>自评总结</w:t></w:p>")
    given = {"总结.DOCX": packed.getvalue(), "总结.txt": plain}
    for number, (name, content) in enumerate(given.items()):
        (code,) = concluded(huairou, [number])
        summary = tmp_path / name
        summary.write_bytes(content)
        about = ("--reason", "诚信", "--opinion", "同意", "--self-summary", summary)
        huairou("recommend", "add", code, *about).ok()
    submit(huairou, tmp_path / "p.zip").ok()
    files = contents(tmp_path / "p.zip")
    kept = {name.rsplit("/")[-1]: body for name, body in files.items() if "机构自评总结" in name}
    assert kept == {"机构自评总结.docx": packed.getvalue(), "机构自评总结.txt": plain}


def test_what_was_recalled_keeps_its_number_and_the_next_one_replaces_it(huairou, tmp_path) -> None:
    code, *_ = listed(huairou, 1)
    first = submit(huairou, tmp_path / "1.zip").ok().json
    assert (first["number"], first["replaces"], first["supplement"]) == (1, None, False)
    assert huairou("recommend", "recall", *JSON).status == 2
    recall = ("recommend", "recall", "--reason", "漏附材料", *JSON)
    rehearsed = huairou(*recall, "--dry-run").ok().json
    assert rehearsed["number"] == 1
    assert huairou("recommend", "list", *JSON).ok().json[0]["submitted"] == 1
    recalled = huairou(*recall).ok().json
    assert (recalled["number"], recalled["agencies"]) == (1, [code])
    assert huairou("recommend", "list", *JSON).ok().json[0]["submitted"] is None
    again = huairou(*recall)
    assert (again.status, again.error["code"]) == (4, "package-missing")
    huairou("recommend", "edit", code, "--reason", "诚信，制度健全").ok()
    second = submit(huairou, tmp_path / "2.zip").ok().json
    assert (second["number"], second["replaces"], second["supplement"]) == (2, 1, False)
    files = contents(tmp_path / "2.zip")
    assert manifest(files)["replaces"] == 1
    with zipfile.ZipFile(io.BytesIO(files["报送说明.docx"])) as paper:
        said = re.sub("<[^>]*>", "", paper.read("word/document.xml").decode())
    assert "本次报送代替已撤回的第1次报送" in said
    assert "补充报送" not in said


def test_priority_that_was_passed_over_needs_a_reason_which_is_printed(huairou, tmp_path) -> None:
    listed(huairou, 1)
    (first,) = concluded(huairou, [7], grade="AAA")
    refused = submit(huairou, tmp_path / "p.zip")
    assert (refused.status, refused.error["code"]) == (1, "priority-passed-over")
    assert not (tmp_path / "p.zip").exists()
    assert huairou("recommend", "list", *JSON).ok().json[0]["submitted"] is None
    made = submit(huairou, tmp_path / "p.zip", "--passed-over", "该机构正在搬迁").ok().json
    assert made["passed_over"] == "该机构正在搬迁"
    files = contents(tmp_path / "p.zip")
    with zipfile.ZipFile(io.BytesIO(files["报送说明.docx"])) as paper:
        said = re.sub("<[^>]*>", "", paper.read("word/document.xml").decode())
    assert "应优先推荐而没有推荐的机构1家，理由：该机构正在搬迁。" in said
    assert first


def test_without_a_font_the_papers_are_word_alone_and_it_says_so(
    huairou, tmp_path, monkeypatch
) -> None:
    listed(huairou, 1)
    empty = tmp_path / "no-fonts"
    empty.mkdir()
    huairou.environment["HRI_FONTS"] = str(empty)
    ran = submit(huairou, tmp_path / "p.zip").ok()
    assert ran.json["formats"] == ["docx"]
    assert "只有 Word 文件，没有 PDF" in ran.err
    files = contents(tmp_path / "p.zip")
    assert not [name for name in files if name.endswith(".pdf")]
    assert manifest(files)["formats"] == ["docx"]


def test_a_character_that_no_font_has_leaves_word_files(huairou, tmp_path) -> None:
    wheel = pytest.importorskip("pylopdf_fonts_zh_cn")
    huairou.environment["HRI_FONTS"] = str(wheel.serif_path().parent)
    (code,) = concluded(huairou, [1])
    huairou("agency", "edit", code, "--name", "北京𠮷人力资源有限公司").ok()
    recommend(huairou, code).ok()
    ran = submit(huairou, tmp_path / "p.zip").ok()
    assert ran.json["formats"] == ["docx"]
    assert "没有 PDF" in ran.err


# What is checked.


@pytest.mark.parametrize(
    ("commercial", "public", "code"),
    [(4, 0, "quota-exceeded"), (1, 2, "commercial-share"), (0, 0, "list-empty")],
)
def test_a_list_that_does_not_hold_is_refused_and_nothing_is_written(
    huairou, tmp_path, commercial, public, code
) -> None:
    listed(huairou, *range(commercial))
    listed(huairou, *range(10, 10 + public), kind="public")
    before = journal(huairou.archive)
    ran = submit(huairou, tmp_path / "p.zip")
    assert (ran.status, ran.error["code"]) == (1, code)
    assert journal(huairou.archive) == before
    assert list(tmp_path.glob("*.zip")) == []
    assert list(tmp_path.glob(".*")) == []


def test_an_incomplete_list_is_refused_with_everything_that_is_missing(huairou, tmp_path) -> None:
    codes = concluded(huairou, [1, 2])
    for code in codes:
        huairou("recommend", "add", code, "--reason", "诚信").ok()
    ran = submit(huairou, tmp_path / "p.zip")
    assert (ran.status, ran.error["code"]) == (1, "incomplete")
    assert [one["code"] for one in ran.error["details"]] == ["incomplete"] * 2
    assert not (tmp_path / "p.zip").exists()


def test_ineligible_or_moved_since_it_was_added_is_refused(huairou, tmp_path) -> None:
    one, other = listed(huairou, 1, 2)
    sanction(huairou, one)
    assert submit(huairou, tmp_path / "p.zip").error["code"] == "not-eligible"
    huairou("recommend", "remove", one).ok()
    huairou("agency", "edit", other, "--district", "密云").ok()
    assert submit(huairou, tmp_path / "p.zip").error["code"] == "wrong-district"


def test_a_relaxed_list_is_submitted(huairou, tmp_path) -> None:
    listed(huairou, 1, 2, kind="public")
    assert submit(huairou, tmp_path / "p.zip").error["code"] == "commercial-share"
    huairou("recommend", "check-quota", "怀柔", "--relax", "机构少").ok()
    submit(huairou, tmp_path / "p.zip").ok()


@pytest.mark.parametrize(
    ("date", "late"), [("2013-11-04", False), ("2013-11-05", False), ("2013-11-06", True)]
)
def test_the_fifth_of_november_is_in_time(huairou, tmp_path, date, late) -> None:
    listed(huairou, 1)
    ran = submit(huairou, tmp_path / "p.zip", date=date).ok()
    assert ran.json["late"] is late
    assert ran.json["deadline"] == "2013-11-05"
    assert ("晚于报送期限" in ran.err) is late
    text = squeezed(text_of_docx(contents(tmp_path / "p.zip")["报送说明.docx"]))
    assert ("晚于11月5日的期限" in text) is late


def test_the_citys_own_lane_is_never_late_and_addressed_to_nobody(city, tmp_path) -> None:
    listed(city, 1, district="municipal", kind="public")
    ran = submit(city, tmp_path / "p.zip", "市属机构", date="2013-12-01").ok()
    assert (ran.json["district"], ran.json["late"]) == ("municipal", False)
    text = squeezed(text_of_docx(contents(tmp_path / "p.zip")["报送说明.docx"]))
    assert "人力资源市场处：" not in text
    assert "市属机构不受经营性机构比例限制" in text


def test_the_city_can_submit_any_districts_list_and_has_to_say_which(city, tmp_path) -> None:
    listed(city, 1, district="miyun")
    listed(city, 2, district="yanqing")
    ran = submit(city, tmp_path / "p.zip")
    assert (ran.status, ran.error["code"]) == (2, "district-missing")
    made = submit(city, tmp_path / "p.zip", "密云区").ok().json
    assert made["agencies"] == [code_of(1)]
    assert check(city, "延庆")[1]["submitted"] == 0


def test_a_district_submits_its_own_list_alone(huairou, tmp_path) -> None:
    listed(huairou, 1)
    ran = submit(huairou, tmp_path / "p.zip", "朝阳区")
    assert (ran.status, ran.error["code"]) == (1, "not-ours")
    submit(huairou, tmp_path / "p.zip", "怀柔区").ok()


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("p.docx", 2, "unknown-suffix"),
        ("there.zip", 4, "file-exists"),
        ("no/p.zip", 5, "folder-missing"),
    ],
)
def test_a_target_that_cannot_be_written_leaves_the_list_open(
    huairou, tmp_path, name, status, code
) -> None:
    listed(huairou, 1)
    (tmp_path / "there.zip").write_bytes(b"there")
    ran = submit(huairou, tmp_path / name)
    assert (ran.status, ran.error["code"]) == (status, code)
    assert check(huairou)[1]["districts"][0]["submitted"] == 0
    assert (tmp_path / "there.zip").read_bytes() == b"there"


# What is fixed.


def test_what_was_submitted_can_be_neither_removed_nor_changed(huairou, tmp_path) -> None:
    (code,) = listed(huairou, 1)
    submit(huairou, tmp_path / "p.zip").ok()
    before = journal(huairou.archive)
    for arguments in (["remove", code], ["edit", code, "--opinion", "不同意"]):
        ran = huairou("recommend", *arguments, *JSON)
        assert (ran.status, ran.error["code"]) == (1, "submitted")
    assert journal(huairou.archive) == before
    (row,) = huairou("recommend", "list", *JSON).json
    assert row["submitted"] == 1


def test_what_is_added_later_goes_into_a_numbered_supplement(huairou, tmp_path) -> None:
    (first,) = listed(huairou, 1)
    submit(huairou, tmp_path / "1.zip").ok()
    kept = (tmp_path / "1.zip").read_bytes()
    (second,) = listed(huairou, 2)
    huairou("agency", "edit", first, "--grade", "AAA").ok()
    sanction(huairou, first)
    ran = submit(huairou, tmp_path / "2.zip", date="2013-11-05").ok()
    assert (ran.json["number"], ran.json["agencies"]) == (2, [second])
    changes = [(one["code"], one["field"], one["after"]) for one in ran.json["changes"]]
    assert changes == [
        (first, "grade", "AAA"),
        (first, "reasons", ["2013-10-20受到惩戒：曝光"]),
    ]
    files = contents(tmp_path / "2.zip")
    assert manifest(files)["supplement"] is True
    assert [one["code"] for one in manifest(files)["agencies"]] == [second]
    text = squeezed(text_of_docx(files["报送说明.docx"]))
    assert "此前已报送1家，本次补充1家，累计推荐2家" in text
    assert "此前报送的北京甲1人力资源有限公司，等级由“无”变为“AAA”" in text
    assert (tmp_path / "1.zip").read_bytes() == kept
    # What a supplement told is not told again.
    listed(huairou, 3)
    assert submit(huairou, tmp_path / "3.zip").ok().json["changes"] == []


def test_a_supplement_is_checked_with_what_was_submitted_before(huairou, tmp_path) -> None:
    listed(huairou, 1, 2, 3)
    submit(huairou, tmp_path / "1.zip").ok()
    listed(huairou, 4)
    assert submit(huairou, tmp_path / "2.zip").error["code"] == "quota-exceeded"
    huairou("recommend", "remove", code_of(4)).ok()
    assert submit(huairou, tmp_path / "2.zip").error["code"] == "already-submitted"


def test_a_supplement_never_takes_the_place_of_another_package(huairou, tmp_path) -> None:
    listed(huairou, 1)
    path = tmp_path / "p.zip"
    submit(huairou, path).ok()
    kept = path.read_bytes()
    listed(huairou, 2)
    ran = submit(huairou, path, "--force")
    assert (ran.status, ran.error["code"]) == (4, "other-package")
    assert path.read_bytes() == kept
    assert check(huairou)[1]["districts"][0]["submitted"] == 1
    other = tmp_path / "other.zip"
    other.write_bytes(b"PK no package of ours")
    assert submit(huairou, other, "--force").ok().json["number"] == 2


def test_the_same_package_can_be_written_again_byte_for_byte(huairou, tmp_path) -> None:
    (code,) = listed(huairou, 1)
    submit(huairou, tmp_path / "1.zip").ok()
    # Nothing that happens later changes what was sent.
    huairou("agency", "edit", code, "--name", "北京改名人力资源有限公司").ok()
    huairou("assess", "reopen", code, "--reason", "复核").ok()
    before = journal(huairou.archive)
    ran = submit(huairou, tmp_path / "again.zip")
    assert (ran.status, ran.error["code"]) == (1, "already-submitted")
    assert "--force" in ran.error["hint"]
    again = submit(huairou, tmp_path / "again.zip", "--force").ok().json
    assert (again["again"], again["number"]) == (True, 1)
    submit(huairou, tmp_path / "number.zip", "--number", "1").ok()
    content = (tmp_path / "1.zip").read_bytes()
    assert (tmp_path / "again.zip").read_bytes() == content
    assert (tmp_path / "number.zip").read_bytes() == content
    assert submit(huairou, tmp_path / "1.zip", "--force").ok().json["again"] is True
    assert journal(huairou.archive) == before
    missing = submit(huairou, tmp_path / "no.zip", "--number", "2")
    assert (missing.status, missing.error["code"]) == (4, "package-missing")


def test_a_package_can_be_written_again_after_records_were_merged(huairou, tmp_path) -> None:
    listed(huairou, 1)
    submit(huairou, tmp_path / "1.zip").ok()
    huairou.add("北京乙人力资源有限公司", code_of(2))
    with opened(huairou) as archive:
        (row,) = archive.session.exec(select(Recommendation)).all()
        writer.update(archive, row, agency_id=agencies.find(archive, code_of(2)).id)
    submit(huairou, tmp_path / "2.zip", "--number", "1").ok()
    assert (tmp_path / "2.zip").read_bytes() == (tmp_path / "1.zip").read_bytes()
    huairou("recommend", "form", code_of(2), "-o", tmp_path / "f.docx").ok()


def _full_for_packages(rename):
    """Return what gives a file its name, and finds no room for a package."""

    def renamed(self: Path, target):
        if self.suffix == ".zip":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    return renamed


def test_a_file_that_gets_no_name_leaves_a_submission_that_can_be_written(
    huairou, tmp_path, monkeypatch
) -> None:
    listed(huairou, 1)
    for name in ("replace", "hardlink_to"):
        monkeypatch.setattr(Path, name, _full_for_packages(getattr(Path, name)))
    ran = submit(huairou, tmp_path / "p.zip")
    assert (ran.status, ran.error["code"]) == (5, "package-unwritten")
    assert "--number 1" in ran.error["hint"]
    assert list(tmp_path.glob("*.zip")) == []
    assert check(huairou)[1]["districts"][0]["submitted"] == 1
    monkeypatch.undo()
    submit(huairou, tmp_path / "p.zip", "--number", "1").ok()
    assert manifest(contents(tmp_path / "p.zip"))["number"] == 1


def test_a_package_that_cannot_be_made_submits_nothing(huairou, tmp_path) -> None:
    listed(huairou, 1)
    templates = tmp_path / "templates"
    (templates / "recommend").mkdir(parents=True)
    (templates / "recommend/form.xhtml").write_text("<article>{{ nobody }}</article>")
    huairou.environment["HRI_TEMPLATES"] = str(templates)
    before = journal(huairou.archive)
    ran = submit(huairou, tmp_path / "p.zip")
    assert (ran.status, ran.error["code"]) == (3, "template-broken")
    assert journal(huairou.archive) == before
    assert not (tmp_path / "p.zip").exists()


# Annex 3 alone.


@pytest.mark.parametrize("suffix", [".html", ".docx", ".pdf"])
def test_the_form_is_printed_in_three_formats(huairou, tmp_path, suffix) -> None:
    (code,) = listed(huairou, 1)
    path = tmp_path / f"推荐表{suffix}"
    huairou("recommend", "form", code, "-o", path).ok()
    assert path.stat().st_size > 1000
    assert huairou("recommend", "form", code, "-o", path).status == 4
    huairou("recommend", "form", code, "-o", path, "--force").ok()


def test_a_form_is_of_a_recommended_agency_in_a_known_format(huairou, tmp_path) -> None:
    (code,) = concluded(huairou, [1])
    ran = huairou("recommend", "form", code, "-o", tmp_path / "f.docx", *JSON)
    assert (ran.status, ran.error["code"]) == (4, "not-recommended")
    recommend(huairou, code).ok()
    assert huairou("recommend", "form", code, "-o", tmp_path / "f.txt").status == 2


def test_a_form_bears_the_words_that_were_submitted(huairou, tmp_path) -> None:
    (code,) = listed(huairou, 1)
    submit(huairou, tmp_path / "p.zip").ok()
    huairou("agency", "edit", code, "--name", "北京改名人力资源有限公司").ok()
    huairou("recommend", "form", code, "-o", tmp_path / "f.docx").ok()
    assert (tmp_path / "f.docx").read_bytes() == contents(tmp_path / "p.zip")[
        f"{FOLDER}/推荐表.docx"
    ]


@pytest.mark.parametrize(
    "reason", ["短。", "一二三四五六七八九十" * 26, "长" * 3000, "多行\n" * 30]
)
def test_a_form_is_one_page_and_what_it_cannot_hold_stands_behind_it(
    huairou, tmp_path, reason
) -> None:
    (code,) = concluded(huairou, [1])
    huairou("recommend", "add", code, "--reason", reason, "--opinion", "同意。").ok()
    path = tmp_path / "f.pdf"
    huairou("recommend", "form", code, "-o", path).ok()
    found = pages(path)
    assert "（公章）" in found[0].text
    assert "年月日" in squeezed(found[0].text)
    if len(reason) > 260 or "\n" in reason:
        assert "（见附页）" in found[0].text
        assert squeezed(reason) in squeezed("".join(page.text for page in found[1:]))
    else:
        assert len(found) == 1
        assert squeezed(reason) in squeezed(found[0].text)
