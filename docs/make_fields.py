"""Write docs/fields.md and docs/taking-back.md: what is declared of every kind of record."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from hrintegrity.notice.records import PLACES, Field, Kind, kinds
from hrintegrity.notice.records.ways import WAYS
from hrintegrity.notice.words import Vocabulary

HEAD = """# 字段一览

由 `make docs` 从 `src/hrintegrity/notice/records/` 生成，请勿手改。一个字段只在那里登记一次；
导入导出的表头、名单、日志、诚信档案和合并都照它来。

- 导入表头：第一个是本程序模板所用的，其余也认。
- 个人：关于某个人。可抹去：日志里只有加盐的哈希。哈希：日志里只有哈希。
- 留旧值：改动时连同日期保留旧值。合并时接收：保留的一家没有的，取自被并入的一家。
- 可公开：有依据向社会公开（`data/disclosure.yaml`）；其余一律不公开。
"""
WAYS_HEAD = """# 记录怎样查、改、撤

由 `make docs` 从 `src/hrintegrity/notice/records/ways.py` 生成，请勿手改。命令前省去 hri。

任何一步都留在日志里。已经发给外面的（编号文书、市局已收到的报送、已记入系统的惩戒）不能收回，只能另发文书撤销。

| 记录 | 列出 | 更正 | 撤去 | 随之而来 |
|---|---|---|---|---|
"""
USES = {
    "listed": "名单",
    "dossier": "诚信档案",
    "dated": "留旧值",
    "merged": "合并时接收",
    "publishable": "可公开",
    "personal": "个人",
    "erasable": "可抹去",
    "hashed": "哈希",
}


def tables() -> Iterator[str]:
    """Yield a section per kind of record."""
    for kind in kinds().values():
        yield f"## {kind.title} `{kind.name}`\n"
        yield "| 字段 | 名称 | 值 | 导入表头 | 用于 |\n|---|---|---|---|---|"
        yield from (_row(field) for field in _shown(kind))
        yield ""


def _shown(kind: Kind) -> Iterator[Field]:
    return (field for field in kind if field.heading)


def _row(field: Field) -> str:
    headers = "、".join(field.headers) if field.imported else ""
    uses = "、".join(word for use, word in USES.items() if getattr(field, use))
    return f"| `{field.name}` | {field.heading} | {_values(field)} | {headers} | {uses} |"


def _values(field: Field) -> str:
    if isinstance(field.words, Vocabulary):
        return "、".join(f"{field.words.chinese(word)} `{word}`" for word in field.words)
    if field.words is not None and field.words.keys() >= PLACES.keys():
        return "区县"
    if field.words:
        return "、".join(f"{chinese} `{word}`" for word, chinese in field.words.items())
    return "日期" if field.is_date else "号码" if field.is_code else ""


def reference() -> str:
    """Return the whole reference of fields."""
    return "\n".join([HEAD, *tables()])


def ways() -> str:
    """Return the table of how each kind of record is listed, corrected and taken back."""
    rows = (
        f"| {kinds()[name].title} `{name}` | {_command(way.listed)} | {_command(way.corrected)}"
        f" | {_command(way.taken_back)} | {way.follows} |"
        for name, way in WAYS.items()
    )
    return WAYS_HEAD + "\n".join(rows) + "\n"


def _command(command: str) -> str:
    return f"`{command}`" if command else "—"


if __name__ == "__main__":
    for name, text in (("fields", reference()), ("taking-back", ways())):
        target = Path(__file__).with_name(f"{name}.md")
        target.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{target}\n")
