"""A process that has loaded the program and runs each command in a fork of itself.

An example script calls `hri` a hundred times, and starting it is most of what that costs. Here it
finds an `hri` that hands its arguments, folder, environment and streams to the process that waits.
What starting itself needs is tested elsewhere, by processes that are started.
"""

from __future__ import annotations

import array
import os
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLIENT = """\
import array, os, socket, sys
told = [os.getcwd(), str(len(sys.argv) - 1), *sys.argv[1:], *map("=".join, os.environ.items())]
line = socket.socket(socket.AF_UNIX)
line.connect({address!r})
streams = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))
line.sendmsg([b"!"], [streams])
line.sendall(os.fsencode("\\0".join(told)))
line.shutdown(socket.SHUT_WR)
status = line.recv(1)
sys.exit(status[0] if status else 70)
"""


@contextmanager
def warm_program(programs: Path) -> Iterator[None]:
    """Put an `hri` into the folder `programs` that answers for as long as the context lasts."""
    address = programs / "hri.socket"
    program = programs / "hri"
    program.write_text(f"#!{sys.executable} -ISB\n{CLIENT.format(address=str(address))}")
    program.chmod(0o755)
    with subprocess.Popen(
        [sys.executable, __file__, str(address)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        try:
            assert server.stdout.readline() == b"ready\n"
            yield
        finally:
            server.kill()


def serve(address: str) -> None:
    """Answer until the process is killed."""
    import gc
    import importlib
    import pkgutil

    import hrintegrity

    for module in pkgutil.walk_packages(hrintegrity.__path__, "hrintegrity."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()
    door = socket.socket(socket.AF_UNIX)
    door.bind(address)
    door.listen(16)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        line, _ = door.accept()
        if os.fork() == 0:
            door.close()
            # The one that waits goes on; who does the work is nobody's child, and needs no burial.
            if os.fork() == 0:
                _answer(line)
            os._exit(0)
        line.close()
        os.wait()


def _answer(line: socket.socket) -> None:
    from hrintegrity.cli.program.run import run

    status = 70
    try:
        _, [(_, _, sent)], _, _ = line.recvmsg(1, socket.CMSG_SPACE(3 * 4))
        streams = array.array("i", sent)
        told = bytearray()
        while part := line.recv(1 << 16):
            told += part
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        folder, count, *rest = os.fsdecode(bytes(told)).split("\0")
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(one.split("=", 1) for one in rest[int(count) :])
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 — they stay open.
            for number, mode in enumerate("rww")
        )
        try:
            status = run(rest[: int(count)])
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 1
        except BaseException:
            traceback.print_exc()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    finally:
        line.send(bytes([status]))
        os._exit(status)


if __name__ == "__main__":
    serve(sys.argv[1])
