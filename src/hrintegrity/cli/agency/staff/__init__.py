"""`hri agency staff`: practitioners and their pledges (三(三) 二)."""

from __future__ import annotations

COMMANDS = {
    "add": "登记一位从业人员；凭资格证号调来的，承诺随人走。",
    "import": "从表格导入从业人员。",
    "template": "空白的登记表：表头和示例。",
    "list": "一家机构的从业人员。",
    "edit": "更正一位从业人员；空文字清除一项。",
    "leave": "登记一位从业人员离开机构。",
    "move": "登记一位从业人员调到另一家机构，承诺随人走。",
}
