"""Writing a file of the site."""

from __future__ import annotations

import os
from pathlib import Path


def put_file(folder: Path, path: str, data: bytes) -> None:
    """Write a file of the site."""
    target = os.path.join(folder, path)  # noqa: PTH118 - tens of thousands of them
    try:
        with open(target, "wb") as file:  # noqa: PTH123
            file.write(data)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        with open(target, "wb") as file:  # noqa: PTH123
            file.write(data)
