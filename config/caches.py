"""The cache of an installation without Redis."""

import fcntl
import pickle
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class CountingFileCache(FileBasedCache):
    """Files that several processes share, in which no count gets lost, or lives longer than it should."""

    def add(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        with self._alone():
            return super().add(key, value, timeout, version)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        with self._alone():
            value = self.get(key, version=version)
            if value is None:
                raise ValueError("There is no such count.")
            # Django's own would let it live for five minutes from now.
            self.set(key, value + delta, self._seconds_left(key, version), version)
            return int(value + delta)

    def _seconds_left(self, key: Any, version: int | None) -> float | None:
        with Path(self._key_to_file(key, version)).open("rb") as file:
            expires_at = pickle.load(file)  # noqa: S301 (written by this cache itself, as everything in it)
        return None if expires_at is None else max(1.0, expires_at - time.time())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._createdir()
        with Path(self._dir, "counting.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
