"""Make the workbooks of the example, as an office would have made them.

Run it by hand when they are to change:

    python examples/make_inputs.py

Names, persons, numbers and scores are invented; the codes have valid check characters.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from hrintegrity.notice.indicators import annex
from hrintegrity.rules.codes import complete_code
from hrintegrity.rules.standard_reading import default_standard

HERE = Path(__file__).parent / "input"
COUNT = 64
STEMS = (
    "中关村英才", "上地众聚", "学院路诚聘", "知春汇智", "清河仁信", "西三旗博才", "万柳嘉业",
    "北清同创", "苏州街锐仕", "五道口启航", "魏公村友聘", "紫竹院恒信", "田村广源", "四季青绿洲",
    "温泉泰和", "永丰科众", "马连洼百川", "双榆树华信", "甘家口正达", "羊坊店军转",
    "永定路航天", "八里庄育英", "曙光和众", "花园路北航人",
)  # fmt: skip
KINDS = ("人力资源服务有限公司", "人才服务有限公司", "职业介绍有限公司", "企业管理顾问有限公司")
PUBLIC = (
    "海淀区人才服务中心", "海淀区职业介绍服务中心", "海淀区人力资源公共服务中心",
    "海淀区残疾人劳动就业服务所", "海淀区军队转业干部服务中心", "海淀区毕业生就业服务中心",
)  # fmt: skip
SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡"
GIVEN = ("建国", "敏", "志强", "丽华", "伟", "静", "文博", "海燕", "玉兰", "凯")
STREETS = (
    "中关村大街", "知春路", "学院路", "上地信息路", "清河中街", "西三旗东路", "万柳中路",
    "北清路", "田村路", "紫竹院路",
)  # fmt: skip


def agencies(pick: random.Random) -> list[list[object]]:
    """Return the register: name, code, kind, licence, start, person, address, phone, grade."""
    rows: list[list[object]] = []
    for number in range(COUNT):
        public = number % 11 == 5
        stem = STEMS[number % len(STEMS)]
        name = (
            PUBLIC[number // 11]
            if public
            else f"北京{stem}{'' if number < len(STEMS) else '第二' if number < 48 else '第三'}"
            f"{KINDS[number % len(KINDS)]}"
        )
        if number == 17:
            name = "北京Ａ＆Ｂ（中关村）国际人才有限公司"
        code = complete_code(f"{'12' if public else '91'}110108{pick.randrange(10**9):09d}")
        rows.append(
            [
                name,
                code,
                "公益性" if public else "经营性",
                f"（京）人服证字〔2010〕第{pick.randrange(1, 9999):04d}号",
                f"{pick.randrange(1996, 2012)}年{pick.randrange(1, 13)}月{pick.randrange(1, 29)}日",
                pick.choice(SURNAMES) + pick.choice(GIVEN),
                f"北京市海淀区{pick.choice(STREETS)}{pick.randrange(1, 200)}号",
                f"010-{pick.choice('68')}{pick.randrange(10**7):07d}",
                pick.choice(("", "", "", "A", "AA", "AAA", "AAAA", "AAAAA")),
            ]
        )
    return rows


def register(rows: list[list[object]]) -> None:
    """Write the register as offices do: a title, an instruction, a merged district, a total."""
    book = Workbook()
    sheet = book.active
    sheet.title = "机构名册"
    headers = [
        "序号", "所属\n区县", "单位名称*", "信用代码*", "机构性质*", "人力资源服务许可证号",
        "成立日期", "负责人", "注册地址", "电话", "等级", "备注",
    ]  # fmt: skip
    sheet.append(["海淀区人力资源服务机构名册（2013年10月）"])
    sheet.append(
        ["填表说明：带*的为必填；等级按《人力资源服务机构等级划分与评定》填写，未评定的不填。"]
    )
    sheet.append(headers)
    for number, row in enumerate(rows, 1):
        sheet.append([number, "海淀区" if number == 1 else None, *row, None])
    last = len(rows) + 3
    sheet.merge_cells(start_row=4, start_column=2, end_row=last, end_column=2)
    sheet.append(["合计", None, f"{len(rows)}家"])
    for first in (1, 2):
        sheet.merge_cells(start_row=first, start_column=1, end_row=first, end_column=len(headers))
    sheet["A1"].font = Font(name="黑体", size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for cell in sheet[3]:
        cell.font = Font(name="宋体", bold=True)
        cell.alignment = Alignment(wrap_text=True, horizontal="center")
    for letter, width in zip(
        "ABCDEFGHIJKL", (6, 9, 40, 22, 10, 30, 16, 10, 40, 16, 8, 12), strict=True
    ):
        sheet.column_dimensions[letter].width = width
    book.save(HERE / "海淀区机构名册.xlsx")


def score_rows(
    pick: random.Random, rows: list[list[object]], source: str, raters: tuple[str, ...], low: float
) -> list[list[object]]:
    """Return score sheets; some agencies are clearly weaker than others."""
    found: list[list[object]] = []
    for place, row in enumerate(rows):
        level = low + (1 - low) * ((place * 37) % 100) / 100
        for rater in raters:
            scores = []
            for most in default_standard(2013).points:
                share = min(1.0, max(0.0, level + pick.uniform(-0.12, 0.12)))
                step = 10 if source == "群众评价" else 5
                scores.append(round(most * share / step) * step / 10)
            found.append([row[1], row[0], source, rater, *scores])
    return found


def scores(rows: list[list[object]]) -> None:
    """Write the sheets of three sources: a workbook, a GB18030 csv, a workbook."""
    pick = random.Random(2013)
    headers = [
        "信用代码",
        "机构名称",
        "评价方式",
        "评价人",
        *(i.heading for i in annex(2013).indicators),
    ]
    own = score_rows(pick, rows[:60], "自我评价", ("本机构",), 0.78)
    experts = score_rows(pick, rows[:62], "专家评价", ("专家甲", "专家乙"), 0.62)
    public = score_rows(pick, rows[4:60], "群众评价", ("群众评议组",), 0.68)
    for name, found in (("自我评价汇总.xlsx", own), ("群众评价汇总.xlsx", public)):
        book = Workbook()
        sheet = book.active
        sheet.append([name.removesuffix(".xlsx")])
        sheet.append(headers)
        for row in found:
            sheet.append(row)
        book.save(HERE / name)
    with (HERE / "专家评价汇总.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([headers, *experts])


def activities() -> None:
    """Write the activities of the month as a clerk keeps them."""
    book = Workbook()
    sheet = book.active
    sheet.append(["海淀区“诚信服务月”活动记录"])
    sheet.append(["活动类型", "活动日期", "活动名称", "参加人数", "机构数", "备注"])
    for row in (
        (
            "诚信自律公约",
            "2013年10月9日",
            "发放《北京人力资源服务行业诚信自律公约》",
            None,
            64,
            "协会印制",
        ),
        ("诚信服务大检查", "2013年10月10日", "诚信服务大检查动员部署会", 72, 64, None),
        ("诚信创建活动", "2013年10月11日", "“争创诚信服务窗口”启动会", 65, 48, None),
        (
            "主题培训活动",
            "2013年10月17日",
            "“诚信兴业”机构负责人培训班",
            "61人",
            57,
            "委托协会组织",
        ),
        ("主题培训活动", "2013年10月24日", "从业人员诚信服务专题培训", "128人", 44, None),
    ):
        sheet.append(row)
    sheet.merge_cells("A1:F1")
    book.save(HERE / "主题活动.xlsx")


def inspections(pick: random.Random, rows: list[list[object]]) -> None:
    """Write the results of the general inspection; a few agencies have gaps."""
    headers = [
        "信用代码", "机构名称", "检查日期", "公示", "承诺", "台账", "反馈", "公约",
        "检查方", "部门", "备注",
    ]  # fmt: skip
    found = []
    for number, row in enumerate(rows[:62]):
        verdicts = ["合格"] * 5
        if number % 7 == 2:
            verdicts[pick.randrange(5)] = "不合格"
        if number % 23 == 4:
            verdicts[2] = verdicts[3] = "不合格"
        day = f"2013年10月{14 + number // 8}日"
        department = "劳动监察" if number % 9 == 0 else "市场管理"
        found.append([row[1], row[0], day, *verdicts, "区县", department, ""])
    with (HERE / "检查结果.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([headers, *found])


def pledges(rows: list[list[object]]) -> None:
    """Write when each agency signed its pledge, and whether it hangs on the wall."""
    headers = ["单位名称", "信用代码", "签署日期", "是否公示"]
    found = [
        [row[0], row[1], f"2013.10.{8 + number % 5}", "" if number % 20 == 19 else "√"]
        for number, row in enumerate(rows[:62])
    ]
    with (HERE / "承诺书签署情况.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([headers, *found])


def staff(pick: random.Random, rows: list[list[object]]) -> None:
    """Write who works where; most have signed."""
    book = Workbook()
    sheet = book.active
    sheet.append(["信用代码", "单位名称", "姓名", "资格证号", "承诺日期"])
    number = 0
    for row in rows:
        for _ in range(pick.randrange(2, 6)):
            number += 1
            name = pick.choice(SURNAMES) + pick.choice(GIVEN)
            signed = f"2013年10月{pick.randrange(8, 26)}日" if number % 19 else None
            sheet.append([row[1], row[0], name, f"京人介{number:06d}", signed])
    book.save(HERE / "从业人员.xlsx")


def remarks() -> None:
    """Write what only the office itself can say: its plan, problems, a clipping."""
    (HERE / "工作方案.txt").write_text(
        "海淀区人力资源服务机构“诚信服务月”活动工作方案\n\n"
        "一、10月上旬：部署动员，发放诚信自律公约，组织签署承诺书。\n"
        "二、10月中旬：开展诚信服务大检查，指导补建制度；举办负责人培训班。\n"
        "三、10月下旬：开展诚信状况评估，书面告知结果；召开经验交流会；遴选推荐示范单位。\n"
        "四、11月5日前：报送活动情况总结和推荐材料。\n",
        encoding="utf-8",
    )
    (HERE / "问题和建议.md").write_text(
        "# 问题\n\n"
        "- 部分规模较小的机构服务台账不完整，补建后仍需督促。\n"
        "- 从业人员流动较大，新入职人员承诺书签署不够及时。\n\n"
        "# 建议\n\n"
        "1. 由行业协会统一印制承诺书，在资格培训时一并签署。\n"
        "2. 将诚信档案建档情况纳入年审内容。\n",
        encoding="utf-8",
    )
    (HERE / "交流会报道.txt").write_text(
        "海淀区举办人力资源服务机构诚信建设经验交流会（剪报）。\n", encoding="utf-8"
    )


def main() -> None:
    """Write all inputs of the example."""
    HERE.mkdir(exist_ok=True)
    rows = agencies(random.Random(220))
    register(rows)
    scores(rows)
    activities()
    inspections(random.Random(34), rows)
    pledges(rows)
    staff(random.Random(41), rows)
    remarks()


if __name__ == "__main__":
    main()
