"""Where a decision can be taken to, typed from the laws; boundaries first."""

import datetime as dt

import pytest

from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.remedies import remedies

CITY_BUREAU = "北京市人力资源和社会保障局"


@pytest.mark.parametrize(
    ("day", "months"),
    [("2013-10-08", 3), ("2015-01-31", 3), ("2015-02-01", 6), ("2015-05-01", 6), ("2026-11-29", 6)],
)
def test_a_suit_has_three_months_and_six_where_three_had_not_run_out_in_may_2015(
    day, months
) -> None:
    assert remedies("haidian", dt.date.fromisoformat(day)).suit_months == months


@pytest.mark.parametrize(
    ("body", "day", "bodies"),
    [
        ("haidian", "2013-12-23", ("北京市海淀区人民政府", CITY_BUREAU)),
        ("haidian", "2022-06-30", ("北京市海淀区人民政府", CITY_BUREAU)),
        ("haidian", "2022-07-01", ("北京市海淀区人民政府",)),
        ("haidian", "2023-12-31", ("北京市海淀区人民政府",)),
        ("haidian", "2024-01-01", ("北京市海淀区人民政府",)),
        ("municipal", "2013-12-23", ("北京市人民政府", "中华人民共和国人力资源和社会保障部")),
        ("municipal", "2024-01-01", ("北京市人民政府",)),
        ("miyun", "2015-11-12", ("北京市密云县人民政府", CITY_BUREAU)),
        ("miyun", "2015-11-13", ("北京市密云区人民政府", CITY_BUREAU)),
        ("kaifaqu", "2013-12-23", ("北京经济技术开发区管理委员会", CITY_BUREAU)),
        ("kaifaqu", "2024-01-01", ("北京市人民政府",)),
    ],
)
def test_review_is_asked_of_the_government_and_before_the_reform_of_the_city_bureau_too(
    body, day, bodies
) -> None:
    found = remedies(body, dt.date.fromisoformat(day))
    assert (found.review_days, found.review_bodies) == (60, bodies)


@pytest.mark.parametrize("body", BY_CODE)
def test_every_body_has_a_court_and_a_government(body) -> None:
    found = remedies(body, dt.date(2013, 12, 23))
    assert found.court.endswith("人民法院")
    assert "{" not in found.court + "".join(found.review_bodies)
    assert found.clause
