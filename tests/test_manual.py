"""The manual says what the program does: its command blocks run, nothing lacks its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hrintegrity.notice import records
from manual import BLOCK, MANUAL, Reader, lines, pages, start_of
from samples import ALL_GROUPS, COMMANDS
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


def test_every_command_option_field_and_error_code_has_its_place_in_the_manual():
    made = make_manual.generated()
    sections = dict(
        part.split("\n", 1) for part in made["reference/commands.md"].split("\n## hri ")[1:]
    )
    for path, command in COMMANDS.items():
        assert path in sections
        for parameter in command.params:
            if parameter.param_type_name == "option" and not parameter.hidden:
                lacking = [name for name in parameter.opts if name not in sections[path]]
                assert lacking == [], f"{path}: {lacking}"
        assert f"`hri {path}`" in made["reference/json.md"]
    for code in load_script("docs/make_contract.py").codes():
        assert f"\n## `{code}`\n" in made["reference/errors.md"]
    fields = made["reference/fields.md"]
    for kind in records.kinds().values():
        for field in kind:
            assert f"`{field.name}`" in fields or not field.heading


def test_what_a_page_says_of_commands_in_passing_is_there():
    """`hri …` within a sentence names a command that there is, with options that it has."""
    wrong = []
    for page in pages():
        text = BLOCK.sub("", page.read_text("utf-8"))
        for said in re.findall(r"`hri ([a-z][^`]*)`", text):
            words = said.split()
            if " ".join(words).removesuffix(" --help") in ALL_GROUPS:
                continue
            depth = max((n for n in range(1, 4) if " ".join(words[:n]) in COMMANDS), default=0)
            known = COMMANDS.get(" ".join(words[:depth]))
            options = [word for word in words if word.startswith("--")]
            has = [] if known is None else [o for p in known.params for o in p.opts]
            if known is None or not set(options) <= {*has, "--help"}:
                wrong.append(f"{page.name}: hri {said}")
    assert wrong == []
