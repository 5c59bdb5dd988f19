"""In which district an agency seems to be, by its code and address; nothing follows from it."""

from __future__ import annotations

import re

from hrintegrity.notice.districts import BY_CODE, REGIONS

_NAMES = {
    name: district.code
    for district in BY_CODE.values()
    if district.is_place
    for name in (district.name, district.later_name)
    if name
}
_NAMED = re.compile("|".join(name for name in _NAMES if name != "开发区"))


def elsewhere(district: str, code: str, address: str) -> str:
    """Say in Chinese what names another district than an agency's; empty where nothing does.

    The six digits of a credit code (or the first of a registration number) are those of the place
    where it was registered. The city's own agencies, and 开发区, which has none of its own, are
    anywhere.
    """
    own = BY_CODE[district]
    if district in _ANYWHERE:
        return ""
    digits = code[2:8] if len(code) == 18 else code[:6] if len(code) == 15 else ""
    by_code = REGIONS.get(digits)
    if by_code not in (None, district):
        return f"代码 {code} 是{BY_CODE[by_code].name}的"
    if own.name in address:
        return ""
    named = _NAMED.search(address)
    if named is None or _NAMES[named[0]] == district:
        return ""
    return f"地址在{named[0]}"


_ANYWHERE = frozenset({"municipal", "kaifaqu"})
