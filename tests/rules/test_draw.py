"""A draw can be repeated by anyone: by another program, and with the tools of any computer."""

from __future__ import annotations

import hashlib
import re
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrintegrity.rules import draw
from hrintegrity.rules.codes import complete_code

PAGE = (Path(__file__).parents[2] / "docs/draw.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(?:sh)?\n(.*?)```", PAGE, re.DOTALL)
SHELL, EXAMPLE_CODES, EXAMPLE_LOTS = BLOCKS
EXAMPLE_SEED = "2013年10月8日 海淀区大检查"

codes = st.lists(
    st.integers(0, 10**9 - 1).map(lambda number: complete_code(f"91110108{number:09d}")),
    unique=True,
    max_size=40,
)
seeds = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)


def drawn_by_the_page(population, seed, count):
    """The algorithm of docs/draw.md, written from its text alone."""
    fingerprint = hashlib.sha256("".join(f"{c}\n" for c in sorted(population)).encode("ascii"))
    if isinstance(count, Fraction):
        exact = len(population) * count
        size = int(exact) + (exact != int(exact))
    else:
        size = count
    lots = {}
    for code in population:
        lot = hashlib.sha256()
        lot.update(seed.encode("utf-8"))
        lot.update(b"\x0a")
        lot.update(code.encode("ascii"))
        lots[code] = lot.hexdigest()
    order = sorted(population, key=lambda code: (lots[code], code))
    return fingerprint.hexdigest(), order[:size]


@given(codes, seeds, st.data())
def test_the_page_alone_reproduces_a_draw(population, seed, data):
    count = data.draw(
        st.one_of(
            st.integers(0, len(population)),
            st.integers(1, 10000).map(lambda hundredths: Fraction(hundredths, 10000)),
        )
    )
    fingerprint, drawn = drawn_by_the_page(population, seed, count)
    assert draw.population_sha256(population) == fingerprint
    assert draw.draw(population, seed, draw.sample_size(count, len(population))) == drawn


@given(codes, seeds)
def test_a_smaller_draw_is_the_beginning_of_a_larger_one(population, seed):
    whole = draw.draw(population, seed, len(population))
    assert sorted(whole) == sorted(population)
    for size in range(len(population)):
        assert draw.draw(reversed(population), seed, size) == whole[:size]


def test_the_example_of_the_page_is_what_is_drawn():
    population = EXAMPLE_CODES.split()
    lots = [line.split() for line in EXAMPLE_LOTS.splitlines()]
    assert draw.population_sha256(population) in PAGE
    assert draw.draw(population, EXAMPLE_SEED, 4) == [code for _, code in lots]
    assert [lot for lot, _ in lots] == sorted(lot for lot, _ in lots)


def test_the_shell_lines_of_the_page_give_the_same(tmp_path):
    (tmp_path / "codes.txt").write_text(EXAMPLE_CODES, encoding="ascii")
    done = subprocess.run(
        ["bash", "-c", SHELL],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "seed": EXAMPLE_SEED, "count": "2"},
        capture_output=True,
        check=True,
    )
    fingerprint, *drawn = done.stdout.decode().splitlines()
    population = EXAMPLE_CODES.split()
    assert fingerprint.split()[0] == draw.population_sha256(population)
    assert drawn == draw.draw(population, EXAMPLE_SEED, 2)


def test_the_fingerprint_of_nothing_is_that_of_no_bytes():
    assert draw.population_sha256([]) == hashlib.sha256(b"").hexdigest()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1", 1),
        ("１２", 12),
        (" 50 ", 50),
        ("10%", Fraction(1, 10)),
        ("100%", Fraction(1)),
        ("12.5 ％", Fraction(1, 8)),
        ("0.000001%", Fraction(1, 10**8)),
    ],
)
def test_a_number_or_a_percentage_is_read(text, count):
    assert draw.parse_count(text) == count
    assert type(draw.parse_count(text)) is type(count)


@pytest.mark.parametrize(
    "text", ["", "0", "-1", "1.5", "0%", "0.0%", "100.1%", "%", "10%%", "十", "1e3", "NaN", "²"]
)
def test_what_is_neither_is_refused(text):
    with pytest.raises(ValueError, match="应是家数"):
        draw.parse_count(text)


@pytest.mark.parametrize(
    ("count", "population", "size"),
    [
        (Fraction(1, 10), 20, 2),
        (Fraction(1, 10), 21, 3),
        (Fraction(1, 10), 1, 1),
        (Fraction(1, 10), 0, 0),
        (Fraction(1), 7, 7),
        (Fraction(1, 3), 3, 1),
        (Fraction(29, 100), 100, 29),
        (7, 7, 7),
    ],
)
def test_a_percentage_is_rounded_up(count, population, size):
    assert draw.sample_size(count, population) == size


def test_more_than_there_are_is_refused():
    with pytest.raises(ValueError, match="只有 7 家"):
        draw.sample_size(8, 7)


@pytest.mark.parametrize("seed", ["", " 8", "8 ", "8\n9", "\ud800", "\x00"])
def test_a_seed_that_can_not_be_told_exactly_is_refused(seed):
    with pytest.raises(ValueError, match="种子"):
        draw.check_seed(seed)


@given(codes, seeds, st.data())
def test_the_page_alone_reproduces_a_weighted_draw(population, seed, data):
    weights = {code: data.draw(st.integers(1, 5)) for code in population}

    def lot(code):
        start = seed.encode() + b"\x0a" + code.encode("ascii")
        more = [start + b"\x0a" + str(n).encode() for n in range(2, weights[code] + 1)]
        return min(hashlib.sha256(one).hexdigest() for one in (start, *more))

    order = sorted(population, key=lambda code: (lot(code), code))
    assert draw.draw(population, seed, len(population), weights) == order
    assert draw.draw(population, seed, len(population), dict.fromkeys(population, 1)) == (
        draw.draw(population, seed, len(population))
    )


def test_a_heavier_code_is_drawn_first_in_proportion():
    first = [draw.draw(["甲", "乙"], f"第{n}次", 1, {"甲": 3})[0] for n in range(2000)]
    assert 0.70 < first.count("甲") / 2000 < 0.80


@pytest.mark.parametrize(
    ("text", "found"), [("不合格=3", ("不合格", 3)), (" 合格 = 100 ", ("合格", 100))]
)
def test_a_weight_is_a_band_and_a_number(text, found):
    assert draw.parse_weight(text) == found


@pytest.mark.parametrize("text", ["不合格", "=3", "不合格=0", "不合格=101", "不合格=1.5", ""])
def test_another_weight_is_refused(text):
    with pytest.raises(ValueError, match="权重"):
        draw.parse_weight(text)
