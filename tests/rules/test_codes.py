import random
from pathlib import Path

import pytest
import yaml

from hrintegrity.rules.codes import KIND_NAMES, check_code, complete_code

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/codes.yaml").read_text(encoding="utf-8"))
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text']!r:.24} {case['because']}")
def test_a_number_is_told_as_written_in_the_cases(case) -> None:
    check = check_code(case["text"])
    assert (check.kind, check.ok) == (case["kind"], case["ok"])
    assert check.code == case.get("code", case["text"])
    assert case.get("reason", "") in check.reason
    assert bool(check.reason) is not check.ok


def uscc_fault(code: str) -> int:
    """GB 32100-2015 in one line: the weighted sum with the check character is a multiple of 31."""
    return sum(ALPHABET.index(sign) * 3**place for place, sign in enumerate(code[:17])) + (
        ALPHABET.index(code[17])
    )


def business_fault(code: str) -> bool:
    """ISO 7064 MOD 11,10 by its definition, over all fifteen digits."""
    product = 10
    for digit in map(int, code[:-1]):
        total = (product + digit) % 10
        product = (10 if total == 0 else total) * 2 % 11
    return (product + int(code[-1])) % 10 != 1


def org_fault(code: str) -> int:
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    weights = [3, 7, 9, 10, 5, 8, 4, 2]
    last = 10 if code[8] == "X" else int(code[8])
    return (sum(signs.index(s) * w for s, w in zip(code[:8], weights, strict=True)) + last) % 11


def test_completed_codes_are_right_by_the_standards_own_formulas() -> None:
    chance = random.Random(1)
    for _ in range(500):
        start = chance.choice("159NY") + chance.choice("129A") + f"{chance.randrange(10**6):06}"
        code = complete_code(start + "".join(chance.choices(ALPHABET, k=9)))
        assert uscc_fault(code) % 31 == 0
        assert check_code(code) == (code, "uscc", True, "")
        code = complete_code("".join(chance.choices("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=8)))
        assert org_fault(code) == 0
        assert check_code(code) == (code, "org", True, "")
        code = complete_code(f"{chance.randrange(10**14):014}")
        assert not business_fault(code)
        assert check_code(code) == (code, "business", True, "")


@pytest.mark.parametrize("code", ["91110108551385082Q", "110108000000016", "D2143569X"])
def test_every_other_check_character_is_wrong(code) -> None:
    kind = check_code(code).kind
    others = {"uscc": ALPHABET, "org": "0123456789X", "business": "0123456789"}[kind]
    right = [sign for sign in others if check_code(code[:-1] + sign).ok]
    assert right == [code[-1]]
    assert {check_code(code[:-1] + sign).kind for sign in others} == {kind}


@pytest.mark.parametrize("code", ["91110108551385082Q", "110108000000016"])
def test_two_neighbouring_characters_exchanged_are_noticed(code) -> None:
    for place in range(len(code) - 2):
        if code[place] != code[place + 1]:
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert not check_code(swapped).ok


@pytest.mark.parametrize(
    "start", ["", "9111010855138508", "9111010855138508O", "1234567", "12345678901234A"]
)
def test_a_start_of_no_number_cannot_be_completed(start) -> None:
    with pytest.raises(ValueError, match="前 17 位"):
        complete_code(start)


def test_each_kind_has_a_name() -> None:
    assert list(KIND_NAMES) == ["uscc", "org", "business"]
