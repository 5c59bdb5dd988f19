"""`hri inspect`: the general inspection and its gaps (三(四) 二)."""

from __future__ import annotations

COMMANDS = {
    "draw": "从正常的机构里随机抽签；谁都能重抽核对，见 docs/draw.md。",
    "draws": "封存的种子和保存的抽签。",
    "form": "打印检查记录表，现场填写、双方签名。",
    "record": "登记一次检查；不合格的每项成为一个待补建的缺项。",
    "list": "检查发现的制度缺项。",
    "visits": "各次检查，连同全部合格的。",
    "order": "打印补建通知书：一家机构尚未补建的缺项和期限。",
    "mend": "登记一项已经补建；日期登错的，加 --reason 更正。",
    "reopen": "误登补建的，改回没有补建。",
    "import": "从表格导入检查结果，一行一次检查。",
    "template": "空白的登记表：表头、下拉选项和示例。",
}
