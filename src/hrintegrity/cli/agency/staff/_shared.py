"""What several commands of `hri agency staff` share."""

from __future__ import annotations

from typing import Annotated

import typer

StaffArgument = Annotated[
    str, typer.Argument(metavar="人员编号", help="编号见 hri agency staff list；末8位也行。")
]
