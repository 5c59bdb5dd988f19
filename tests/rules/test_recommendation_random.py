"""Random lists against a reference of ten lines, typed from annex 2."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hrintegrity.rules.recommendation import Candidate, Listed, Reason, judge

QUOTAS = {
    "municipal": 16, "dongcheng": 10, "xicheng": 10, "chaoyang": 30, "haidian": 16, "fengtai": 8,
    "shijingshan": 3, "mentougou": 3, "fangshan": 3, "tongzhou": 4, "shunyi": 4, "changping": 3,
    "daxing": 4, "pinggu": 4, "huairou": 3, "miyun": 3, "yanqing": 3, "kaifaqu": 3,
}  # fmt: skip


def reference(district: str, listed: list[Listed], relaxed: bool) -> bool:
    commercial = sum(one.candidate.kind == "commercial" for one in listed)
    if len(listed) > QUOTAS[district]:
        return False
    if district != "municipal" and not relaxed and commercial * 2 < len(listed):
        return False
    for one in listed:
        unexcused = {reason.key for reason in one.reasons} - one.excused
        if not one.submitted and (unexcused or one.candidate.district != district):
            return False
    return True


KEYS = st.sets(st.sampled_from(["closed", "sanctioned:1", "sanctioned:2"]), max_size=2)


@st.composite
def lists(draw) -> tuple[str, list[Listed], bool]:
    district = draw(st.sampled_from(list(QUOTAS)))
    # Most entries are sound, and lists near the quota, or else nothing would ever be ok.
    sound = draw(st.booleans())
    count = draw(st.integers(0, QUOTAS[district] + 2))
    listed = []
    for number in range(count):
        broken = not sound and draw(st.integers(0, 9)) == 0
        keys = draw(KEYS) if broken else set()
        excused = draw(KEYS) if broken else set()
        listed.append(
            Listed(
                Candidate(
                    f"{number:03}",
                    f"甲{number}",
                    draw(st.sampled_from(list(QUOTAS))) if broken else district,
                    draw(st.sampled_from(["commercial", "public"])),
                    2013,
                    draw(st.sampled_from([None, "A"])),
                ),
                tuple(Reason(key.split(":")[0], key, "三(七)", key) for key in sorted(keys)),
                despite="理由" if excused else None,
                excused=frozenset(excused),
                submitted=broken and draw(st.booleans()),
            )
        )
    return district, listed, draw(st.booleans())


@given(lists())
def test_ok_is_true_exactly_when_the_reference_says_so(made) -> None:
    district, listed, relaxed = made
    found = judge(district, QUOTAS[district], listed, year=2013, relaxed=relaxed)
    assert found.ok is reference(district, listed, relaxed)
    assert found.ok is not bool(found.problems)
    assert found.recommended + found.remaining == found.quota
    assert found.commercial_share == (Fraction(found.commercial, len(listed)) if listed else None)


@given(lists(), st.randoms())
def test_the_order_of_a_list_does_not_matter(made, random) -> None:
    district, listed, relaxed = made
    shuffled = random.sample(listed, len(listed))
    one = judge(district, QUOTAS[district], listed, year=2013, relaxed=relaxed)
    other = judge(district, QUOTAS[district], shuffled, year=2013, relaxed=relaxed)
    assert (one.ok, one.commercial, one.remaining) == (other.ok, other.commercial, other.remaining)
    assert set(one.problems) == set(other.problems)
    assert set(one.warnings) == set(other.warnings)


@given(lists())
def test_a_relaxation_is_about_the_half_alone(made) -> None:
    district, listed, _ = made
    strict = judge(district, QUOTAS[district], listed, year=2013, relaxed=False)
    relaxed = judge(district, QUOTAS[district], listed, year=2013, relaxed=True)
    kept = tuple(one for one in strict.problems if one.code != "commercial-share")
    assert relaxed.problems == kept
