"""Papers for many: a file each in a folder, sorted by number, or one file to print."""

from __future__ import annotations

import zipfile
from xml.etree import ElementTree

import pytest

from assessing import as_json, scores
from printed import Page, W, pages
from running import JSON, Hri, code_of

NAMES = [f"机构{number}" for number in range(1, 13)]


@pytest.fixture
def concluded(haidian) -> Hri:
    for number, name in enumerate(NAMES, 1):
        haidian.add(name, code_of(number))
        haidian("assess", "run", name, "--scores", "-", stdin=as_json(scores())).ok()
    haidian("assess", "conclude", "--all").ok()
    return haidian


def test_files_in_a_folder_sort_in_the_order_of_their_numbers(concluded, tmp_path):
    concluded("assess", "notice", "--all", "-o", tmp_path / "out").ok()
    files = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [name.partition("〕")[2].partition(" ")[0] for name in files] == [
        f"{number:04}号" for number in range(1, 13)
    ]
    page = (tmp_path / "out" / files[8]).read_text(encoding="utf-8")
    assert "9号" in page
    assert "0009号" not in page


def test_in_one_pdf_each_notice_begins_on_a_right_hand_page_with_numbers_of_its_own(
    concluded, tmp_path
):
    file = tmp_path / "all.pdf"
    ran = concluded("assess", "notice", "--all", "-o", file, "--slip", *JSON).ok()
    assert [one["number"][-3:-1].strip("〕") for one in ran.json] == [
        f"{number}" for number in range(1, 13)
    ]
    assert {one["written"] for one in ran.json} == {str(file)}
    shown = pages(file)
    first = [place for place, page in enumerate(shown) if "评估结果告知书" in page.text]
    assert len(first) == 12
    assert all(place % 2 == 0 for place in first)
    assert {folio(shown[place]) for place in first} == {"—1—"}
    assert all(folio(page) for page in shown if page.text)
    assert not any(folio(page) for page in shown if not page.text)
    slips = pages(tmp_path / "all 送达回证.pdf")
    assert sum("送达回证" in page.text for page in slips) == 12


def folio(page: Page) -> str:
    return "".join(str(one["text"]) for one in page.folio)


def test_in_one_word_file_each_notice_is_a_section_from_an_odd_page(concluded, tmp_path):
    file = tmp_path / "all.docx"
    concluded("assess", "notice", NAMES[0], NAMES[1], NAMES[2], "-o", file).ok()
    with zipfile.ZipFile(file) as package:
        assert package.testzip() is None
        root = ElementTree.fromstring(package.read("word/document.xml"))
        related = package.read("word/_rels/document.xml.rels").decode()
        names = package.namelist()
    sections = list(root.iter(f"{W}sectPr"))
    assert len(sections) == 3
    for section in sections:
        assert section.find(f"{W}type").get(f"{W}val") == "oddPage"
        assert section.find(f"{W}pgNumType").get(f"{W}start") == "1"
    assert "word/footer3.xml" in names
    assert "footer3.xml" in related


def test_one_notice_alone_is_the_same_file_as_ever(concluded, tmp_path):
    concluded("assess", "notice", NAMES[0], "-o", tmp_path / "one.docx").ok()
    with zipfile.ZipFile(tmp_path / "one.docx") as package:
        assert "word/footer3.xml" not in package.namelist()
        assert b"oddPage" not in package.read("word/document.xml")


def test_a_page_can_not_hold_several_notices(concluded, tmp_path):
    refused = concluded("assess", "notice", "--all", "-o", tmp_path / "all.html", *JSON)
    assert (refused.status, refused.error["code"]) == (2, "not-a-folder")
    assert (
        concluded("assess", "notice", "--all", "-o", tmp_path / "out", "--to", "docx").status == 0
    )
    assert len(list((tmp_path / "out").glob("*.docx"))) == 12


def test_a_bound_file_is_not_written_over_another(concluded, tmp_path):
    file = tmp_path / "all.docx"
    file.write_text("x", encoding="utf-8")
    assert concluded("assess", "notice", "--all", "-o", file).status == 4
    assert file.read_text(encoding="utf-8") == "x"
    concluded("assess", "notice", "--all", "-o", file, "--force").ok()
    assert zipfile.is_zipfile(file)
