"""Pictures of every kind of page, for the documentation: `python -m tests.publish.shots docs/images/site`.

The site is that of the sample newsroom (`shown_site`), built anew, in the browser that the tests use.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.publish.browsing import browser, served
from tests.publish.shown_site import shown_site

PHONE, DESKTOP = (360, 740), (1280, 900)
WIDTHS = {PHONE: 480, DESKTOP: 960}
"""Dots across a picture, by screen."""
QUALITY = 68
ENDING = ".webp"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture to take: a page's template and address, of which `*` stands for what is made up. `long` is how many
    dots of the page's height are shown where it is more than the screen."""

    name: str
    template: str
    address: str
    screen: tuple[int, int] = DESKTOP
    scheme: str = "light"
    long: int = 0

    @property
    def file(self) -> str:
        """The picture's name."""
        return self.name + ENDING


SHOTS = (
    Shot("home-en", "home.html", "en/", long=1500),
    Shot("home-en-phone", "home.html", "en/", PHONE),
    Shot("home-vi", "home.html", "vi/"),
    Shot("home-vi-phone", "home.html", "vi/", PHONE),
    Shot("check-en", "check.html", "en/checks/carrots-*/", long=1850),
    Shot("check-en-dark", "check.html", "en/checks/carrots-*/", scheme="dark"),
    Shot("check-en-phone", "check.html", "en/checks/carrots-*/", PHONE),
    Shot("check-vi-phone", "check.html", "vi/checks/ca-rot-*/", PHONE, "dark"),
    Shot("check-corrected", "check.html", "en/checks/spinach-*/"),
    Shot("check-withdrawn", "check.html", "en/checks/bats-*/"),
    Shot("source", "source.html", "en/sources/CITED/"),
    Shot("list", "list.html", "en/checks/"),
    Shot("list-phone-dark", "list.html", "vi/checks/", PHONE, "dark"),
    Shot("topic", "list.html", "vi/topics/suc-khoe/"),
    Shot("corrections", "corrections.html", "en/corrections/"),
    Shot("methods", "methods.html", "vi/methods/"),
    Shot("about", "own.html", "en/about/"),
    Shot("people", "people.html", "en/people/"),
    Shot("scale", "scale.html", "vi/scale/"),
    Shot("balance", "balance.html", "en/balance/", long=1300),
    Shot("log", "log.html", "en/log/"),
    Shot("chooser", "chooser.html", ""),
    Shot("missing", "missing.html", "404.html"),
)
_CITED = re.compile(r'class="quote" href="[./]*/sources/([^/"]+)/')


def address_of(shot: Shot, site: Path) -> str:
    """Where its page is. Raises `LookupError` when there is none."""
    address = shot.address
    if "CITED" in address:
        found = _CITED.search(next(site.glob("en/checks/carrots-*/index.html")).read_text(encoding="utf-8"))
        if found is None:
            raise LookupError(address)
        address = address.replace("CITED", found[1])
    if "*" not in address:
        return address
    folder = next((each for each in sorted(site.glob(address)) if each.is_dir()), None)
    if folder is None:
        raise LookupError(address)
    return f"{folder.relative_to(site).as_posix()}/"


def pictures(site: Path) -> Iterator[tuple[Shot, bytes]]:
    """Every picture of a site, as WebP."""
    with served(site) as url, browser() as program:
        for shot in SHOTS:
            width, height = shot.screen
            size = {"width": width, "height": height}
            with program.new_context(viewport=size, color_scheme=shot.scheme, device_scale_factor=2) as context:
                page = context.new_page()
                page.goto(f"{url}/{address_of(shot, site)}")
                page.wait_for_load_state("networkidle")
                yield shot, _small(_taken(page, shot), WIDTHS[shot.screen])


def _taken(page: Any, shot: Shot) -> bytes:
    """The picture as the browser gives it."""
    width, height = shot.screen
    whole = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": width, "height": min(whole, max(shot.long, height))}
    taken: bytes = page.screenshot(full_page=True, clip=clip)
    return taken


def _small(data: bytes, width: int) -> bytes:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        size = width, round(picture.height * width / picture.width)
        small = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=QUALITY, method=6)
    return out.getvalue()


def main(folder: Path) -> None:
    """Build the site, take its pictures, and put them into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        for shot, data in pictures(shown_site(Path(place) / "newsroom")):
            (folder / shot.file).write_bytes(data)
            print(f"{len(data) / 1000:>6.1f} kB  {shot.file}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
