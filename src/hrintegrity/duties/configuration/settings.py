"""Which settings are in force, and where each comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hrintegrity.archive.reader import Reader
from hrintegrity.duties import offices
from hrintegrity.duties.assessment import standards
from hrintegrity.duties.configuration.folder import (
    FOLDER_VARIABLE,
    MAPPINGS,
    OFFICE,
    STANDARD,
    TEMPLATES,
    mappings,
    own_templates,
    papers,
)


@dataclass(frozen=True)
class Setting:
    """One setting that is in force, and where it comes from."""

    id: str
    what: str
    value: str
    origin: str


def settings(folder: Path, templates: Path | None, environment: Mapping[str, str]) -> list[Setting]:
    """Return the settings of the folder and of the environment that are in force."""
    own = own_templates(templates)
    found = [
        Setting("folder", "folder", str(folder), _origin(FOLDER_VARIABLE, environment)),
        Setting(
            TEMPLATES,
            TEMPLATES,
            "、".join(own) if own else f"自带的 {len(papers())} 种文书",
            str(templates) if own else "default",
        ),
    ]
    for name, what in ((STANDARD, "standard"), (OFFICE, "office")):
        if (folder / name).is_file():
            found.append(Setting(name, what, name, str(folder / name)))
    for path in mappings(folder):
        found.append(Setting(f"{MAPPINGS}/{path.name}", "mapping", path.name, str(path)))
    named = (name for name in sorted(environment) if name.startswith("HRI_"))
    return found + [
        Setting(name, "variable", environment[name], "environment")
        for name in named
        if "PASSPHRASE" not in name
    ]


def archive_settings(archive: Reader, year: int | None = None) -> list[Setting]:
    """Return what the archive settles: names on papers, who is in charge, the standard in use."""
    district = offices.scope(archive, None) or offices.CITY
    office = offices.office_of(archive, district)
    campaign = offices.campaign(archive, year)
    standard = standards.Standards(archive, campaign.year).find(district)
    values = {
        "name": office.name,
        "prefix": office.prefix,
        "leader": office.leader,
        "department": office.department,
        "address": office.address,
        "standard": standard and standards.title(standard.standard, campaign.year),
    }
    return [
        Setting(f"archive.{key}", f"archive-{key}", value, "archive")
        for key, value in values.items()
        if value
    ]


def _origin(variable: str, environment: Mapping[str, str]) -> str:
    return variable if variable in environment else "default"
