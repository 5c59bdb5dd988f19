"""What the checked reader refuses, and that it names the file and the key."""

import datetime as dt
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from hrintegrity import resources
from hrintegrity.errors import InputError, LookupFailedError, UnusableError
from hrintegrity.notice import (
    _reading,
    deadlines,
    disclosure,
    hotlines,
    indicators,
    measures,
    priority,
    procedure,
    quotas,
    remedies,
    reviews,
    steps,
    terms,
)
from hrintegrity.notice._reading import given_file, given_mapping
from hrintegrity.rules import standard_reading

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases/broken_data.yaml").read_text(encoding="utf-8")
)
DAY = dt.date(2013, 10, 31)
READERS = {
    "indicators.yaml": lambda: indicators.annex(2013),
    "seed_quotas.yaml": lambda: quotas.notice_quotas(2013),
    "hotlines.yaml": lambda: hotlines.hotline_annex(DAY),
    "deadlines.yaml": lambda: deadlines.campaign(2013),
    "sanctions.yaml": lambda: measures.sanctions(DAY),
    "incentives.yaml": lambda: measures.incentives(DAY),
    "activities.yaml": lambda: measures.activities(DAY),
    "systems.yaml": lambda: measures.systems(DAY),
    "priority.yaml": lambda: priority.priority(2013),
    "disclosure.yaml": lambda: disclosure.items(DAY),
    "procedure.yaml": lambda: procedure.procedure(DAY),
    "remedies.yaml": lambda: remedies.remedies("haidian", DAY),
    "steps.yaml": steps.steps,
    "reviews.yaml": lambda: reviews.annual_review(DAY),
    "terms.yaml": lambda: terms.own_terms(DAY),
    "default_standard.yaml": lambda: standard_reading.default_standard(2013),
}
CACHED = [
    indicators._timeline,
    quotas._timeline,
    hotlines._timeline,
    deadlines._timeline,
    measures._sanctions,
    measures._measures,
    priority._timeline,
    disclosure._timeline,
    procedure._timeline,
    remedies._timeline,
    steps.steps,
    reviews._timeline,
    terms._timeline,
    standard_reading._timeline,
]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of `data/` that the readers read afresh."""
    copy = tmp_path / "data"
    shutil.copytree(resources.folder("data"), copy)
    monkeypatch.setattr(resources, "folder", lambda name: copy)
    for function in CACHED:
        function.cache_clear()
    yield copy
    for function in CACHED:
        function.cache_clear()


def test_every_broken_file_of_the_cases_has_a_reader_here() -> None:
    assert set(READERS) >= {case["file"] for case in CASES}


@pytest.mark.parametrize(
    "path", sorted(resources.folder("data").glob("*.yaml")), ids=lambda p: p.name
)
def test_every_entry_in_data_says_from_when_it_holds_by_what_and_when_it_was_compared(path) -> None:
    """A figure without its day and its clause can't be asked for by year, nor checked again."""
    top = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(top) in ({"notice", "entries"}, {"law", "entries"})
    assert top["entries"]
    for entry in top["entries"]:
        assert isinstance(entry["from"], dt.date)
        assert isinstance(entry["checked"], dt.date)
        assert entry["from"] <= entry["checked"]
        assert entry["clause"]


@pytest.mark.parametrize("file", READERS)
def test_the_files_as_they_are_can_be_read(data, file) -> None:
    READERS[file]()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_broken_file_is_refused_by_its_name_and_key(data, case) -> None:
    path = data / case["file"]
    text = path.read_text(encoding="utf-8")
    assert case["replace"] in text
    path.write_text(text.replace(case["replace"], case["by"], 1), encoding="utf-8")
    with pytest.raises(UnusableError) as caught:
        READERS[case["file"]]()
    assert caught.value.code == "data-broken"
    assert f"data/{case['file']} 的 {case['names']}：" in caught.value.message


@pytest.mark.parametrize("file", READERS)
def test_a_missing_file_is_refused_by_its_name(data, file) -> None:
    (data / file).unlink()
    with pytest.raises(UnusableError, match=f"data/{file}") as caught:
        READERS[file]()
    assert caught.value.code == "data-broken"


