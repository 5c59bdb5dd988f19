"""The words of the disclosure: what columns and events are called, and events as sentences."""

from __future__ import annotations

from typing import Any

from hrintegrity.duties.disclosure.entries import Entry, Event
from hrintegrity.notice.words import GRADE, KIND, MEASURE, PUBLIC_STATE, UNIT_STATE

_TITLE_WORDS = {
    "title": "授予示范单位称号",
    "title-lost": "撤销示范单位称号",
    "title-reported": "示范单位称号停用（已报请撤销）",
}


def event_word(kind: str) -> str:
    """Return what a published event is called: a kind of sanction, or what became of a title."""
    return _TITLE_WORDS.get(kind) or MEASURE.chinese(kind)


COLUMN_WORDS = {
    "code": "代码：统一社会信用代码、组织机构代码或工商注册号",
    "name": "机构名称",
    "district": "由哪个区县管理；市属机构由市局管理",
    "former_names": "曾用名",
    "kind": "机构性质：经营性或公益性",
    "license": "人力资源服务许可证号",
    "licence_state": "许可状态：有效、已过期、暂缓通过年审、已注销、已终止、未登记",
    "grade": "按地方标准评定的等级（三(二)）",
    "title": "北京市人力资源诚信服务示范单位：哪年授予，或已撤销",
    "market": "人力资源市场管理部门的监督举报电话",
    "labour": "劳动监察部门的监督举报电话",
}
EVENT_COLUMNS = {
    "id": "序号",
    "code": "机构代码",
    "kind": "曝光、暂缓通过年审、注销许可证，或示范单位称号的授予和撤销（三(七)、三(八)2）",
    "date": "日期",
    "detail": "曝光的事由（人名和号码已换掉，已撤销的不载），年审或称号的年份",
    "withdrawn": "这项措施何时被撤销；空白为没有撤销",
    "until": "公布到哪一天为止；空白为没有期限",
}


def events_line(events: list[dict[str, Any]]) -> str:
    """Return the events of an entry, as JSON has them, in a line for people."""
    return "；".join(
        _sentence(e["date"], event_word(e["kind"]), e["detail"], e["withdrawn"], e["until"])
        for e in events
    )


def event_sentence(event: Event) -> str:
    """Return an event as a sentence."""
    return _sentence(event.date, event_word(event.kind), event.detail, event.withdrawn, event.until)


def _sentence(date: Any, word: str, detail: str | None, withdrawn: Any, until: Any) -> str:
    about = f"（{detail}）" if detail else ""
    gone = f"，已于 {withdrawn} 撤销" if withdrawn else ""
    last = f"，公布至 {until}" if until else ""
    return f"{date} {word}{about}{gone}{last}"


def table_row(entry: Entry) -> dict[str, Any]:
    """Return an entry as the table and the database have it, in words for people."""
    return {
        "code": entry.code,
        "name": entry.name,
        "district": entry.district_name,
        "former_names": "、".join(entry.former_names) or None,
        "kind": None if entry.kind is None else KIND.chinese(entry.kind),
        "license": entry.license,
        "licence_state": None
        if entry.licence_state is None
        else PUBLIC_STATE.chinese(entry.licence_state),
        "grade": None if entry.grade is None else GRADE.chinese(entry.grade),
        "title": title_words(entry.title, entry.title_year),
        "market": "、".join(entry.market) or None,
        "labour": "、".join(entry.labour) or None,
    }


def title_words(title: str | None, year: int | None) -> str | None:
    """Return how a title reads: 2013年授予, or 已撤销."""
    if title is None:
        return None
    return f"{year}年授予" if title == "current" else UNIT_STATE.chinese(title)
