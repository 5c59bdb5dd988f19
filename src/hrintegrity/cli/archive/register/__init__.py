"""`hri archive register`: which archive gives the numbers of a district's papers."""

from __future__ import annotations

COMMANDS = {
    "release": "不再在本档案库为这个区县编号。",
    "take": "收回，在本档案库为这个区县编号。",
}
