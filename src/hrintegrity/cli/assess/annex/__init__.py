"""`hri assess annex`: by which categories and indicators a year is assessed."""

from __future__ import annotations

COMMANDS = {
    "show": "当年的评估指标。",
    "export": "把当年的评估指标写成 YAML，改后可供另一年启用。",
    "use": "启用另一年的评估指标；已有评分表或评定结论的年度不能再改。",
}
