"""The words of the command line: English for scripts and JSON, Chinese for people.

Where the notice has a word, it is the notice's; other words are refused. Clauses and rules for
sanctions, rewards and activities stand in `data/`, which is checked against these
words when it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from hrintegrity.text import fold

Entries = Iterable[tuple[str, ...]]


def abbreviated(text: str, words: Iterable[str]) -> str | None:
    """Return the only word whose characters a text has some of, in their order: 自评 自我评价."""
    found = [word for word in words if text and _has_in_order(word, text)]
    return found[0] if len(found) == 1 else None


def _has_in_order(word: str, text: str) -> bool:
    left = iter(word)
    return all(character in left for character in text)


class Vocabulary:
    """A closed list of words; iterating gives the English ones in their order."""

    def __init__(
        self, name: str, *entries: tuple[str, ...], read: Callable[[], Entries] | None = None
    ) -> None:
        """Take the Chinese name of the list and its entries: English, Chinese.

        Further words are the notice's own for one of the things that it joins under the second.
        `words` gives the English word of each. With `read` the entries are read when the first of
        them is asked for.
        """
        self.name = name
        self._read = read or (lambda: entries)

    @cached_property
    def _entries(self) -> tuple[tuple[str, ...], ...]:
        return tuple(self._read())

    @cached_property
    def _chinese(self) -> dict[str, str]:
        return {english: chinese for english, chinese, *_ in self._entries}

    @cached_property
    def words(self) -> dict[str, str]:
        """The English word of each word of the list."""
        return {word: entry[0] for entry in self._entries for word in entry}

    @cached_property
    def _english(self) -> dict[str, str]:
        return {_key(word): english for word, english in self.words.items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._chinese)

    def __len__(self) -> int:
        return len(self._chinese)

    def __contains__(self, english: object) -> bool:
        return english in self._chinese

    def __repr__(self) -> str:
        return f"Vocabulary({self.name!r}, {list(self)!r})"

    def parse(self, text: str) -> str:
        """Return the English word for an English or Chinese one, in any width and case.

        Raises ValueError with a Chinese reason that names the words allowed.
        """
        english = self._english.get(text) or self._english.get(_key(text))
        if english is None:
            allowed = "、".join(
                word if word == chinese else f"{chinese}（{word}）"
                for word, chinese in self._chinese.items()
            )
            raise ValueError(f"{self.name}只能是：{allowed}")
        return english

    def chinese(self, english: str) -> str:
        """Return the Chinese word; KeyError where `english` is no word of this list."""
        return self._chinese[english]


def _kinds_of_sanctions() -> Iterator[tuple[str, str]]:
    """Read the kinds of sanctions, of all days, from where all else about them stands."""
    from hrintegrity.notice._reading import own_file  # noqa: PLC0415 — most commands read no YAML.

    for entry in own_file("sanctions.yaml").entries()["entries"].items():
        for item in entry.entries()["sanctions"].items():
            part = item.entries()
            yield part["kind"].text(), part["word"].text()


def _key(text: str) -> str:
    return "".join(fold(text).split()).casefold()


ENDED = (
    *("注销", "吊销", "停业", "歇业", "停止经营", "停止营业", "终止", "迁出"),
    *("离职", "离岗", "辞职", "退休", "调离", "调走", "解聘", "解除合同"),
)
"""What lists say of an agency that has ceased, or of someone who has left."""
NOT = ("未", "没有", "无", "不", "非", "否")
"""What before such a word says the contrary."""

KIND = Vocabulary(
    "机构性质", ("commercial", "经营性", "经营性机构"), ("public", "公益性", "公益性机构")
)
GRADE = Vocabulary("等级", *(("A" * count, "A" * count) for count in range(1, 6)))
AGENCY_STATUS = Vocabulary("机构状态", ("active", "正常"), ("closed", "已终止"))

SOURCE = Vocabulary(
    "评价方式",
    ("self", "自我评价"),
    ("expert", "专家评价"),
    ("public", "群众评价"),
)
ASSESSMENT_STATUS = Vocabulary(
    "评估进度",
    ("none", "未评估"),
    ("open", "评估中"),
    ("concluded", "已评定"),
    ("notified", "已告知"),
    ("served", "已送达"),
)
SERVICE_METHOD = Vocabulary(
    "送达方式",
    ("direct", "直接送达"),
    ("post", "邮寄送达"),
    ("left", "留置送达"),
    ("electronic", "电子送达"),
)

OBJECTION_RESULT = Vocabulary("复核结果", ("upheld", "异议成立"), ("rejected", "异议不成立"))

VERDICT = Vocabulary("检查结论", ("pass", "合格"), ("fail", "不合格"))
SYSTEM = Vocabulary(
    "诚信服务制度",
    ("publicity", "公示"),
    ("pledge", "承诺"),
    ("ledger", "台账"),
    ("feedback", "反馈"),
    ("convention", "公约"),
)
PUBLICITY_ITEM = Vocabulary(
    "公示内容",
    ("certificates", "证照"),
    ("hotline", "监督举报电话"),
    ("services", "服务项目"),
    ("procedures", "服务规程"),
    ("prices", "收费标准"),
)
INSPECTOR = Vocabulary(
    "检查方",
    ("city", "市级"),
    ("district", "区县"),
    ("association", "行业协会"),
    ("peer", "互查"),
    ("self", "自查"),
)
DEPARTMENT = Vocabulary(
    "部门",
    ("market", "市场管理"),
    ("labour", "劳动监察"),
)

CHANNEL = Vocabulary(
    "受理渠道",
    ("market", "市场管理"),
    ("labour", "劳动监察"),
    ("12333", "12333热线"),
    ("other", "其他"),
)
RARE_CHANNELS = frozenset({"12333"})
"""Channels of which a summary says nothing where nothing came through them."""
COMPLAINANT = Vocabulary(
    "反映人",
    ("employer", "用人单位"),
    ("jobseeker", "求职者"),
    ("agency", "服务机构"),
    ("other", "其他"),
)
COMPLAINT_KIND = Vocabulary(
    "来件类型",
    ("complaint", "投诉"),
    ("report", "举报"),
    ("suggestion", "意见建议"),
)
OUTCOME = Vocabulary(
    "办理结果",
    ("substantiated", "查实"),
    ("unfounded", "不属实"),
    ("withdrawn", "撤回"),
    ("adopted", "采纳"),
    ("declined", "未采纳"),
)

REVIEW_RESULT = Vocabulary(
    "年审结果",
    ("passed", "通过"),
    ("deferred", "暂缓通过"),
    ("failed", "未通过"),
)

MEASURE = Vocabulary("惩戒措施", read=_kinds_of_sanctions)
REPORT_SYSTEM = Vocabulary(
    "记入系统",
    ("market", "人力资源市场管理信息系统"),
    ("credit", "北京市企业信用信息系统"),
)
SANCTION_STATE = Vocabulary(
    "惩戒状态",
    ("in-force", "有效"),
    ("open", "整改中"),
    ("mended", "已整改"),
    ("failed", "整改不到位"),
    ("withdrawn", "已撤销"),
    ("intended", "已事先告知"),
    ("dropped", "不予惩戒"),
)
INCENTIVE = Vocabulary(
    "激励措施",
    ("qualification", "公共就业服务资质", "公共就业服务资质申请"),
    ("expansion", "扩大经营范围或扩大经营规模", "扩大经营范围", "扩大经营规模"),
    ("funding", "资金支持及融资", "资金支持", "融资"),
    ("publicity", "媒体宣传推介"),
    ("policy", "发展政策"),
    ("honour", "表彰奖励"),
)
ACTIVITY = Vocabulary(
    "活动类型",
    ("convention", "诚信自律公约", "诚信宣言", "诚信倡议", "诚信公约"),
    ("inspection", "诚信服务大检查"),
    ("creation", "诚信创建活动"),
    ("training", "主题培训活动"),
    ("publicity", "主题宣传活动"),
    ("joint", "专项行动"),
)
JOINT = "joint"
"""The activity with other departments (三(一)3), which is none of the month's five."""
CONVENTION_FORM = Vocabulary(
    "自律活动",
    ("declaration", "诚信宣言"),
    ("initiative", "诚信倡议"),
    ("convention", "诚信公约"),
)
TITLE = Vocabulary("创建称号", ("window", "诚信服务窗口"), ("worker", "诚信服务标兵"))
UNIT_STATE = Vocabulary(
    "示范单位状态",
    ("current", "有效"),
    ("reported", "称号停用（已报请撤销）"),
    ("revoked", "已撤销"),
    ("recovered", "已撤销并收回标牌"),
)

