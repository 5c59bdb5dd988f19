"""What several commands of `hri assess` share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hrintegrity.cli.base import (
    Columns,
    district_name,
    source_word,
    sources,
    two_places,
)
from hrintegrity.notice.words import ASSESSMENT_STATUS, OBJECTION_RESULT, SOURCE
from hrintegrity.text import ID_SHOWN


def read_source(text: str) -> str:
    """Return a source by its English word; a district's own ways are known by its standard."""
    try:
        return SOURCE.parse(text)
    except ValueError:
        return text


SOURCE_OPTION = {"parser": read_source, "metavar": SOURCE.name}

NAMED_AT_MOST = 5


def passed_over(codes: list[str], names: dict[str, str], why: str) -> list[str]:
    """Return a warning of how many agencies were passed over, naming the first of them."""
    return counted(len(codes), {code: names[code] for code in codes[:NAMED_AT_MOST]}, why)


def counted(count: int, first: Mapping[str, str], why: str) -> list[str]:
    """Return a warning of so many agencies; `first` has the names of the first of them by code."""
    if not count:
        return []
    more = " 等" if count > len(first) else ""
    named = "、".join(f"{name}（{code}）" for code, name in first.items())
    return [f"{count} 家{why}：{named}{more}"]


def without_one_district(columns: Columns, rows: Iterable[Any]) -> Columns:
    """Leave out of a table the district that is the same in every row."""
    districts = (row.district for row in rows)
    first = next(districts, None)
    if any(district != first for district in districts):
        return columns
    return [column for column in columns if column[0] != "district"]


def head(found: dict[str, Any]) -> Iterator[str]:
    """Yield whose result it is, what it came to, and what was done about it."""
    status = ASSESSMENT_STATUS.chinese(found["status"])
    provisional = "" if found["status"] in ("concluded", "notified", "served") else "（暂计）"
    yield f"{found['name']}（{found['code']}）{found['year']}年　{status}"
    if found["total"] is None:
        yield "总分　没有"
    else:
        yield f"总分 {found['total']:.2f}{provisional}　等次 {found['band']}"
    yield f"评分表 {counts(found['sheets'])}；评估标准：{found['standard']}"
    if found["missing_sources"]:
        yield f"缺少：{sources(found['missing_sources'])}"
    if found["notice"]:
        served = f"，{found['served']} 送达" if found["served"] else "，还没有送达"
        yield f"告知书 {found['notice']}{served}"
    for objection in found["objections"]:
        yield f"异议（{objection['date']}）：{objection['text']}"
        if not objection["answered"]:
            end = objection["id"][-ID_SHOWN:]
            yield f"　　还没有答复：hri assess answer {end} --date 日期 --result 结果 --text 意见"
        else:
            word = OBJECTION_RESULT.chinese(objection["result"])
            yield f"　　复核（{objection['answered']}）：{word}；{objection['answer']}"
    for problem in found["problems"]:
        yield f"不能评定：{problem}"


def each(indicator: dict[str, Any]) -> str:
    """Return what each source gave on an indicator."""
    return "　".join(
        f"{source_word(source)} {score:.2f}"
        for source, score in indicator["by_source"].items()
        if score is not None
    )


def counts(sheets: dict[str, int]) -> str:
    """Return how many sheets there are by source."""
    return " ".join(f"{_mark(source)}{count}" for source, count in sheets.items())


def _mark(source: str) -> str:
    return source_word(source)[:2]


WORDS: dict[str, Any] = {
    "district": district_name,
    "sheets": counts,
    "status": ASSESSMENT_STATUS.chinese,
    "total": two_places,
    "missing_sources": sources,
}
"""How the lists show what JSON has in English."""
