"""The manual says what the program does: its command blocks run, nothing lacks its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from manual import BLOCK, MANUAL, Reader, lines, pages, start_of
from scripts import load_script

pytestmark = pytest.mark.archive_file("the pages are about an archive's file")

make_manual = load_script("docs/make_manual.py")
WITH_COMMANDS = [page for page in pages() if BLOCK.search(page.read_text("utf-8"))]
TUTORIAL = MANUAL / "tutorial.md"


@pytest.fixture(scope="session")
def tutorial(tmp_path_factory) -> Path:
    """Type the whole tutorial once; return the folder with what it made."""
    reader = Reader(tmp_path_factory.mktemp("tutorial"))
    reader.begin()
    for line in lines(TUTORIAL):
        reader.type(line)
    return reader.folder


def test_the_tutorial_leads_from_a_register_to_the_summary(tutorial):
    made = {path.name for path in tutorial.iterdir()}
    assert made >= {
        "告知书",
        "再印一份.html",
        "推荐材料.zip",
        "总结.docx",
        "总结.xlsx",
        "练习备份.db",
    }
    assert len(list((tutorial / "告知书").iterdir())) == 62


@pytest.mark.parametrize(
    "page",
    [page for page in WITH_COMMANDS if page != TUTORIAL],
    ids=lambda page: page.relative_to(MANUAL).as_posix(),
)
def test_the_commands_of_a_page_run_as_they_stand(page, tmp_path, request):
    reader = Reader(tmp_path)
    reader.begin()
    if start_of(page) == "campaign":
        reader.copy_from(request.getfixturevalue("tutorial"))
    for line in lines(page):
        reader.type(line)
