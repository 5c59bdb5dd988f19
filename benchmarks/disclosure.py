"""The disclosure of 70,000 agencies: writing it, its sizes, and typing in its page.

python -m benchmarks.disclosure; the page's part needs chromium.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path

from benchmarks.commands import HRI, run
from benchmarks.report import AGENCIES, TODAY, city

TYPED = "第12"
ROUNDS = 5
FLAGS = ["--no-sandbox", "--disable-gpu"]
_SHOWN = """
text => new Promise(done => {
    const field = document.getElementById('q'), began = performance.now();
    field.value = text;
    field.dispatchEvent(new Event('input', {bubbles: true}));
    const count = document.getElementById('count'), before = count.textContent;
    new MutationObserver(() => done(performance.now() - began))
        .observe(count, {childList: true, characterData: true, subtree: true});
})
"""


def publish(archive: Path, out: Path) -> list[str]:
    """Return the command that writes the disclosure."""
    return [*HRI, "--archive", str(archive), "--today", TODAY, "report", "public", "-o", str(out)]


def typing(page_file: Path) -> tuple[float, float]:
    """Return milliseconds until the page can be used, and from a letter typed to what it finds."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page()
        page.goto(page_file.as_uri())
        opened = page.evaluate("performance.now()")
        shown = [page.evaluate(_SHOWN, TYPED[: 1 + turn % 2] + str(turn)) for turn in range(ROUNDS)]
        browser.close()
    return opened, statistics.median(shown)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive, out = folder / "city.db", folder / "public"
        city(archive, AGENCIES)
        done = run(publish(archive, out))
        sizes = ", ".join(
            f"{file.name} {file.stat().st_size / 2**20:.1f} MiB" for file in sorted(out.iterdir())
        )
        print(f"{AGENCIES:,} agencies: {done.seconds:.1f} s, {done.peak / 2**20:.0f} MiB; {sizes}")
        if shutil.which("chromium"):
            opened, shown = typing(out / "index.html")
            print(f"    the page opens in {opened:.0f} ms; a letter typed shows in {shown:.0f} ms")


if __name__ == "__main__":
    main()
