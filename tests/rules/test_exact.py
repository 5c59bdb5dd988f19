"""Figures as text."""

import json

import pytest

from hrintegrity.rules.exact import as_json


@pytest.mark.parametrize("numbers", [(), (30,), (30, None, -5), [0, 10**30]])
def test_numbers_are_the_json_that_json_writes(numbers):
    assert as_json(numbers) == json.dumps(numbers)
