"""Standard streams that no command fails on: what can't be written is lost, the work is done."""

from __future__ import annotations

import io
import os
import select
import sys
from pathlib import Path
from typing import Any


def make_streams_safe() -> None:
    """Write what a console can't encode as `?` instead of failing; a closed stream is no stream."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 — stays open to the end.
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        raw = _raw(stream)
        if raw is not None and not isinstance(raw, _Outlet):
            setattr(sys, name, _over(_Outlet(stream), stream))
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def lost_output() -> OSError | None:
    """Write what is left, and return why standard output did not take everything.

    A reader who left early has what it wanted: nothing is lost then.
    """
    sys.stdout.flush()
    raw = _raw(sys.stdout)
    failure = raw.failure if isinstance(raw, _Outlet) else None
    return None if failure is None or _nobody_reads(failure) else failure


class _Outlet(io.RawIOBase):
    """The bytes' way out; after the first failure they are lost, and `failure` says why.

    An exception here would come between a command and its work, wherever it says a word.
    """

    def __init__(self, stream: Any) -> None:
        self.failure: OSError | None = None
        self._stream = stream  # kept, since it would close its descriptor when it ends.
        self._raw: Any = _raw(stream)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return int(self._raw.fileno())

    def isatty(self) -> bool:
        return bool(self._raw.isatty())

    def write(self, data: Any) -> int:
        try:
            while self.failure is None:
                written = self._raw.write(data)
                if written is not None:
                    return int(written)
                # The other end made the pipe non-blocking, and it is full.
                select.select([], [self._raw], [])
        except OSError as error:
            self.failure = error
        return len(data)


def _raw(stream: Any) -> io.RawIOBase | None:
    """Return what a stream writes its bytes to; None where it is no file, as in a test."""
    # Where Python was told not to buffer, there is nothing in between.
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    return raw if isinstance(raw, io.RawIOBase) else None


def _over(outlet: _Outlet, stream: Any) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        io.BufferedWriter(outlet),
        encoding=stream.encoding,
        errors="replace",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def _nobody_reads(error: OSError) -> bool:
    # Windows says "invalid argument" where a pipe has no reader.
    return isinstance(error, ConnectionError) or (os.name == "nt" and error.errno == 22)
