"""Lists that are read whole before the first row is shown, in a fraction of their memory."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

from hrintegrity.chunking import chunks

T = TypeVar("T")
_TOGETHER = 500


class Packed(Collection[T]):
    """Things that can be gone through again and again, compressed.

    Not on a disk, where what is personal or encrypted must not lie.
    """

    def __init__(self, items: Iterable[T]) -> None:
        self._count = 0
        self._chunks: list[bytes] = []
        for chunk in chunks(items, _TOGETHER):
            self._count += len(chunk)
            self._chunks.append(zlib.compress(pickle.dumps(chunk), 1))

    def __iter__(self) -> Iterator[T]:
        for chunk in self._chunks:
            yield from pickle.loads(zlib.decompress(chunk))

    def __len__(self) -> int:
        return self._count

    def __contains__(self, item: object) -> bool:
        return any(one == item for one in self)
