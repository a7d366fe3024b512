"""A check's page to make a PDF of, and what is read off one."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from tests.conftest import absent
from tests.publish.plain_site import BASE, check, claim, desk, statement

from factdesk.errors import ResourceError
from factdesk.publish.model import SiteCheck, SiteData
from factdesk.publish.pdf import check_pdf, require_pdf
from factdesk.publish.remade import our_page

STATIC = Path(str(files("factdesk.publish") / "static"))
TITLE = "Cà rốt không giúp nhìn rõ trong đêm, dù người xưa vẫn kể thế"
CLAIM = "Ăn cà rốt thì đêm nhìn rõ như ban ngày"


@dataclass(frozen=True)
class Read:
    """What a PDF says: its pages' texts, what it says of itself, and whether it is tagged."""

    pages: tuple[str, ...]
    about: dict[str, str]
    tagged: bool

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.pages).split())


def needed() -> None:
    """Skip where no PDF can be made."""
    try:
        require_pdf()
    except ResourceError as error:
        absent(str(error))


def page_of(language: str = "en") -> tuple[SiteCheck, bytes]:
    """A check and its page."""
    said = statement()
    if language == "vi":
        said = statement(title=TITLE, language="vi", claims=(claim(text=CLAIM, language="vi"),), authors=("Đỗ Hữu",))
    one = check(1, said=said)
    return one, our_page(SiteData(desk(), {one.id: one}, {}), one)[1]


@cache
def pdf_in(language: str) -> bytes:
    needed()
    one, html = page_of(language)
    return check_pdf(html, BASE + one.path, BASE, [STATIC])


def drawn(html: bytes) -> bytes:
    """The PDF of any markup, as if it were the page of a check."""
    needed()
    return check_pdf(html, f"{BASE}/en/checks/a/", BASE, [STATIC])


def read(data: bytes) -> Read:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        pages = tuple(page.get_textpage().get_text_bounded() for page in document)
        return Read(pages, dict(document.get_metadata_dict()), document.is_tagged())
    finally:
        document.close()


def inside(data: bytes) -> bytes:
    """Everything in a PDF, unpacked."""
    packed = re.findall(rb"/FlateDecode.*?>>\nstream\n(.*?)\nendstream", data, re.DOTALL)
    return b"\n".join([data, *map(zlib.decompress, packed)])


def picture(data: bytes, scale: float = 3) -> tuple[bytes, int, int]:
    """The first page as a grey PNG, with its size."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        image: Any = document[0].render(scale=scale).to_pil().convert("L")
    finally:
        document.close()
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue(), image.width, image.height