def given(tmp_path, content: bytes | str):
    path = tmp_path / "名额.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return given_file(path, "quotas-refused")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件是空的"),
        (b"# nothing\n", "文件是空的"),
        (b"\xff\xfea\x00", "UTF-8"),
        ("年: 一".encode("gb18030"), "UTF-8"),
        ("a: [1", "不合 YAML"),
        ("a: 1\n b: 2", "第 2 行"),
        ("a: 1\n---\nb: 2", "不合 YAML"),
        ("a: \x00", "不合 YAML"),
        ("a: 1\na: 2", "a：这个键写了两次"),
        ("a: {b: 1, b: 2}", "a.b：这个键写了两次"),
        ("? [1, 2]\n: 3", "键只能是文字"),
        ("a: &x [1]\nb: *x", "b：不能用别名"),
        ("a: !!python/object/apply:os.system [ls]\nb: !!binary aGk=", "b：不能用标记"),
        ("[" * 20000, "层次太深"),
        ("a: " + "b" * 70000, "文件太大"),
    ],
)
def test_what_is_no_yaml_of_ours_is_refused_in_one_line(tmp_path, content, reason) -> None:
    with pytest.raises(InputError) as caught:
        given(tmp_path, content)
    error = caught.value
    assert error.code == "quotas-refused"
    assert reason in error.message
    assert "名额.yaml" in error.message
    assert "\n" not in error.message
    assert error.details[0]["reason"] in error.message


def test_a_file_that_is_not_there_is_not_found(tmp_path) -> None:
    with pytest.raises(LookupFailedError, match=r"没有.yaml"):
        given_file(tmp_path / "没有.yaml", "quotas-refused")


def test_a_folder_instead_of_a_file_cannot_be_read(tmp_path) -> None:
    with pytest.raises(InputError) as caught:
        given_file(tmp_path, "quotas-refused")
    assert caught.value.code == "not-a-file"


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path) -> None:
    assert list(given(tmp_path, b"\xef\xbb\xbfyear: 2014").entries()) == ["year"]


@pytest.mark.parametrize(
    "written", ["1_0", "0o17", "017", "0x1F", "1:30", "1e3", "+5", ".5", "5.", "yes", "on", ".inf",
                ".nan", "9" * 19, "1.0e+3", "~", "'5'", "!!str 5", "2013-10-01", "true"]
)  # fmt: skip
def test_only_a_plain_decimal_number_is_a_number(tmp_path, written) -> None:
    value = given(tmp_path, f"a: {written}").entries()["a"]
    for read in (value.number, value.whole, value.fraction):
        with pytest.raises(InputError, match=r"名额\.yaml 的 a："):
            read()


@pytest.mark.parametrize("written", ["yes", "on", "Y", "1", "'true'", "no", "off"])
def test_only_true_and_false_are_truth_values(tmp_path, written) -> None:
    with pytest.raises(InputError, match="true 或 false"):
        given(tmp_path, f"a: {written}").entries()["a"].flag()


def test_true_and_false_are_truth_values(tmp_path) -> None:
    part = given(tmp_path, "a: true\nb: False").entries()
    assert (part["a"].flag(), part["b"].flag()) == (True, False)


def test_a_decimal_is_read_digit_by_digit(tmp_path) -> None:
    value = given(tmp_path, "a: 0.10000000000000000001").entries()
    with pytest.raises(InputError):  # more digits than anyone means
        value["a"].number()
    assert given(tmp_path, "a: 0.1").entries()["a"].number() == Decimal("0.1")


@pytest.mark.parametrize("content", [float("nan"), float("inf"), Decimal("1e30"), Decimal("1e-30")])
def test_a_number_beyond_reason_is_refused(content) -> None:
    with pytest.raises(InputError):
        given_mapping(content, "x", "x-refused").number()


@pytest.mark.parametrize("written", ["''", "' '", "5", "2.5", "true", "[a]", "{a: b}", '"a\\nb"'])
def test_a_text_is_one_line_and_not_empty(tmp_path, written) -> None:
    with pytest.raises(InputError):
        given(tmp_path, f"a: {written}").entries()["a"].text()


@pytest.mark.parametrize("content", [{True: 1}, {1.5: 1}, {None: 1}])
def test_keys_of_a_mapping_are_texts_or_integers(content) -> None:
    with pytest.raises(InputError):
        given_mapping(content, "x", "x-refused").entries()


def test_a_key_that_is_text_and_integer_at_once_stands_twice() -> None:
    with pytest.raises(InputError, match="两次"):
        given_mapping({1: 1, "1": 2}, "x", "x-refused").entries()


def test_our_own_files_are_read_with_the_fast_loader_where_there_is_one() -> None:
    assert hasattr(yaml, "CSafeLoader")
    assert _reading.own_file("indicators.yaml").entries()
