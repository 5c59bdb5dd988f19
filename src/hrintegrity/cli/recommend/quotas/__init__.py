"""`hri recommend quotas`: the places of a year."""

from __future__ import annotations

COMMANDS = {
    "show": "一年的推荐名额。",
    "use": "采用另一年的名额；十八个单位缺一或合计不符的不收。",
}
