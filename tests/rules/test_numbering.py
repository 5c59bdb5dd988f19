import pytest

from hrintegrity.rules.numbering import document_number


def test_a_number_is_written_as_offices_write_it() -> None:
    assert document_number("海人社诚评", 2013, 1) == "海人社诚评〔2013〕1号"
    assert document_number("京人社诚惩", 2014, 120) == "京人社诚惩〔2014〕120号"


@pytest.mark.parametrize(("prefix", "number"), [("海人社诚评", 0), ("海人社诚评", -1), ("", 1)])
def test_numbers_begin_at_one_and_have_a_prefix(prefix, number) -> None:
    with pytest.raises(ValueError, match="文号"):
        document_number(prefix, 2013, number)
