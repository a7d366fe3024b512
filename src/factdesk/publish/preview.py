"""The site on one's own machine: built again whenever something changes at the desk, and shown again by the browser."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from factdesk.errors import UsageError
from factdesk.publish.build import build
from factdesk.publish.spare import scan
from factdesk.queries.desk import Desk

HOST = "127.0.0.1"
STATE, SCRIPT = "/preview.txt", "/preview.js"
"""What the site stands at, and what shows a page again when that changes: in a preview alone."""
_SCRIPT = f"""
"use strict";
let stands = "";
setInterval(async () => {{
  try {{
    const now = await (await fetch("{STATE}")).text();
    if (stands && now !== stands) location.reload();
    stands = now;
  }} catch {{ /* The preview was stopped, and may come back. */ }}
}}, 1000);
""".encode()
_TAG = f'<script src="{SCRIPT}" defer></script></head>'.encode()

Stands = tuple[tuple[int, str], tuple[tuple[str, int, int], ...]]
"""The head of the log, and the files of the desk's own pages, templates and styles."""


class Preview:
    """A site in a folder of its own that is brought to the record before a page is served."""

    def __init__(self, desk: Desk, folder: Path, base_url: str) -> None:
        self.desk = desk
        self.folder = folder
        self.base_url = base_url
        self._built: Stands | None = None
        self._lock = Lock()

    def follow(self) -> None:
        """Build the site if something happened at the desk since, or in its folder."""
        with self._lock:
            stands = self.stands()
            if stands != self._built:
                build(self.desk, self.folder, self.base_url, drafts=True)
                self._built = stands

    def stands(self) -> Stands:
        """What the site is built of, as it is now."""
        files = scan(self.desk.config.folder / "site")
        return self.desk.record.head(), tuple((path, *stamp) for path, stamp in sorted(files.items()))


class _Handler(SimpleHTTPRequestHandler):
    """Serves files of the site, nothing of which a browser keeps."""

    def __init__(self, *args: object, preview: Preview, **named: object) -> None:
        self.preview = preview
        super().__init__(*args, directory=str(preview.folder), **named)  # type: ignore[arg-type]

    def send_head(self) -> BytesIO | BinaryIO | None:
        """A file of the newest site, or what is wrong."""
        if self.headers.get("Host", "") != self.preview.base_url.partition("://")[2]:
            # A page elsewhere whose name leads here would read what is not published.
            self.send_error(421)
            return None
        path = self.path.partition("?")[0]
        if path == STATE:
            return self._sent(sha256(repr(self.preview.stands()).encode()).hexdigest().encode(), "text/plain")
        if path == SCRIPT:
            return self._sent(_SCRIPT, "text/javascript")
        if path.endswith("/"):
            self.preview.follow()
            page = Path(self.translate_path(self.path)) / "index.html"
            if page.is_file():
                return self._sent(page.read_bytes().replace(b"</head>", _TAG, 1), "text/html")
        return super().send_head()

    def _sent(self, data: bytes, kind: str) -> BytesIO:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return BytesIO(data)

    def end_headers(self) -> None:
        """The headers of every answer."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def list_directory(self, _path: str | object) -> None:
        """A folder without a page is not listed."""
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own word
        """Say nothing: the window shows the address alone."""


def serve(desk: Desk, port: int, ready: Callable[[str], None]) -> None:
    """Serve the site of a desk on this machine alone until it is stopped; `ready` gets its address. Raises
    `UsageError` for a port that is taken, and what `build` raises at first."""
    with tempfile.TemporaryDirectory(prefix="factdesk-preview-") as name, listening(desk, port, Path(name)) as server:
        ready(f"http://{HOST}:{server.server_address[1]}/")
        server.serve_forever()


def listening(desk: Desk, port: int, folder: Path) -> ThreadingHTTPServer:
    """A server of the site that listens already; the site is built, and stands in a folder below that one."""
    try:
        server = ThreadingHTTPServer((HOST, port), SimpleHTTPRequestHandler)
    except OSError as error:
        raise UsageError(
            "The port {port} cannot be used: {why}.", remedy="Leave out --port.", port=port, why=error.strerror or error
        ) from error
    try:
        preview = Preview(desk, folder / "site", f"http://{HOST}:{server.server_address[1]}")
        preview.follow()
    except BaseException:
        # Whatever went wrong, and also when interrupted, nothing goes on listening.
        server.server_close()
        raise
    server.RequestHandlerClass = partial(_Handler, preview=preview)
    return server
