"""Make dist/: wheel, sdist, and for each system a zip that installs without a network.

`make dist` runs it. What goes in is pinned with hashes in requirements.txt and bootstrap.txt here;
`make lock` renews them. Times within the zips are those of the last commit, so that the same commit
gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

HERE = Path(__file__).resolve().parent
TOP = HERE.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


@dataclass(frozen=True)
class System:
    """What a zip is for: its name, how Python calls the system, and the tags of its wheels."""

    name: str
    sys_platform: str
    tags: tuple[tuple[str, ...], ...]

    @property
    def windows(self) -> bool:
        """Whether the scripts are those of Windows."""
        return self.sys_platform == "win32"

    @property
    def line_end(self) -> str:
        """How lines end there."""
        return "\r\n" if self.windows else "\n"


SYSTEMS = (
    System("windows-x64", "win32", (("win_amd64",),)),
    # cryptography makes no wheels for Macs with Intel processors any more.
    System(
        "macos-arm64",
        "darwin",
        (("macosx_12_0_arm64", "macosx_11_0_arm64", "macosx_11_0_universal2"),),
    ),
    System(
        "linux-x64",
        "linux",
        (("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),),
    ),
)


def pins(system: System, name: str = "requirements.txt") -> str:
    """Return the pinned requirements of a system, hashes included and markers resolved.

    pip judges markers by the machine that it runs on, so that another system's are judged here.
    """
    text = (HERE / name).read_text(encoding="utf-8")
    kept = [block for block in re.split(r"\n(?=\S)", text) if _wanted(block, system)]
    return "\n".join(re.sub(r" ; [^\\]*\\", " \\\\", block) for block in kept).rstrip() + "\n"


def _wanted(block: str, system: System) -> bool:
    first = block.split("\\")[0].strip()
    if not first or first.startswith("#"):
        return False
    marker = Requirement(first).marker
    return marker is None or marker.evaluate({"sys_platform": system.sys_platform})


def build(out: Path) -> Path:
    """Build sdist and wheel; return the wheel."""
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(TOP))
    return max(out.glob("hrintegrity-*.whl"), key=lambda path: path.stat().st_mtime)


def run(*command: str) -> None:
    """Run a command that has to succeed, without its chatter."""
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise SystemExit(f"failed: {' '.join(command[:5])} …")


def download(system: System, folder: Path, pythons: tuple[str, ...]) -> None:
    """Fetch the wheels of a system for every Python, refusing any without its hash."""
    with tempfile.TemporaryDirectory() as scratch:
        asked = Path(scratch) / "requirements.txt"
        asked.write_text(pins(system) + pins(system, "bootstrap.txt"), encoding="utf-8")
        for tags in system.tags:
            for python in pythons:
                run(
                    *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
                    *("--only-binary", ":all:", "--require-hashes", "--python-version", python),
                    *(part for tag in tags for part in ("--platform", tag)),
                    *("--dest", str(folder), "-r", str(asked)),
                )


def lay_out(system: System, folder: Path, wheel: Path, manual: Path | None) -> None:
    """Put beside the wheels what installs them, and what people read."""
    shutil.copy2(wheel, folder / "wheels")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    own = f"{wheel.name.split('-')[0]}=={wheel.name.split('-')[1]} --hash=sha256:{digest}\n"
    (folder / "requirements.txt").write_text(pins(system) + own, encoding="utf-8")
    setup = folder / "setup"
    setup.mkdir()
    shutil.copy2(HERE / "install.py", setup)
    # A console shows the first as it is; editors know UTF-8 by the mark at the second's beginning.
    words = (HERE / "no-python.txt").read_text(encoding="utf-8")
    (setup / "no-python.txt").write_text(words, "utf-8", newline=system.line_end)
    words = (HERE / "read-me.txt").read_text(encoding="utf-8")
    encoding = "utf-8-sig" if system.windows else "utf-8"
    (folder / "先看我.txt").write_text(words, encoding, newline=system.line_end)
    if system.windows:
        batch = (HERE / "windows.cmd").read_text(encoding="ascii")
        for name, mode in (("安装.cmd", ""), ("卸载.cmd", "--uninstall")):
            text = batch.replace("@MODE@", mode)
            (folder / name).write_text(text, "ascii", newline=system.line_end)
    else:
        for name in ("install.sh", "uninstall.sh"):
            shutil.copy2(HERE / name, folder)
    shutil.copytree(TOP / "examples", folder / "examples", ignore=shutil.ignore_patterns("*.py*"))
    for name in ("LICENSE", "CHANGELOG.md"):
        shutil.copy2(TOP / name, folder)
    if manual is not None:
        shutil.copytree(manual, folder / "手册")


def bill_of_materials(target: Path) -> None:
    """Write the components with versions and hashes as CycloneDX."""
    run(
        *(sys.executable, "-m", "cyclonedx_py", "requirements", str(HERE / "requirements.txt")),
        *("--pyproject", str(TOP / "pyproject.toml"), "--output-reproducible"),
        *("--output-format", "JSON", "--output-file", str(target)),
    )


def pack(folder: Path, target: Path, when: time.struct_time) -> None:
    """Zip a folder in a fixed order with a fixed time; scripts stay executable."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files(folder):
            name = path.relative_to(folder.parent).as_posix()
            entry = zipfile.ZipInfo(name, when[:6])
            entry.external_attr = (0o755 if path.suffix == ".sh" else 0o644) << 16
            stored = path.suffix == ".whl"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob("*") if path.is_file())


def commit_time() -> time.struct_time:
    """Return the time of the last commit; outside of a repository that of 2013."""
    found = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=TOP, capture_output=True, text=True, check=False
    )
    return time.gmtime(int(found.stdout)) if found.stdout.strip() else time.gmtime(1380585600)


def make(out: Path, systems: list[System], pythons: tuple[str, ...], manual: Path | None) -> None:
    """Make everything in `out`, and SHA256SUMS over it."""
    out.mkdir(parents=True, exist_ok=True)
    wheel = build(out)
    bill_of_materials(out / "sbom.json")
    release = wheel.name.split("-")[1]
    for system in systems:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / f"hri-{release}-{system.name}"
            (folder / "wheels").mkdir(parents=True)
            download(system, folder / "wheels", pythons)
            lay_out(system, folder, wheel, manual)
            shutil.copy2(out / "sbom.json", folder)
            pack(folder, out / f"{folder.name}.zip", commit_time())
    names = sorted(path for path in out.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in names]
    (out / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
    for path in names:
        sys.stdout.write(f"{path.stat().st_size / 1e6:8.1f} MB  {path}\n")


def main() -> None:
    """Read the options and make the packages."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=TOP / "dist")
    parser.add_argument("--system", action="append", choices=[one.name for one in SYSTEMS])
    parser.add_argument("--python", action="append", choices=PYTHONS)
    parser.add_argument("--manual", type=Path, default=TOP / "site")
    given = parser.parse_args()
    systems = [one for one in SYSTEMS if one.name in (given.system or one.name)]
    if not given.manual.is_dir():
        parser.error(f"no manual in {given.manual}: `make docs` builds it")
    make(given.out, systems, tuple(given.python or PYTHONS), given.manual)


if __name__ == "__main__":
    main()
