"""Install hri from the folder of its package, without a network; `--uninstall` takes it away.

The archive is never touched by this program itself: an upgrade lets the old `hri` make a backup
and the new one upgrade the archive before the new one takes the old one's place. Needs Python's
standard library alone, and runs under an embeddable Python for Windows too.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OLDEST = (3, 11)
MARK = "# hri"
PACKAGE = Path(__file__).resolve().parents[1]


class Stopped(Exception):
    """Nothing was installed or taken away; the text says why, and what to do."""


@dataclass(frozen=True)
class Places:
    """Where the program goes: its versions, and the folder of the PATH that has `hri`."""

    program: Path
    programs: Path
    windows: bool

    @property
    def versions(self) -> Path:
        """The folder that holds one private environment per installed version."""
        return self.program / "versions"

    @property
    def hri(self) -> Path:
        """The command that people type."""
        return self.programs / ("hri.exe" if self.windows else "hri")


def places(windows: bool, home: Path, environment: dict[str, str]) -> Places:
    """Return the places of this user; HRI_HOME names another folder for the program."""
    given = environment.get("HRI_HOME")
    if windows:
        local = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
        program = Path(given) if given else local / "Programs" / "hri"
        return Places(program, program / "bin", windows=True)
    program = Path(given) if given else home / ".local" / "opt" / "hri"
    return Places(program, home / ".local" / "bin", windows=False)


def say(text: str) -> None:
    """Write one line, whatever the console can show."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()


def check_python() -> None:
    """Raise Stopped where this Python is too old, of 32 bits, or lacks wheels in the package."""
    if sys.version_info < OLDEST:
        raise Stopped(f"要 Python 3.11 或更新的版本，这个是 {platform.python_version()}。")
    if sys.maxsize <= 2**32:
        raise Stopped("这是 32 位的 Python，请装 64 位的。")
    tag = f"cp{sys.version_info[0]}{sys.version_info[1]}"
    built = sorted(
        {m[1] for f in wheels().iterdir() if (m := re.search(r"-(cp\d+)-cp\d+-", f.name))}
    )
    if tag not in built:
        raise Stopped(
            f"安装包里没有给 Python {tag[2]}.{tag[3:]} 的组件，有给 {'、'.join(built)} 的："
            "请换一个 Python，或把它的位置写进环境变量 HRI_PYTHON 再运行。"
        )


def wheels() -> Path:
    """Return the folder of the wheels."""
    return PACKAGE / "wheels"


def version() -> str:
    """Return the version in the package."""
    return next(wheels().glob("hrintegrity-*.whl")).name.split("-")[1]


def make_environment(folder: Path, windows: bool) -> Path:
    """Make a private Python in `folder` and return its executable.

    The embeddable Python for Windows has no `venv`: the whole of it is copied instead.
    """
    if importlib.util.find_spec("venv") is None:
        return copy_embeddable(Path(sys.executable).parent, folder)
    run(sys.executable, "-m", "venv", "--without-pip", str(folder))
    return folder / ("Scripts/python.exe" if windows else "bin/python")


def copy_embeddable(source: Path, folder: Path) -> Path:
    """Copy an embeddable Python and let it look into its own site-packages."""
    shutil.copytree(source, folder)
    for path in folder.glob("python*._pth"):
        lines = [line for line in path.read_text("utf-8").splitlines() if "import site" not in line]
        wanted = "Lib\\site-packages"
        path.write_text("\n".join([*lines, wanted, "import site"]) + "\n", "utf-8")
    (folder / "Lib" / "site-packages").mkdir(parents=True, exist_ok=True)
    return folder / "python.exe"


def fill(python: Path) -> None:
    """Install the wheels, each of which must have the hash that the package names."""
    pip = next(wheels().glob("pip-*.whl"))
    run(
        *(str(python), f"{pip}{os.sep}pip", "install", "--quiet", "--no-index", "--no-deps"),
        *("--find-links", str(wheels()), "--require-hashes", "--no-warn-script-location"),
        *("-r", str(PACKAGE / "requirements.txt")),
    )


