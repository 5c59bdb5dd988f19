"""What people typed stands in the sentences of a sanction's papers so that they read well."""

from __future__ import annotations

import re

import pytest

from hrintegrity.duties.sanctions.wording import _basis_beside
from running import JSON
from sanctioning import CODE, with_agency


@pytest.mark.parametrize("basis", ["三(八)2", "三（八）2", "通知三(八)2", "三(八) 2", "三(八)"])
def test_the_clause_of_the_notice_on_sanctions_is_not_named_beside_itself(basis):
    assert _basis_beside(basis) is None


def test_another_clause_of_the_notice_is_cited_in_full_and_a_law_as_it_was_typed():
    notice = "《关于加强人力资源服务机构诚信建设的通知》第三部分第（四）项"
    assert _basis_beside("三(四)") == notice
    assert _basis_beside("《人才市场管理规定》第四十条") == "《人才市场管理规定》第四十条"
    assert _basis_beside(None) is None


def printed(hri, answer: str) -> str:
    given = ("--kind", "曝光", "--facts", "虚假招聘", "--evidence", "记录", "--violated", "规定",
             "--basis", "三(八)2", "--date", "2013-09-01")  # fmt: skip
    notice = hri("sanction", "notify", CODE, *given, *JSON).ok().json["id"]
    said = ("--text", "请从轻", "--answer", answer)
    hri("sanction", "statement", notice, "--date", "2013-09-03", *said).ok()
    given = ("--notified", notice, "--date", "2013-10-08")
    imposed = hri("sanction", "impose", CODE, *given, *JSON).ok().json["id"]
    paper = hri.archive.parent / "决定书.html"
    hri("sanction", "notice", imposed, "-o", paper).ok()
    shown = hri("sanction", "show", imposed, *JSON).ok().json
    assert (shown["statement"], shown["answer"]) == ("请从轻", answer)
    return re.sub(r"<[^>]*>|\s", "", paper.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("不予采纳", "经复核，不予采纳。"),
        ("事实清楚", "经复核，事实清楚，我局对上述意见不予采纳。"),
    ],
)
def test_how_a_statement_was_taken_is_said_once(haidian, answer, said):
    text = printed(with_agency(haidian), answer)
    assert said in text
    assert "三(八)2和" not in text
    assert "依照《关于加强人力资源服务机构诚信建设的通知》" in text
