"""`hri campaign`: the campaign month 诚信服务月."""

from __future__ import annotations

COMMANDS = {
    "start": "登记另一年的活动，或更改其日期。",
    "log": "登记一项活动，可带附件。",
    "bulletin": "写出一项活动的信息，上报市局（四(四)）。",
    "distribute": "登记行业公约发放到了哪些机构（三(四) 一）。",
    "edit": "更正一项活动，或补附件；空文字清除备注。",
    "import-outstanding": "从表格导入表现突出的机构。",
    "outstanding": "登记活动中表现突出的机构：优先推荐（三(七)）。",
    "title": "登记诚信服务窗口、诚信服务标兵（三(四) 三）。",
    "remove": "撤去误登的活动、表现突出或称号；日志里留有原样。",
    "list": "活动一览；也可列出表现突出的机构、创建称号。",
    "import": "从表格导入活动（csv、xlsx、xls、ods、et）。",
    "template": "空白的表：活动、表现突出的机构。",
}
