"""What an office tells others: the summary of the month (四(四)), rates, hotlines (三(三) 一).

This package is light: commands that only read the hotlines never load SQLModel.
"""

from __future__ import annotations

from hrintegrity.duties.reporting.hotlines import (
    DistrictLines,
    hotlines,
    lines_in_use,
    use_hotlines,
)

__all__ = ["DistrictLines", "hotlines", "lines_in_use", "use_hotlines"]
