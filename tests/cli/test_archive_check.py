"""A paper that someone holds: known with the public key alone, and a changed byte is found."""

from __future__ import annotations

import re
import zipfile

import pytest

import server
from assessing import rate
from exchanging import key_of
from running import JSON, Hri, code_of


@pytest.fixture
def noticed(haidian, tmp_path):
    haidian.add("北京甲人力资源有限公司", code_of(1))
    rate(haidian, code_of(1)).ok()
    haidian("assess", "conclude", code_of(1)).ok()
    paths = [tmp_path / f"n{suffix}" for suffix in (".html", ".docx", ".pdf")]
    for path in paths:
        haidian("assess", "notice", code_of(1), "-o", path).ok()
    return haidian, paths


def test_a_genuine_paper_is_known_with_the_public_key_alone(noticed, tmp_path):
    haidian, paths = noticed
    line = key_of(haidian)
    elsewhere = Hri(tmp_path / "none.db")
    for path in paths:
        found = elsewhere("archive", "check", path, "--key", line, *JSON).ok().json
        assert found["number"] == "海人社诚评〔2013〕1号"
        assert (found["unchanged"], found["agency"]) == (True, "北京甲人力资源有限公司")
        assert (found["served"], found["replaced_by"], found["withdrawn"]) == (None, None, None)
        known = haidian("archive", "check", path, *JSON).ok().json
        assert known["unchanged"] is True
    haidian("assess", "served", code_of(1), "--date", "2013-10-10", "--method", "direct",
            "--receiver", "张三").ok()  # fmt: skip
    assert haidian("archive", "check", paths[0], *JSON).ok().json["served"] == "2013-10-10"


def test_one_changed_character_is_found(noticed):
    haidian, (page, word, pdf) = noticed
    page.write_text(
        page.read_text(encoding="utf-8").replace("甲人力", "乙人力", 1), encoding="utf-8"
    )
    content = bytearray(pdf.read_bytes())
    content[len(content) // 2] ^= 1
    pdf.write_bytes(content)
    with zipfile.ZipFile(word) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["word/document.xml"].decode()
    parts["word/document.xml"] = text.replace("甲", "乙", 1).encode()
    with zipfile.ZipFile(word, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    for path in (page, word, pdf):
        ran = haidian("archive", "check", path, *JSON)
        assert (ran.status, ran.json["unchanged"]) == (1, False), path


def test_what_is_no_paper_of_a_known_office_is_unknown(noticed, city, tmp_path):
    haidian, (page, word, pdf) = noticed
    for path in (page, word, pdf):
        ran = city("archive", "check", path, *JSON)
        assert (ran.status, ran.error["code"]) == (4, "paper-unknown")
    bare = tmp_path / "bare.html"
    bare.write_text(re.sub('<meta name="hri.*?/>', "", page.read_text(encoding="utf-8")))
    ran = haidian("archive", "check", bare, *JSON)
    assert (ran.status, ran.error["code"]) == (4, "paper-unknown")
    ran = haidian("archive", "check", tmp_path / "none.pdf", *JSON)
    assert (ran.status, ran.error["code"]) == (4, "file-missing")


def test_the_record_of_a_paper_is_attached_to_its_pdf(noticed):
    _, (_, _, pdf) = noticed
    content = pdf.read_bytes()
    assert b"<pdfaid:part>3</pdfaid:part>" in content
    assert b"/EmbeddedFile" in content


@pytest.fixture(scope="module")
def printing(_made, tmp_path_factory):
    """An archive without a key yet, with something of which each paper can be printed."""
    folder = tmp_path_factory.mktemp("printing")
    hri = Hri(folder / "archive.db")
    server.copy(_made("haidian"), hri.archive)
    for number in (1, 2):
        hri.add(f"北京{number}人力资源有限公司", code_of(number))
        rate(hri, code_of(number)).ok()
    found = {"agency": code_of(1)}
    found["staff"] = hri("agency", "staff", "add", code_of(1), "--name", "王五", *JSON).json["id"]
    failed = ("--pledge", "fail", "--publicity", "pass", "--ledger", "pass", "--feedback", "pass")
    hri("inspect", "record", code_of(1), "--date", "2013-10-08", *failed).ok()
    case = hri("complaint", "add", code_of(1), "--received", "2013-10-08", "--channel", "market",
               "--subject", "收费", *JSON).ok().json["id"]  # fmt: skip
    hri("complaint", "close", case, "--date", "2013-10-09", "--outcome", "unfounded", "--answer",
        "已查").ok()  # fmt: skip
    found["complaint"] = case
    found["activity"] = hri("campaign", "log", "--kind", "training", "--date", "2013-10-09",
                            "--title", "培训", *JSON).ok().json["id"]  # fmt: skip
    return hri, found


@pytest.mark.parametrize(
    ("words", "kind", "of_agency"),
    [
        ("agency dossier {agency}", "dossier/dossier", True),
        ("agency staff dossier {staff}", "staff/dossier", False),
        ("inspect form {agency}", "inspect/form", True),
        ("inspect order {agency}", "inspect/order", True),
        ("complaint reply {complaint}", "complaint/reply", False),
        ("campaign bulletin {activity}", "campaign/bulletin", False),
        ("report month", "report/month", False),
    ],
)
def test_every_paper_carries_its_record(printing, tmp_path, words, kind, of_agency):
    hri, found = printing
    arguments = words.format(**found).split(" ")
    for suffix in (".html", ".docx"):
        path = tmp_path / f"paper{suffix}"
        hri(*arguments, "-o", path).ok()
        checked = Hri(tmp_path / "none.db")(
            "archive", "check", path, "--key", key_of(hri), *JSON
        ).ok().json  # fmt: skip
        assert (checked["kind"], checked["unchanged"], checked["number"]) == (kind, True, None)
        assert checked["agency"] == ("北京1人力资源有限公司" if of_agency else None)
        assert checked["title"]
    page = tmp_path / "paper.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("</article>", "<p>改</p></article>"), encoding="utf-8")
    assert page.read_text(encoding="utf-8") != text
    ran = hri("archive", "check", page, *JSON)
    assert (ran.status, ran.json["unchanged"]) == (1, False)


def test_a_file_of_several_papers_names_each_of_them(printing, tmp_path):
    hri, _ = printing
    hri("assess", "conclude", "--all").ok()
    for suffix in (".docx", ".pdf"):
        path = tmp_path / f"all{suffix}"
        hri("assess", "notice", "--all", "-o", path).ok()
        hri("assess", "served", code_of(2), "--date", "2013-10-10", "--method", "direct",
            "--receiver", "张三")  # fmt: skip
        found = hri("archive", "check", path, *JSON).ok().json
        assert (found["kind"], found["number"], found["agency"]) == ("bound", None, None)
        assert [(one["number"], one["served"]) for one in found["papers"]] == [
            ("海人社诚评〔2013〕1号", None),
            ("海人社诚评〔2013〕2号", "2013-10-10"),
        ]
        assert "海人社诚评〔2013〕2号" in hri("archive", "check", path).ok().out
        content = bytearray(path.read_bytes())
        content[len(content) // 3] ^= 1
        path.write_bytes(content)
        assert hri("archive", "check", path).status in (1, 4)
