"""What Windows lacks is used only behind a question; the core runs where the names are missing.

No Windows is at hand: the calls are found in the source, and the core runs in a process whose `os`
and `signal` lack what Windows' have not, on a GBK console.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from running import Hri, code_of
from scripts import TOP

POSIX_ONLY = {
    "os": {
        *("chown", "chroot", "confstr", "fchdir", "fchmod", "fchown", "fork", "forkpty", "getegid"),
        *("geteuid", "getgid", "getgroups", "getpgid", "getpgrp", "getuid", "initgroups", "killpg"),
        *("lchown", "lockf", "mkfifo", "mknod", "nice", "openpty", "pathconf", "posix_spawn"),
        *("sendfile", "setsid", "setuid", "statvfs", "sysconf", "ttyname", "uname", "wait3"),
        *("O_CLOEXEC", "O_DIRECTORY", "O_DSYNC", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK", "O_SYNC"),
        *("WNOHANG", "sched_getaffinity", "getxattr", "setxattr", "listxattr"),
    },
    "signal": {
        *("SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGSTOP", "SIGTSTP"),
        *("SIGUSR1", "SIGUSR2", "SIGWINCH", "alarm", "pause", "pthread_kill", "setitimer"),
        *("sigwait",),
    },
    "socket": {"AF_UNIX"},
    "time": {"tzset"},
}
MODULES = {
    "crypt",
    "curses",
    "fcntl",
    "grp",
    "pty",
    "pwd",
    "readline",
    "resource",
    "spwd",
    "syslog",
}
MODULES |= {"termios", "tty"}
QUESTION = ("os.name", "sys.platform", "hasattr(", "is_posix", "platform.system")
SOURCES = [*sorted((TOP / "src").rglob("*.py")), TOP / "packaging" / "install.py"]


class Finder(ast.NodeVisitor):
    """Collects uses of what Windows lacks that no question or `except` stands before."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []
        self.guarded = 0

    def visit_If(self, node: ast.If) -> None:
        self._within(node, any(word in ast.unparse(node.test) for word in QUESTION))

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self._within(node, any(word in ast.unparse(node.test) for word in QUESTION))

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        self._within(node, any(word in ast.unparse(node) for word in QUESTION))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        # `if os.name == "nt": return` at the top of a function asks for all that follows.
        asks = any(
            isinstance(one, ast.If)
            and any(word in ast.unparse(one.test) for word in QUESTION)
            and isinstance(one.body[-1], ast.Return)
            for one in node.body
        )
        self._within(node, asks)

    def visit_Try(self, node: ast.Try) -> None:
        caught = {
            name
            for handler in node.handlers
            for name in ("ImportError", "AttributeError")
            if handler.type is not None and name in ast.unparse(handler.type)
        }
        self._within(node, bool(caught))

    def visit_With(self, node: ast.With) -> None:
        items = " ".join(ast.unparse(item) for item in node.items)
        self._within(node, "suppress(" in items and "ImportError" in items)

    def _within(self, node: ast.AST, asks: bool) -> None:
        self.guarded += asks
        self.generic_visit(node)
        self.guarded -= asks

    def visit_Attribute(self, node: ast.Attribute) -> None:
        module = node.value.id if isinstance(node.value, ast.Name) else ""
        if not self.guarded and node.attr in POSIX_ONLY.get(module, ()):
            self.found.append((node.lineno, f"{module}.{node.attr}"))
        self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            if alias.name in MODULES and not self.guarded:
                self.found.append((node.lineno, alias.name))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.module in MODULES and not self.guarded:
            self.found.append((node.lineno, str(node.module)))


