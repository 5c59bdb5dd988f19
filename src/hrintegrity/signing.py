"""Who signs the papers of a command: the office whose archive it opened.

A numbered paper brings its own record. What else is printed (a dossier, an order, a form, a reply)
is signed by whoever was named here, so that every paper that leaves the office can be checked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hrintegrity.errors import HriError

Signer = Callable[[Any], Any]
"""Returns the `documents.stamps.Stamp` of a `documents.Paper`, or None."""

_signers: list[Signer] = []
_unsigned: list[HriError] = []


def sign_by(signer: Signer) -> None:
    """Let papers without a record of their own be signed so, until the next command begins."""
    _signers[:] = [signer]


def begin_command() -> None:
    """Forget whose archive the command before opened, and what kept it from signing."""
    _signers.clear()
    _unsigned.clear()


def stamp_of(paper: Any) -> Any:
    """Return the stamp of a paper that brings none, or None where nobody signs."""
    return _signers[0](paper) if _signers else None


def note_unsigned(error: HriError) -> None:
    """Note why a paper of this command goes without a signature, to be said at the end."""
    _unsigned.append(error)


def unsigned_because() -> HriError | None:
    """Return why the first paper that this command could not sign goes without a signature."""
    return _unsigned[0] if _unsigned else None
