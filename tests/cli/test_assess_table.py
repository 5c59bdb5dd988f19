"""The lists at a terminal: codes and figures stay whole, and nothing is cut away."""

from __future__ import annotations

import pytest

from assessing import rate, scores
from hrintegrity.text import width
from running import Hri, code_of
from terminal import screen


@pytest.fixture
def office(haidian) -> Hri:
    for number, name in ((1, "北京中关村英才人力资源服务有限公司"), (2, "北京乙公司")):
        haidian.add(name, code_of(number))
    rate(haidian, code_of(1), scores(less={16: 0.5})).ok()
    return haidian


def test_codes_and_figures_stand_on_one_line_at_80_columns(office) -> None:
    lines = screen(office, 80, "assess")
    assert all(width(line) <= 80 for line in lines)
    [line] = [line for line in lines if code_of(1) in line]
    assert "99.50" in line
    assert "自我0 专家1 群众0" in line
    assert not any("海淀区" in line for line in lines)


@pytest.mark.parametrize("columns", [40, 60, 200])
@pytest.mark.parametrize("command", [(), ("rank",)])
def test_a_wide_list_is_cut_at_no_width(office, columns, command) -> None:
    lines = screen(office, columns, "assess", *command, "--wide")
    assert all(width(line) <= columns for line in lines if line[:1] in "┏│└")
    # Where there is no room for a table, each field has a line of its own.
    rows = [[cell.strip() for cell in line.split("│")] for line in lines if "│" in line]
    text = "".join("".join(parts) for parts in zip(*(rows or [lines]), strict=False))
    for part in ("北京中关村英才人力资源服务有限公司", code_of(1), "99.50", "优秀"):
        assert part in text


def test_a_citys_list_names_the_districts(city) -> None:
    for number, district in ((1, "朝阳"), (2, "海淀")):
        city("agency", "add", "--name", f"{district}公司", "--code", code_of(number), "--kind",
             "public", "--district", district).ok()  # fmt: skip
        rate(city, code_of(number)).ok()
    text = "".join(screen(city, 100, "assess", "rank"))
    assert "朝阳区" in text
    assert "海淀区" in text