def run(*command: str) -> None:
    """Run a command that has to succeed; the settings of a pip of this machine do not count."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON"))}
    plain |= {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    found = subprocess.run(command, env=plain, check=False)
    if found.returncode:
        raise Stopped(f"这一步没有成功（退出码 {found.returncode}）：{' '.join(command[:4])} …")


def python_of(folder: Path) -> Path:
    """Return the Python of an installed version."""
    names = ("Scripts/python.exe", "bin/python", "python.exe")
    return next(path for name in names if (path := folder / name).exists())


def hri_of(folder: Path) -> Path:
    """Return the command in an installed version."""
    windows = folder / "Scripts" / "hri.exe"
    return windows if windows.exists() else folder / "bin" / "hri"


def archive_file(python: Path) -> Path | None:
    """Return the archive's file that the installed program uses by itself; None without one."""
    given = os.environ.get("HRI_ARCHIVE")
    if given:
        return Path(given) if "://" not in given and Path(given).is_file() else None
    code = "import platformdirs; print(platformdirs.user_data_path('hri', appauthor=False), end='')"
    found = subprocess.run(
        [str(python), "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    path = Path(found.stdout) / "archive.db"
    return path if path.is_file() else None


def keep_archive(old: Path | None, new: Path, archive: Path) -> None:
    """Back the archive up with the old program and upgrade it with the new one.

    Raises Stopped where either refuses: the old program stays then.
    """
    stamp = time.strftime("%Y%m%d-%H%M%S")
    backup = archive.with_name(f"{archive.stem}-升级前-{stamp}{archive.suffix}")
    maker = old if old is not None and old.exists() else new
    run(str(maker), "--archive", str(archive), "archive", "backup", str(backup))
    run(str(new), "--archive", str(archive), "archive", "upgrade")


def switch(where: Places, folder: Path) -> None:
    """Let the command that people type be the one of `folder`; from here on the new one counts."""
    where.programs.mkdir(parents=True, exist_ok=True)
    beside = where.hri.with_name(where.hri.name + ".new")
    beside.unlink(missing_ok=True)
    if where.windows:
        shutil.copy2(hri_of(folder), beside)
    else:
        beside.symlink_to(hri_of(folder))
    try:
        beside.replace(where.hri)
    except PermissionError:
        raise Stopped(f"{where.hri} 正在使用，请关掉用 hri 的窗口再装一次。") from None


def current(where: Places) -> Path | None:
    """Return the folder of the version that was installed last; None on a fresh machine."""
    found = where.program / "current.txt"
    folder = where.versions / found.read_text("utf-8").strip() if found.is_file() else None
    return folder if folder is not None and folder.is_dir() else None


def install(where: Places) -> None:
    """Install this package beside what is there, and change over when all is well."""
    check_python()
    old = current(where)
    folder = where.versions / f"{version()}-{time.strftime('%Y%m%d%H%M%S')}"
    where.versions.mkdir(parents=True, exist_ok=True)
    say(f"安装 hri {version()} 到 {folder}")
    try:
        python = make_environment(folder, where.windows)
        fill(python)
        archive = archive_file(python)
        if archive is not None:
            say(f"已有档案库 {archive}，先备份，再升级。")
            keep_archive(None if old is None else hri_of(old), hri_of(folder), archive)
        switch(where, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    (where.program / "current.txt").write_text(folder.name + "\n", "utf-8")
    for one in where.versions.iterdir():
        if one != folder:
            shutil.rmtree(one, ignore_errors=True)
    copy_manual(where)
    add_to_path(where)
    add_completion(where)
    say("装好了。检查一下周围的环境：")
    subprocess.run([str(hri_of(folder)), "doctor"], check=False)
    say("请打开一个新的命令行窗口，输入 hri 就能开始。")


def copy_manual(where: Places) -> None:
    """Put the manual beside the program, where `hri help` finds it."""
    source, target = PACKAGE / "手册", where.program / "手册"
    if source.is_dir():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)


def shell_files(home: Path) -> list[Path]:
    """Return the files in which shells of this user find their PATH."""
    found = [home / ".profile"]
    found += [p for n in (".bash_profile", ".zprofile") if (p := home / n).exists()]
    if platform.system() == "Darwin":
        found.append(home / ".zprofile")
    return list(dict.fromkeys(found))


def add_to_path(where: Places) -> None:
    """Put the folder of `hri` on the PATH of this user."""
    if where.windows:
        change_windows_path(str(where.programs), add=True)
        return
    if str(where.programs) in os.environ.get("PATH", "").split(os.pathsep):
        return
    line = f'export PATH="{where.programs}:$PATH"  {MARK}\n'
    for path in shell_files(Path.home()):
        text = path.read_text("utf-8") if path.exists() else ""
        if line not in text:
            path.write_text(
                text + ("" if text.endswith("\n") or not text else "\n") + line, "utf-8"
            )


def remove_from_path(where: Places) -> None:
    """Take out what `add_to_path` put in, and nothing else."""
    if where.windows:
        change_windows_path(str(where.programs), add=False)
        return
    for path in shell_files(Path.home()):
        if path.exists():
            lines = path.read_text("utf-8").splitlines(keepends=True)
            kept = [line for line in lines if not line.rstrip().endswith(MARK)]
            if kept != lines:
                path.write_text("".join(kept), "utf-8")


def change_windows_path(folder: str, *, add: bool) -> None:
    """Add a folder to this user's PATH in the registry, or take it out; say so to the desktop."""
    winreg: Any = importlib.import_module("winreg")
    access = winreg.KEY_READ | winreg.KEY_WRITE
    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, "Environment", 0, access) as key:
        try:
            text, kind = winreg.QueryValueEx(key, "Path")
        except FileNotFoundError:
            text, kind = "", winreg.REG_EXPAND_SZ
        parts = [p for p in text.split(";") if p and p.casefold() != folder.casefold()]
        wanted = ";".join([*parts, folder] if add else parts)
        if wanted != text:
            winreg.SetValueEx(key, "Path", 0, kind, wanted)
            tell_desktop()


def tell_desktop() -> None:
    """Let windows opened from now on have the new PATH; without it a new log-in is needed."""
    ctypes: Any = importlib.import_module("ctypes")
    user: Any = getattr(ctypes, "windll", None)
    if user is not None:
        user.user32.SendMessageTimeoutW(0xFFFF, 0x1A, 0, "Environment", 2, 5000, None)


def shell(windows: bool) -> str | None:
    """Return the shell whose completion is installed."""
    if windows:
        return "powershell" if shutil.which("powershell") else None
    name = Path(os.environ.get("SHELL", "")).name
    return name if name in ("bash", "zsh", "fish") else None


def add_completion(where: Places) -> None:
    """Install completion for this user's shell; what fails here is said and not in the way."""
    found = shell(where.windows)
    if found is None:
        return
    environment = os.environ | {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    ran = subprocess.run(
        [str(where.hri), "--install-completion", found],
        env=environment,
        capture_output=True,
        check=False,
    )
    if ran.returncode:
        say(f"没有装上 {found} 的自动补全，不影响使用。")


def remove_completion(home: Path) -> None:
    """Take away what the completion of each shell left: its script, and the line that reads it."""
    for name in (".bash_completions/hri.sh", ".zfunc/_hri", ".config/fish/completions/hri.fish"):
        (home / name).unlink(missing_ok=True)
    bash = home / ".bashrc"
    if bash.exists():
        lines = bash.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if ".bash_completions/hri.sh" not in line]
        if kept != lines:
            bash.write_text("".join(kept), "utf-8")


def uninstall(where: Places) -> None:
    """Take the program away; archives, keys and templates stay where they are."""
    if not where.program.exists():
        raise Stopped(f"没有装过：{where.program}")
    folder = current(where)
    archive = None
    if folder is not None:
        python = python_of(folder)
        archive = archive_file(python)
    where.hri.unlink(missing_ok=True)
    remove_from_path(where)
    remove_completion(Path.home())
    shutil.rmtree(where.program)
    say(f"已卸载 {where.program}。")
    if archive is not None:
        say(f"档案库没有动，还在 {archive}；不再需要的，请先备份再自己删除。")


def main(arguments: list[str] | None = None) -> int:
    """Install or uninstall; return the exit status."""
    parser = argparse.ArgumentParser(description="安装或卸载 hri，不需要网络。")
    parser.add_argument("--uninstall", action="store_true", help="卸载，档案库不动")
    given = parser.parse_args(arguments)
    where = places(os.name == "nt", Path.home(), dict(os.environ))
    try:
        uninstall(where) if given.uninstall else install(where)
    except Stopped as why:
        say(f"没有{'卸载' if given.uninstall else '安装'}：{why}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
