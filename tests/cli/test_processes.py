"""The command line as a shell meets it: consoles, pipes, closed streams, terminals, hash seeds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pexpect
import pytest

from hrintegrity.text import width
from running import HRI, code_of

NAME = "北京甲&<b>{{x}}》龘𠮷有限公司"

ALL_READS = """
import contextlib, io, json, sys
from hrintegrity.cli.program.run import run
outputs = []
for arguments in json.load(sys.stdin):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(io.StringIO()):
        run(arguments)
    stream.flush()
    outputs.append(raw.getvalue().decode())
json.dump(outputs, sys.stdout)
"""


@pytest.fixture
def named(haidian):
    haidian.add(NAME, code_of(1), "--grade", "AAA", "--phone", "010-1")
    for number in range(2, 6):
        haidian.add(f"北京乙{number}公司", code_of(number))
    haidian("agency", "edit", code_of(2), "--name", "北京丙公司").ok()
    scores = {str(number): 2 for number in range(1, 23)}
    haidian("assess", "run", code_of(1), "--scores", "-", stdin=json.dumps(scores)).ok()
    return haidian


def test_a_gbk_console_shows_what_it_can_and_json_stays_utf_8(named):
    gbk = {"PYTHONIOENCODING": "gbk"}
    shown = named.process("agency", "show", code_of(1), environment=gbk)
    assert shown.returncode == 0
    assert b"Traceback" not in shown.stderr
    assert "北京甲&<b>{{x}}》".encode("gbk") in shown.stdout
    for form in ("json", "csv"):
        told = named.process("agency", "list", "-f", form, environment=gbk)
        assert NAME in told.stdout.decode("utf-8")
    missing = named.process("agency", "show", "龘𠮷没有", environment=gbk)
    assert missing.returncode == 4
    assert missing.stderr.startswith("错误 [agency-missing] ".encode("gbk"))


@pytest.mark.parametrize(
    "command",
    ["agency list", "agency list -f json", "agency list -f csv", "archive log", "report hotlines",
     "agency --help", "--help"],
)  # fmt: skip
def test_a_reader_that_closes_the_pipe_early_is_no_error(named, command):
    read, write = os.pipe()
    os.close(read)  # nobody reads at all, which is the earliest.
    ran = subprocess.run(
        [*HRI, *command.split()], stdout=write, stderr=subprocess.PIPE, env=named.variables(),
        stdin=subprocess.DEVNULL, timeout=600, check=False,
    )  # fmt: skip
    os.close(write)
    assert ran.stderr == b""
    assert ran.returncode == 0


def test_the_head_of_a_long_list_is_no_error(named, tmp_path):
    lines = [f"丁{n}公司,{code_of(n)},经营性" for n in range(100, 3000)]
    (tmp_path / "many.csv").write_text(
        "机构名称,信用代码,机构性质\n" + "\n".join(lines), encoding="utf-8"
    )
    named("agency", "import", tmp_path / "many.csv").ok()
    for form in ("table", "json", "csv"):
        with subprocess.Popen(
            [*HRI, "agency", "list", "-f", form], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=named.variables(),
        ) as writer:  # fmt: skip
            assert writer.stdout.readline()
            writer.stdout.close()
            assert writer.stderr.read() == b""
            assert writer.wait(timeout=600) == 0


def closed(descriptor: int):
    return lambda: os.close(descriptor)


@pytest.mark.parametrize("descriptor", [0, 1, 2])
def test_closed_streams_are_no_failure(named, descriptor):
    for command, status in (("agency list", 0), ("agency show 没有", 4), ("report hotlines", 0)):
        ran = subprocess.run(
            [*HRI, *command.split()], env=named.variables(), preexec_fn=closed(descriptor),
            capture_output=True, timeout=600, check=False,
        )  # fmt: skip
        assert ran.returncode == status
        assert b"Traceback" not in ran.stderr + ran.stdout


@pytest.mark.parametrize("closing", [True, False])
def test_what_would_prompt_fails_where_standard_input_is_no_terminal(named, closing):
    began = time.monotonic()
    ran = subprocess.run(
        [*HRI, "assess", "run", code_of(3)], env=named.variables(),
        preexec_fn=closed(0) if closing else None,
        stdin=None if closing else subprocess.DEVNULL,
        capture_output=True, timeout=600, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert "--scores" in ran.stderr.decode()
    assert time.monotonic() - began < 30


def test_a_full_disk_is_told_once_and_without_a_traceback(named):
    with open("/dev/full", "wb") as full:  # noqa: PTH123 — a device, not a file.
        ran = subprocess.run(
            [*HRI, "agency", "list"], env=named.variables(), stdout=full, stderr=subprocess.PIPE,
            timeout=600, check=False,
        )  # fmt: skip
    assert ran.returncode == 5
    assert ran.stderr.decode().startswith("错误 [output-unusable] ")
    assert len(ran.stderr.decode().splitlines()) == 2


def test_arguments_that_are_no_text_are_refused(named):
    ran = subprocess.run(
        [*map(os.fsencode, HRI), b"agency", b"show", b"\xff\xfe"], env=named.variables(),
        capture_output=True, timeout=600, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert ran.stderr.decode().startswith("错误 [not-text] ")


def test_the_order_of_keys_does_not_depend_on_the_hash_seed(named):
    commands = [
        *("agency list", f"agency show {code_of(1)}", f"agency dossier {code_of(1)}", "assess"),
        *("assess rank", f"assess result {code_of(1)}", f"assess explain {code_of(1)}"),
        *("recommend candidates", "recommend check-quota", "report rates", "report readiness"),
        *("report hotlines", "archive log", "archive info", "archive office", "archive verify"),
    ]
    calls = [[*c.split(), "-f", form] for c in commands for form in ("json", "csv", "table")]
    told = [
        subprocess.run(
            [sys.executable, "-c", ALL_READS], input=json.dumps(calls).encode(),
            env=named.variables({"PYTHONHASHSEED": seed}), stdout=subprocess.PIPE, timeout=600,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    ]  # fmt: skip
    assert told[0] == told[1] == told[2]
    assert all(json.loads(told[0]))


def terminal(named, *arguments: str, columns: int = 80, **environment: str) -> str:
    """Return what a command shows on a terminal."""
    child = pexpect.spawn(
        HRI[0],
        [*HRI[1:], *arguments],
        env=named.variables({"TERM": "xterm-256color", **environment}),
        encoding="utf-8",
        timeout=600,
        dimensions=(50, columns),
    )
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0, child.before
    return child.before


def test_a_table_on_a_terminal_fits_and_with_wide_loses_nothing(named):
    named.environment.pop("COLUMNS", None)
    shown = terminal(named, "agency", "list", columns=60, COLUMNS="60", NO_COLOR="1")
    assert max(map(width, shown.splitlines())) <= 60
    assert code_of(1) in shown
    assert NAME in terminal(named, "agency", "list", "--wide", columns=60, COLUMNS="60")


def test_colours_are_left_out_where_nobody_wants_them(named):
    assert "\x1b[" not in terminal(named, "agency", "list", NO_COLOR="1")


def test_long_work_shows_how_far_it_is_on_a_terminal_only(named, tmp_path):
    lines = [f"丁{n}公司,{code_of(n)},经营性,京人证{n}号" for n in range(100, 2600)]
    file = tmp_path / "many.csv"
    file.write_text("机构名称,信用代码,机构性质,许可证号\n" + "\n".join(lines), encoding="utf-8")
    shown = terminal(named, "agency", "import", str(file), "--dry-run")
    assert "\r已读 1000\r已读 2000" in shown
    piped = named.process("agency", "import", file, "--dry-run")
    assert piped.stderr == b""
    assert piped.stdout.decode().splitlines() == [shown.rpartition("\x1b[K")[2].strip()]


def test_a_pipe_gets_no_progress(named):
    ran = named.process("assess", "conclude", "--all")
    assert ran.returncode == 0
    assert b"\r" not in ran.stdout + ran.stderr
    assert len(ran.stdout.splitlines()) == 1


def test_the_completion_of_the_shell_is_there(named):
    ran = named.process(environment={
        "_HRI_COMPLETE": "complete_bash", "COMP_WORDS": "hri agency sh", "COMP_CWORD": "2",
    })  # fmt: skip
    assert ran.stdout.decode().split() == ["show"]
    assert ran.returncode == 0


def test_a_key_press_that_interrupts_ends_without_a_traceback(named):
    waiting = subprocess.Popen(
        [*HRI, "assess", "run", code_of(3), "--scores", "-"], env=named.variables(),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    time.sleep(3)
    waiting.send_signal(2)
    out, err = waiting.communicate(timeout=600)
    assert waiting.returncode == 130
    assert b"Traceback" not in out + err
