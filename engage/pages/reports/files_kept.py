"""Files that were made a moment ago, kept in memory. Pure.

A file is known by the mark of everything that it says. So a file that says something else, or less,
is never taken for it, and what was taken down is not given to anybody.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MOST_FILES = 16
MOST_BYTES = 16_000_000


class FilesKept:
    """The last few files that somebody asked for."""

    def __init__(self, most_files: int = MOST_FILES, most_bytes: int = MOST_BYTES) -> None:
        self._most_files, self._most_bytes = most_files, most_bytes
        self._lock = Lock()
        self._files: OrderedDict[str, bytes] = OrderedDict()

    def get(self, mark: str, make: Callable[[], bytes]) -> bytes:
        """The file of that mark. Two who ask at once for one that is not here both make it."""
        with self._lock:
            if mark in self._files:
                self._files.move_to_end(mark)
                return self._files[mark]
        made = make()
        with self._lock:
            self._files[mark] = made
            self._make_room()
        return made

    def _make_room(self) -> None:
        while len(self._files) > self._most_files or self._bytes() > self._most_bytes:
            self._files.popitem(last=False)

    def _bytes(self) -> int:
        return sum(map(len, self._files.values()))
