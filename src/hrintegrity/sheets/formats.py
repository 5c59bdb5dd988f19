"""Number formats of spreadsheets: whether what a cell shows is the number that it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_PAD = re.compile(r"0{2,}")
_INVISIBLE = re.compile(r"\[[^\]]*\]|_.|\*.|\\\s|\"\s*\"")
_QUOTED = re.compile(r'"[^"]*"|\\.')
_UNIT = re.compile(r'(?:"[^"]*"|\\.)+$')
_SCIENTIFIC = re.compile(r"[0#?]+(?:\.([0#?]+))?E[+-]?0+")
_PLAIN = re.compile(r"[#0?,]*[#0?](?:\.([#0?]*))?\s*")

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    48: "##0.0E+0",
}  # fmt: skip
"""The formats that a workbook need not write down, by number; days and times are left out."""


@dataclass(frozen=True)
class NumberFormat:
    """What a format makes of a number.

    `pad` is how many digits it shows at least, where it shows leading zeros; `decimals` how many
    behind the point; None where it shows something else than the number. `scientific`: those are
    of a power of ten, as in 6.23E+07.
    """

    pad: int = 0
    decimals: int | None = None
    scientific: bool = False

    def shows(self, value: float) -> bool:
        """Say whether what is shown is what is stored."""
        if self.scientific:
            return float(f"{value:.{self.decimals}e}") == value
        return self.decimals is not None and abs(round(value, self.decimals) - value) < 1e-9


@lru_cache(maxsize=1024)
def number_format(code: str) -> NumberFormat | None:
    """Return what a format makes of numbers; None where it shows them as they are, or as days."""
    first = _INVISIBLE.sub("", code.split(";")[0]).strip()
    # A unit behind the digits says nothing else than the number: 123元.
    first = _UNIT.sub("", first).strip()
    if not first or first.lower() in ("general", "@", "standard", "g/通用格式"):
        return None
    if _PAD.fullmatch(first):
        return NumberFormat(pad=len(first), decimals=0)
    scientific = _SCIENTIFIC.fullmatch(first)
    if scientific:
        return NumberFormat(decimals=len(scientific[1] or ""), scientific=True)
    if re.search("[ymdhsg]", _QUOTED.sub("", first), re.IGNORECASE):
        return None
    plain = _PLAIN.fullmatch(first.strip("()"))
    if plain is None or (first.startswith("0") and _PAD.match(first)):
        return NumberFormat()
    return NumberFormat(decimals=len(plain[1] or ""))
