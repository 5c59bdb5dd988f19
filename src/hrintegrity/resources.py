"""Where data, templates and the manual are: in a wheel, an editable install or a clone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hrintegrity.errors import UnusableError


@cache
def folder(name: str) -> Path:
    """Return the folder `data`, `templates` or `manual` that belongs to this program.

    A wheel carries both inside the package; an editable install and a clone have them at the top
    of the repository, two levels above the package. Raises UnusableError `resources-missing`.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / name, package.parents[1] / name):
        if candidate.is_dir():
            return candidate
    raise UnusableError(
        "resources-missing",
        f"程序自带的 {name} 目录不见了：{package}",
        "请重新安装 hrintegrity。",
    )