def uses(source: str) -> list[tuple[int, str]]:
    finder = Finder()
    finder.visit(ast.parse(source))
    return finder.found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("os.fchmod(1, 2)", ["os.fchmod"]),
        ("import fcntl", ["fcntl"]),
        ("def f():\n    from resource import x", ["resource"]),
        ("if os.name == 'posix':\n    os.fchmod(1, 2)", []),
        ("x = os.getuid() if hasattr(os, 'getuid') else 0", []),
        ("try:\n    import readline\nexcept ImportError:\n    pass", []),
        ("def f():\n    if os.name == 'nt':\n        return\n    os.fchmod(1, 2)", []),
        ("flags = os.O_RDONLY | os.O_NOFOLLOW", ["os.O_NOFOLLOW"]),
        ("flags = getattr(os, 'O_NOFOLLOW', 0)", []),
    ],
)
def test_the_finder_finds_what_no_question_stands_before(source, found):
    assert [name for _, name in uses(source)] == found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(TOP).as_posix())
def test_what_windows_lacks_is_used_only_behind_a_question(path):
    assert uses(path.read_text("utf-8")) == []


def test_files_are_opened_with_an_encoding_that_is_named():
    """Windows' own is GBK: text without a named encoding would be read as such."""
    lacking = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            keywords = {keyword.arg for keyword in node.keywords}
            name, given = node.func.attr, len(node.args)
            text = (name == "read_text" and given == 0) or (name == "write_text" and given == 1)
            if text and "encoding" not in keywords:
                lacking.append(f"{path.name}:{node.lineno}")
    assert lacking == []


WITHOUT = """
import os, signal, sys
for name in {names!r}:
    if hasattr(os, name):
        delattr(os, name)
for name in {signals!r}:
    if hasattr(signal, name):
        delattr(signal, name)
for name in {modules!r}:
    sys.modules[name] = None
from hrintegrity.cli import main
main({arguments!r})
"""


def as_on_windows(hri: Hri, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run a command where the names that Windows lacks are missing, on a GBK console."""
    # Python itself asks for some of them where it starts processes of its own.
    needed = {"O_CLOEXEC", "WNOHANG", "sysconf", "getuid", "geteuid", "uname", "statvfs", "fork"}
    program = WITHOUT.format(
        names=sorted(POSIX_ONLY["os"] - needed),
        signals=sorted(POSIX_ONLY["signal"] - {"SIGKILL"}),
        modules=sorted(MODULES - {"pwd"}),
        arguments=[str(argument) for argument in arguments],
    )
    return subprocess.run(
        [sys.executable, "-c", program],
        env=hri.variables({"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=600,
        check=False,
    )


@pytest.mark.archive_file("a file, its locks and its rename")
def test_the_core_runs_without_them_on_a_gbk_console(tmp_path):
    hri = Hri(tmp_path / "库" / "archive.db")
    hri.archive.parent.mkdir()
    code = code_of(1)
    for arguments in (
        ["init", "--district", "海淀"],
        ["agency", "add", "--name", "北京𠮷甲公司", "--code", code, "--kind", "经营性"],
        ["agency", "import", TOP / "examples/input/海淀区机构名册.xlsx"],
        ["agency", "list"],
        ["agency", "export", tmp_path / "册.xlsx"],
        ["agency", "dossier", code, "-o", tmp_path / "档案.docx"],
        ["archive", "backup", tmp_path / "备份.db"],
        ["archive", "verify"],
        ["archive", "key", "show"],
        ["archive", "send", "--plain", "-o", tmp_path / "包.hri"],
        ["report", "public", "-o", tmp_path / "公开"],
    ):
        ran = as_on_windows(hri, *arguments)
        said = ran.stdout.decode("gbk") + ran.stderr.decode("gbk")
        assert ran.returncode == 0, said
        assert "Traceback" not in said


@pytest.mark.skipif(os.name == "nt", reason="Windows has these paths itself")
@pytest.mark.parametrize("path", ["C:\\hri\\archive.db", "\\\\server\\share\\a.db", "D:/a b.db"])
def test_a_path_of_windows_is_no_address_of_a_server(path):
    from hrintegrity.archive.location import parse_location

    assert parse_location(path).url is None
