"""The dossier in Chinese: the same parts and tables on the screen and on paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hrintegrity.duties.dossier.parts import (
    Assessment,
    Basic,
    Complaint,
    Compliance,
    Dossier,
    Inspection,
    Promises,
    RewardsAndSanctions,
    Sanction,
)
from hrintegrity.notice.words import (
    AGENCY_STATUS,
    CHANNEL,
    COMPLAINT_KIND,
    DEPARTMENT,
    DOSSIER_PART,
    INCENTIVE,
    INSPECTOR,
    KIND,
    MEASURE,
    OUTCOME,
    REVIEW_RESULT,
    SANCTION_STATE,
    SOURCE,
    SYSTEM,
    TITLE,
    UNIT_STATE,
    VERDICT,
    Vocabulary,
)

NUMERALS = "一二三四五六"


@dataclass(frozen=True)
class Block:
    """A table of the dossier; `widths` are hundredths, `summary` goes with its title.

    `keys` are the identities of the rows, in their order.
    """

    title: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]
    summary: str = ""


@dataclass(frozen=True)
class Part:
    """A part of the dossier: its English name, heading, and either fields or tables."""

    name: str
    heading: str
    fields: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()


def worded(found: Dossier) -> tuple[Part, ...]:
    """Return the six parts in the notice's order."""
    contents: dict[str, dict[str, Any]] = {
        "basic": {"fields": _basic(found.basic)},
        "compliance": {"blocks": _compliance(found.compliance)},
        "complaints": {"blocks": (_complaints(found.complaints),)},
        "rewards_and_sanctions": {"blocks": _rewards_and_sanctions(found.rewards_and_sanctions)},
        "promises": {"blocks": _promises(found.promises)},
        "assessments": {"blocks": (_assessments(found.assessments),)},
    }
    return tuple(
        Part(name, f"{numeral}、{DOSSIER_PART.chinese(name)}", **contents[name])
        for numeral, name in zip(NUMERALS, DOSSIER_PART, strict=True)
    )


def _basic(basic: Basic) -> tuple[tuple[str, str], ...]:
    status = AGENCY_STATUS.chinese(basic.status)
    if basic.closed:
        status += f"（{basic.closed}，{basic.close_reason or '原因没有登记'}）"
    grade = f"{basic.grade}（{basic.graded}）" if basic.grade and basic.graded else basic.grade
    return (
        ("机构名称", basic.name),
        ("曾用名", "、".join(basic.former_names)),
        ("代码", basic.code),
        ("许可证号", basic.license or ""),
        ("所属区县", basic.district_name),
        ("机构性质", KIND.chinese(basic.kind)),
        ("从业起始日期", basic.since or ""),
        ("法定代表人", basic.representative or ""),
        ("联系电话", basic.phone or ""),
        ("等级", grade or ""),
        ("地址", basic.address or ""),
        ("状态", status),
    )


def _compliance(part: Compliance) -> tuple[Block, ...]:
    gaps = [gap for inspection in part.inspections for gap in inspection.gaps]
    return (
        _block(
            "年审",
            (("年度", 15), ("结果", 25), ("日期", 20), ("说明", 40)),
            part.reviews,
            lambda row: (
                str(row.year),
                REVIEW_RESULT.chinese(row.result),
                row.date,
                "惩戒措施，见第四部分" if row.sanction else "",
            ),
        ),
        _block(
            "行政处罚",
            (("日期", 20), ("处罚机关", 30), ("依据", 50)),
            part.penalties,
            lambda row: (row.date, row.authority, row.basis),
        ),
        _block(
            "诚信服务制度检查",
            (("日期", 15), ("检查方", 18), ("公示", 9), ("承诺", 9), ("台账", 9), ("反馈", 9),
             ("公约", 9), ("备注", 22)),
            part.inspections,
            _inspection,
        ),
        _block(
            "制度缺项及补建",
            (("制度", 25), ("发现日期", 25), ("期限", 25), ("补建日期", 25)),
            gaps,
            lambda row: (
                SYSTEM.chinese(row.system),
                row.found,
                row.deadline,
                row.mended or "未补建",
            ),
        ),
        _block("准入诚信教育", (("日期", 99),), part.education, lambda row: (row.date,)),
    )  # fmt: skip


def _inspection(row: Inspection) -> tuple[str, ...]:
    by = INSPECTOR.chinese(row.inspector)
    if row.department:
        by += f"（{DEPARTMENT.chinese(row.department)}）"
    verdicts = (row.publicity, row.pledge, row.ledger, row.feedback, row.convention)
    return (row.date, by, *(_word(VERDICT, one) for one in verdicts), row.note or "")


def _complaints(rows: Iterable[Complaint]) -> Block:
    return _block(
        "投诉、举报和意见建议",
        (("受理日期", 14), ("类型", 10), ("渠道", 12), ("事由", 24), ("办结日期", 14),
         ("办理结果", 12), ("答复", 14)),
        rows,
        lambda row: (
            row.received,
            COMPLAINT_KIND.chinese(row.kind),
            CHANNEL.chinese(row.channel),
            row.subject,
            row.closed or "未办结",
            (_word(OUTCOME, row.outcome) + ("，不诚信行为" if row.dishonest else "")),
            row.answer or "",
        ),
    )  # fmt: skip


