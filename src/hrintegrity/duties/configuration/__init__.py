"""An office's own templates, standard, names and mappings: examples, what is in force, faults."""

from __future__ import annotations

from hrintegrity.duties.configuration.checking import Checked, check, differing
from hrintegrity.duties.configuration.examples import Written, init
from hrintegrity.duties.configuration.folder import papers
from hrintegrity.duties.configuration.settings import Setting, archive_settings, settings

__all__ = [
    "Checked",
    "Setting",
    "Written",
    "archive_settings",
    "check",
    "differing",
    "init",
    "papers",
    "settings",
]
