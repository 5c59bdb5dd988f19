"""`hri assess`: assessment on the indicators of annex 1 (三(五)); alone, the work list."""

from __future__ import annotations

COMMANDS = {
    "sheet": "评分表（xlsx），填好后导入。",
    "run": "逐项评分，可随时中断、接着评；或用 --scores 一次给出。",
    "import": "导入评分表：填好的表，或一行一份的表格。",
    "template": "空白的表：评分、送达。",
    "sheets": "已有的评分表：谁、用哪种评价方式、评了多少分。",
    "discard": "撤去一张登错的评分表；评定之后不能撤。",
    "result": "一家机构的评估结果。",
    "explain": "总分是怎样算出来的，各来源在哪里分歧最大。",
    "rank": "按总分排名；未评定的为暂计。",
    "conclude": "评定：结果和标准从此固定。",
    "object": "登记机构对评估结果的异议。",
    "answer": "答复异议，并打印复核结果告知书。",
    "reopen": "重新开启已评定的评估；重新评定后另发告知书。",
    "notice": "评估结果告知书：编号一次，重印不改字。",
    "import-served": "从表格导入送达登记。",
    "served": "登记告知书的送达。",
    "rehearse": "按拟用的标准试算今年的评分，不写入。",
    "annex": "各年度的评估指标：类别、分值和指标（2013年的由通知附件1规定）。",
    "standard": "评估标准：各项分值、权重、等次（通知未定，由区县确定）。",
}
DEFAULT = "work_list"
