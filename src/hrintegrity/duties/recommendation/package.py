"""One zip with all papers of a submission: the same records give the same bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from hrintegrity.documents import Paper, to_docx, to_pdf
from hrintegrity.duties.papers import file_name
from hrintegrity.duties.ways import words
from hrintegrity.errors import LookupFailedError
from hrintegrity.notice.words import KIND
from hrintegrity.sheets.columns import Column, Table
from hrintegrity.sheets.writing import write_table

OWN = MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
"""What stands in every package beside the files that its manifest lists."""

_WRITERS: Mapping[str, Callable[[Paper], bytes]] = {"docx": to_docx, "pdf": to_pdf}
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_NAME_CHARS = 60
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def _column(field: str, header: str, width: int = 16) -> Column:
    return Column(field, (header,), str, width=width)


LIST = Table(
    "recommended",
    "推荐名单",
    (
        _column("place", "序号", 6),
        _column("name", "机构名称", 30),
        _column("code", "统一社会信用代码", 22),
        _column("district", "区县", 10),
        _column("kind", "机构性质", 10),
        _column("grade", "等级", 8),
        _column("priority", "优先条件", 24),
        _column("total", "总分", 8),
        _column("band", "评估等次", 10),
        _column("missing_sources", "缺少的评价方式", 20),
        _column("concluded", "评定日期", 12),
        _column("reason", "推荐理由", 40),
        _column("opinion", "推荐单位意见", 24),
        _column("despite", "不符合推荐条件仍予推荐的理由", 24),
    ),
    ("code",),
)


def folder_of(place: int, name: str) -> str:
    """Return the folder of an agency's papers, fit for Windows; the place keeps it unique."""
    return file_name(f"{place:02d}", name[:_NAME_CHARS], "").strip(". ")


def write(
    path: Path,
    manifest: Mapping[str, Any],
    papers: Mapping[str, Any],
    summary_of: Callable[[str], bytes],
) -> list[dict[str, Any]]:
    """Write the package to `path`, safely on disk; return name, hash and size of each file.

    `papers` has the bodies of `cover` and, by recommendation, of `form` and `result`; `summary_of`
    gives the self-summary of a recommendation. The manifest names the formats.
    """
    day = dt.date.fromisoformat(manifest["date"])
    files: list[dict[str, Any]] = []
    with path.open("wb") as stream:
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in _contents(manifest, papers, summary_of, day):
                _put(archive, name, content, day)
                digest = hashlib.sha256(content).hexdigest()
                files.append({"name": name, "sha256": digest, "size": len(content)})
            text = json.dumps(dict(manifest) | {"files": files}, ensure_ascii=False, indent=1)
            said = (text + "\n").encode()
            _put(archive, MANIFEST, said, day)
            sums = [(one["sha256"], one["name"]) for one in files]
            sums.append((hashlib.sha256(said).hexdigest(), MANIFEST))
            lines = "".join(f"{digest}  {name}\n" for digest, name in sums)
            _put(archive, SUMS, lines.encode(), day)
        stream.flush()
        os.fsync(stream.fileno())
    return files


def refuse_another(path: Path, manifest: Mapping[str, Any]) -> None:
    """Refuse to write a package over another one, which `--force` alone should not destroy.

    Raises LookupFailedError `other-package`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            there = json.loads(archive.read(MANIFEST))
        named = there["district_name"], there["year"], there["number"], there["id"]
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return
    if named[-1] != manifest["id"]:
        raise LookupFailedError(
            "other-package",
            f"{path} 是{named[0]}{named[1]}年第{named[2]}次报送的材料，没有覆盖。",
            "这是另一次报送，请换一个文件名。",
        )


def _contents(
    manifest: Mapping[str, Any],
    papers: Mapping[str, Any],
    summary_of: Callable[[str], bytes],
    day: dt.date,
) -> Iterator[tuple[str, bytes]]:
    formats = manifest["formats"]
    yield from _printed("报送说明", _paper(papers["cover"], "cover"), formats)
    yield "推荐名单.xlsx", _workbook(manifest["agencies"], day)
    for agency in manifest["agencies"]:
        folder, bodies, name = agency["folder"], papers[agency["id"]], agency["name"]
        yield from _printed(f"{folder}/推荐表", _paper(bodies["form"], "form", name), formats)
        yield f"{folder}/机构自评总结{suffix_of(agency['self_summary'])}", summary_of(agency["id"])
        yield from _printed(f"{folder}/评估结果", _paper(bodies["result"], "result", name), formats)


def suffix_of(name: str) -> str:
    """Return the suffix of a file that was handed in, as far as every system takes it."""
    suffix = Path(name).suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def _paper(body: str, kind: str, agency: str = "") -> Paper:
    return Paper(body, f"recommend/{kind}", agency=agency)


def _printed(stem: str, paper: Paper, formats: list[str]) -> Iterator[tuple[str, bytes]]:
    for suffix in formats:
        yield f"{stem}.{suffix}", _WRITERS[suffix](paper)


def _workbook(agencies: list[Mapping[str, Any]], day: dt.date) -> bytes:
    rows = [
        dict(one)
        | {
            "district": one["district_name"],
            "kind": KIND.chinese(one["kind"]),
            "priority": "；".join(one["priority"]),
            "total": Decimal(one["total"]),
            # A package of an earlier version says so in its papers only.
            "missing_sources": "、".join(
                one.get("missing_words") or words(one.get("missing_sources", ()), {})
            ),
            "concluded": dt.date.fromisoformat(one["concluded"]),
        }
        for one in agencies
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write_table(path, LIST, rows)
        return _settled(path, day)


def _settled(path: Path, day: dt.date) -> bytes:
    """Return a workbook that does not tell when it was made: same rows, same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(path) as made, zipfile.ZipFile(out, "w") as archive:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = _STAMPS.sub(rb"\g<1>" + f"{day}T00:00:00Z".encode(), content)
            _put(archive, name, content, day)
    return out.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: bytes, day: dt.date) -> None:
    entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)
