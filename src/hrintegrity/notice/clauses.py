"""The clauses of 京人社市场发〔2013〕220号 that may be cited, with their short titles."""

from __future__ import annotations

import re
from types import MappingProxyType

from hrintegrity.notice._reading import Value

NOTICE_NUMBER = "京人社市场发〔2013〕220号"
_PLACE = re.compile(r"([一二三四])(?:\(([一二三四五六七八])\))?(\d)?(?: ([一二三四五]))?")
NOTICE_TITLE = "关于加强人力资源服务机构诚信建设的通知"

CLAUSES = MappingProxyType(
    {
        "一": "充分认识加强人力资源服务机构诚信建设的重要意义",
        "二(一)": "指导思想",
        "二(二)": "主要目标",
        "二(三)": "基本原则",
        "三(一)": "加强人力资源市场监管",
        "三(一)1": "推进人力资源市场管理法制化进程",
        "三(一)2": "严格落实市场准入制度",
        "三(一)3": "建立完善人力资源市场监管体系",
        "三(二)": "推进人力资源服务行业标准化建设",
        "三(三)": "建立诚信服务制度",
        "三(三) 一": "服务公示制度",
        "三(三) 二": "服务承诺制度",
        "三(三) 三": "服务台账制度",
        "三(三) 四": "服务反馈制度",
        "三(四)": "开展诚信主题活动",
        "三(四) 一": "诚信自律公约",
        "三(四) 二": "诚信服务大检查",
        "三(四) 三": "诚信创建活动",
        "三(四) 四": "主题培训活动",
        "三(四) 五": "主题宣传活动",
        "三(五)": "开展诚信状况评估",
        "三(六)": "加快诚信信息征集和披露体系建设",
        "三(六)1": "全面建立人力资源服务机构诚信档案",
        "三(六)2": "加快建设人力资源市场管理信息系统",
        "三(七)": "确定诚信服务示范机构",
        "三(八)": "建立诚信奖惩机制",
        "三(八)1": "建立诚信激励机制",
        "三(八)2": "落实失信惩戒措施",
        "四(一)": "加强对诚信建设工作的组织领导",
        "四(二)": "充分发挥行业协会的作用",
        "四(三)": "自觉接受群众监督",
        "四(四)": "及时总结和推广诚信建设经验",
        "附件1": "人力资源服务机构诚信状况评估指标",
        "附件2": "“北京市人力资源诚信服务示范单位”推荐名额分配表",
        "附件3": "“北京市人力资源诚信服务示范单位”推荐表",
        "附件4": "各区县人力资源市场管理部门和劳动监察部门监督举报电话",
    }
)


def in_papers(clause: str) -> str:
    """Return a clause as an official paper cites it: 三(八)2 is 第三部分第（八）项第2点."""
    found = _PLACE.fullmatch(clause)
    if found is None:
        return clause
    part, item, point, numeral = found.groups()
    text = f"第{part}部分" + (f"第（{item}）项" if item else "")
    return text + (f"第{point}点" if point else "") + (f"“{numeral}是”部分" if numeral else "")


def read_clause(value: Value) -> str:
    """Return the clause named by `value`; a clause that the notice has not is refused."""
    clause = value.text()
    if clause not in CLAUSES:
        value.fail(f"通知里没有这一条：{clause}")
    return clause
