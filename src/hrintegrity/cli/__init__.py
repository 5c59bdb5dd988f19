"""The command line: a folder per group, a module per command, so that the path is the command.

A command parses, calls one duty and returns what it did; `base` shows it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

COMMANDS = {
    "init": "建立档案库和第一年的活动。",
    "today": "今天要办的事：逾期的在前，每行末尾是接着要输入的命令。",
    "agency": "机构登记与诚信档案。",
    "inspect": "诚信服务大检查（三(四) 二）：抽签、登记、整改。",
    "complaint": "投诉、举报、意见建议（三(三) 四、四(三)）：受理、办结、查询。",
    "assess": "诚信状况评估（三(五)、附件1）；不带命令时列出各机构的进度。",
    "recommend": "诚信服务示范单位（三(七)、附件2、附件3）：推荐、核对名额、报送、授予。",
    "sanction": "失信惩戒（三(八)2）：作出、整改结果、撤销、决定书、报送。",
    "reward": "诚信激励（三(八)1）：登记给予的支持和表彰。",
    "campaign": "诚信服务月（三(四)）：五项活动、表现突出的机构、创建称号。",
    "report": "报告与公开。",
    "archive": "档案库本身：信息、校验、日志。",
    "law": "程序自带的规定和数据：哪些该再核对了。",
    "config": "本单位自己的模板、标准、名称和导入对应：写出例子、查看、试做。",
    "help": "手册的一页、一条命令的用法，或一个错误代码的原因和办法。",
    "doctor": "检查电脑、档案库、字体和模板，有问题的说明怎么办，退出码 1。",
}
"""The commands and groups in the order of the work, each with its line of help."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `hri` and leave with its exit status."""
    import gc

    # Start-up makes many objects and no garbage; collecting it costs a tenth of the time.
    gc.disable()
    try:
        from hrintegrity.cli.program.interruption import take_signals
        from hrintegrity.cli.program.run import run

        take_signals()
        sys.exit(run(sys.argv[1:] if arguments is None else list(arguments)))
    except KeyboardInterrupt:
        from hrintegrity.cli.program.interruption import interrupted

        sys.exit(interrupted())
