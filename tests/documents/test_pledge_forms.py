"""The blank pledges: one page to be hung up, the same words in all formats."""

from __future__ import annotations

import re

import pytest

from hrintegrity.documents import to_docx, to_html, to_pdf
from hrintegrity.documents.render import specimens
from hrintegrity.duties.people.pledges import FORMS, blank_form
from printed import BOTTOM, LEFT, RIGHT, pages, squeezed, text_of_docx

DEMANDS = {
    "agency": ["证照", "监督举报电话", "服务项目、服务规程和收费标准", "公约", "客户秘密",
               "客户满意度调查", "投诉纠纷", "在服务场所公开", "（盖章）"],
    "staff": ["诚信为荣、失信为耻", "收费标准", "客户秘密", "后续服务", "诚信教育", "（签名）"],
}  # fmt: skip
"""What 三(三) of the notice asks for, and what a signed paper needs."""


@pytest.mark.parametrize("form", FORMS)
def test_a_pledge_is_one_page_within_the_type_area(form, fonts):
    (page,) = pages(to_pdf(blank_form(form)))
    for one in page.chars:
        assert LEFT - 1 <= one["x0"] <= one["x1"] <= RIGHT + 1
        assert page.baseline(one) <= BOTTOM


@pytest.mark.parametrize("form", FORMS)
def test_the_three_formats_of_a_pledge_say_the_same(form, fonts):
    paper = blank_form(form)
    said = squeezed("".join(paper.root.itertext()))
    assert said in squeezed(re.sub(r"<[^>]*>", "", to_html(paper)))
    assert text_of_docx(to_docx(paper)) == said
    assert sorted(pages(to_pdf(paper))[0].text) == sorted(said)


@pytest.mark.parametrize("form", FORMS)
def test_a_pledge_answers_what_the_notice_asks(form):
    text = "".join(blank_form(form).root.itertext())
    for words in [*DEMANDS[form], "示范文本"]:
        assert words in text


@pytest.mark.parametrize("form", FORMS)
def test_the_specimens_are_the_blank_form_and_one_with_a_name(form):
    assert [one["agency"] is None for one in specimens(f"pledge/{form}")] == [False, True]
