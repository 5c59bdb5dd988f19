"""Rates, means, medians and extremes: exact, and rounded without contradicting themselves."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from statistics import median as plain_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrintegrity.rules.rates import below, extremes, mean, median, percent, rate


def test_a_rate_over_nothing_is_none() -> None:
    assert rate(0, 0) is None
    assert rate(3, None) is None
    assert rate(None, 4) == 0


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (1, 1, "100.00"),
        (0, 7, "0.00"),
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (1, 800, "0.13"),  # 0.125: half up
        (69_999, 70_000, "99.99"),  # 99.9986, which would round to 100
        (1, 70_000, "0.01"),
        (9_999, 10_000, "99.99"),
        (1, 10_000, "0.01"),
    ],
)
def test_what_falls_short_is_never_shown_as_whole_nor_what_is_there_as_nothing(
    part, whole, shown
) -> None:
    assert percent(rate(part, whole)) == Decimal(shown)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_percentage_says_whole_and_nothing_only_where_it_is_so(part, whole) -> None:
    part = min(part, whole)
    shown = percent(rate(part, whole))
    assert shown is not None
    assert (shown == 100) == (part == whole)
    assert (shown == 0) == (part == 0)
    assert abs(Fraction(shown) - Fraction(part * 100, whole)) <= Fraction(1, 100)


def test_a_mean_is_rounded_half_up_and_the_mean_of_nothing_is_none() -> None:
    assert mean(Fraction(1, 8), 1) == Decimal("0.13")
    assert mean(7, 2) == Decimal("3.50")
    assert mean(0, 0) is None
    assert mean(None, 3) == 0


@given(st.lists(st.integers(0, 50), max_size=30))
def test_a_median_by_counts_is_the_median_of_the_values(values) -> None:
    expected = Fraction(plain_median(values)) if values else None
    assert median(Counter(values)) == expected


def test_between_two_middle_values_the_median_is_their_mean() -> None:
    assert median({8999: 1, 9000: 1}) == Fraction(17999, 2)


def test_nobody_is_among_the_best_and_the_weakest() -> None:
    rates = {name: Fraction(number, 10) for number, name in enumerate("abcd", 1)}
    assert extremes(rates, 3) == (["d", "c", "b"], ["a"])
    assert extremes(rates, 1) == (["d"], ["a"])


def test_where_all_are_alike_there_are_no_extremes() -> None:
    assert extremes({1: Fraction(1, 2), 2: Fraction(1, 2)}, 3) == ([], [])
    assert extremes({}, 3) == ([], [])


def test_what_is_whole_is_not_weak() -> None:
    rates = {1: Fraction(1), 2: Fraction(1), 3: Fraction(1), 4: Fraction(1), 5: Fraction(9, 10)}
    assert extremes(rates, 3) == ([1, 2, 3, 4], [5])


def test_equal_ones_keep_their_order() -> None:
    rates = {1: Fraction(1, 2), 2: Fraction(1, 3), 3: Fraction(1, 2), 4: Fraction(1, 3)}
    assert extremes(rates, 2) == ([1, 3], [2, 4])


def test_a_rate_over_nothing_does_not_fall_short() -> None:
    assert not below([None, Fraction(1)], Fraction(1))
    assert below([None, Fraction(999_999, 1_000_000)], Fraction(1))
    assert not below([Fraction(1, 2)], Fraction(1, 2))
