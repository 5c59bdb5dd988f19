"""Loads scripts of the repository that are no part of the program."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

TOP = Path(__file__).parents[2]


def load_script(path: str) -> ModuleType:
    """Return a script, named from the top of the repository, as a module."""
    source = TOP / path
    spec = importlib.util.spec_from_file_location(f"script_{source.stem}", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
