"""Which keys a file had so far, and in which row: 12 bytes a slot, since files have a million."""

from __future__ import annotations

from array import array
from collections.abc import Hashable

_FIRST_SIZE = 1 << 12
_WORD = 0xFFFF_FFFF_FFFF_FFFF


class Seen:
    """An open hash table of the keys' 64-bit hashes and of the rows they first stood in.

    Two different keys of a file of a million rows share a hash once in 40 million files; Python
    salts the hashes of texts anew in every process.
    """

    def __init__(self) -> None:
        self._used = 0
        self._make(_FIRST_SIZE)

    def first(self, key: Hashable, row: int) -> int | None:
        """Return the row in which `key` stood before; None where it is new and now kept."""
        wanted = hash(key) & _WORD or 1
        hashes, mask = self._hashes, self._mask
        place = wanted & mask
        while (found := hashes[place]) != wanted:
            if not found:
                hashes[place] = wanted
                self._rows[place] = row
                self._used += 1
                if self._used * 3 > mask * 2:
                    self._grow()
                return None
            place = (place + 1) & mask
        return self._rows[place]

    def _make(self, size: int) -> None:
        self._mask = size - 1
        self._hashes = array("Q", [0]) * size
        self._rows = array("I", [0]) * size

    def _grow(self) -> None:
        hashes, rows = self._hashes, self._rows
        self._make((self._mask + 1) * 2)
        mask = self._mask
        for wanted, row in zip(hashes, rows, strict=True):
            if wanted:
                place = wanted & mask
                while self._hashes[place]:
                    place = (place + 1) & mask
                self._hashes[place] = wanted
                self._rows[place] = row
