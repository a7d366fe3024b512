"""A check's page as a PDF: one sheet for paper, with everything that a reader needs to run the check again.

It is drawn by WeasyPrint, from the page as the site has it and the print rules of its style. Needs the extra `pdf` and
the system's Pango. The same page gives the same bytes on the same machine: letters that our typeface does not have
come from the fonts of the system.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factdesk.errors import FactdeskError, InputError, LimitError, ResourceError
from factdesk.publish.pdf_fonts import FAMILY, REPLACED, WEIGHTS, face
from factdesk.publish.put_file import keep_whole
from factdesk.publish.qr import qr_svg
from factdesk.store.faults import translated_files

if TYPE_CHECKING:
    from weasyprint import HTML

NAME = "check.pdf"
FOLDER = "pdf"
VERSION = 1
"""Of how a page becomes a PDF; what is in the cache from another one is not used."""
MOST = 1 << 20
"""Bytes of a page: what is longer is no sheet, and takes minutes."""

_NOT_PRINTED = re.compile(
    rb"<nav\b.*?</nav>|<footer class=\"bottom\">.*?</footer>|<script\b.*?</script>"
    rb"|<link rel=\"(?:alternate|preload|icon)\"[^>]*>",
    re.DOTALL,
)
"""What of a page is for screens and programs alone, and changes with the rest of the site."""

_QR = "factdesk:qr.svg"
_STYLE = """
{faces}
@page {{
  @bottom-left {{ content: "{address}"; font: 7.2pt {family}; color: #444; padding-top: 4mm; vertical-align: top; }}
  @bottom-right {{ content: counter(page) " / " counter(pages); font: 7.2pt {family}; color: #444; padding-top: 4mm;
    vertical-align: top; }}
}}
.top {{ background: url("{qr}") right 0 top 0 / 17mm 17mm no-repeat; min-height: 17mm; }}
.top .wrap {{ padding-top: 8.5mm !important; }}
"""
_FACE = '@font-face {{ font-family: {family}; font-weight: {weight}; src: url("factdesk:{weight}.ttf"); }}'


def require_pdf() -> str:
    """The versions of what draws PDFs. Raises `ResourceError` where none can be made, and says what to install."""
    try:
        with _pillow_as_it_was():
            import weasyprint
        from weasyprint.text.ffi import pango
    except ImportError as error:
        raise ResourceError(
            "PDFs need WeasyPrint, which is not installed.", remedy="Install it with: pip install 'factdesk[pdf]'"
        ) from error
    except OSError as error:
        raise ResourceError(
            "PDFs need Pango, which was not found on this machine.",
            remedy="On Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        ) from error
    return f"weasyprint-{weasyprint.__version__} pango-{pango.pango_version()}"


def pdf_path(page: str) -> str:
    """Where the PDF of a page stands below the site: `pdf_path("/en/checks/a/") == "en/checks/a/check.pdf"`."""
    return f"{page.strip('/')}/{NAME}"


def put_pdf(html: bytes, page: str, base_url: str, folder: Path, cache: Path) -> str:
    """Put the PDF of a page beside it in the folder of a site, which has its static files already; its path from
    there. `page` is the page's address on the site, `base_url` the site's. Empty for a page that cannot be drawn.

    Raises `ResourceError` where no PDF can be made, or files cannot be written.
    """
    kept = kept_pdf(html, page, base_url, [folder / "static"], cache)
    if kept is None:
        return ""
    path = pdf_path(page)
    with translated_files(str(folder)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(kept.read_bytes())
    return path


def kept_pdf(html: bytes, page: str, base_url: str, static: Sequence[Path], cache: Path) -> Path | None:
    """The PDF of a page in the cache, drawn if it is not there yet; None for a page that cannot be drawn. Raises as
    `put_pdf` does."""
    address = base_url + page
    with translated_files(str(cache)):
        kept = cache / FOLDER / f"{pdf_key(html, address, static)}.pdf"
        if not kept.is_file():
            try:
                data = check_pdf(html, address, base_url, static)
            except InputError:
                return None
            keep_whole(kept, data)
    return kept


def printed(html: bytes) -> bytes:
    """A page without its ways to the rest of the site, so that a sheet need not be drawn again when those change."""
    return _NOT_PRINTED.sub(b"", html)


def pdf_key(html: bytes, address: str, static: Sequence[Path]) -> str:
    """What a page's PDF depends on, as a digest."""
    said = hashlib.sha256(f"{VERSION} {require_pdf()} {address} {_STYLE}".encode())
    said.update(hashlib.sha256(printed(html)).digest())
    for folder in static:
        said.update(_digest(tuple((str(each), *_stamp(each)) for each in _files(folder))).encode())
    return said.hexdigest()


def check_pdf(html: bytes, address: str, base_url: str, static: Sequence[Path]) -> bytes:
    """The PDF of a check's page as the site has it. `address` is the page's, whole; `static` the folders of the site's
    static files, the first that has one gives it. Nothing else is read, and nothing is fetched.

    Raises `LimitError` for a page that is too long, `InputError` for one that cannot be drawn, `ResourceError` where
    no PDF can be made.
    """
    require_pdf()
    if len(html) > MOST:
        raise LimitError("The page is larger than {limit} MB, too long for a PDF.", place=address, limit=MOST >> 20)
    try:
        with _no_clock():
            return _drawn(printed(html), address, base_url, static)
    except (FactdeskError, MemoryError):
        raise
    except Exception as error:
        # What lays out a page raises whatever its arithmetic and its recursion do.
        why = f"{type(error).__name__}: {error}"[:200]
        raise InputError("The page cannot be drawn as a PDF: {why}.", place=address, why=why) from error


def _drawn(html: bytes, address: str, base_url: str, static: Sequence[Path]) -> bytes:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from factdesk.publish.pdf_files import Allowed, Served

    made = {f"factdesk:{weight}.ttf": (face(weight), "font/ttf") for weight in WEIGHTS}
    # An address may be too long for a code; the sheet has it in letters.
    with suppress(InputError):
        made[_QR] = (qr_svg(address), "image/svg+xml")
    served = Served(Allowed(f"{base_url}/static/", static, made, REPLACED))
    fonts = FontConfiguration()
    own = CSS(string=_style(address), base_url=address, url_fetcher=served, font_config=fonts)
    page = HTML(string=html, encoding="utf-8", base_url=address, url_fetcher=served)
    document = page.render(font_config=fonts, stylesheets=[own], pdf_variant="pdf/ua-1")
    for name, value in _about(page).items():
        setattr(document.metadata, name, value)
    identifier = hashlib.sha256(html).hexdigest()[:32].encode()
    data = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    return bytes(data)


def _style(address: str) -> str:
    faces = "\n".join(_FACE.format(family=FAMILY, weight=weight) for weight in WEIGHTS)
    quoted = "".join(letter if letter.isalnum() or letter in "/.:-_" else f"\\{ord(letter):x} " for letter in address)
    return _STYLE.format(faces=faces, address=quoted, family=FAMILY, qr=_QR)


def _about(page: HTML) -> dict[str, Any]:
    """What the PDF says of itself, out of the page."""
    root = page.etree_element
    found: dict[str, Any] = {}
    title = _text(root.find(".//h1"))
    authors = _text(root.find(".//dd[@data-fd='authors']"))
    desk = root.find(".//meta[@property='og:site_name']")
    publisher = desk.get("content", "") if desk is not None else ""
    if title:
        found["title"] = title
    found["authors"] = [each for each in (*authors.split(", "), publisher) if each]
    for name, mark in (("created", "published"), ("modified", "changed")):
        time = root.find(f".//dd[@data-fd='{mark}']/time")
        if time is not None:
            found[name] = time.get("datetime")
    return found


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


@contextmanager
def _pillow_as_it_was() -> Iterator[None]:
    """When it is imported, the library tells Pillow to take pictures that are cut off, for all that runs beside it."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


@contextmanager
def _no_clock() -> Iterator[None]:
    """Without it, fonts that have to be made anew say when they were. This is how the library is told so."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file())


def _stamp(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_size, found.st_mtime_ns


@lru_cache(maxsize=8)
def _digest(listed: tuple[tuple[str, int, int], ...]) -> str:
    """The digest of files, read once while they stay as they are."""
    said = hashlib.sha256()
    for name, _, _ in listed:
        said.update(hashlib.sha256(Path(name).name.encode() + b"\0" + Path(name).read_bytes()).digest())
    return said.hexdigest()
