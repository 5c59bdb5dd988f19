"""Write docs/fields.md: every field of every kind of record, from its declaration (`make docs`)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from hrintegrity.notice.records import PLACES, Field, Kind, kinds
from hrintegrity.notice.words import Vocabulary

HEAD = """# 字段一览

由 `make docs` 从 `src/hrintegrity/notice/records/` 生成，请勿手改。一个字段只在那里登记一次；
导入导出的表头、名单、日志、诚信档案和合并都照它来。

- 导入表头：第一个是本程序模板所用的，其余也认。
- 个人：关于某个人。可抹去：日志里只有加盐的哈希。哈希：日志里只有哈希。
- 留旧值：改动时连同日期保留旧值。合并时接收：保留的一家没有的，取自被并入的一家。
- 可公开：有依据向社会公开（`data/disclosure.yaml`）；其余一律不公开。
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
    """Return the whole reference."""
    return "\n".join([HEAD, *tables()])


if __name__ == "__main__":
    target = Path(__file__).with_name("fields.md")
    target.write_text(reference(), encoding="utf-8")
    sys.stdout.write(f"{target}\n")
