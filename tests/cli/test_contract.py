"""What docs/contract.md promises to scripts, the program has."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from samples import COMMANDS, SAMPLES

TOP = Path(__file__).parents[2]


def _load():
    spec = importlib.util.spec_from_file_location("make_contract", TOP / "docs/make_contract.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


contract = _load()
PAGE = contract.PAGE.read_text(encoding="utf-8")
OPTIONS, KEYS = contract.recorded(PAGE)


def test_the_contract_has_every_command():
    assert set(COMMANDS) - set(OPTIONS) == set(), "run `make docs`"


@pytest.mark.parametrize("path", OPTIONS)
def test_every_promised_command_has_its_options(path):
    given = contract.called(COMMANDS[path])
    assert [word for word in OPTIONS[path] if word.startswith("-") and word not in given] == []


@pytest.mark.parametrize("path", [path for path, keys in KEYS.items() if keys])
def test_every_promised_json_key_is_there(call, path):
    if SAMPLES[path].status == 0 or SAMPLES[path].reads:
        given = contract.keys(call(path, "-f", "json").json)
        assert [key for key in KEYS[path] if key not in given] == []


def test_every_promised_error_code_is_raised_with_its_exit_status():
    raised = {code: status for code, (status, _) in contract.codes().items()}
    promised = {code: int(status) for code, status in contract.CODE_ROW.findall(PAGE)}
    lost = [code for code in promised if code not in raised and not contract.named(code)]
    assert lost == []
    assert {
        code for code in promised if raised.get(code, promised[code]) != promised[code]
    } == set()