LICENCE_STATE = Vocabulary(
    "许可状态",
    ("valid", "有效"),
    ("expired", "已过期"),
    ("cancelled", "已注销"),
    ("none", "未登记"),
)
PUBLIC_STATE = Vocabulary(
    "许可状态",
    *((word, LICENCE_STATE.chinese(word)) for word in LICENCE_STATE),
    ("deferred", "暂缓通过年审"),
    ("closed", "已终止"),
)

DOSSIER_PART = Vocabulary(
    "诚信档案内容",
    ("basic", "基本信息"),
    ("compliance", "遵纪守法情况"),
    ("complaints", "投诉举报及处理情况"),
    ("rewards_and_sanctions", "奖励惩戒情况"),
    ("promises", "诚信守诺情况"),
    ("assessments", "诚信评估结果"),
)

VOCABULARIES = (
    KIND, GRADE, AGENCY_STATUS, SOURCE, ASSESSMENT_STATUS, SERVICE_METHOD, OBJECTION_RESULT,
    VERDICT, SYSTEM,
    PUBLICITY_ITEM, INSPECTOR, DEPARTMENT, CHANNEL, COMPLAINANT, COMPLAINT_KIND, OUTCOME,
    REVIEW_RESULT, MEASURE, REPORT_SYSTEM, SANCTION_STATE, INCENTIVE, ACTIVITY, CONVENTION_FORM,
    TITLE, UNIT_STATE, LICENCE_STATE, PUBLIC_STATE, DOSSIER_PART,
)  # fmt: skip
