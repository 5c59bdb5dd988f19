"""Adds to the manual the pages that are made from the program: commands, fields, JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from make_manual import generated  # noqa: E402 — the folder is on the path only now.


def on_files(files: Any, config: Any) -> Any:
    """Give mkdocs the generated pages as if they lay in the folder of the manual."""
    for name, text in generated().items():
        present = files.get_file_from_path(name)
        if present is not None:
            files.remove(present)
        files.append(File.generated(config, name, content=text))
    return files


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Name the search to a screen reader, which the theme forgets."""
    unnamed = 'data-md-component="search" role="dialog"'
    return output.replace(unnamed, f'{unnamed} aria-label="搜索"')
