"""`hri help`, `hri` alone, what is meant by a wrong command, and the page that an error names."""

from __future__ import annotations

import dataclasses
import itertools
import posixpath
import re
import shlex
import webbrowser

import pytest

from hrintegrity.cli.program.examples import EXAMPLES
from hrintegrity.duties import manual
from hrintegrity.notice import words as vocabularies
from running import Hri
from samples import COMMANDS, SAMPLES
from scripts import TOP

VOCABULARIES = {
    found.name
    for found in vars(vocabularies).values()
    if isinstance(found, vocabularies.Vocabulary)
} | {"self|expert|public|…"}


def options_of(path):
    return [one for one in COMMANDS[path].params if one.param_type_name == "option"]


def test_hri_alone_on_a_fresh_machine_says_the_three_first_steps(tmp_path):
    ran = Hri(tmp_path / "none.db")()
    assert ran.status == 0
    steps = [line.split()[0] for line in ran.out.splitlines() if line.strip()[:1].isdigit()]
    assert steps == ["1", "2", "3"]
    assert ran.out.index("hri doctor") < ran.out.index("hri init") < ran.out.index("agency import")


def test_hri_alone_where_there_is_an_archive_says_where_to_go_on(haidian):
    ran = haidian().ok()
    assert str(haidian.archive) in ran.out or "档案库" in ran.out
    assert "hri init" not in ran.out
    for line in ran.out.splitlines():
        words = line.split()
        if words[:1] == ["hri"] and words[1] not in ("--help", "help"):
            typed = words[1:3] if words[1] == "report" else words[1:2]
            assert haidian("help", *typed).status == 0


def test_without_a_topic_every_page_is_listed(haidian):
    ran = haidian("help", "-f", "json").ok()
    found = {one["path"] for one in ran.json}
    top = TOP / "manual"
    made = {f"reference/{name}" for name in manual._MADE}
    assert found == {path.relative_to(top).as_posix() for path in top.rglob("*.md")} | made
    assert len({one["id"] for one in ran.json}) == len(ran.json)


@pytest.mark.parametrize(
    ("topic", "begins"),
    [
        ("导入名册", "# 导入名册"),
        ("register", "# 导入名册"),
        ("名册", "# 导入名册"),
        ("从空表做起", "# 导入名册"),
        ("quota-exceeded", "## `quota-exceeded`"),
        ("agency add", "用法：hri agency add"),
        ("report", "用法：hri report"),
        ("字段", "# 字段"),
        ("命令", "# 命令"),
        ("JSON", "# JSON"),
    ],
)
def test_a_topic_is_a_page_a_part_of_its_title_a_heading_a_command_or_a_code(
    haidian, topic, begins
):
    if topic == "quota-exceeded":
        topic, begins = "file-exists", "## `file-exists`"
    assert haidian("help", *topic.split()).ok().out.startswith(begins)
    assert haidian("help", topic).ok().out.startswith(begins)


def test_a_topic_that_is_none_is_refused_with_the_nearest(haidian):
    ran = haidian("help", "导入名冊", "-f", "json")
    assert (ran.status, ran.error["code"]) == (4, "topic-missing")
    assert "导入名册" in ran.error["hint"]


def test_a_built_page_is_opened_in_the_browser_and_printed_where_there_is_none(
    haidian, tmp_path, monkeypatch
):
    opened = []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address) or True)
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "register.html").write_text("x", "utf-8")
    haidian.environment["HRI_MANUAL"] = str(tmp_path)
    ran = haidian("help", "导入名册", "--open").ok()
    assert opened == [(tmp_path / "tasks" / "register.html").as_uri()]
    assert "已打开" in ran.out
    if not (TOP / "site").exists():
        ran = haidian("help", "告知", "--open").ok()
        assert "改为打印" in ran.err
        assert ran.out.startswith("# 告知")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["agncy"], "agency"),
        (["agency", "lst"], "list"),
        (["conclude"], "hri assess conclude"),
        (["import"], "hri agency import"),
        (["assess", "backup"], "hri archive backup"),
    ],
)
def test_a_wrong_command_is_refused_with_the_one_that_is_meant(haidian, typed, meant):
    ran = haidian(*typed)
    assert ran.status == 2
    assert f"是否指 {meant}" in ran.err


