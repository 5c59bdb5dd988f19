"""The built manual, opened from disk as people do: search, no request, accessible, prints well."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import TOP

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox"]

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("HRI_REQUIRE_TOOLS"),
    reason="chromium is not installed (Debian: chromium)",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("manual") / "手册"
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(target)],
        cwd=TOP,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        check=True,
    )
    return target


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser, site):
    """A page that keeps the address of every request it makes."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    context.close()


def opened(page, site, name):
    page.goto((site / name).as_uri())
    page.wait_for_load_state("load")


@pytest.mark.parametrize(
    ("text", "found"),
    [("整改期限", "现场检查"), ("换电脑", "换电脑"), ("经营性", "推荐"), ("quota", "quota")],
)
def test_the_search_finds_chinese_from_disk(page, site, text, found):
    opened(page, site, "index.html")
    page.click(".md-search__input")
    page.keyboard.insert_text(text)
    page.keyboard.press("End")  # an input method lets go of a key too.
    page.wait_for_selector(".md-search-result__item", timeout=60000)
    # The index marks the ends of words by a blank that has no width.
    assert found in page.inner_text(".md-search-result__list").replace("\u200b", "")


@pytest.mark.parametrize("name", ["index.html", "tutorial.html", "tasks/register.html",
                                  "reference/formats.html", "about/ours.html"])  # fmt: skip
def test_no_request_leaves_and_axe_finds_nothing(page, site, name):
    from axe_playwright_python.sync_playwright import Axe

    opened(page, site, name)
    outside = [url for url in page.asked if not url.startswith(("file://", "data:", "blob:"))]
    assert outside == []
    assert page.faults == []
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_printed_it_is_the_text_alone(page, site):
    opened(page, site, "tasks/register.html")
    page.emulate_media(media="print")
    for part in (".md-header", ".md-tabs", ".md-sidebar--primary", ".md-footer"):
        assert not page.is_visible(part)
    assert page.is_visible("article")
    wide = page.evaluate("document.documentElement.scrollWidth - document.body.clientWidth")
    assert wide <= 0


def test_every_page_links_only_to_pages_that_are_there(site):
    """mkdocs is strict about links between pages; what it writes of itself is looked at here."""
    import re

    for path in site.rglob("*.html"):
        for link in re.findall(r'(?:href|src)="?([^"\s>#]+)', path.read_text("utf-8")):
            if not link.startswith(("http", "mailto:", "data:", "javascript:")):
                assert (path.parent / link).exists() or link.startswith("/"), (path, link)
