"""`hri reward`: support and honours for agencies of good standing (三(八)1)."""

from __future__ import annotations

COMMANDS = {
    "grant": "登记给予机构的一项支持或表彰。",
    "import": "从表格导入激励。",
    "template": "空白的激励登记表。",
    "list": "激励清单。",
}
