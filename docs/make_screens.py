"""Write docs/pictures/screen-*.png and batch-*.png: screens, and many papers printed at one go.

Commands run in a terminal of their own, over the workbooks of `examples/`; what stands on its
screen is drawn cell by cell. Needs Noto Sans Mono CJK (Debian: fonts-noto-cjk), and for batches
LibreOffice and poppler's pdftoppm.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pexpect
import pyte
from PIL import Image, ImageDraw, ImageFont

TOP = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "pictures"
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
MONO_SC = 7
SIZE, CELL, LINE, MARGIN = 15, 8, 21, 14
COLUMNS = 104
PAGES = 6
INK, PAPER = "#d8dee9", "#1f2430"
COLOURS = {"red": "#e06c75", "green": "#98c379", "brown": "#e5c07b", "blue": "#61afef",
           "magenta": "#c678dd", "cyan": "#56b6c2", "black": "#3b4252"}  # fmt: skip
HRI = ["-c", "from hrintegrity.cli import main; main()"]
CAMPAIGN = (
    "init --district 海淀区 --leader 王局长 --department 人力资源市场科",
    "agency import {input}/海淀区机构名册.xlsx",
    "assess import {input}/专家评价汇总.csv",
    "inspect import {input}/检查结果.csv",
    "agency pledge 温泉泰和第三 --date 2013-10-10 --displayed",
    "complaint add 万柳嘉业第三 --received 2013-10-09 --channel 市场管理 --subject 收费标准不清",
)


@dataclass(frozen=True)
class Shot:
    """A picture: the command, the keys that are typed then, and how high the terminal is."""

    command: str
    keys: Sequence[str] = ()
    rows: int = 30
    fresh: bool = False


SHOTS = {
    "start": Shot("", fresh=True, rows=14),
    "today": Shot("today --days 10", rows=26),
    "run": Shot("assess run 温泉泰和第三 --source expert", ("3\r", "2\r", "1.5\r"), rows=34),
    "full-screen": Shot(
        "assess run 温泉泰和第三 --source expert --full-screen", ("3\r", "2\r", "2\r"), rows=30
    ),
}


def shown(shot: Shot, environment: dict[str, str]) -> pyte.Screen:
    """Run a command in a terminal, type its keys, and return what stands there then."""
    screen = pyte.Screen(COLUMNS, shot.rows)
    stream = pyte.Stream(screen)
    child = pexpect.spawn(
        sys.executable,
        [*HRI, *shot.command.split()],
        env=environment,
        dimensions=(shot.rows, COLUMNS),
        encoding="utf-8",
        timeout=60,
    )
    stream.feed(f"$ hri {shot.command}\r\n")
    for key in ("", *shot.keys):
        child.send(key)
        _feed(child, stream)
    child.close(force=True)
    return screen


def _feed(child: pexpect.spawn, stream: pyte.Stream) -> None:
    """Give the screen what the command writes, from when it begins until it has been silent."""
    silent_since = None
    while silent_since is None or time.monotonic() - silent_since < 2.5:
        try:
            stream.feed(child.read_nonblocking(4096, timeout=0.2))
            silent_since = time.monotonic()
        except pexpect.TIMEOUT:
            if not child.isalive():
                return
        except pexpect.EOF:
            return


def drawn(screen: pyte.Screen) -> Image.Image:
    """Draw a screen cell by cell, without the blank lines at its end."""
    used = max((row for row, text in enumerate(screen.display) if text.strip()), default=0) + 1
    font = ImageFont.truetype(str(FONT), SIZE, index=MONO_SC)
    size = (COLUMNS * CELL + 2 * MARGIN, used * LINE + 2 * MARGIN)
    picture = Image.new("RGB", size, PAPER)
    brush = ImageDraw.Draw(picture)
    # Backgrounds first: a wide character reaches into the cell after its own.
    for text in (False, True):
        for row in range(used):
            for column in range(COLUMNS):
                _draw(brush, screen.buffer[row][column], (column, row), font if text else None)
    return picture


def _draw(brush: Any, cell: Any, place: tuple[int, int], font: Any) -> None:
    """Draw the character of a cell, or without a font its background."""
    ink, paper = _colour(cell.fg, INK), _colour(cell.bg, PAPER)
    ink, paper = (paper, ink) if cell.reverse else (ink, paper)
    left, top = MARGIN + place[0] * CELL, MARGIN + place[1] * LINE
    if font is None and paper != PAPER:
        brush.rectangle((left, top, left + CELL - 1, top + LINE - 1), fill=paper)
    elif font is not None and cell.data.strip():
        brush.text((left, top - 3), cell.data, fill=ink, font=font)


def _colour(name: str, default: str) -> str:
    if name == "default":
        return default
    return COLOURS.get(name, f"#{name}" if len(name) == 6 else default)


def _run(line: str, environment: dict[str, str]) -> None:
    """Run a command of the program to its end."""
    subprocess.run(
        [sys.executable, *HRI, *line.split()], env=environment, check=True, capture_output=True
    )


def batches(folder: Path, environment: dict[str, str]) -> None:
    """Draw the first pages of a list as a workbook, and of notices bound for printing."""
    _run(f"agency list -o {folder}/list.xlsx", environment)
    _run("assess conclude --all", environment)
    for suffix in ("pdf", "docx"):
        _run(f"assess notice --all -o {folder}/bound.{suffix}", environment)
    papers = {"list": "list.xlsx", "pdf": "bound.pdf", "docx": "bound.docx"}
    for name, file in papers.items():
        paper = folder / file
        if paper.suffix != ".pdf":
            office = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder / name]
            subprocess.run([*office, paper], env=environment, check=True, capture_output=True)
            paper = folder / name / f"{paper.stem}.pdf"
        pages = ["pdftoppm", "-r", "36", "-png", "-l", str(PAGES), paper, folder / f"page-{name}"]
        subprocess.run(pages, check=True)
        _beside(sorted(folder.glob(f"page-{name}-*.png"))).save(FOLDER / f"batch-{name}.png")


def _beside(pages: list[Path]) -> Image.Image:
    """Return pages side by side, as they lie when the batch is opened."""
    pictures = [Image.open(page).convert("L") for page in pages]
    gap = 8
    size = (sum(p.width + gap for p in pictures) + gap, max(p.height for p in pictures) + 2 * gap)
    whole = Image.new("L", size, 128)
    left = gap
    for picture in pictures:
        whole.paste(picture, (left, gap))
        left += picture.width + gap
    return whole.quantize(16)


def main() -> None:
    """Write all pictures of screens and batches."""
    with tempfile.TemporaryDirectory() as folder:
        plain = {k: v for k, v in os.environ.items() if not k.startswith("HRI_")}
        environment = plain | {
            "HRI_ARCHIVE": f"{folder}/archive.db",
            "HRI_TODAY": "2013-10-28",
            "HRI_OPERATOR": "张检查",
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
        }
        for line in CAMPAIGN:
            _run(line.format(input=TOP / "examples" / "input"), environment)
        for name, shot in SHOTS.items():
            elsewhere = {"HRI_ARCHIVE": f"{folder}/none.db"} if shot.fresh else {}
            picture = drawn(shown(shot, environment | elsewhere))
            picture.quantize(32).save(FOLDER / f"screen-{name}.png", optimize=True)
        batches(Path(folder), environment)


if __name__ == "__main__":
    main()
