"""What the documents promise is there: every clause has a test, every command is described."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest
import yaml

from hrintegrity.notice.clauses import CLAUSES
from scripts import load_script

TOP = Path(__file__).parents[1]
ROW = re.compile(r"^\| ([一二三四附][^|]*?) \| .* \| (.*?) \|$", re.MULTILINE)


def clause_rows():
    return ROW.findall((TOP / "docs" / "clauses.md").read_text(encoding="utf-8"))


def names_of_tests():
    files = (TOP / "tests").rglob("test_*.py")
    found = (re.findall(r"^def (test_\w+)", f.read_text(encoding="utf-8"), re.M) for f in files)
    return {name for names in found for name in names}


def test_the_clauses_that_are_answered_are_those_of_the_shared_table():
    assert [clause for clause, _ in clause_rows()] == [
        *("二(三)", "三(一)2", "三(一)3", "三(二)"),
        *("三(三) 一", "三(三) 二", "三(三) 三", "三(三) 四"),
        *("三(四)", "三(五)", "三(六)1", "三(六)2", "三(七)", "三(八)1", "三(八)2"),
        *("四(一)", "四(二)", "四(三)", "四(四)", "附件1", "附件2", "附件3", "附件4"),
    ]


@pytest.mark.parametrize(("clause", "tests"), clause_rows())
def test_each_clause_names_tests_that_exist(clause, tests):
    assert clause in CLAUSES
    named = re.findall(r"`(test_\w+)`", tests)
    assert named
    assert set(named) - names_of_tests() == set()


SENTENCE = re.compile(r"^\| \d+ \| (.*?) \| (.*?。) \| (.*?) \| (.*?) \|$", re.MULTILINE)
HEADING = re.compile(r"——|\d\.|（[一二三四五六七八]）")


def sentence_rows():
    return SENTENCE.findall((TOP / "docs" / "clauses.md").read_text(encoding="utf-8"))


def sentences_of_the_notice():
    text = (TOP / "docs" / "notice" / "220.txt").read_text(encoding="utf-8")
    body = text[text.index("一、充分认识") : text.index("附件：1.")]
    body += text[text.index("备注：") :].splitlines()[0]
    found = [one for line in body.splitlines() for one in re.findall(r"[^。]*。", line.strip())]
    return [one for one in found if not HEADING.match(one)]


def test_every_sentence_of_the_notice_is_answered_in_its_order():
    assert [sentence for _, sentence, _, _ in sentence_rows()] == sentences_of_the_notice()


@pytest.mark.parametrize("row", sentence_rows(), ids=lambda row: row[1][:12])
def test_each_sentence_names_tests_that_exist_or_says_why_nothing_is_asked(row):
    clause, _, command, answer = row
    assert clause in CLAUSES or clause == "一" or clause.startswith("二")
    named = re.findall(r"`(test_\w+)`", answer)
    if command == "—":
        assert not named
        assert answer.endswith(".")
    else:
        assert named
        assert set(named) - names_of_tests() == set()


def test_the_reference_of_commands_is_what_the_program_shows():
    """`make docs` writes it anew."""
    spec = importlib.util.spec_from_file_location("make_commands", TOP / "docs/make_commands.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (TOP / "docs" / "commands.md").read_text(encoding="utf-8") == module.reference()


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md"])
def test_every_file_that_a_page_points_to_is_there(name):
    text = (TOP / name).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert links or name == "CONTRIBUTING.md"
    assert [link for link in links if not (TOP / link).exists()] == []


def test_the_readme_shows_each_paper_as_it_prints():
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    papers = {path.name.split("-")[0] for path in (TOP / "docs" / "pictures").glob("*.png")}
    assert {"notice", "summary", "poster", "dossier"} <= papers
    assert [paper for paper in papers if f"(docs/pictures/{paper}-" not in readme] == []


def test_each_dependency_has_a_reason_in_three_lines():
    text = (TOP / "docs" / "DECISIONS.md").read_text(encoding="utf-8").lower()
    project = (TOP / "pyproject.toml").read_text(encoding="utf-8")
    block = re.search(r"^dependencies = \[(.*?)^\]", project, re.S | re.M)[1]
    names = re.findall(r'^\s+"([\w-]+)', block, re.M)
    entries = re.findall(r"^- \*\*(.+?)\*\*.*\n(  .+\n  .+)\n(?!  )", text, re.M)
    described = ", ".join(heads for heads, _ in entries)
    assert [name for name in names if name.lower() not in described] == []


@pytest.mark.parametrize("name", ["architecture", "errors"])
def test_what_is_drawn_from_the_code_is_as_the_code_is(name):
    """`make docs` writes it anew."""
    script = load_script(f"docs/make_{name}.py")
    text = script.PAGE.read_text(encoding="utf-8")
    assert text == (script.page(text) if name == "architecture" else script.page())


def test_the_hooks_and_the_container_are_well_formed():
    hooks = yaml.safe_load((TOP / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]
    assert [hook["entry"].split()[0] for hook in hooks["hooks"]] == [
        *(".venv/bin/ruff", ".venv/bin/ruff", ".venv/bin/mypy", ".venv/bin/lint-imports"),
        ".venv/bin/yamllint",
    ]
    container = json.loads((TOP / ".devcontainer/devcontainer.json").read_text("utf-8"))
    assert (TOP / ".devcontainer" / container["build"]["dockerfile"]).is_file()
