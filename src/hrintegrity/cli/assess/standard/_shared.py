"""What several commands of `hri assess standard` share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

FileArgument = Annotated[Path, typer.Argument(metavar="文件.yaml", help="YAML 文件。")]


def whose(default: bool, district: str | None) -> str:
    """Say who set a standard; what the project set itself is named as such (三(五))."""
    from hrintegrity.duties import offices

    if default:
        return "本程序自带，通知没有规定这些数值"
    return "全市没有自定标准的区县" if district is None else offices.district_name(district)
