"""A paper that someone holds: known with the public key alone, and a changed byte is found."""

from __future__ import annotations

import re
import zipfile

import pytest

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
