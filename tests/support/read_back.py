"""The figures of a summary as they stand in its files, read back from html, Word, PDF and Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import openpyxl
from lxml import html

from printed import squeezed

KINDS = {
    "诚信自律公约": "convention",
    "诚信服务大检查": "inspection",
    "诚信创建活动": "creation",
    "主题培训活动": "training",
    "主题宣传活动": "publicity",
}
SYSTEMS = {
    "公示": "publicity", "承诺": "pledge", "台账": "ledger", "反馈": "feedback",
    "公约": "convention",
}  # fmt: skip
CHANNELS = {"市场管理": "market", "劳动监察": "labour", "其他": "other", "12333热线": "12333"}
CATEGORIES = ("基本条件", "服务规范", "组织建设", "信用状况", "服务业绩", "社会责任")
ENDS = (
    "", "_substantiated", "_unfounded", "_withdrawn", "_adopted", "_declined", "_open", "_closed",
    "_days", "_days_mean",
)  # fmt: skip

Table = list[list[str]]


def told(value: Any, unit: str, name: str) -> str:
    """A figure as people read it: counts are whole, scores, rates and means have two decimals."""
    if value is None:
        return "无"
    whole = unit not in ("分", "%") and not name.endswith("_mean")
    return str(value) if whole else f"{value:.2f}"


def tables_of_html(path: Path) -> list[Table]:
    root = html.fromstring(path.read_text("utf-8"))
    return [
        [
            [squeezed(cell.text_content()) for cell in row.xpath("./td|./th")]
            for row in one.iter("tr")
        ]
        for one in root.iter("table")
    ]


def tables_of_docx(path: Path) -> list[Table]:
    return [
        [[squeezed(cell.text) for cell in row.cells] for row in one.rows]
        for one in docx.Document(str(path)).tables
    ]


def figures_of_tables(tables: list[Table], labels: dict[str, str]) -> dict[str, str]:
    """Find the figures by what stands at the head and at the left; `labels` are those of lists."""
    found: dict[str, str] = {}
    for head, *rows in tables:
        if head[1:] == ["数值", "《通知》条款"]:
            found |= {labels[row[0]]: row[1] for row in rows}
        elif head[0] == "活动":
            for label, *cells in rows:
                name = "activities" + (f"_{KINDS[label]}" if label in KINDS else "")
                ends = ("", "_people", "_agencies", "_media")
                found |= {name + end: cell for end, cell in zip(ends, cells, strict=True)}
        elif head[0] == "制度":
            for label, gaps, mended in rows:
                part = f"_{SYSTEMS[label]}" if label in SYSTEMS else ""
                found |= {f"gaps{part}": gaps, f"gaps{part}_mended": mended}
        elif head[0] == "类别":
            for label, mean, rate in rows:
                number = CATEGORIES.index(label.split("（")[0]) + 1
                found |= {f"category_{number}_mean": mean, f"category_{number}_rate": rate}
        elif head[0] == "指标":
            for row in rows:
                for label, rate in zip(row[::2], row[1::2], strict=True):
                    found[f"indicator_{label.split('.')[0]}_rate"] = rate
        elif head[0] == "渠道":
            for label, *cells in rows:
                name = "complaints" + (f"_{CHANNELS[label]}" if label in CHANNELS else "")
                found |= {name + end: cell for end, cell in zip(ENDS, cells, strict=True)}
    return found


def figures_of_workbook(path: Path) -> list[tuple[Any, str, str]]:
    """Return value, unit and clause of each figure of the first sheet; 无 stands for no value."""
    sheet = openpyxl.load_workbook(path, read_only=False).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    value, *said = (head.index(one) for one in ("数值", "单位", "《通知》条款"))
    return [
        (None if row[value] == "无" else row[value], *(row[place] for place in said))
        for row in rows
    ]
