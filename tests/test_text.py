"""Text as a terminal shows it: widths and line breaks."""

from hypothesis import example, given
from hypothesis import strategies as st

from hrintegrity.text import width, wrap

_ALPHABET = "人力资源，。；）》” ab12-."


def test_a_chinese_character_takes_two_columns() -> None:
    assert width("诚信 a") == 6


def test_a_line_is_filled_to_the_last_column() -> None:
    assert wrap("依法成立相关证照", 8) == ["依法成立", "相关证照"]


def test_a_stop_takes_the_character_before_it_down_to_the_next_line() -> None:
    assert wrap("依法成立，相关证照", 8) == ["依法成", "立，相关", "证照"]
    assert wrap("（依法成立）。相关", 12) == ["（依法成", "立）。相关"]


def test_a_code_is_not_broken_where_it_fits_on_a_line() -> None:
    assert wrap("代码 91110108MA0000001D", 20) == ["代码", "91110108MA0000001D"]


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert wrap("abcdefgh", 3) == ["abc", "def", "gh"]


@given(st.text(alphabet=_ALPHABET, max_size=60), st.integers(min_value=2, max_value=20))
@example("依法，，，，成立。", 4)
def test_no_line_is_wider_than_asked_and_nothing_is_lost(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
