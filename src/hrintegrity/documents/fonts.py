"""Which Chinese fonts are at hand, for the PDF."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from hrintegrity.documents.look import FACES
from hrintegrity.errors import HriError, UnusableError

if TYPE_CHECKING:
    import typst

FOLDERS_VARIABLE = "HRI_FONTS"
_HOW = (
    "任选一种办法：安装 pdf 附加包（pip install 'hrintegrity[pdf]'，自带思源宋体）；"
    "Debian、Ubuntu 安装 fonts-noto-cjk；Windows、WPS 用户安装仿宋等中文字体；"
    f"或用环境变量 {FOLDERS_VARIABLE} 指出字体所在的目录。网页和 Word 格式不受影响。"
)


def folders() -> tuple[str, ...] | None:
    """Return the folders of `HRI_FONTS`, which then are searched alone; None without it."""
    value = os.environ.get(FOLDERS_VARIABLE)
    return None if value is None else tuple(part for part in value.split(os.pathsep) if part)


@cache
def at_hand(only: tuple[str, ...] | None) -> tuple[typst.Fonts, dict[str, list[str]]]:
    """Return typst's fonts and, for each face, the families of it that are there, best first.

    typst knows the system's and the user's font folders of Linux, Windows and macOS; the wheel of
    the pdf extra brings one more. Raises UnusableError `font-missing` without any Chinese font.
    """
    import typst  # noqa: PLC0415 — an extra, and only a PDF needs it.

    searched = list(only) if only is not None else _wheel()
    fonts = typst.Fonts(
        include_system_fonts=only is None, include_embedded_fonts=False, font_paths=searched
    )
    names = {family.casefold(): family for family in fonts.families()}
    faces = {
        face: list(dict.fromkeys(names[one.casefold()] for one in list_ if one.casefold() in names))
        for face, list_ in FACES.items()
    }
    missing = [face for face, found in faces.items() if not found]
    if missing:
        raise font_missing()
    return fonts, faces


def font_missing() -> HriError:
    """Return the refusal of a PDF without a Chinese font."""
    return UnusableError("font-missing", "没有找到中文字体，不能生成 PDF。", _HOW)


def _wheel() -> list[str]:
    try:
        import pylopdf_fonts_zh_cn as wheel  # noqa: PLC0415 — an extra, and only a PDF needs it.
    except ImportError:
        return []
    return [str(wheel.serif_path().parent)]
