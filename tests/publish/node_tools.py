"""Programs for Node.js that the site is measured with, installed from their lock files once.

Each has a folder below `node/`. It is copied into the ignored `.venv/node/`, under a name that changes with what is in
it, and what its lock file names is installed there; no package's scripts are run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.conftest import absent

_ROOT = Path(__file__).parents[2]
_TOOLS = Path(__file__).parent / "node"
_INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def installed(name: str) -> Path:
    """The folder where the tool of that name can be run; skips where it cannot be had."""
    files = sorted(each for each in (_TOOLS / name).iterdir() if each.is_file())
    digest = sha256(b"".join(each.name.encode() + each.read_bytes() for each in files)).hexdigest()
    target = _ROOT / ".venv" / "node" / f"{name}-{digest[:12]}"
    if not target.is_dir():
        _install(files, target)
    return target


def _install(files: list[Path], target: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        absent("npm is missing: apt install nodejs npm")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder) / target.name
        made.mkdir()
        for each in files:
            shutil.copyfile(each, made / each.name)
        done = subprocess.run([npm, *_INSTALL], cwd=made, capture_output=True, text=True, timeout=600)
        if done.returncode != 0:
            absent(f"npm could not install {target.name}: {done.stderr[-1000:]}")
        try:
            made.rename(target)
        except OSError:
            # Another run was faster.
            if not target.is_dir():
                raise


def json_from(folder: Path, *arguments: str | os.PathLike[str], codes: tuple[int, ...] = (0,)) -> Any:
    """What Node.js prints when it runs a script of an installed tool; through a file, since a pipe may cut it off."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        line = ["node", *arguments]
        done = subprocess.run(line, cwd=folder, stdout=out, stderr=subprocess.PIPE, text=True, timeout=600)
        if done.returncode not in codes:
            raise RuntimeError(done.stderr[-2000:])
        out.seek(0)
        return json.load(out)
