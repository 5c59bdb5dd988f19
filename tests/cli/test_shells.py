"""What bash, zsh and fish offer with the script that the program installs; PowerShell's is read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from running import Hri, code_of

pytestmark = pytest.mark.archive_file("completion looks into the file")


@pytest.fixture
def office(haidian, tmp_path):
    haidian.add("北京甲公司", code_of(1))
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "hri"
    program.write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "from hrintegrity.cli import main; main()" "$@"\n'
    )
    program.chmod(0o755)
    haidian.environment |= {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1",
    }
    return haidian


def script(hri: Hri, shell: str) -> str:
    ran = hri.process("--show-completion", shell)
    assert ran.returncode == 0
    return ran.stdout.decode()


def shell(hri: Hri, *command: str) -> str:
    plain = {k: v for k, v in hri.variables().items() if k != "COLUMNS"}
    ran = subprocess.run(command, env=plain, capture_output=True, timeout=600, check=False)
    return ran.stdout.decode("utf-8", "replace")


def needs(name):
    missing = shutil.which(name) is None and not os.environ.get("HRI_REQUIRE_TOOLS")
    return pytest.mark.skipif(missing, reason=f"{name} is not installed")


OFFERED = [
    ("hri sanct", "sanction"),
    ("hri agency pl", "pledge"),
    ("hri agency list --dis", "--district"),
    ("hri agency list --district hai", "haidian"),
    ("hri agency show 北京", "北京甲公司"),
]


@needs("bash")
@pytest.mark.parametrize(("typed", "offered"), OFFERED)
def test_bash_offers_commands_options_and_values(office, tmp_path, typed, offered):
    (tmp_path / "hri.sh").write_text(script(office, "bash"), "utf-8")
    ask = (
        f"source {tmp_path}/hri.sh; COMP_WORDS=({typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}}-1));"
        ' _hri_completion hri; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    assert offered in shell(office, "bash", "-c", ask).split("\n")


@needs("fish")
@pytest.mark.parametrize(("typed", "offered"), OFFERED)
def test_fish_offers_them_with_a_word_in_chinese(office, tmp_path, typed, offered):
    (tmp_path / "hri.fish").write_text(script(office, "fish"), "utf-8")
    said = shell(office, "fish", "-c", f"source {tmp_path}/hri.fish; complete -C '{typed}'")
    lines = dict(line.partition("\t")[::2] for line in said.splitlines())
    assert offered in lines
    if offered in ("sanction", "pledge", "--district"):
        assert any("\u4e00" <= char <= "\u9fff" for char in lines[offered])


@needs("zsh")
@pytest.mark.parametrize(("typed", "offered"), OFFERED)
def test_zsh_offers_them(office, tmp_path, typed, offered):
    """`compdef` and `_arguments` are replaced by what prints what they are given."""
    (tmp_path / "hri.zsh").write_text(script(office, "zsh"), "utf-8")
    words = " ".join(f"'{word}'" for word in typed.split())
    ask = (
        "compdef() { :; }; _arguments() { print -r -- $*; }; _files() { print files; };"
        f" source {tmp_path}/hri.zsh; words=({words}); CURRENT=${{#words}}; _hri_completion"
    )
    assert f'"{offered}"' in shell(office, "zsh", "-fc", ask)


def test_powershell_gets_a_script_that_asks_the_program_and_words_beside_each(office):
    text = script(office, "powershell")
    assert "Register-ArgumentCompleter -Native -CommandName hri" in text
    office.environment |= {
        "_HRI_COMPLETE": "complete_powershell",
        "_TYPER_COMPLETE_ARGS": "hri agency pl",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": "pl",
    }
    said = office.process().stdout.decode()
    assert said.startswith("pledge:::")
    assert any("\u4e00" <= char <= "\u9fff" for char in said)


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_installing_says_in_chinese_where_it_went(office, tmp_path, name):
    ran = office.process("--install-completion", name)
    said = ran.stdout.decode()
    assert ran.returncode == 0
    assert f"已为 {name} 安装自动补全" in said
    assert str(tmp_path) in said
    assert "completion" not in said.replace(".bash_completions", "").replace("/completions/", "")
