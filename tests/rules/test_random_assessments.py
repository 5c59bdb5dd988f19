"""1,000 random agencies against a computation of another shape: one sum over all sheets."""

import random
from fractions import Fraction

import pytest

from hrintegrity.rules.case import Sheet
from notice_2013 import combine, default_standard, parse_standard

POINTS = [3, 2, 2, 3, 4, 4, 4, 3, 4, 4, 4, 3, 7, 7, 8, 8, 5, 5, 5, 5, 5, 5]
SOURCES = ["self", "expert", "public"]
TENTHS = {"self": 2, "expert": 5, "public": 3}
BANDS = [("优秀", 9000), ("良好", 8000), ("合格", 6000), ("不合格", 0)]


def reckoned(
    sheets: list[tuple[str, list[int]]], weights: dict[str, int]
) -> tuple[str, str] | None:
    """Return the total to two decimals and the band, each sheet counted by itself."""
    sources = [source for source, _ in sheets]
    whole = sum(weights[source] for source in set(sources))
    if not whole:
        return None
    total = Fraction(0)
    for source, scores in sheets:
        total += Fraction(weights[source] * sum(scores), whole * sources.count(source) * 10)
    hundredths = (200 * total.numerator + total.denominator) // (2 * total.denominator)
    band = next(name for name, least in BANDS if least <= hundredths)
    return f"{hundredths // 100}.{hundredths % 100:02}", band


def random_agency(chance: random.Random) -> list[tuple[str, list[int]]]:
    # A level per agency, so that totals lie around the bands' borders and not all near one mean.
    level = chance.choice([0, 50, 60, 80, 90, 100]) / 100
    sources = chance.sample(SOURCES, chance.randint(1, 3))
    return [
        (source, [min(10 * most, max(0, round(10 * most * level) + chance.randint(-1, 1)))
                  for most in POINTS])
        for source in sources
        for _ in range(chance.randint(1, 4))
    ]  # fmt: skip


def test_a_thousand_random_agencies_come_out_as_reckoned_independently() -> None:
    chance = random.Random("220")
    seen = set()
    for _ in range(1000):
        agency = random_agency(chance)
        result = combine(
            [Sheet(source, str(n), tuple(scores)) for n, (source, scores) in enumerate(agency)],
            default_standard(),
        )
        assert (str(result.shown_total), result.band) == reckoned(agency, TENTHS)
        assert set(SOURCES) - set(result.missing_sources) == {source for source, _ in agency}
        seen.add((result.band, len(result.missing_sources)))
    assert len(seen) == 4 * 3  # every band has been met with one, two and three sources


@pytest.mark.parametrize("weights", [(0, 10, 0), (0, 7, 3), (1, 0, 9), (4, 3, 3)])
def test_other_weights_come_out_as_reckoned_too(weights) -> None:
    chance = random.Random(str(weights))
    tenths = dict(zip(SOURCES, weights, strict=True))
    changed = {"weights": {source: weight / 10 for source, weight in tenths.items()}}
    standard = parse_standard(default_standard().as_mapping() | changed)
    for _ in range(100):
        agency = random_agency(chance)
        result = combine(
            [Sheet(source, str(n), tuple(scores)) for n, (source, scores) in enumerate(agency)],
            standard,
        )
        expected = reckoned(agency, tenths)
        assert (result.band and (str(result.shown_total), result.band)) == expected
