"""Pages to capture and a finished check, written for factdesk, to try the way of a check out on.

A rating needs a source that the desk fetched itself, so the pages are served, on this machine alone.
"""

from __future__ import annotations

import shutil
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import as_file, files
from pathlib import Path

LANGUAGES = ("en", "vi")


def check_text(language: str, claim: str, citation: str) -> str:
    """The sample check as a file, about a claim and with a citation of the desk's."""
    text = (files("factdesk.sample") / "checks" / f"carrots.{language}.md").read_text(encoding="utf-8")
    return text.replace("CLAIM", claim).replace("CITATION", citation)


def put_pages(desk: Path) -> None:
    """Put the pages that a desk writes itself for its site into its folder."""
    with as_file(files("factdesk.sample") / "site") as ours:
        shutil.copytree(ours, desk / "site", copy_function=shutil.copyfile, dirs_exist_ok=True)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own word
        """Say nothing: the window shows the address alone."""


def serve(port: int) -> None:
    """Serve the sample's pages on this machine until it is stopped; prints the address once it can be asked."""
    with as_file(files("factdesk.sample") / "pages") as folder:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(folder)))
        print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
        with server:
            server.serve_forever()
