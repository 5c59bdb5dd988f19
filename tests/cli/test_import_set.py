"""`--set` gives every row a value, which is taken as a cell's would be."""

from __future__ import annotations

import pytest

from importing import AGENCY, CODE, write
from running import JSON, Hri, Ran, code_of

ROW = {AGENCY: "北京甲公司", CODE: code_of(1), "区县": "海淀区", "机构性质": "经营性"}


def take(hri: Hri, tmp_path, *given: str, without: str = "") -> Ran:
    row = {header: text for header, text in ROW.items() if header != without}
    options = [part for one in given for part in ("--set", one)]
    return hri("agency", "import", write(tmp_path / "a.csv", row), *options, *JSON)


def shown(hri: Hri) -> dict:
    found: dict = hri("agency", "show", code_of(1), *JSON).ok().json
    return found


@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ("license=00123", "license", "00123"),
        ("许可证号='００123", "license", "00123"),
        ("联系电话=０１０－１", "phone", "010-1"),
        ("license=无", "license", None),
        ("发证日期=/", "license_from", None),
        ("address=", "address", None),
        ("address=中关村\n1号", "address", "中关村 1号"),
        ("address=⽯景⼭\u200b路", "address", "石景山路"),
        ("since=二〇〇八年五月十二日", "since", "2008-05-12"),
        ("license_until=2049-12-31", "license_until", "2049-12-31"),
        ("grade=aaa", "grade", "AAA"),
    ],
)
def test_a_value_is_cleaned_and_understood_like_a_cell(haidian, tmp_path, given, field, value):
    ran = take(haidian, tmp_path, given).ok()
    assert shown(haidian)[field] == value
    assert ran.json["remarks"] == [] or "许可证号" in ran.json["remarks"][0]


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ("since=2009年5月", "只写到月"),
        ("since=2014年12月", "之后"),
        ("license_from=2014-05-01", "之后"),
    ],
)
def test_what_would_be_remarked_on_in_a_cell_is_remarked_on(haidian, tmp_path, given, word):
    ran = take(haidian, tmp_path, given).ok()
    assert [one for one in ran.json["remarks"] if one.startswith(f"--set {given}：")]
    assert word in "".join(ran.json["remarks"])


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ("kind=民营", "只能是"),
        ("kind=无", "只能是"),
        ("kind=", "没有填写"),
        ("since=2016-01-01", "两年以上"),
        ("since=1948-12-31", "1949"),
        ("license_from=2009年5月", "只写到月"),
        ("license=9.1E+17", "科学计数"),
        ("address=\u202e1号", "U+202E"),
        ("address=#REF!", "错误值"),
    ],
)
def test_what_would_be_refused_in_a_cell_is_wrong_usage(haidian, tmp_path, given, word):
    ran = take(haidian, tmp_path, given, without="机构性质" if given.startswith("kind") else "")
    assert (ran.status, ran.error["code"]) == (2, "value-refused")
    assert word in ran.error["message"]
    assert haidian("agency", "list", *JSON).ok().json == []


@pytest.mark.parametrize(("mark", "value"), [("√", True), ("是", True), ("×", False)])
def test_marks_are_yes_and_no(haidian, tmp_path, mark, value):
    haidian.add("北京甲公司", code_of(1))
    path = write(tmp_path / "a.csv", {AGENCY: "北京甲公司", "承诺日期": "2013-10-08"})
    haidian("agency", "import-pledges", path, "--set", f"displayed={mark}").ok()
    (pledge,) = haidian("agency", "dossier", code_of(1), *JSON).ok().json["promises"]["pledges"]
    assert pledge["displayed"] is value


def test_a_remark_on_a_value_is_made_once_for_all_files(haidian, tmp_path):
    for number in (1, 2):
        row = {"机构名称": f"北京{number}公司", "代码": code_of(number), "性质": "经营性"}
        write(tmp_path / f"{number}.csv", row)
    ran = haidian("agency", "import", tmp_path, "--set", "since=2009年5月", *JSON).ok().json
    assert ran["added"] == 2
    assert [one for one in ran["remarks"] if "只写到月" in one] == [
        "--set since=2009年5月：只写到月，按当月 1 日登记"
    ]
