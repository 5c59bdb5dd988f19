"""What docs/contract.md says of every command, found by walking over them all."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

import hrintegrity.cli
from hrintegrity.cli.program.messages import _held  # noqa: F401 — the module is loaded before streams change.
from hrintegrity.text import width
from running import Hri, Ran
from samples import ALL_GROUPS, COMMANDS, NAME, READS, SAMPLES
from samples import WRITES as WRITING

CLI = Path(hrintegrity.cli.__file__).parent
NEEDS_NO_ARCHIVE = {
    *("init", "config init", "config show", "config check", "help", "doctor", "law check"),
    *("report hotlines", "archive restore", "archive copy"),
    *(f"{group} template" for group in ("agency", "agency staff", "inspect")),
    *(f"{group} template" for group in ("complaint", "assess", "campaign", "reward")),
}
"""Commands that make an archive, name it themselves, or do without."""

ENGLISH = re.compile(
    r"Usage|Options|Arguments|Commands|Show this message|default|required|Error|Try |"
    r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}"
)
"""What Typer says where nobody put it into Chinese; three English words in a row are a sentence."""

NO_SENTENCE = re.compile(r"hri( -*[a-z-]+)+|/\S+|<b>")
"""A command, a path, the name of an agency."""


def english(text: str) -> str:
    """Return the first English sentence in a text, or nothing."""
    found = ENGLISH.search(NO_SENTENCE.sub("", text))
    return found[0] if found else ""


ABOUT_A_FILE = {"archive backup", "archive restore", "archive copy"}
WRITES = [
    pytest.param(
        name, marks=[pytest.mark.archive_file(f"{name} has one")] if name in ABOUT_A_FILE else []
    )
    for name in WRITING
]


def test_every_command_has_a_sample():
    assert set(COMMANDS) - set(SAMPLES) == set(), "tests/cases/commands.yaml lacks them"
    assert set(SAMPLES) - set(COMMANDS) == set(), "there are no such commands"


@pytest.mark.parametrize("path", [*ALL_GROUPS, *COMMANDS], ids=lambda path: path or "hri")
def test_help_is_chinese_and_within_the_width(path):
    hri = Hri(Path("none.db"))
    for columns in (80, 40):
        hri.environment["COLUMNS"] = str(columns)
        ran = hri(*path.split(), "--help").ok()
        assert ran.err == ""
        lines = ran.out.splitlines()
        assert lines[0].startswith("用法：hri")
        assert re.search("\n\n  .*[一-鿿]", ran.out)
        assert max(map(width, lines)) <= columns
        assert english(ran.out) == ""
        assert not [line for line in lines if line != line.rstrip()]


def test_each_command_is_the_module_of_its_path():
    for path, command in COMMANDS.items():
        assert command.help, path
    modules = {
        str(file.relative_to(CLI).with_suffix("")).replace("/", " ")
        for file in CLI.rglob("[!_]*.py")
        if file.relative_to(CLI).parts[0] not in ("base", "program")
    }
    named = {re.sub(r"\bimport$", "import_", path.replace("-", "_")) for path in COMMANDS}
    assert named - modules == {"assess"}
    assert modules - named == {"assess work_list"}


@pytest.mark.parametrize("path", COMMANDS)
def test_an_unknown_option_is_wrong_usage_in_one_line_and_a_hint(path, tmp_path):
    hri = Hri(tmp_path / "none.db")
    ran = hri(*path.split(), "--unheard-of")
    assert (ran.status, ran.out) == (2, "")
    first, second = ran.err.splitlines()
    assert first.startswith("错误 [no-such-option] ")
    assert "--unheard-of" in first
    assert "--" in second
    assert english(ran.err) == ""
    ran = hri(*path.split(), "--unheard-of", "-f", "json")
    assert (ran.status, ran.out) == (2, "")
    check_error(ran)


def takes_any_number(command: Any) -> bool:
    return command is not None and any(parameter.nargs == -1 for parameter in command.params)


@pytest.mark.parametrize("path", COMMANDS)
def test_wrong_calls_are_refused_in_chinese(path, tmp_path):
    hri = Hri(tmp_path / "none.db")
    many = [] if takes_any_number(COMMANDS[path]) else [["朝阳"] * 9]
    for wrong in (*many, ["--format", "xml"], ["--format"]):
        ran = hri(*path.split(), *wrong)
        assert (ran.status, ran.out) == (2, ""), ran
        assert len(ran.err.splitlines()) == 2
        assert english(ran.err) == ""


def check_error(ran: Ran) -> dict[str, Any]:
    """Standard error is one JSON object with the promised keys; standard output is empty."""
    assert ran.out == ""
    told = json.loads(ran.err)
    assert list(told) == ["error"]
    error = told["error"]
    assert set(error) - {"warnings"} == {"code", "message", "hint", "clause", "details"}
    assert re.fullmatch("[a-z]+(-[a-z]+)*", error["code"])
    assert re.search("[一-鿿]", error["message"])
    assert re.search("[一-鿿]", error["hint"])
    assert "\n" not in error["message"]
    assert isinstance(error["details"], list)
    assert english(error["message"] + error["hint"]) == ""
    return error


@pytest.mark.parametrize("path", [path for path in COMMANDS if path not in NEEDS_NO_ARCHIVE])
def test_without_an_archive_every_command_is_exit_5(call, path):
    ran = call(path, archive=False)
    assert (ran.status, ran.out) == (5, "")
    assert ran.err.startswith("错误 [archive-missing] ")
    assert len(ran.err.splitlines()) == 2
    ran = call(path, "-f", "json", archive=False)
    assert ran.status == 5
    assert check_error(ran)["code"] == "archive-missing"


def check_warnings(ran: Ran) -> None:
    """Where a command ends with its result, standard error has warnings and nothing else."""
    for line in ran.err.splitlines():
        assert line.startswith("提示 "), ran.err


def records(text: str) -> list[list[str]]:
    """Read a csv as a script would: a page of the manual is longer than a cell may be."""
    limit = csv.field_size_limit(1 << 24)
    try:
        return list(csv.reader(io.StringIO(text), strict=True))
    finally:
        csv.field_size_limit(limit)


@pytest.mark.parametrize("path", READS)
def test_a_command_that_reads_gives_table_json_and_csv(call, path):
    table = call(path)
    assert table.status == SAMPLES[path].status, table
    check_warnings(table)
    assert table.out.strip()
    assert english(table.out) == ""

    shown = call(path, "-f", "json")
    assert shown.status == table.status
    check_warnings(shown)
    document = shown.json
    for text in (table.out, shown.out):
        # A name with every character that some format takes for its own comes out as it is.
        assert "北京甲&" not in text or NAME in text
    assert shown.out == json.dumps(document, ensure_ascii=False, indent=2) + "\n"

    listed = call(path, "-f", "csv")
    assert listed.status == table.status
    check_warnings(listed)
    header, *lines = records(listed.out)
    assert header
    assert len(set(header)) == len(header)
    assert all(len(line) == len(header) for line in lines)
    if isinstance(document, list):
        assert len(lines) == len(document)


@pytest.mark.parametrize("path", READS)
def test_what_is_piped_is_never_cut_to_a_width(call, path):
    narrow = call(path, environment={"COLUMNS": "20"})
    wide = call(path, environment={"COLUMNS": "1000"})
    # Copies of the archive lie in different folders of equally long names.
    assert [len(line) for line in narrow.out.splitlines()] == [
        len(line) for line in wide.out.splitlines()
    ]


@pytest.mark.parametrize("path", READS)
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_gbk_console_and_no_colour_are_no_failure(call, path, form):
    ran = call(path, "-f", form, encoding="gbk", environment={"NO_COLOR": "1"})
    assert ran.status == SAMPLES[path].status
    assert "\x1b" not in ran.out
    if form == "json":
        assert ran.json is not None  # JSON is UTF-8 whatever the console is.


@pytest.mark.parametrize("path", WRITES)
def test_a_command_that_writes_says_one_line_or_gives_the_record(call, path):
    sample = SAMPLES[path]
    said = call(path)
    assert said.status == sample.status, said
    if sample.status:
        assert said.out == ""
        assert said.err.startswith("错误 [")
        ran = call(path, "-f", "json")
        assert ran.status == sample.status
        check_error(ran)
        return
    check_warnings(said)
    assert len(said.out.splitlines()) == 1, said.out
    assert english(said.out) == ""
    written = call(path, "-f", "json")
    assert written.status == 0
    check_warnings(written)
    record = written.json
    assert isinstance(record, (dict, list))
    if "read" not in record:  # the result of an import is no record
        for one in record if isinstance(record, list) else [record]:
            assert one["id"], one


@pytest.mark.parametrize("path", WRITES)
def test_a_gbk_console_takes_what_a_writing_command_says(call, path):
    assert call(path, encoding="gbk").status == SAMPLES[path].status


@pytest.mark.parametrize("path", [path for path in COMMANDS if path not in NEEDS_NO_ARCHIVE])
def test_every_command_says_in_one_line_that_it_was_interrupted(call, path, monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("hrintegrity.cli.program.call.Call.location", property(interrupt))
    for form in ("table", "json"):
        ran = call(path, "-f", form)
        assert (ran.status, ran.out, ran.err) == (130, "", "\n已中断。\n")
