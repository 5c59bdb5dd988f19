"""`hri inspect`: the general inspection and its gaps (三(四) 二)."""

from __future__ import annotations

COMMANDS = {
    "draw": "从正常的机构里随机抽签；谁都能重抽核对，见 docs/draw.md。",
    "record": "登记一次检查；不合格的每项成为一个待整改项。",
    "list": "检查发现的不合格项。",
    "visits": "各次检查，连同全部合格的。",
    "mend": "登记一项已经整改；日期登错的，加 --reason 更正。",
    "reopen": "误登整改的，改回没有整改。",
    "import": "从表格导入检查结果，一行一次检查。",
    "template": "空白的登记表：表头、下拉选项和示例。",
}
