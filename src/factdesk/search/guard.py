"""What the engines raise over a damaged file, turned into one error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factdesk.search.base import IndexDamagedError


@contextmanager
def damage(place: Path | None) -> Iterator[None]:
    """Turn an engine's failure into `IndexDamagedError`. A full disk and the like pass through as they are."""
    try:
        yield
    except IndexDamagedError:
        raise
    except FileNotFoundError as error:
        raise IndexDamagedError(str(place or "")) from error
    except OSError:
        raise
    except Exception as error:
        raise IndexDamagedError(str(place or "")) from error
    except BaseException as error:
        # A Rust panic comes as pyo3's PanicException, which is no Exception and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise IndexDamagedError(str(place or "")) from error
