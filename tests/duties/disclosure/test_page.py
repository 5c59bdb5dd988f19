"""The disclosure page in a real browser: it finds, it links, it asks nobody, it is accessible."""

import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from duties.disclosure.test_publishing import publish
from public_archive import code_of, crowd, telling

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("HRI_REQUIRE_TOOLS"),
    reason="chromium is not installed (Debian: chromium)",
)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("public")
    location, _ = telling(made / "a.db")
    publish(location, made / "out")
    return made / "out"


@pytest.fixture
def page(browser, folder):
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    page.troubles = []
    page.requests = []
    page.on("console", lambda message: page.troubles.append(message.text))
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("request", lambda request: page.requests.append(request.url))
    page.clock.set_fixed_time("2013-12-31T12:00:00")
    page.goto((folder / "index.html").as_uri())
    yield page
    assert page.troubles == []
    assert [url for url in page.requests if not url.startswith((folder.as_uri(), "data:"))] == []
    context.close()


def names(page):
    return page.locator("#list a").all_inner_texts()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("英才", 1),
        ("zgcyc", 1),
        ("ZGC", 1),
        ("91110108ma0000002", 1),
        ("（国际）", 1),
        ("(国际)", 1),
        ("Ａ＆Ｂ", 1),
        ("<b>", 1),
        ("𠮷", 1),
        ("人才", 5),
        ("没有这家", 0),
    ],
)
def test_typing_finds_by_part_of_a_name_by_initials_and_by_code(page, text, count):
    page.fill("#q", text)
    expect(page.locator("#list li")).to_have_count(count)
    told = page.inner_text("#count")
    assert told.startswith(f"共 {count} 家" if count else "没有找到")


def test_names_with_markup_stand_as_text_and_nothing_in_the_data_runs(page):
    assert "北京<b>慎行</b>人才有限公司" in names(page)
    page.goto(page.url.split("#")[0] + f"#{code_of(2)}")
    page.wait_for_selector("#detail:not([hidden])")
    assert "</script><script>alert(1)</script>" in page.inner_text("#events")
    assert "已于 2013-10-20 撤销" in page.inner_text("#events")


def test_a_deferral_is_no_longer_the_licence_s_state_once_its_publication_ended(browser, folder):
    for clock, state in (("2013-12-31T12:00:00", "暂缓通过年审"), ("2018-01-01T12:00:00", "有效")):
        page = browser.new_page()
        page.clock.set_fixed_time(clock)
        page.goto((folder / "index.html").as_uri() + f"#{code_of(3)}")
        page.wait_for_selector("#detail:not([hidden])")
        assert state in page.inner_text("#fields")
        page.close()


def test_an_entry_shows_whom_to_call_and_the_page_says_how_to_complain(page):
    assert "投诉举报：市场管理 010-66201691；劳动监察" in page.inner_text("#list")
    foot = page.inner_text("footer")
    for words in ("怎样投诉举报", "12333", "A越多等级越高", "更正或者撤销"):
        assert words in foot
    for technical in ("SQLite", "脚本", "离线"):
        assert technical not in foot


@pytest.mark.parametrize(
    ("clock", "exposure", "title"),
    [
        ("2014-10-08T23:59:00", True, True),
        ("2014-10-09T00:01:00", False, True),
        ("2016-11-01T12:00:00", False, True),
        ("2016-11-02T12:00:00", False, False),
    ],
)
def test_an_old_copy_shows_no_longer_what_has_ended(browser, folder, clock, exposure, title):
    page = browser.new_page()
    page.clock.set_fixed_time(clock)
    page.goto((folder / "index.html").as_uri() + f"#{code_of(2)}")
    page.wait_for_selector("#detail:not([hidden])")
    shown = page.inner_text("#events")
    assert ("发布虚假招聘信息" in shown) == exposure
    assert ("公布至 2014-10-08" in shown) == exposure
    page.goto((folder / "index.html").as_uri() + f"#{code_of(7)}")
    page.wait_for_selector("#detail:not([hidden])")
    assert ("已撤销" in page.inner_text("#fields")) == title
    assert ("示范单位" in page.inner_text("#events")) == title
    page.close()


