"""What published grounds may not say is replaced, and nothing else."""

from __future__ import annotations

import pytest

from hrintegrity.rules.discretion import masked

OWN = ("北京张一人力资源有限公司", "91110108MA00000016")
PEOPLE = {"张一": "某从业人员", "张一凡": "某人", "王": "某人", "Ｌi Ming": "某人", "wx01": "××"}


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("张一个人收费", "某从业人员个人收费"),
        ("张一凡投诉", "某人投诉"),
        ("张　一、LI MING和liｍing", "某从业人员、某人和某人"),
        ("北京张一人力资源有限公司（张一）", "北京张一人力资源有限公司（某从业人员）"),
        ("代码91110108MA00000016", "代码91110108MA00000016"),
        ("王府井门店收费", "王府井门店收费"),
        ("微信WX01，电话１３９１１１１２２２２", "微信××，电话××"),
        ("QQ123456789、010-62560000、139 1111 2222", "QQ××、××、××"),
        ("身份证11010819900101123X", "身份证××"),
        ("写信到 a.b@c.com.cn。", "写信到 ××。"),
        ("2013-10-08至2013年10月9日", "2013-10-08至2013年10月9日"),
        ("2012-2013年度收取12345678元、1234567.50元", "2012-2013年度收取12345678元、1234567.50元"),
        ("13911112222元", "××元"),
        ("收取求职者押金不退", "收取求职者押金不退"),
        ("", ""),
    ],
)
def test_people_and_their_numbers_are_replaced(said: str, published: str) -> None:
    assert masked(said, own=OWN, people=PEOPLE) == published


def test_without_people_on_record_numbers_are_replaced_all_the_same() -> None:
    assert masked("张一 13911112222", own=(), people={}) == "张一 ××"
