"""`hri agency`: the register of agencies."""

from __future__ import annotations

COMMANDS = {
    "add": "登记一家机构（三(一)2）。",
    "list": "机构名单。",
    "show": "一家机构的登记内容。",
    "edit": "更正或变更登记；空文字清除一项，改名保留曾用名。",
    "close": "登记机构终止。",
    "import": "从表格导入机构（csv、xlsx、xls、ods、et）。",
    "pledge": "登记机构签署的承诺书，或打印空白承诺书。",
    "educate": "登记对经许可机构的诚信教育（三(一)2）。",
    "review": "登记年审结果。",
    "penalty": "登记任何机关作出的行政处罚。",
    "records": "一家机构的各项登记及其编号，供更正、撤去时用。",
    "dossier": "诚信档案：六部分，可看某日或某时的情况。",
    "merge": "同一家机构登记了两次的，把前一家并入后一家。",
    "import-pledges": "从表格导入承诺书。",
    "import-reviews": "从表格导入年审结果。",
    "import-penalties": "从表格导入行政处罚。",
    "export": "导出登记表；原样导入，一格不变。",
    "template": "空白的表：机构、承诺书、年审、行政处罚；表头、下拉选项和示例。",
    "lookup": "公众能查到的一家机构的信息。",
    "staff": "从业人员和他们的诚信服务承诺书（三(三) 二）。",
}
