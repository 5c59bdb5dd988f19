"""Figures as text."""

import json

import pytest

from hrintegrity.rules.exact import as_json, without_blanks


@pytest.mark.parametrize("numbers", [(), (30,), (30, None, -5), [0, 10**30]])
def test_numbers_are_the_json_that_json_writes(numbers):
    assert as_json(numbers) == json.dumps(numbers)


@pytest.mark.parametrize("written", ["[30, null]", "[30,null]", " [30,\n\tnull ]\r\n"])
def test_json_of_numbers_has_no_blanks_whoever_wrote_it(written):
    assert without_blanks(written) == "[30,null]"
