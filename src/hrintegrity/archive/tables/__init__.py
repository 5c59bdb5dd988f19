"""The tables, one module per chapter, imported by need: each costs start-up time."""

import importlib
import pkgutil


def load_all() -> None:
    """Import every chapter, so that the metadata holds all tables."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