@pytest.mark.parametrize(("clock", "state"), [("2014-10", "暂缓通过年审"), ("2014-11", "有效")])
def test_an_old_copy_shows_no_deferral_after_its_last_day(browser, folder, clock, state):
    page = browser.new_page()
    page.clock.set_fixed_time(f"{clock}-01T12:00:00")
    page.goto((folder / "index.html").as_uri() + f"#{code_of(3)}")
    page.wait_for_selector("#detail:not([hidden])")
    assert state in page.inner_text("#fields")
    assert ("暂缓" in page.inner_text("#detail")) == (state == "暂缓通过年审")
    page.close()


def test_filters_narrow_the_list_and_go_together(page):
    page.select_option("#f-district", "朝阳区")
    assert len(names(page)) == 2
    page.select_option("#f-licence_state", "暂缓通过年审")
    assert names(page) == ["北京<b>慎行</b>人才有限公司"]
    page.select_option("#f-district", "")
    page.select_option("#f-licence_state", "")
    page.select_option("#f-title", "已撤销")
    assert names(page) == ["北京失信人才有限公司"]


def test_a_deep_link_opens_one_agency_and_back_returns_to_the_search(page):
    page.fill("#q", "英才")
    expect(page.locator("#list li")).to_have_count(1)
    page.click("#list a")
    page.wait_for_selector("#detail:not([hidden])")
    assert page.url.endswith(f"#{code_of(1)}")
    assert page.inner_text("#name") == "北京中关村英才人力资源服务有限公司"
    assert page.evaluate("document.activeElement.id") == "name"
    assert "2013年授予" in page.inner_text("#fields")
    assert "010-88506572（人才中介）" in page.inner_text("#fields")
    page.go_back()
    page.wait_for_selector("#search:not([hidden])")
    assert len(names(page)) == 1


def test_a_link_to_an_unknown_code_searches_for_it(page):
    page.goto(page.url.split("#")[0] + "#%E8%8B%B1%E6%89%8D")
    page.wait_for_selector("#list li")
    assert names(page) == ["北京中关村英才人力资源服务有限公司"]


def test_the_keyboard_alone_reaches_an_agency(page):
    page.focus("#q")
    page.keyboard.type("失信")
    expect(page.locator("#list li")).to_have_count(1)
    while page.evaluate("document.activeElement.closest('#list') === null"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#detail:not([hidden])")
    assert "已撤销" in page.inner_text("#fields")


@pytest.mark.parametrize("width", [360, 1000])
def test_nothing_overflows_and_axe_finds_no_violation(page, width):
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 700})
    for address in ("", f"#{code_of(2)}"):
        page.goto(page.url.split("#")[0] + address)
        page.wait_for_timeout(50)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.response["violations"] == []


def test_print_leaves_out_what_only_a_screen_can_use(page):
    page.emulate_media(media="print")
    assert page.is_hidden("#q")
    assert page.is_visible("#list")


def test_typing_renders_only_what_is_shown(browser, tmp_path):
    publish(crowd(tmp_path / "a.db", 3000), tmp_path / "out")
    page = browser.new_page()
    page.goto((tmp_path / "out" / "index.html").as_uri())
    page.evaluate(
        "() => { window.made = 0; new MutationObserver(changes => changes.forEach(change =>"
        " window.made += change.addedNodes.length))"
        ".observe(document.getElementById('list'), {childList: true}); }"
    )
    page.fill("#q", "第1")
    expect(page.locator("#count")).to_have_text("共 1111 家")
    assert page.evaluate("window.made") == 50
    page.click("#more")
    assert page.locator("#list li").count() == 100
    assert page.evaluate(
        "document.activeElement.closest('li') === document.querySelectorAll('#list li')[50]"
    )
    page.close()
