"""Lists that are read whole before the first row is shown, in a fraction of their memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from heapq import merge
from typing import Any, TypeVar

from hrintegrity.chunking import AT_ONCE, chunks

T = TypeVar("T")
_TOGETHER = AT_ONCE
"""So many are compressed at a time; fewer would be packed less tightly."""
_SORTED_TOGETHER = 5000


class Packed(Collection[T]):
    """Things that can be gone through again and again, compressed; more can be added at the end.

    Not on a disk, where what is personal or encrypted must not lie.
    """

    def __init__(self, items: Iterable[T] = ()) -> None:
        self._packed = 0
        self._chunks: list[bytes] = []
        self._last: list[T] = []
        self.extend(items)

    def extend(self, items: Iterable[T]) -> None:
        """Add things at the end."""
        for item in items:
            self.append(item)

    def append(self, item: T) -> None:
        """Add a thing at the end."""
        self._last.append(item)
        if len(self._last) == _TOGETHER:
            self._chunks.append(_compressed(self._last))
            self._packed += len(self._last)
            self._last = []

    def __iter__(self) -> Iterator[T]:
        for chunk in self._chunks:
            yield from _decompressed(chunk)
        yield from self._last

    def __len__(self) -> int:
        return self._packed + len(self._last)

    def __contains__(self, item: object) -> bool:
        return any(one == item for one in self)


def packed_in_order(items: Iterable[T], key: Callable[[T], Any]) -> Packed[T]:
    """Return items sorted by a key, equal ones in their order, of which only some lie unpacked."""
    runs = [Packed(sorted(run, key=key)) for run in chunks(items, _SORTED_TOGETHER)]
    return Packed(merge(*runs, key=key))


# Most lists are shorter than a chunk, and both modules take as long to import as a short list.
def _compressed(chunk: list[T]) -> bytes:
    import pickle  # noqa: PLC0415 — see above.
    import zlib  # noqa: PLC0415 — see above.

    return zlib.compress(pickle.dumps(chunk), 1)


def _decompressed(chunk: bytes) -> list[Any]:
    import pickle  # noqa: PLC0415 — see above.
    import zlib  # noqa: PLC0415 — see above.

    found: list[Any] = pickle.loads(zlib.decompress(chunk))
    return found