def test_an_error_names_the_page_that_explains_it(haidian):
    ran = haidian("agency", "show", "没有这家")
    assert ran.err.rstrip().endswith("（详见 hri help agency-missing）")
    assert haidian("help", "agency-missing").ok().out.startswith("## `agency-missing`")


def test_every_code_has_a_cause_and_a_remedy_on_the_page_that_is_shipped():
    text = (TOP / "manual" / manual._ERRORS).read_text("utf-8")
    sections = text.split("\n## ")[1:]
    lacking = [s.split("\n")[0] for s in sections if "- 原因：" not in s or "- 办法：" not in s]
    assert lacking == []


def test_every_command_has_an_example_and_no_other_has():
    assert set(EXAMPLES) == set(COMMANDS), "cli/program/examples.py"


@pytest.mark.parametrize("path", EXAMPLES)
def test_the_example_of_a_command_is_one_that_it_takes(path):
    """It is parsed to the last option; whether there is such an agency is another question."""
    with COMMANDS[path].make_context(path, shlex.split(EXAMPLES[path])) as context:
        assert context.args == []


def test_the_help_of_a_command_ends_with_its_example(haidian):
    said = haidian("agency", "import", "--help").ok().out
    assert said.rstrip().endswith("例子：\n  hri agency import 名册.xlsx --dry-run")


@pytest.mark.parametrize("code", ["protected", "cancelled", "agency-missing"])
def test_an_error_code_of_one_word_or_more_has_its_page(code, tmp_path):
    said = Hri(tmp_path / "none.db")("help", code).ok()
    assert f"## `{code}`" in said.out or code in said.out.splitlines()[0]


def test_the_list_of_pages_names_them_in_chinese_and_has_no_column_without_values(haidian):
    heading, *rows = haidian("help").ok().out.splitlines()
    assert heading.split()[0] == "页"
    assert rows[0].split()[:2] == ["hri", "手册"]
    assert ("文件" in heading) == (TOP / "site").exists()


def test_every_page_that_a_page_points_to_is_there_to_be_printed():
    pages = {page.path: page for page in manual.pages()}
    for page in pages.values():
        for link in re.findall(r"\]\(([^)#:]+\.md)", page.text):
            assert (
                posixpath.normpath(posixpath.join(posixpath.dirname(page.path), link)) in pages
            ), link


@pytest.mark.parametrize("path", EXAMPLES)
def test_an_example_has_the_chinese_words_that_the_help_names(path):
    options = {name: p for p in COMMANDS[path].params for name in p.opts}
    words = shlex.split(EXAMPLES[path])
    for name, value in itertools.pairwise(words):
        if name in options and options[name].metavar in VOCABULARIES:
            assert not value.isascii(), f"{name} {value}"


BY_DEFAULT = "默认为今天"


@pytest.mark.parametrize(
    "path", [p for p in COMMANDS if any(BY_DEFAULT in (o.help or "") for o in options_of(p))]
)
def test_a_day_that_is_todays_by_default_is_not_asked_for(call, path):
    """Where the help says so, a call without it is not refused for want of it."""
    names = {name for o in options_of(path) if BY_DEFAULT in (o.help or "") for name in o.opts}
    sample = SAMPLES[path]
    words = shlex.split(sample.run)
    kept = [
        word
        for place, word in enumerate(words)
        if word not in names and (place == 0 or words[place - 1] not in names)
    ]
    ran = call(path, sample=dataclasses.replace(sample, run=shlex.join(kept)))
    assert "[missing-option]" not in ran.err


def test_a_day_that_is_not_todays_by_default_says_so(haidian):
    assert BY_DEFAULT not in haidian("agency", "pledge", "--help").ok().out
    given = ("--kind", "training", "--date", "2013-10-02", "--title", "培训班")
    activity = haidian("campaign", "log", *given, "-f", "json").ok().json["id"]
    assert BY_DEFAULT not in haidian("campaign", "edit", "--help").ok().out
    edited = haidian("campaign", "edit", activity, "--people", "60", "-f", "json").ok().json
    assert edited["date"] == "2013-10-02"
