"""`hri report`: what an office reports and publishes."""

from __future__ import annotations

COMMANDS = {
    "hotlines": "监督举报电话（附件4）；没有档案库也能查。",
    "month": "“诚信服务月”活动情况总结（四(四)），11月5日前报送。",
    "compare": "本次活动与另一年的对比。",
    "rates": "承诺书签署率和诚信档案建档率，力争100%（四(一)）。",
    "readiness": "11月5日前还缺什么：推荐表、自评总结、评估结果等。",
    "public": "公开页面、表格和数据库，可离线查询。",
}