def _rewards_and_sanctions(part: RewardsAndSanctions) -> tuple[Block, ...]:
    return (
        _block(
            "激励和表彰",
            (("日期", 18), ("种类", 32), ("说明", 50)),
            part.rewards,
            lambda row: (row.date, INCENTIVE.chinese(row.kind), row.note),
        ),
        _block(
            "“诚信服务月”表现突出",
            (("年度", 18), ("日期", 22), ("事迹", 60)),
            part.outstanding,
            lambda row: (str(row.year), row.date, row.reason),
        ),
        _block(
            "诚信创建称号",
            (("年度", 18), ("日期", 22), ("称号", 35), ("获得者", 25)),
            part.creation_titles,
            lambda row: (str(row.year), row.date, TITLE.chinese(row.title), _whose(row)),
        ),
        _block(
            "示范单位称号",
            (("年度", 9), ("标牌编号", 15), ("授予日期", 14), ("状态", 14), ("撤销日期", 14),
             ("撤销原因", 20), ("标牌收回", 14)),
            part.titles,
            lambda row: (
                str(row.year),
                row.plaque,
                row.awarded,
                UNIT_STATE.chinese(row.state),
                row.revoked or "",
                row.reason or "",
                row.recovered or (f"应于{row.recover_by}前（系统所定）" if row.recover_by else ""),
            ),
        ),
        _block(
            "失信惩戒",
            (("日期", 13), ("措施", 12), ("对象", 8), ("事由", 23), ("期限", 13), ("现状", 15),
             ("文号", 16)),
            part.sanctions,
            _sanction,
        ),
    )  # fmt: skip


def _sanction(row: Sanction) -> tuple[str, ...]:
    grounds = f"{row.grounds}（依据：{row.basis}）" if row.basis else row.grounds
    day = {"mended": row.mended, "failed": row.failed, "withdrawn": row.withdrawn}.get(row.state)
    why = {"failed": row.fail_note, "withdrawn": row.withdraw_reason}.get(row.state)
    told = "，".join(text for text in (day, why) if text)
    state = SANCTION_STATE.chinese(row.state) + (f"（{told}）" if told else "")
    kind = MEASURE.chinese(row.kind)
    if row.review_year is not None:
        kind += f"（{row.review_year}年度年审）"
    if row.decided_by == "municipal":
        kind += "（市级作出）"
    return (row.date, kind, _whose(row), grounds, row.deadline or "", state, row.number or "")


def _promises(part: Promises) -> tuple[Block, ...]:
    return (
        _block(
            "诚信自律承诺书",
            (("签署日期", 40), ("在服务场所公开", 60)),
            part.pledges,
            lambda row: (row.date, {None: "没有登记", True: "是", False: "否"}[row.displayed]),
        ),
        _block(
            "从业人员诚信服务承诺书",
            (("姓名", 20), ("资格证号", 26), ("到岗日期", 18), ("离开日期", 18),
             ("承诺日期", 18)),
            part.practitioners,
            lambda row: (
                row.name,
                row.certificate or "",
                row.since,
                row.left or "",
                row.pledged or "未签署",
            ),
            f"在岗{part.staff}人，已签署{part.staff_pledged}人",
        ),
    )  # fmt: skip


def _assessments(rows: Iterable[Assessment]) -> Block:
    return _block(
        "年度评估",
        (("年度", 9), ("评定日期", 14), ("总分", 10), ("等次", 10), ("告知书", 21), ("送达", 14),
         ("说明", 22)),
        rows,
        lambda row: (
            str(row.year),
            row.date,
            f"{row.total:.2f}",
            row.band,
            row.number or "没有告知",
            row.served or "",
            _remarks(row),
        ),
    )  # fmt: skip


def _remarks(row: Assessment) -> str:
    missing = "、".join(map(SOURCE.chinese, row.missing_sources or ()))
    told = [f"没有{missing}"] if missing else []
    told += [f"{one.date}提出异议：{one.text}" for one in row.objections]
    if row.reopened:
        told.append(f"{row.reopened}重新开启：{row.reopen_reason or ''}")
    return "；".join(told)


def _block(
    title: str,
    columns: tuple[tuple[str, int], ...],
    rows: Iterable[Any],
    cells: Any,
    summary: str = "",
) -> Block:
    listed = list(rows)
    return Block(
        title,
        tuple(heading for heading, _ in columns),
        tuple(width for _, width in columns),
        tuple(cells(row) for row in listed),
        tuple(row.id for row in listed),
        summary,
    )


def _whose(row: Any) -> str:
    return row.staff_name or "机构"


def _word(words: Vocabulary, english: str | None) -> str:
    return words.chinese(english) if english and english in words else ""
