"""A district's own way of evaluation is called by its Chinese name wherever people read it."""

from __future__ import annotations

import pytest
import yaml

from assessing import rate
from recommending import recommend
from running import JSON, Hri, code_of

CODE = code_of(1)
WAY = {
    "ways": {"peer": "同行评价"},
    "weights": {"self": 0.2, "expert": 0.4, "public": 0.2, "peer": 0.2},
}


@pytest.fixture
def office(haidian, tmp_path) -> Hri:
    """An agency with sheets of experts and of its peers, none of itself nor of the public."""
    haidian.add("北京甲公司", CODE)
    path = tmp_path / "标准.yaml"
    haidian("assess", "standard", "export", path).ok()
    standard = yaml.safe_load(path.read_text(encoding="utf-8")) | WAY
    path.write_text(yaml.safe_dump(standard, allow_unicode=True), encoding="utf-8")
    haidian("assess", "standard", "use", path).ok()
    rate(haidian, CODE).ok()
    return haidian


@pytest.mark.parametrize(
    "command", [("assess",), ("assess", "sheets"), ("assess", "result", CODE),
                ("assess", "explain", CODE), ("assess", "standard", "show")],
)  # fmt: skip
def test_lists_have_the_name_of_a_way_that_was_used(office, command):
    rate(office, CODE, source="peer").ok()
    shown = office(*command).ok().out
    assert "同行" in shown
    assert "peer" not in shown


def test_a_way_that_is_missing_is_named_in_lists_papers_and_the_package(office, tmp_path):
    ran = office("assess", "conclude", CODE).ok()
    assert "同行评价" in ran.out + ran.err
    for command in (("assess", "rank"), ("recommend", "candidates"), ("agency", "dossier", CODE)):
        shown = office(*command).ok().out
        assert "同行评价" in shown, command
        assert "peer" not in shown, command
    recommend(office, CODE).ok()
    found = office("recommend", "list", *JSON).ok().json
    assert "peer" in found[0]["missing_sources"]
    office("recommend", "submit", "--date", "2013-10-30", "-o", tmp_path / "报送.zip").ok()
