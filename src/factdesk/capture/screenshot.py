"""Pictures of a page as a browser shows it, at the width of a desk and of a phone.

The browser runs under a process of its own (`capture.browser`), which is ended when its time is over, and reaches the
network only through `capture.proxy`. Needs the extra `screenshot` and a browser of the Chromium family.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from factdesk.capture.targets import checked_url
from factdesk.domain.matches import Reason
from factdesk.errors import NetworkError, ResourceError

if TYPE_CHECKING:
    from factdesk.capture.client import Way
    from factdesk.capture.proxy import Proxy

ShotKind = Literal["desk", "phone"]
KINDS: tuple[ShotKind, ...] = ("desk", "phone")

_NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge"),
)
_PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_STARTING = 3.0
"""Seconds that the process may take beside its page."""

_PNG = b"\x89PNG\r\n\x1a\n"
UNSANDBOXED = Reason("screenshot", "The browser ran without its sandbox, since factdesk runs as root.")


@dataclass(frozen=True, slots=True)
class ShotLimits:
    """What pictures may take: seconds in all, bytes of one, and its height in pixels of the page."""

    seconds: float = 90.0
    bytes: int = 32 << 20
    height: int = 12_000


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a PNG and its size in pixels. `private` is whether anything in it came from a private network;
    `refused` are hosts that the page asked for and was kept from."""

    kind: ShotKind
    data: bytes
    width: int
    height: int
    private: bool = False
    refused: tuple[str, ...] = ()
    remarks: tuple[Reason, ...] = ()


def find_browser() -> Path | None:
    """A browser of the Chromium family: the system's, else one that playwright installed; None where there is none."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is not None:
        return Path(found)
    return next((path for path in (*map(Path, _PLACES), *_installed()) if path.is_file()), None)


def require_browser() -> Path:
    """The browser. Raises `ResourceError` where screenshots cannot be taken, and says what to install."""
    if find_spec("playwright") is None:
        raise ResourceError(
            "Screenshots need playwright, which is not installed.",
            remedy="Install it with: pip install 'factdesk[screenshot]'",
        )
    browser = find_browser()
    if browser is None:
        raise ResourceError(
            "Screenshots need a browser, and none was found.", remedy="Install Chromium, Chrome or Edge."
        )
    return browser


def screenshots(
    url: str, *, allow_private: bool = False, limits: ShotLimits | None = None, way: Way | None = None
) -> tuple[Shot, ...]:
    """The page at an address, at both widths. `way` stands for the machine's network in tests.

    Raises `ResourceError` without a browser, `RefusedAddressError`, and `NetworkError` for a page that does not come.
    """
    from factdesk.capture.client import Way
    from factdesk.capture.proxy import ProxyLimits, proxying

    limits, way = limits or ShotLimits(), way or Way(allow_private)
    browser, url = require_browser(), checked_url(url)
    port = urlsplit(url).port
    ports = frozenset({80, 443} | ({port} if port else set()))
    with (
        # A browser that was killed may still be writing its profile, which lies in here.
        tempfile.TemporaryDirectory(prefix="factdesk-shot-", ignore_cleanup_errors=True) as folder,
        proxying(ports, way, ProxyLimits(seconds=limits.seconds)) as proxy,
    ):
        asked = {
            "url": url,
            "proxy": proxy.url,
            "browser": str(browser),
            "sandbox": not _as_root(),
            "seconds": limits.seconds,
            "height": limits.height,
            "folder": folder,
        }
        done = _run(asked, limits.seconds)
        if "error" in done:
            raise NetworkError("The browser shows nothing of {url}: {why}.", url=url, why=str(done["error"])[:200])
        return tuple(_shot(kind, Path(folder), limits, proxy) for kind in KINDS)


def _installed() -> Iterator[Path]:
    """Browsers that playwright downloaded, the newest first."""
    own = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    for folder in (Path(own or Path.home() / ".cache/ms-playwright"), Path.home() / "Library/Caches/ms-playwright"):
        yield from sorted(folder.glob("chromium-*/chrome-linux*/chrome"), reverse=True)
        yield from sorted(folder.glob("chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium"), reverse=True)


def _as_root() -> bool:
    # Chromium refuses to start its sandbox for root.
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _run(asked: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Have the pictures taken by another process; what it says of it. It is killed when its time is over: a page can
    keep a browser from ever answering."""
    # Our own module, by our own Python; what is hostile goes in as JSON. -P: what lies in the folder one happens to be
    # in is not imported.
    command = [sys.executable, "-P", "-m", "factdesk.capture.browser"]
    pipe, own = subprocess.PIPE, {**os.environ, "TMPDIR": asked["folder"]}
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=own) as process:  # noqa: S603
        try:
            out, err = process.communicate(json.dumps(asked).encode(), timeout=seconds + _STARTING)
        except subprocess.TimeoutExpired:
            raise NetworkError("{url} took too long to answer.", url=asked["url"], remedy="Try again later.") from None
        finally:
            _kill(process)
    try:
        return dict(json.loads(out))
    except (ValueError, TypeError):
        lines = err.decode("utf-8", "replace").strip().splitlines() or ["?"]
        return {"error": lines[-1]}


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started, and wait until they are gone: what is left of a browser would go on
    writing into the folder."""
    if process.poll() is not None:
        return
    family = _family(process.pid)
    process.kill()
    for pid in family:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + _STARTING
    while any(_stat(pid)[:1] not in ([], [b"Z"]) for pid in family) and time.monotonic() < end:
        time.sleep(0.02)


def _family(pid: int) -> list[int]:
    """The processes that come from one, where the system lists them under /proc; elsewhere a browser ends by itself
    when the pipe to it does, if a little later."""
    pids = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    parents = {each: int(stat[1]) for each in pids if (stat := _stat(each))}
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found[1:]


def _stat(pid: int) -> list[bytes]:
    """A process's state, parent and so on; nothing when it is gone. Before them stands its name, in brackets, which
    may hold anything."""
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return []


def _shot(kind: ShotKind, folder: Path, limits: ShotLimits, proxy: Proxy) -> Shot:
    path = folder / f"{kind}.png"
    if path.stat().st_size > limits.bytes:
        raise NetworkError("The picture of the page is larger than {limit} MB.", limit=limits.bytes >> 20)
    data = path.read_bytes()
    if not data.startswith(_PNG) or data[12:16] != b"IHDR":
        raise NetworkError("The browser gave something that is not a picture.")
    width, height = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    refused = tuple(sorted(set(proxy.refused)))
    return Shot(kind, data, width, height, proxy.private, refused, tuple(_remarks(refused)))


def _remarks(refused: tuple[str, ...]) -> Iterator[Reason]:
    if _as_root():
        yield UNSANDBOXED
    if refused:
        values = {"count": str(len(refused)), "hosts": ", ".join(refused[:3])}
        yield Reason("screenshot", "The page asked for {count} addresses that are not fetched: {hosts}.", values)
