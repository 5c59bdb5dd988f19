"""Papers to print, and fonts to print them in."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrintegrity.documents import Paper, compose
from hrintegrity.documents.render import specimens

SPECIMENS = [
    (template, place)
    for template in ("assess/notice", "assess/served")
    for place in range(len(specimens(template)))
]


@pytest.fixture(params=["wheel", "system"])
def fonts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Print with the wheel's fonts alone, and with what the system has."""
    if request.param == "wheel":
        wheel = pytest.importorskip("pylopdf_fonts_zh_cn")
        monkeypatch.setenv("HRI_FONTS", str(wheel.serif_path().parent))
    else:
        monkeypatch.delenv("HRI_FONTS", raising=False)
    return str(request.param)


@pytest.fixture(params=SPECIMENS, ids=lambda one: f"{one[0]}-{one[1]}")
def paper(request: pytest.FixtureRequest) -> Paper:
    template, place = request.param
    return compose(template, specimens(template)[place])


@pytest.fixture
def without_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    empty = tmp_path / "no-fonts"
    empty.mkdir()
    monkeypatch.setenv("HRI_FONTS", str(empty))
