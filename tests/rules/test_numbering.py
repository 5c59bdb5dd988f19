import pytest

from hrintegrity.rules.numbering import canonical_number, document_number, read_number


def test_a_number_is_written_as_offices_write_it() -> None:
    assert document_number("海人社诚评", 2013, 1) == "海人社诚评〔2013〕1号"
    assert document_number("京人社诚惩", 2014, 120) == "京人社诚惩〔2014〕120号"


@pytest.mark.parametrize(("prefix", "number"), [("海人社诚评", 0), ("海人社诚评", -1), ("", 1)])
def test_numbers_begin_at_one_and_have_a_prefix(prefix, number) -> None:
    with pytest.raises(ValueError, match="文号"):
        document_number(prefix, 2013, number)


@pytest.mark.parametrize(
    "typed",
    ["海人社诚评〔2013〕1号", "海人社诚评(2013)1号", "海人社诚评（2013）1号", "海人社诚评[2013]1号",
     "海人社诚评［2013］0001号", "海人社诚评【２０１３】１号", " 海人社诚评 〔2013〕 第1号",
     "海人社诚评〔2013〕0001"],
)  # fmt: skip
def test_a_number_is_the_same_however_its_brackets_and_zeros_are_typed(typed):
    assert canonical_number(typed) == "海人社诚评〔2013〕1号"


@pytest.mark.parametrize(
    "text", ["海人社诚评〔2013〕0号", "海人社诚评2013-1号", "〔2013〕1号", "a1b2c3d4", ""]
)
def test_other_text_is_no_number(text):
    assert read_number(text) is None
    assert canonical_number(text) == "".join(text.split()).upper()
