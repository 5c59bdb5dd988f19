"""Commented examples of everything that an office may settle itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hrintegrity import resources
from hrintegrity.duties.configuration.folder import MAPPINGS, TEMPLATES
from hrintegrity.files import make_folder, refuse_existing, whole_file
from hrintegrity.notice.deadlines import first_campaign
from hrintegrity.rules.standard_reading import default_standard, standard_yaml

LETTERHEAD = "_letterhead.xhtml"

_README = """本单位自己的设置。每一样都有一个例子，文件名里带 example，不起作用；
改好以后去掉 .example，再运行 hri config check，它会用样张试做每一种文书。

office.example.yaml              单位名称、文号字头、主管领导、责任部门
standard.example.yaml            评估标准：各项分值、权重、等次
templates/_letterhead.example.xhtml  版头；其他文书模板也可以放进 templates，同名的盖过自带的
mappings/register.example.yaml   导入名册时，表头和用语怎样对应

手册里“本单位的样式和标准”一页有每一样的说明（hri help config）。
"""

_OFFICE_EXAMPLE = """# 本单位的名称和文号。写进档案库用：
#   hri archive office --name … --prefix … --leader … --department … --address …
# hri config check 会说它们与档案库是否一致。
name: 北京市海淀区人力资源和社会保障局
prefix: 海人社诚评                # 文号〔2013〕1号之前的字；已编过号的年度改不了
leader: 王局长                    # 主管领导（四(一)）
department: 人力资源市场科        # 责任部门（四(一)）
address: 北京市海淀区（地址、邮编）  # 文书请当事人来信、交回标牌的，写到这里
"""

_STANDARD_HEAD = """# 本区县的评估标准（三(五)）。通知只定六类分值，各项分值、权重、等次由区县确定。
# 改好后：hri assess standard use standard.yaml
# points 每一类之和要等于通知附件1的分值（10、15、15、30、15、15），weights 之和是 1。
"""

_LETTERHEAD_HEAD = """{# 这是自带的版头。去掉文件名里的 .example 就用这一份。
   可以改字、改顺序；office、number 是程序给的名字，写错了 hri config check 会指出行号。 #}
"""

_MAPPING_EXAMPLE = """# 导入名册时的对应：hri agency import 名册.xlsx --mapping register.yaml
# 也可以由程序写出来：hri agency import 名册.xlsx --map … --word … --save-mapping register.yaml
map:                              # 表头: 字段
  单位全称: name
  信用编码: code
word:                             # 单元格里的用语: 本程序的用语
  民营: 经营性
set:                              # 表里没有的一列，全都填这个
  district: 海淀区
"""


@dataclass(frozen=True)
class Written:
    """What `init` wrote: the folder and the files in it."""

    id: str
    folder: str
    files: list[str]


def examples() -> dict[str, str]:
    """Return the commented examples, by their path in the folder."""
    letterhead = (resources.folder("templates") / LETTERHEAD).read_text(encoding="utf-8")
    year = first_campaign().year
    return {
        "说明.txt": _README,
        "office.example.yaml": _OFFICE_EXAMPLE,
        "standard.example.yaml": _STANDARD_HEAD + standard_yaml(default_standard(year), year),
        f"{TEMPLATES}/_letterhead.example.xhtml": _LETTERHEAD_HEAD + letterhead,
        f"{MAPPINGS}/register.example.yaml": _MAPPING_EXAMPLE,
    }


def init(folder: Path, *, force: bool) -> Written:
    """Write the examples, none of which has an effect before it is renamed.

    Raises LookupFailedError `file-exists` before anything is written.
    """
    texts = examples()
    for name in texts:
        refuse_existing(folder / name, force=force)
    for name, text in texts.items():
        make_folder((folder / name).parent)
        with whole_file(folder / name, force=force) as temporary:
            temporary.write_text(text, encoding="utf-8")
    return Written(str(folder), str(folder), list(texts))
