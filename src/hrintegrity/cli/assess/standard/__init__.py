"""`hri assess standard`: a district's assessment standard."""

from __future__ import annotations

COMMANDS = {
    "show": "正在使用的评估标准。",
    "export": "把正在使用的标准写成 YAML，改后可启用。",
    "use": "启用一份评估标准；合计不对的不收。",
}
