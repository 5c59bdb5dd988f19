"""What a file is, by its content; its suffix is only checked against that."""

from __future__ import annotations

from pathlib import Path

from hrintegrity.sheets.refusals import RefusalError

NAMES = {
    "csv": "文本（csv）",
    "xlsx": "xlsx 工作簿",
    "xls": "xls 工作簿（Excel 97—2003）",
    "ods": "ods 工作簿",
}

_SUFFIXES = {
    ".csv": {"csv"},
    ".txt": {"csv"},
    ".tsv": {"csv"},
    ".xlsx": {"xlsx"},
    ".xlsm": {"xlsx"},
    ".xls": {"xls"},
    ".ods": {"ods"},
    ".et": {"xls", "xlsx"},
}

_MAGIC = (
    (b"%PDF", "是 PDF 文档"),
    (b"{\\rtf", "是 RTF 文档"),
    (b"\x89PNG", "是图片（PNG）"),
    (b"\xff\xd8\xff", "是图片（JPEG）"),
    (b"GIF8", "是图片（GIF）"),
    (b"Rar!", "是 rar 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "是 7z 压缩包"),
    (b"\x1f\x8b", "是 gzip 压缩包"),
    (b"SQLite format 3\x00", "是 SQLite 数据库"),
    (b"\x09\x08", "是 Excel 95 以前的旧式工作表"),
    (b"\x09\x00\x04\x00", "是 Excel 95 以前的旧式工作表"),
    (b"\x09\x02\x06\x00", "是 Excel 95 以前的旧式工作表"),
    (b"\x09\x04\x06\x00", "是 Excel 95 以前的旧式工作表"),
)
_MARKUP = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", "是 Excel 2003 的 XML 表格"),
    (b"urn:schemas-microsoft-com:office:excel", "是网页（HTML）"),
    (b"<!doctype html", "是网页（HTML）"),
    (b"<html", "是网页（HTML）"),
    (b"<table", "是网页（HTML）"),
    (b"<body", "是网页（HTML）"),
    (b"<?xml", "是 XML 文件"),
)


def container(path: Path) -> str:
    """Return `zip`, `ole` or `text`, judged by the first bytes. Raises RefusalError."""
    with path.open("rb") as file:
        start = file.read(4096)
    if not start:
        raise RefusalError("是空文件，没有内容", "请确认文件已保存完整。")
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    for magic, what in _MAGIC:
        if start.startswith(magic):
            raise RefusalError(what)
    # Text in UTF-16 is looked at without its NUL bytes; markup is plain ASCII.
    plain = start.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    plain = plain.replace(b"\x00", b"").lstrip().lower()
    if plain.startswith(b"<"):
        for mark, what in _MARKUP:
            if mark in plain:
                raise RefusalError(what)
    if plain.startswith(b"mime-version:"):
        raise RefusalError("是单个文件网页（MHTML）")
    return "text"


def check_suffix(path: Path, kind: str) -> None:
    """Raise RefusalError where the suffix promises another kind than the content is."""
    suffix = path.suffix.lower()
    if suffix and suffix not in _SUFFIXES:
        raise RefusalError(
            f"名为 {suffix}，不是表格文件的后缀（内容是{NAMES[kind]}）",
            f"请把后缀改为 .{kind}；能导入的有 csv、xlsx、xls、ods、et。",
        )
    if kind not in _SUFFIXES.get(suffix, {kind}):
        right = "csv" if kind == "csv" else kind
        raise RefusalError(
            f"名为 {suffix}，内容却是{NAMES[kind]}",
            f"请把后缀改为 .{right}，或用表格软件打开后另存为 {suffix}。",
        )
