"""The installer's steps, those of Windows under a registry and a Python of the test's making."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from scripts import load_script

install = load_script("packaging/install.py")


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("PATH", "/usr/bin")
    return tmp_path


@pytest.fixture
def package(tmp_path, monkeypatch):
    folder = tmp_path / "package"
    (folder / "wheels").mkdir(parents=True)
    monkeypatch.setattr(install, "PACKAGE", folder)
    tag = f"cp{sys.version_info[0]}{sys.version_info[1]}"
    for name in (f"x-1-{tag}-{tag}-any.whl", "hrintegrity-9.9-py3-none-any.whl"):
        (folder / "wheels" / name).touch()
    return folder


def posix(home):
    return install.places(False, home, {})


def test_the_program_goes_where_no_archive_is(home):
    assert install.places(True, home, {"LOCALAPPDATA": "L"}).program == Path("L/Programs/hri")
    assert posix(home).program == home / ".local/opt/hri"
    assert install.places(False, home, {"HRI_HOME": "X"}).program == Path("X")


def test_a_python_without_wheels_in_the_package_is_refused_with_those_that_have(
    package, monkeypatch
):
    install.check_python()
    for wheel in (package / "wheels").glob("x-*"):
        wheel.rename(package / "wheels" / "x-1-cp399-cp399-any.whl")
    (package / "wheels" / "y-1-cp38-abi3-any.whl").touch()
    with pytest.raises(install.Stopped, match="有给 cp399 的"):
        install.check_python()
    monkeypatch.setattr(sys, "version_info", (3, 10))
    with pytest.raises(install.Stopped, match=r"要 Python 3\.11"):
        install.check_python()


def test_the_path_is_put_into_the_profile_once_and_taken_out_again(home):
    profile = home / ".profile"
    profile.write_text("umask 022", "utf-8")
    install.add_to_path(posix(home))
    install.add_to_path(posix(home))
    assert profile.read_text("utf-8").count(str(home / ".local/bin")) == 1
    install.remove_from_path(posix(home))
    assert profile.read_text("utf-8") == "umask 022\n"


class Registry:
    """As much of `winreg` as the installer uses."""

    HKEY_CURRENT_USER, KEY_READ, KEY_WRITE, REG_SZ, REG_EXPAND_SZ = 1, 1, 2, 1, 2

    def __init__(self, **values):
        self.values = values

    def __enter__(self):
        return self

    def __exit__(self, *found):
        return None

    def OpenKey(self, *given):  # noqa: N802 — the registry's own name.
        return self

    def QueryValueEx(self, key, name):  # noqa: N802
        if name not in self.values:
            raise FileNotFoundError
        return self.values[name], self.REG_SZ

    def SetValueEx(self, key, name, zero, kind, value):  # noqa: N802
        self.values[name] = value


def test_on_windows_the_path_in_the_registry_is_changed_and_the_rest_of_it_kept(monkeypatch):
    registry = Registry(Path=r"C:\Tools;%USERPROFILE%\bin")
    monkeypatch.setitem(sys.modules, "winreg", registry)
    install.change_windows_path(r"C:\hri\bin", add=True)
    install.change_windows_path(r"c:\HRI\bin", add=True)
    assert registry.values["Path"] == r"C:\Tools;%USERPROFILE%\bin;c:\HRI\bin"
    install.change_windows_path(r"C:\hri\bin", add=False)
    assert registry.values["Path"] == r"C:\Tools;%USERPROFILE%\bin"
    empty = Registry()
    monkeypatch.setitem(sys.modules, "winreg", empty)
    install.change_windows_path(r"C:\hri\bin", add=True)
    assert empty.values == {"Path": r"C:\hri\bin"}


def test_an_embeddable_python_is_copied_and_looks_into_its_own_packages(tmp_path):
    source = tmp_path / "python"
    source.mkdir()
    (source / "python.exe").write_bytes(b"MZ")
    (source / "python312._pth").write_text("python312.zip\n.\n\n#import site\n", "utf-8")
    python = install.copy_embeddable(source, tmp_path / "own")
    assert python.read_bytes() == b"MZ"
    lines = (tmp_path / "own/python312._pth").read_text("utf-8").split("\n")
    assert [line for line in lines if line] == [
        *("python312.zip", ".", "Lib\\site-packages", "import site")
    ]
    assert (tmp_path / "own/Lib/site-packages").is_dir()


def fake(monkeypatch, refused=None):
    """Let the steps that need wheels leave a program that says what it was asked."""
    asked = []

    def run(*command):
        asked.append(command)
        if refused is not None and refused in command:
            raise install.Stopped("no")

    def fill(python):
        (python.parent / "hri").touch()

    monkeypatch.setattr(install, "run", run)
    monkeypatch.setattr(install, "fill", fill)
    monkeypatch.setattr(install, "add_completion", lambda where: None)
    monkeypatch.setattr(install.subprocess, "run", lambda *a, **k: SimpleNamespace(returncode=0))

    def make_environment(folder, windows):
        (folder / "bin").mkdir(parents=True)
        (folder / "bin/python").touch()
        return folder / "bin/python"

    monkeypatch.setattr(install, "make_environment", make_environment)
    return asked


def test_an_upgrade_backs_the_archive_up_with_the_old_program_before_the_new_one_counts(
    home, package, monkeypatch
):
    archive = home / "archive.db"
    monkeypatch.setenv("HRI_ARCHIVE", str(archive))
    asked = fake(monkeypatch)
    stamps = iter(["20261101000000", "20261102000000", "20261102-000000"])
    monkeypatch.setattr(install.time, "strftime", lambda form: next(stamps))
    where = posix(home)
    install.install(where)
    assert asked == []
    old = install.current(where)
    archive.touch()
    install.install(where)
    new = install.current(where)
    assert [(Path(c[0]).parents[1], c[3:5]) for c in asked] == [
        (old, ("archive", "backup")),
        (new, ("archive", "upgrade")),
    ]
    assert where.hri.readlink().parents[1] == new
    assert list(where.versions.iterdir()) == [new]


def test_an_upgrade_that_the_archive_refuses_leaves_the_old_program(home, package, monkeypatch):
    archive = home / "archive.db"
    monkeypatch.setenv("HRI_ARCHIVE", str(archive))
    fake(monkeypatch, refused="upgrade")
    stamps = iter(["20261101000000", "20261102000000", "20261102-000000"])
    monkeypatch.setattr(install.time, "strftime", lambda form: next(stamps))
    where = posix(home)
    install.install(where)
    old = install.current(where)
    archive.touch()
    with pytest.raises(install.Stopped):
        install.install(where)
    assert install.current(where) == old
    assert list(where.versions.iterdir()) == [old]
    assert where.hri.readlink().parents[1] == old


def test_uninstalling_takes_the_program_and_leaves_the_archive(home, package, monkeypatch, capsys):
    archive = home / "archive.db"
    archive.touch()
    monkeypatch.setenv("HRI_ARCHIVE", str(archive))
    fake(monkeypatch)
    where = posix(home)
    install.install(where)
    (home / ".bashrc").write_text("alias x=y\nsource '/h/.bash_completions/hri.sh'\n", "utf-8")
    install.uninstall(where)
    assert not where.program.exists()
    assert not where.hri.is_symlink()
    assert archive.exists()
    assert (home / ".bashrc").read_text("utf-8") == "alias x=y\n"
    assert str(archive) in capsys.readouterr().out
    with pytest.raises(install.Stopped, match="没有装过"):
        install.uninstall(where)
