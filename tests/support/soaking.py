"""What long runs share: how long they are, and a machine whose disk fails where it is told to.

The full size of every long run is multiplied by HRI_SOAK (1 where it is not set).
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF
from typing import Any

import pytest

SHIM = Path(__file__).with_name("faults.c")
MOST_SECONDS, MOST_KIB = 10.0, 1 << 20
"""No command takes more processor time, nor more memory (1 GiB)."""

PEAK = """
def peak():
    "Return the most memory that this program ever had, in KiB; not what its parent had before it."
    with open("/proc/self/status") as status:
        return int(next(line for line in status if line.startswith("VmHWM:")).split()[1])
"""

SERVER = """
import ctypes, gc, io, json, os, pkgutil, importlib, sys
from contextlib import redirect_stdout
import hrintegrity
for module in pkgutil.walk_packages(hrintegrity.__path__, "hrintegrity."):
    if ".migrations" not in module.name and not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from hrintegrity.archive import tables
tables.load_all()
sys.path.append(sys.argv[1])
from hrintegrity.archive import engine
from statements import compiled_once
engine.create_engine = compiled_once(engine.create_engine)
from hrintegrity.cli.program.run import run
shim = ctypes.CDLL(None)
shim.fault_count.restype = ctypes.c_long
shim.fault_arm.argtypes = (ctypes.c_long, ctypes.c_int)
shim.fault_record.argtypes = (ctypes.c_char_p,)

def warm(archive):
    "Let what a process sets up once be there in each fork: mapped records, compiled statements."
    os.environ["HRI_ARCHIVE"] = archive
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        for arguments in (["archive", "verify"], ["agency", "list", "-f", "json"]):
            assert run(arguments) == 0
    gc.collect()
    gc.freeze()

warm(sys.argv[2])
print(flush=True)

def child(told, counted):
    os.chdir(told["folder"])
    os.environ.clear()
    os.environ.update(told["environment"])
    writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    said = told["said"]
    for number, path, flags in (
        (0, told["stdin"], os.O_RDONLY), (1, f"{said}/out", writing), (2, f"{said}/err", writing)
    ):
        descriptor = os.open(path, flags, 0o600)
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), "utf-8")
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), "utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), "utf-8", write_through=True)
    if told["record"]:
        shim.fault_record(told["record"].encode())
    shim.fault_arm(told["at"], ord(told["how"]) if told["how"] else 0)
    try:
        status = run(told["arguments"])
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else 1
    except BaseException:
        import traceback
        traceback.print_exc()
        status = 70
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    count = shim.fault_count()
    shim.fault_arm(0, 0)
    os.write(counted, str(count).encode())
    os._exit(status)

for line in sys.stdin:
    told = json.loads(line)
    reading, counted = os.pipe()
    process = os.fork()
    if not process:
        try:
            child(told, counted)
        finally:
            os._exit(71)
    os.close(counted)
    with open(reading, "rb") as file:
        count = int(file.read() or 0)
    _, status, used = os.wait4(process, 0)
    print(json.dumps({
        "status": os.waitstatus_to_exitcode(status), "calls": count,
        "seconds": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss,
    }), flush=True)
"""


def size(full: int, least: int = 1) -> int:
    """How many of something a long run has."""
    return max(least, round(full * float(os.environ.get("HRI_SOAK", "1"))))


@contextmanager
def little_memory() -> Iterator[None]:
    """Fail where this process grows by a quarter of a GiB, or a child of it has more than one.

    What the tests before had does not count; a child begins with what its parent had at most.
    """
    # Where the system can, it forgets what this process had at most: else growth is not seen.
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    before, children_before = peaks()
    yield
    after, children = peaks()
    assert after - before < MOST_KIB // 4
    assert children <= max(children_before, after, MOST_KIB)


def peaks() -> tuple[int, int]:
    """Return the most memory that this process, and any of its children, ever had, in KiB."""
    own, children = (resource.getrusage(who).ru_maxrss for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return own, children


@dataclass(frozen=True)
class Outcome:
    """What a command did: its exit status (negative: a signal), words, and what it took.

    `calls` are those to the disk that were counted, 0 where it was killed.
    """

    status: int
    out: str
    err: str
    calls: int
    seconds: float
    memory: int

    def ok(self) -> Outcome:
        assert self.status == 0, self.err or self.out
        return self

    def check(self, what: object) -> None:
        """Fail where a command broke down, hung or took too much memory, whatever it was to do."""
        assert self.status == -9 or 0 <= self.status <= 5, (what, self)
        assert "Traceback" not in self.err, (what, self.err)
        assert "internal-error" not in self.err, (what, self.err)
        assert self.seconds < MOST_SECONDS, (what, self.seconds)
        assert self.memory < MOST_KIB, (what, self.memory)


class Machine:
    """A process that has the program loaded and runs each command in a fork of itself.

    What a command changes in `folder` is counted; the `at`-th change fails as `how` says: `N` no
    space from there on, `E` an input/output error, `S` half of a write, `K` SIGKILL before it.
    """

    def __init__(self, place: Path, variables: Mapping[str, str], sample: Path) -> None:
        compiler = shutil.which("gcc") or shutil.which("cc")
        if compiler is None or sys.platform != "linux":
            pytest.skip("needs a compiler, and Linux")
        self.folder, self._said = place / "home", place / "said"
        self.folder.mkdir()
        self._said.mkdir()
        library = place / "faults.so"
        subprocess.run(
            [compiler, "-O2", "-shared", "-fPIC", "-o", library, SHIM, "-ldl"], check=True
        )
        self.environment = {**variables, "HRI_FAULT_FOLDER": str(self.folder)}
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(Path(__file__).parent), str(sample)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**self.environment, "LD_PRELOAD": str(library)},
        )  # fmt: skip
        assert self._process.stdout.readline() == "\n"

    def __call__(
        self,
        *arguments: str | Path,
        at: int = 0,
        how: str = "",
        stdin: Path = Path(os.devnull),
        record: Path | None = None,
        **environment: str,
    ) -> Outcome:
        told: dict[str, Any] = {
            "arguments": [str(argument) for argument in arguments],
            "folder": str(self.folder), "said": str(self._said), "stdin": str(stdin), "at": at,
            "how": how, "record": None if record is None else str(record),
            "environment": {**self.environment, **environment},
        }  # fmt: skip
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        found = json.loads(self._process.stdout.readline())
        out, err = (
            (self._said / name).read_text(encoding="utf-8", errors="replace")
            for name in ("out", "err")
        )
        return Outcome(out=out, err=err, **found)

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(timeout=600)
        self._process.stdout.close()

    @contextmanager
    def kept(self, name: str = "kept") -> Iterator[Path]:
        """Yield a copy of the folder, for `back_to`."""
        copy = self.folder.with_name(name)
        shutil.copytree(self.folder, copy, symlinks=True)
        try:
            yield copy
        finally:
            shutil.rmtree(copy)

    def back_to(self, copy: Path) -> None:
        """Let the folder be as it was."""
        shutil.rmtree(self.folder)
        shutil.copytree(copy, self.folder, symlinks=True)
