"""The sentences of the summary: noughts left out, ties told, and whose activity it was."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest

from hrintegrity.documents import compose
from hrintegrity.documents.render import specimens
from hrintegrity.duties.reporting.figure import shown
from hrintegrity.duties.reporting.summary import Rated
from hrintegrity.duties.reporting.wording import _rated
from notice_2013 import ANNEX
from printed import squeezed
from running import Hri

UNITS = {"gaps": "项", "complaints": "件", "sanctions": "项", "rectify": "项"}


def said(**numbers: int) -> str:
    """The body of a summary whose figures are these, the rest being a specimen's."""
    context: dict[str, Any] = copy.deepcopy(specimens("report/month")[0])
    for name, number in numbers.items():
        context["n"][name] = number
        context["f"][name] = f"{number}{UNITS.get(name.split('_')[0], '家')}"
    text = squeezed("".join(compose("report/month", context).root.itertext()))
    return text[: text.index("附件：")]


@pytest.mark.parametrize(
    ("mended", "in_month", "still_open", "overdue", "told"),
    [
        (0, 0, 5, 0, "制度缺项5项，都尚未补建。"),
        (0, 0, 5, 2, "制度缺项5项，都尚未补建，其中逾期2项。"),
        (5, 5, 0, 0, "制度缺项5项，已补建5项，补建率80%；没有尚未补建的。"),
        (4, 3, 1, 0, "已补建4项（其中活动期间补建3项），补建率80%；尚未补建1项。"),
        (4, 0, 1, 1, "已补建4项（都在活动期间以后补建），补建率80%；尚未补建1项，其中逾期1项。"),
    ],
)
def test_noughts_of_gaps_are_left_out_or_said_plainly(
    mended: int, in_month: int, still_open: int, overdue: int, told: str
) -> None:
    context = copy.deepcopy(specimens("report/month")[0])
    numbers = {
        "gaps": 5, "gaps_mended": mended, "gaps_mended_in_month": in_month,
        "gaps_open": still_open, "gaps_overdue": overdue,
    }  # fmt: skip
    context["n"].update(numbers)
    context["f"].update({name: f"{number}项" for name, number in numbers.items()})
    context["f"]["gaps_mended_rate"] = "80%"
    assert told in squeezed("".join(compose("report/month", context).root.itertext()))


def test_noughts_of_complaints_and_measures_are_left_out_or_said_plainly() -> None:
    body = said(
        complaints=2, complaints_kind_complaint=2, complaints_kind_report=0,
        complaints_kind_suggestion=0, complaints_in_month=0, sanctions=3, sanctions_rectify=1,
        rectify_mended=0, rectify_failed=0, rectify_open=1, rectify_overdue=0,
        sanctions_reported_market=0, sanctions_reported_credit=0, notified=3, served=0,
    )  # fmt: skip
    assert "意见建议2件，其中投诉2件；活动期间没有受理。" in body
    assert "责令整改的，没有已改正的，尚待改正或认定1项。" in body
    assert "都尚未记入人力资源市场管理信息系统和北京市企业信用信息系统。" in body
    assert "制发告知书3份，都尚未送达。" in body
    body = said(sanctions=3, sanctions_reported_market=3, sanctions_reported_credit=0)
    assert "已记入人力资源市场管理信息系统3项，尚未记入北京市企业信用信息系统。" in body


def test_a_band_that_nobody_has_is_not_told() -> None:
    context = copy.deepcopy(specimens("report/month")[0])
    context["bands"] = [
        {"label": "优秀", "value": 2, "text": "2家"},
        {"label": "良好", "value": 1, "text": "1家"},
        {"label": "合格", "value": 0, "text": "0家"},
    ]
    text = squeezed("".join(compose("report/month", context).root.itertext()))
    assert "按等次分，优秀2家、良好1家。" in text


@pytest.mark.parametrize(
    ("recommended", "of", "told"),
    [
        (1, 2, "应优先推荐的机构（有等级或者表现突出）2家，已推荐其中1家。"),
        (0, 2, "应优先推荐的机构（有等级或者表现突出）2家，都没有推荐。"),
        (1, 0, "已推荐的机构中应优先的1家。"),
    ],
)
def test_of_those_with_priority_it_is_told_how_many_were_recommended(
    recommended: int, of: int, told: str
) -> None:
    assert told in said(recommended_priority=recommended, agencies_priority=of)


def test_ties_are_told_and_not_picked_by_number() -> None:
    def rated(*rates: int) -> list[Rated]:
        known = list(ANNEX.indicators)
        return [Rated(known[place], Decimal(rate)) for place, rate in enumerate(rates)]

    first, second = (one.name for one in list(ANNEX.indicators)[:2])
    assert _rated(rated(99, 98), "高") == f"较高的是{first}99%、{second}98%"
    assert _rated(rated(*[100] * 14), "高") == "最高的有14项并列，均为100%"
    told = f"较低的是{first}10%、{second}20%，其次有5项并列，均为30%"
    assert _rated(rated(10, 20, *[30] * 5), "低") == told
    assert _rated([], "高") == ""


def test_the_city_tells_whose_activity_it_was(new_archive: Any, tmp_path: Any) -> None:
    municipal: Hri = new_archive("municipal", "city.db")
    logged = ("campaign", "log", "--kind", "training", "--date", "2013-10-09", "--title", "培训班")
    municipal(*logged).ok()
    municipal(*logged[:-1], "讲座", "--district", "海淀").ok()
    municipal("report", "month", "-o", tmp_path / "m.html").ok()
    page = (tmp_path / "m.html").read_text("utf-8")
    assert "10月9日，培训班" in page
    assert "10月9日，海淀区：讲座" in page
    municipal("report", "month", "--district", "海淀", "-o", tmp_path / "h.html").ok()
    assert "10月9日，讲座" in (tmp_path / "h.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "无"),
        (0, "0"),
        (120, "120"),
        (Decimal("83.2"), "83.20"),
        (Decimal("83.17"), "83.17"),
        (Decimal("5E+1"), "50.00"),
        (Decimal(100), "100.00"),
    ],
)
def test_a_count_is_whole_and_every_mean_or_rate_has_two_decimals(value, text) -> None:
    assert shown(value) == text
