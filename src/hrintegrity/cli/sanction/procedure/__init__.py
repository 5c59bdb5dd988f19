"""`hri sanction procedure`: what this office asks for before a sanction."""

from __future__ import annotations

COMMANDS = {
    "show": "各种措施是否须事先告知、陈述申辩的日数。",
    "use": "采用本机关自己的规定：哪些措施须事先告知，陈述申辩几日。",
}
