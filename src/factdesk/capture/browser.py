"""Takes the pictures: run as a process of its own by `capture.screenshot`, which hands it JSON and ends it in time.

In: `{url, proxy, browser, sandbox, seconds, height, folder}`. Out: `{}`, with `desk.png` and `phone.png` in the
folder, or `{"error": why}`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

SIZES: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1366, "height": 900}},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    },
}
MOST_WIDTH = 2_000
"""CSS pixels of a picture's width: a page may claim to be of any."""
# Above this Chromium's own drawing begins to repeat itself.
_MOST_DEVICE_PIXELS = 16_000
_STEPS = 12
_OPTIONS = (
    # Names are resolved by the proxy and nowhere else; the proxy itself is a number.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    # What a browser asks its maker for (accounts, updates, experiments) is asked of nobody: port 9 discards.
    "--gaia-url=http://127.0.0.1:9/",
    "--component-updater=url-source=http://127.0.0.1:9/",
    "--apps-gallery-update-url=http://127.0.0.1:9/",
    "--variations-server-url=http://127.0.0.1:9/",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-pings",
    "--disable-blink-features=WebTransport",
    "--disable-file-system",
    "--deny-permission-prompts",
)


def take(asked: dict[str, Any]) -> None:
    """Both pictures of a page."""
    end = time.monotonic() + asked["seconds"]
    with _browser(asked) as browser:
        for number, (kind, size) in enumerate(SIZES.items()):
            left = (end - time.monotonic()) / (len(SIZES) - number)
            _one(browser, asked, kind, size, left)


@contextmanager
def _browser(asked: dict[str, Any]) -> Iterator[Browser]:
    """A browser with a fresh profile, and the proxy as its only way out."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=asked["browser"],
            # As root Chromium starts only without its sandbox; `screenshot` says so in a remark.
            chromium_sandbox=asked["sandbox"],
            args=list(_OPTIONS),
            # `<-loopback>`: this machine's own addresses go through the proxy too, which refuses them.
            proxy={"server": asked["proxy"], "bypass": "<-loopback>"},
        )
        try:
            yield browser
        finally:
            browser.close()


def _one(browser: Browser, asked: dict[str, Any], kind: str, size: dict[str, Any], seconds: float) -> None:
    context = browser.new_context(**size, accept_downloads=False, service_workers="block", reduced_motion="reduce")
    context.set_default_timeout(seconds * 1000 / 2)
    page = context.new_page()
    context.on("page", lambda other: other.close())
    _open(page, asked["url"], seconds)
    least = size["viewport"]["width"]
    width, height = _size(page, min(asked["height"], _MOST_DEVICE_PIXELS // size.get("device_scale_factor", 1)), least)
    _scroll(page, height)
    page.screenshot(
        path=Path(asked["folder"]) / f"{kind}.png",
        full_page=True,
        clip={"x": 0, "y": 0, "width": width, "height": height},
        animations="disabled",
    )
    if not page.url.startswith(("http://", "https://")):
        raise ValueError(f"it went to {page.url[:80]}")
    context.close()


def _open(page: Page, url: str, seconds: float) -> None:
    """Go to the page and let it load; one that never ends loading is taken as it is."""
    from playwright.sync_api import TimeoutError as LateError

    response: Response | None = page.goto(url, wait_until="commit", timeout=seconds * 500)
    if response is None or response.status != 200:
        raise ValueError(f"status {response.status if response else 'unknown'}")
    with suppress(LateError):
        page.wait_for_load_state("load", timeout=seconds * 250)


def _size(page: Page, most: int, least: int) -> tuple[int, int]:
    """The page's width and height as the browser has it (a page can lie about it to scripts), within the limits.

    A page that was not made for phones is wider on one than the screen: a reader moves about in it, and sees it all.
    """
    content = page.context.new_cdp_session(page).send("Page.getLayoutMetrics")["cssContentSize"]
    return min(max(int(content["width"]), least), MOST_WIDTH), max(1, min(int(content["height"]), most))


def _scroll(page: Page, height: int) -> None:
    """Go down the page and up again, so that pictures that wait to be seen are there."""
    from playwright.sync_api import TimeoutError as LateError

    for step in range(1, _STEPS + 1):
        page.evaluate("to => scrollTo(0, to)", height * step // _STEPS)
        page.wait_for_timeout(40)
    page.evaluate("() => scrollTo(0, 0)")
    with suppress(LateError):
        page.wait_for_load_state("networkidle", timeout=2000)


def main() -> None:
    """Do what standard input asks for."""
    try:
        take(json.load(sys.stdin))
        result: dict[str, str] = {}
    except Exception as error:  # noqa: BLE001 - whatever a page did to the browser, the parent gets one line on it
        result = {"error": (str(error).strip() or type(error).__name__).splitlines()[0][:200]}
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
