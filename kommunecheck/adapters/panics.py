"""python-calamine's panics: it gives up in the middle, and says so past Python on the program's standard error.

That is no line for a user, and it cannot be turned off.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from threading import RLock
from typing import BinaryIO

_ERRORS = 2
"""The number of standard error among the open files."""

_ONE_AT_A_TIME = RLock()

_SAID = b"panicked at"


def is_panic(error: BaseException) -> bool:
    """Whether an error is a panic: no ``Exception``, and only to be told by its name."""
    return type(error).__name__ == "PanicException"


@contextmanager
def without_panics() -> Iterator[None]:
    """Keep what is written to standard error meanwhile, and write it afterwards if it does not tell of a panic."""
    with _ONE_AT_A_TIME, TemporaryFile() as kept:
        try:
            errors = os.dup(_ERRORS)
        except OSError:  # a program without a console has none
            yield
            return
        os.dup2(kept.fileno(), _ERRORS)
        try:
            yield
        finally:
            os.dup2(errors, _ERRORS)
            os.close(errors)
            _write_harmless(kept)


def _write_harmless(kept: BinaryIO) -> None:
    kept.seek(0)
    said = kept.read()
    if said and _SAID not in said:
        os.write(_ERRORS, said)
