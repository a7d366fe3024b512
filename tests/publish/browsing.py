"""A site in a real browser, which reaches nothing but that site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.conftest import absent

from factdesk.capture.screenshot import require_browser
from factdesk.errors import ResourceError


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own word
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder over HTTP on this machine: its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def browser() -> Iterator[Any]:
    """A browser of the Chromium family; skips where there is none."""
    try:
        program = require_browser()
    except ResourceError as error:
        absent(str(error))
        raise
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        # Names lead nowhere: what a page asks of others is seen, and not asked.
        rules = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
        opened = tool.chromium.launch(executable_path=str(program), args=["--no-sandbox", rules])
        try:
            yield opened
        finally:
            opened.close()
