"""A page that becomes a PDF reads the site's static files and nothing else, whatever it asks for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.publish.papers import needed, read

SECRET = "cadmium-heron"
ROOT = "https://desk.example/a/static/"
TRACED = """
import json, sys
from pathlib import Path
from factdesk.errors import InputError
from factdesk.publish.pdf import check_pdf
def drawn(html):
    return check_pdf(html, "https://desk.example/a/en/checks/x/", "https://desk.example/a", [folder / "static"])
folder, seen = Path(sys.argv[1]), []
pages = {page.stem: page.read_bytes() for page in sorted(folder.glob("*.html"))}
drawn(b"<h1>warm</h1>")
sys.addaudithook(lambda event, given: seen.append((event, str(given[0]) if given else "")))
told = {}
for name, html in pages.items():
    del seen[:]
    try:
        made = drawn(html)
    except InputError:
        made = b""
    told[name] = list(seen)
    (folder / f"{name}.pdf").write_bytes(made)
print(json.dumps(told))
"""
REACHING = ("socket.", "urllib.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "http.", "ftplib.")


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"body::after { content: 'fetched' }")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own word
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()


HOSTILE = """<!DOCTYPE html><html lang="en"><head><title>a</title>
{base}
<link rel="stylesheet" href="/a/static/site.css"><link rel="stylesheet" href="{target}">
<link rel="attachment" href="{target}"><link rel="icon" href="{target}">
<style>@import "{target}"; @import url({target}); @font-face {{ font-family: X; src: url({target}); }}
@font-face {{ font-family: Y; src: local("DejaVu Sans"), url({target}); }}
body {{ background: url("{target}"); font-family: X, Y; list-style: url({target}) }}
h1::before {{ content: url("{target}"); }} @page {{ background: url({target}); }}
p {{ border-image: url({target}) 1; mask: url({target}); }}</style></head>
<body background="{target}"><h1>The page</h1><p>text</p>
<img src="{target}" alt="picture"><object data="{target}">object</object><embed src="{target}">
<iframe src="{target}"></iframe><video src="{target}" poster="{target}"></video><input type="image" src="{target}">
<a rel="attachment" href="{target}">file</a><table background="{target}"><tr><td>x</td></tr></table>
<svg width="9" height="9"><image href="{target}" width="9" height="9"/><use href="{target}#a"/>
<style>@import "{target}"; rect {{ fill: url({target}); }}</style>
<text><textPath href="{target}">x</textPath></text><foreignObject><img src="{target}"></foreignObject></svg>
<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='{target}'/%3E%3C/svg%3E">
<img src="factdesk:../{target}"><img src="/a/static/own.svg"><script src="{target}"></script></body></html>"""


BASES = {"plain": "", "base": '<base href="{target}">', "root": '<base href="file:///">'}
STRICT = "<style>@color-profile --x {{ src: url({target}); }}</style><h1>The page</h1>"


def _lay_out(folder: Path, address: str) -> None:
    """The static files, what must not be read, and a page for each way of asking for it."""
    static, secret = folder / "static", folder / "secret.css"
    static.mkdir()
    secret.write_text(f"body::after {{ content: '{SECRET}' }}", encoding="utf-8")
    (static / "site.css").write_text("h1 { color: #010203 }", encoding="utf-8")
    (static / "own.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SECRET}</text></svg>', "utf-8")
    (static / "link.css").symlink_to(secret)
    targets = {
        "file": secret.as_uri(),
        "path": str(secret),
        "http": f"{address}/seen.css",
        "relative": "../../../static/%2e%2e/secret.css",
        "link": "../../../static/link.css",
    }
    for kind, target in targets.items():
        for name, base in BASES.items():
            html = HOSTILE.format(target=target, base=base.format(target=target))
            (folder / f"{kind}-{name}.html").write_text(html, encoding="utf-8")
        (folder / f"{kind}-strict.html").write_text(STRICT.format(target=target), encoding="utf-8")


@pytest.mark.attack
def test_a_page_reaches_nothing_but_the_static_files(tmp_path: Path, listener: tuple[str, list[str]]) -> None:
    needed()
    address, asked = listener
    _lay_out(tmp_path, address)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", TRACED, str(tmp_path)], env=env, capture_output=True, check=True)
    told: dict[str, list[tuple[str, str]]] = json.loads(done.stdout)
    assert len(told) == 20
    for name, events in told.items():
        assert not [event for event, _ in events if event.startswith(REACHING)], name
        opened = [what for event, what in events if event == "open"]
        assert not [what for what in opened if Path(what).name in ("secret.css", "link.css", "own.svg")], name
        data = (tmp_path / f"{name}.pdf").read_bytes()
        if name.endswith("strict"):
            assert data == b""
            continue
        assert not name.endswith("plain") or any(what.endswith("static/site.css") for what in opened), name
        text = read(data).text
        assert "The page" in text
        assert SECRET not in text
        assert "fetched" not in text
        assert b"EmbeddedFile" not in data
    assert asked == []


@pytest.mark.attack
@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "https://desk.example/static/site.css",
        "https://desk.example/a/staticsite.css",
        "https://desk.example.evil/a/static/site.css",
        "https://desk.example:443/a/static/site.css",
        "https://me@desk.example/a/static/site.css",
        "http://desk.example/a/static/site.css",
        f"{ROOT}../secret.css",
        f"{ROOT}%2e%2e/secret.css",
        f"{ROOT}fonts/..%2f..%2fsecret.css",
        f"{ROOT}//etc/passwd.css",
        f"{ROOT}%2fetc%2fpasswd.css",
        f"{ROOT}..\\secret.css",
        f"{ROOT}site.css?x=1",
        f"{ROOT}site.css%00.png",
        f"{ROOT}C:site.css",
        f"{ROOT}",
        f"{ROOT}.",
        f"{ROOT}own.svg",
        f"{ROOT}notes.txt",
        f"{ROOT}folder.css",
        f"{ROOT}link.css",
        f"{ROOT}none.css",
        f"{ROOT}large.css",
        f"{ROOT}without.css",
        "data:text/css,body{}",
        "factdesk:other",
        "ftp://desk.example/a/static/site.css",
        "",
    ],
)
def test_an_address_of_anything_else_is_refused(tmp_path: Path, url: str) -> None:
    needed()
    from factdesk.publish.pdf_files import MOST, Allowed, Served

    static = tmp_path / "static"
    (static / "folder.css").mkdir(parents=True)
    for name in ("site.css", "own.svg", "notes.txt", "without.css"):
        (static / name).write_text("a", encoding="utf-8")
    (tmp_path / "secret.css").write_text(SECRET, encoding="utf-8")
    (static / "link.css").symlink_to(tmp_path / "secret.css")
    with (static / "large.css").open("wb") as large:
        large.truncate(MOST + 1)
    fetch = Served(Allowed(ROOT, [static], {"factdesk:a": (b"made", "text/css")}, frozenset(["without.css"])))
    with pytest.raises(ValueError, match=r"\w"):
        fetch(url)


def test_static_files_and_what_was_made_are_served(tmp_path: Path) -> None:
    needed()
    from factdesk.publish.pdf_files import Allowed, Served

    for name in ("own", "ours"):
        (tmp_path / name / "fonts").mkdir(parents=True)
        (tmp_path / name / "site.css").write_text(name, encoding="utf-8")
    (tmp_path / "ours/fonts/a b.woff2").write_bytes(b"font")
    fetch = Served(Allowed(ROOT, [tmp_path / "own", tmp_path / "ours"], {"factdesk:a": (b"made", "font/ttf")}))
    answers = [fetch(url) for url in (f"{ROOT}site.css", f"{ROOT}fonts/a%20b.woff2#x", "factdesk:a")]
    assert [each.read() for each in answers] == [b"own", b"font", b"made"]
    assert [each.content_type for each in answers] == ["text/css", "font/woff2", "font/ttf"]
