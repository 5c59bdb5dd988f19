"""`hri agency staff`: practitioners and their pledges (三(三) 二)."""

from __future__ import annotations

COMMANDS = {
    "add": "登记一位从业人员；凭资格证号调来的，承诺随人走。",
    "import": "从表格导入从业人员。",
    "template": "空白的登记表：表头和示例。",
    "list": "从业人员：一家机构的，或全部的。",
    "dossier": "一位从业人员的诚信档案。",
    "educate": "登记从业人员资格培训中的诚信教育（三(三) 二）。",
    "edit": "更正一位从业人员；空文字清除一项。",
    "leave": "登记一位从业人员离开机构。",
    "erase": "删除已离开者的姓名和资格证号，不可恢复。",
    "move": "登记一位从业人员调到另一家机构，承诺随人走。",
}
