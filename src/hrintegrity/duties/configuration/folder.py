"""What lies in the folder of the settings, and how the files in it are called."""

from __future__ import annotations

from pathlib import Path

from hrintegrity import resources

FOLDER_VARIABLE = "HRI_CONFIG"
TEMPLATES, STANDARD, OFFICE, MAPPINGS = "templates", "standard.yaml", "office.yaml", "mappings"
EXAMPLE = ".example"


def own_templates(templates: Path | None) -> list[str]:
    """Return the templates of the office that take the place of shipped ones or add to them."""
    if templates is None or not templates.is_dir():
        return []
    found = (path for path in templates.rglob("*.xhtml") if EXAMPLE not in path.name)
    return sorted(path.relative_to(templates).as_posix() for path in found)


def papers() -> list[str]:
    """Return the templates that have specimens, as `assess/notice`."""
    top = resources.folder("templates")
    found = (path.relative_to(top).with_suffix("") for path in top.rglob("*.json"))
    return sorted(path.as_posix() for path in found)


def mappings(folder: Path) -> list[Path]:
    """Return the files of mappings, without the examples."""
    found = (folder / MAPPINGS).glob("*.yaml")
    return sorted(path for path in found if EXAMPLE not in path.name)
