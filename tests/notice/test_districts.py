import subprocess
import sys

import pytest

from hrintegrity.notice.districts import BY_CODE, DISTRICTS, PLACES, find_district

CODES = """
municipal dongcheng xicheng chaoyang haidian fengtai shijingshan mentougou fangshan tongzhou shunyi
changping daxing pinggu huairou miyun yanqing kaifaqu
"""


def test_the_codes_stand_in_the_order_of_annex_2() -> None:
    assert [district.code for district in DISTRICTS] == CODES.split() == list(BY_CODE)


def test_the_city_is_who_is_responsible_and_no_place() -> None:
    assert [district.code for district in DISTRICTS if not district.is_place] == ["municipal"]
    assert len(PLACES) == 17


@pytest.mark.parametrize("district", DISTRICTS, ids=lambda d: d.code)
def test_a_district_is_found_by_code_name_and_office(district) -> None:
    for text in (district.code, district.code.upper(), district.name, district.office):
        assert find_district(text) is district


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("朝阳", "chaoyang"),
        ("北京市朝阳区", "chaoyang"),
        ("北京朝阳区", "chaoyang"),
        (" 朝 阳 区 ", "chaoyang"),
        ("密云区", "miyun"),
        ("密云", "miyun"),
        ("北京市密云县", "miyun"),
        ("延庆区", "yanqing"),
        ("经开区", "kaifaqu"),
        ("北京经济技术开发区", "kaifaqu"),
        ("亦庄", "kaifaqu"),
        ("市属机构", "municipal"),
        ("市属", "municipal"),
        ("市人社局", "municipal"),
        ("ｈａｉｄｉａｎ", "haidian"),
        ("门头沟", "mentougou"),
    ],
)
def test_a_district_is_found_by_the_names_that_people_use(text, code) -> None:
    assert find_district(text).code == code


@pytest.mark.parametrize(
    ("text", "went"),
    [("崇文区", "东城区"), ("崇文", "东城区"), ("宣武区", "西城区"), ("北京市宣武区", "西城区")],
)
def test_a_district_dissolved_in_2010_is_refused_with_a_word_on_where_it_went(text, went) -> None:
    with pytest.raises(ValueError, match=f"2010年并入{went}"):
        find_district(text)


@pytest.mark.parametrize(
    "text", ["", "区", "北京市", "北京", "天津", "阳", "朝阳县", "110105", "开发"]
)
def test_any_other_name_is_refused(text) -> None:
    with pytest.raises(ValueError, match="没有这个区县"):
        find_district(text)


def test_a_county_has_the_name_of_2013_and_knows_its_later_one() -> None:
    miyun, yanqing = BY_CODE["miyun"], BY_CODE["yanqing"]
    assert (miyun.name, miyun.later_name) == ("密云县", "密云区")
    assert (yanqing.name, yanqing.later_name) == ("延庆县", "延庆区")
    assert {d.code for d in DISTRICTS if d.later_name} == {"miyun", "yanqing"}


def test_offices_bear_the_names_that_the_notice_addresses() -> None:
    assert BY_CODE["haidian"].office == "北京市海淀区人力资源和社会保障局"
    assert BY_CODE["yanqing"].office == "北京市延庆县人力资源和社会保障局"
    assert BY_CODE["municipal"].office == "北京市人力资源和社会保障局"
    assert BY_CODE["kaifaqu"].office == "北京经济技术开发区人事劳动和社会保障局"


def test_no_two_offices_number_under_one_prefix() -> None:
    prefixes = [d.assessment_prefix for d in DISTRICTS] + [d.sanction_prefix for d in DISTRICTS]
    assert len(set(prefixes)) == 36
    assert BY_CODE["haidian"].assessment_prefix == "海人社诚评"
    assert BY_CODE["municipal"].assessment_prefix == "京人社诚评"
    assert BY_CODE["haidian"].sanction_prefix == "海人社诚惩"


def test_words_and_districts_load_neither_yaml_nor_any_other_library() -> None:
    code = (
        "import sys, hrintegrity.notice.words, hrintegrity.notice.districts;"
        "import hrintegrity.rules.codes;"
        "print([m for m in ('yaml', 'typer', 'sqlmodel') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
