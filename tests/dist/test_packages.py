"""What goes into the zips that install without a network; `soak` makes and installs them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile

import pytest

from scripts import TOP, load_script

make_dist = load_script("packaging/make_dist.py")
WINDOWS, MACOS, LINUX = make_dist.SYSTEMS
PINNED = (TOP / "packaging/requirements.txt").read_text("utf-8")


def names(pins: str) -> set[str]:
    return set(re.findall(r"^([\w.-]+)==", pins, re.M))


def test_every_pin_has_a_hash():
    for system in make_dist.SYSTEMS:
        for name in ("requirements.txt", "bootstrap.txt"):
            blocks = re.split(r"\n(?=\S)", make_dist.pins(system, name).strip())
            assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_what_only_windows_needs_goes_only_into_its_zip():
    assert names(make_dist.pins(WINDOWS)) - names(make_dist.pins(LINUX)) == {"colorama"}
    assert ";" not in make_dist.pins(WINDOWS)


def test_the_pins_hold_every_dependency_in_the_version_that_is_tested():
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["pdf"], *extras["screen"]]
    declared = {re.match(r"[\w.-]+", one)[0].lower() for one in wanted}
    assert declared - names(PINNED) == set(), "make lock"
    pinned = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", PINNED, re.M))
    tested = {
        name.lower().replace("_", "-"): version
        for name, version in re.findall(
            r"^([\w.-]+)==(\S+)", (TOP / "constraints.txt").read_text("utf-8"), re.M
        )
    }
    assert {n: v for n, v in pinned.items() if n in tested and tested[n] != v} == {}, "make lock"


@pytest.fixture
def laid_out(tmp_path, monkeypatch):
    def lay(system):
        folder = tmp_path / "hri-1.2.3-x"
        (folder / "wheels").mkdir(parents=True)
        wheel = tmp_path / "hrintegrity-1.2.3-py3-none-any.whl"
        wheel.write_bytes(b"wheel")
        manual = tmp_path / "site"
        manual.mkdir()
        (manual / "index.html").write_text("x", "utf-8")
        make_dist.lay_out(system, folder, wheel, manual)
        return folder

    return lay


def test_windows_gets_batch_files_that_every_code_page_reads_alike(laid_out):
    folder = laid_out(WINDOWS)
    for name in ("安装.cmd", "卸载.cmd"):
        text = (folder / name).read_bytes()
        assert text.isascii()
        assert text.count(b"\n") == text.count(b"\r\n") > 10
    assert b"--uninstall" in (folder / "卸载.cmd").read_bytes()
    assert b"--uninstall" not in (folder / "安装.cmd").read_bytes()
    assert (folder / "先看我.txt").read_bytes().startswith(b"\xef\xbb\xbf")
    # It is typed on a console that was set to UTF-8, which would show a mark.
    assert not (folder / "setup/no-python.txt").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (folder / "手册/index.html").is_file()
    assert "hrintegrity==1.2.3 --hash=sha256:" in (folder / "requirements.txt").read_text("utf-8")


def test_a_zip_of_the_same_files_has_the_same_bytes_and_keeps_scripts_executable(
    laid_out, tmp_path
):
    folder = laid_out(LINUX)
    when = make_dist.commit_time()
    for name in ("one.zip", "two.zip"):
        make_dist.pack(folder, tmp_path / name, when)
        (folder / "install.sh").touch()
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        modes = {e.filename.split("/")[1]: e.external_attr >> 16 for e in archive.infolist()}
    assert (modes["install.sh"] & 0o111, modes["LICENSE"] & 0o111) == (0o111, 0)


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_the_shell_scripts_are_plain_sh_without_findings():
    scripts = ["packaging/install.sh", "packaging/uninstall.sh"]
    ran = subprocess.run(
        ["shellcheck", *scripts], cwd=TOP, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (0, "")


def wine(folder, script, **given):
    """Run a batch file under wine; None where Debian's wine is not there."""
    program = "/usr/lib/wine/wine64"
    plain = {"WINEPREFIX": str(folder.parent / "wine"), "WINEDEBUG": "-all", "LANG": "C.UTF-8"}
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder.parent), **plain, **given}
    ran = subprocess.run(
        [program, "cmd", "/c", script],
        cwd=folder,
        env=environment | {"HRI_NO_PAUSE": "1"},
        capture_output=True,
        timeout=600,
        check=False,
    )
    return ran.returncode, ran.stdout.decode("utf-8", "replace")


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("wine") is None, reason="wine is not installed")
def test_under_wine_the_batch_file_finds_a_python_or_says_how_to_get_one(laid_out, tmp_path):
    folder = laid_out(WINDOWS)
    status, said = wine(folder, "安装.cmd")
    assert status == 1
    assert "没有找到 Python 3.11" in said
    called = tmp_path / "called.txt"
    python = folder / "python" / "python.exe"
    python.parent.mkdir()
    # wine runs what is no Windows program as one of the system's own.
    python.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> {called}\n')
    python.chmod(0o755)
    wine(folder, "卸载.cmd")
    assert called.read_text().splitlines()[-1].endswith(r"setup\install.py --uninstall")


@pytest.fixture(scope="session")
def distribution(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    make_dist.make(out, list(make_dist.SYSTEMS), ("3.11", "3.12", "3.13"), None)
    return out


def unpacked(distribution, system, target):
    found = next(distribution.glob(f"*-{system.name}.zip"))
    with zipfile.ZipFile(found) as archive:
        archive.extractall(target)
    return target / found.stem


@pytest.mark.soak
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("system", [WINDOWS, MACOS], ids=lambda one: one.name)
def test_the_wheels_of_other_systems_resolve_for_each_python(
    distribution, tmp_path, system, python
):
    folder = unpacked(distribution, system, tmp_path)
    for tags in system.tags:
        ran = subprocess.run(
            [
                *(sys.executable, "-m", "pip", "install", "--dry-run", "--no-index", "--quiet"),
                *("--find-links", "wheels", "--only-binary", ":all:", "--target", "x"),
                *("--python-version", python, "--require-hashes", "-r", "requirements.txt"),
                *(part for tag in tags for part in ("--platform", tag)),
            ],
            cwd=folder,
            capture_output=True,
            check=False,
            text=True,
        )
        assert ran.returncode == 0, ran.stderr


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("debootstrap") is None, reason="debootstrap is not installed")
def test_on_a_bare_system_without_a_network_the_zip_installs_and_runs_a_campaign(
    distribution, tmp_path
):
    """Debian with python3 and no more: no pip, no ensurepip; `unshare -n` takes the network."""
    bare = tmp_path / "bare"
    subprocess.run(
        ["debootstrap", "--variant=minbase", "--include=python3", "bookworm", bare],
        check=True,
        capture_output=True,
    )
    unpacked(distribution, LINUX, bare / "root")
    script = """
        set -e
        export HOME=/root PATH=/root/.local/bin:/usr/bin:/bin SHELL=/bin/bash LANG=C.UTF-8
        cd /root/hri-*
        sh install.sh
        bash examples/campaign.sh /root/demo
        hri init --district 海淀
        sh install.sh                      # an upgrade
        ls /root/.local/share/hri
        sh uninstall.sh
        ls /root/.local/share/hri
        ! test -e /root/.local/bin/hri
    """
    ran = subprocess.run(
        ["unshare", "-n", "chroot", bare, "bash", "-c", script],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]
    assert "档案库完好" in ran.stdout
    assert ran.stdout.count("archive-升级前-") >= 3
    assert "已卸载" in ran.stdout
