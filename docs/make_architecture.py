"""Write docs/architecture.md: the house drawn from the code, and one change walked through it."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from pathlib import Path

TOP = Path(__file__).parents[1]
SOURCE = TOP / "src" / "hrintegrity"
PAGE = TOP / "docs" / "architecture.md"
MARK = "<!-- what follows is generated -->"
LAYERS = ("cli", "duties", "archive", "sheets", "documents", "rules", "notice")
GROUND = tuple(sorted(path.stem for path in SOURCE.glob("[!_]*.py")))


def imports(file: Path) -> set[str]:
    """Return the layers and ground modules that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "hrintegrity" and len(parts) > 1:
                found.add(parts[1])
    return found & {*LAYERS, *GROUND}


def known() -> dict[str, Counter[str]]:
    """Return for each layer how many of its modules know each other layer."""
    found = {}
    for layer in LAYERS:
        counts: Counter[str] = Counter()
        for file in (SOURCE / layer).rglob("*.py"):
            counts.update(imports(file) - {layer})
        found[layer] = counts
    return found


def summary(path: Path) -> str:
    """Return the first sentence of a module's or package's docstring."""
    file = path / "__init__.py" if path.is_dir() else path
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return text.split("\n")[0].rstrip(".")


def drawing() -> str:
    """Return the layers and who knows whom, as Mermaid and as a table."""
    lines = ["```mermaid", "flowchart TD"]
    for layer, counts in known().items():
        modules = len([f for f in (SOURCE / layer).rglob("*.py") if f.name != "__init__.py"])
        lines.append(f'  {layer}["{layer}<br/>{modules} modules"]')
        lines += [f"  {layer} --> {other}" for other in LAYERS if counts[other]]
    lines += ["```", "", "| layer | knows (modules that do) |", "|---|---|"]
    for layer, counts in known().items():
        said = ", ".join(f"{n} {counts[n]}" for n in (*LAYERS, *GROUND) if counts[n])
        lines.append(f"| `{layer}` | {said or '—'} |")
    return "\n".join(lines)


def rooms() -> str:
    """Return what each layer holds, from the docstrings.

    A folder of commands has no list of its own: its files are named like the commands.
    """
    parts = []
    for layer in LAYERS:
        parts.append(f"### {layer}\n\n{summary(SOURCE / layer)}.\n")
        for path in contents(SOURCE / layer):
            parts.append(f"- `{path.name}`: {summary(path)}")
            if path.is_dir() and (layer != "cli" or path.name in ("base", "program")):
                parts += [f"  - `{one.name}`: {summary(one)}" for one in contents(path)]
        parts.append("")
    return "\n".join(parts)


def contents(folder: Path) -> list[Path]:
    """Return the modules and packages of a folder, by name."""
    return [
        path
        for path in sorted(folder.iterdir())
        if (path.suffix == ".py" and not path.name.startswith("__"))
        or (path / "__init__.py").is_file()
    ]


def page(old: str) -> str:
    """Return the page with its generated part anew; what stands above the mark is kept."""
    head = old.partition(MARK)[0]
    return f"{head}{MARK}\n\n## The house, from the code\n\n{drawing()}\n\n{rooms()}"


def write() -> None:
    """Write the page anew."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")


if __name__ == "__main__":
    write()
