"""`hri complaint`: complaints, reports and suggestions, from receipt to answer (四(三))."""

from __future__ import annotations

COMMANDS = {
    "add": "登记受理的投诉、举报或意见建议。",
    "close": "办结并答复；查实不诚信的，示范单位称号随即撤销。",
    "reply": "打印答复书，给投诉人或提意见的人。",
    "reopen": "误办结的，重新打开；因此撤销的称号随之恢复。",
    "edit": "更正还没有办结的登记。",
    "show": "一件投诉举报；投诉人只在 --with-contacts 时显示。",
    "list": "投诉举报清单；不含投诉人。",
    "erase": "删除投诉人的姓名和联系方式，其余保留；不可恢复。",
    "import": "从表格导入投诉举报。",
    "template": "空白的登记表：表头、下拉选项和示例。",
}
