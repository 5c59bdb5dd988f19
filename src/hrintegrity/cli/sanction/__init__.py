"""`hri sanction`: sanctions on agencies and practitioners (三(八)2)."""

from __future__ import annotations

COMMANDS = {
    "impose": "作出惩戒；示范单位的称号同时撤销。",
    "mend": "登记责令整改已经完成。",
    "fail": "登记未按要求整改，或整改措施落实不到位。",
    "plaque": "登记被撤销的示范单位标牌已经收回。",
    "withdraw": "撤销惩戒：复核后撤销，或登记有误；恢复因它失去的。",
    "list": "惩戒清单。",
    "show": "一条惩戒的全部内容。",
    "notice": "惩戒决定书或责令整改通知书：编号一次，重印不改字。",
    "export": "报送：还没有记入该系统的惩戒和撤销。",
}
