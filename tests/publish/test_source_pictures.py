"""The pictures of sources on a site: which are shown, how large, once made and kept, and what a hostile one does."""

from __future__ import annotations

import base64
import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import update
from tests.publish.plain_site import desk
from tests.store.evidence import add_capture

from factdesk.capture.extract.shown import PAGE
from factdesk.config import DeskConfig
from factdesk.domain.captures import Attachment, AttachmentKind
from factdesk.domain.documents import Block
from factdesk.errors import DamagedError, IntegrityError
from factdesk.publish.model import SiteData, SiteSource
from factdesk.publish.render import Renderer
from factdesk.publish.source_page import source_page
from factdesk.publish.source_pictures import SourcePicture, checked, plain_webp, put_picture
from factdesk.queries.site_evidence import SourceText, source_of
from factdesk.queries.site_pictures import Original, originals_of
from factdesk.store.blobs import put_blobs, stage
from factdesk.store.captures import captures_by_id
from factdesk.store.citations import capture_number, put_attachments
from factdesk.store.record import Record
from factdesk.store.sealed import SEALED

ORIGINAL = Original("a" * 64, "page")


def shot(colour: str = "red", size: tuple[int, int] = (1_280, 3_000), kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def attach(record: Record, config: DeskConfig, capture: str, data: bytes, kind: AttachmentKind) -> str:
    blob = stage(config, data)
    with record.write() as writer:
        put_blobs(writer, [blob])
        number = capture_number(writer.session, capture)
        assert number is not None
        put_attachments(writer, [(number, Attachment(capture, kind, blob.digest, record.clock.now()))], actor="an")
    return blob.digest


def keep(record: Record, config: DeskConfig, data: bytes) -> Original:
    blob = stage(config, data)
    with record.write() as writer:
        put_blobs(writer, [blob])
    return Original(blob.digest, "page")


def source_in(record: Record, own: str) -> SiteSource:
    with record.read() as session:
        return source_of(own, captures_by_id(session, [own])[own].capture, [], [])


def test_the_newest_screenshot_at_a_desks_width_is_shown(sqlite_record: Record, sqlite_desk: DeskConfig) -> None:
    own = add_capture(sqlite_record, sqlite_desk)
    attach(sqlite_record, sqlite_desk, own, shot("red"), "screenshot-desk")
    newest = attach(sqlite_record, sqlite_desk, own, shot("blue"), "screenshot-desk")
    attach(sqlite_record, sqlite_desk, own, shot("green"), "screenshot-phone")
    attach(sqlite_record, sqlite_desk, own, b"token", "timestamp")
    bare = add_capture(sqlite_record, sqlite_desk, "Another text.")
    phone = add_capture(sqlite_record, sqlite_desk, "A third text.")
    small = attach(sqlite_record, sqlite_desk, phone, shot("white"), "screenshot-phone")
    with sqlite_record.read() as session:
        found = originals_of(session, [source_in(sqlite_record, each) for each in (own, bare, phone)])
    assert found == {own: Original(newest, "page"), phone: Original(small, "page")}


def test_a_source_that_is_a_picture_is_shown_itself(sqlite_record: Record, sqlite_desk: DeskConfig) -> None:
    own = add_capture(sqlite_record, sqlite_desk, "text", media_type="image/png", content_encoding="gzip")
    attach(sqlite_record, sqlite_desk, own, shot(), "screenshot-desk")
    source = source_in(sqlite_record, own)
    with sqlite_record.read() as session:
        assert originals_of(session, [source]) == {own: Original(source.digest, "picture", "gzip")}


@pytest.mark.attack
def test_nothing_is_shown_of_a_private_network(sqlite_record: Record, sqlite_desk: DeskConfig) -> None:
    own = add_capture(sqlite_record, sqlite_desk, private=True)
    attach(sqlite_record, sqlite_desk, own, shot(), "screenshot-desk")
    picture = add_capture(sqlite_record, sqlite_desk, "text", media_type="image/png", private=True)
    with sqlite_record.read() as session:
        assert originals_of(session, [source_in(sqlite_record, each) for each in (own, picture)]) == {}


@pytest.mark.attack
@pytest.mark.parametrize("gone", ["attachment", "capture"])
def test_nothing_is_shown_of_what_was_redacted(sqlite_record: Record, sqlite_desk: DeskConfig, gone: str) -> None:
    own = add_capture(sqlite_record, sqlite_desk)
    attach(sqlite_record, sqlite_desk, own, shot(), "screenshot-desk")
    source = source_in(sqlite_record, own)
    with sqlite_record.write() as writer:
        writer.session.execute(update(SEALED).where(SEALED.c.kind == gone).values(content=None))
    with sqlite_record.read() as session:
        assert originals_of(session, [source]) == {}


def test_a_picture_is_put_on_the_site_by_its_digest(
    sqlite_record: Record, sqlite_desk: DeskConfig, tmp_path: Path
) -> None:
    original = keep(sqlite_record, sqlite_desk, shot())
    with sqlite_record.read() as session:
        made = put_picture(session, sqlite_desk, original, tmp_path / "a", tmp_path / "cache")
        assert made is not None
        data = (tmp_path / "a" / made.path[1:]).read_bytes()
        assert made == SourcePicture(f"/pictures/{hashlib.sha256(data).hexdigest()[:16]}.webp", *PAGE, "page", cut=True)
        assert Image.open(io.BytesIO(data)).size == PAGE
        (kept,) = (tmp_path / "cache/pictures").iterdir()
        # What is kept is not made again.
        kept.write_bytes(b"5 6 0\nkept")
        again = put_picture(session, sqlite_desk, original, tmp_path / "b", tmp_path / "cache")
        assert again is not None
        assert (again.width, again.height, again.cut) == (5, 6, False)
        assert (tmp_path / "b" / again.path[1:]).read_bytes() == b"kept"


@pytest.mark.attack
@pytest.mark.parametrize("data", [b"<svg/>", shot()[:-60], b"", shot(size=(29_000, 2_900))])
def test_what_cannot_be_shown_is_left_out(
    sqlite_record: Record, sqlite_desk: DeskConfig, tmp_path: Path, data: bytes
) -> None:
    original = keep(sqlite_record, sqlite_desk, data)
    with sqlite_record.read() as session:
        for _ in range(2):
            assert put_picture(session, sqlite_desk, original, tmp_path / "site", tmp_path / "cache") is None
    assert not (tmp_path / "site").exists()


def test_missing_bytes_are_said(sqlite_record: Record, sqlite_desk: DeskConfig, tmp_path: Path) -> None:
    with sqlite_record.read() as session, pytest.raises(IntegrityError):
        put_picture(session, sqlite_desk, ORIGINAL, tmp_path / "site", tmp_path / "cache")


def small(kind: str = "WEBP", size: tuple[int, int] = (40, 30), **how: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **how)
    return out.getvalue()


def answer(data: bytes, said: str = "40 30 0") -> str:
    return f"{said}\n{base64.b64encode(data).decode()}"


def test_an_honest_answer_is_taken() -> None:
    assert checked(answer(small()), ORIGINAL) == b"40 30 0\n" + small()


@pytest.mark.attack
@pytest.mark.parametrize(
    "told",
    [
        "",
        "40 30 0",
        "40 30 0\nnot base64!",
        answer(small(), "41 30 0"),
        answer(small(), "40 30 2"),
        answer(small(), "-40 30 0"),
        answer(small(), "40 30 0 0"),
        answer(small(size=(900, 30)), "900 30 0"),
        answer(small("PNG")),
        answer(small(lossless=True)),
        answer(small(exif=b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0")),
        answer(small() + b"<script>"),
        answer(small()[:-2]),
        answer(b"<svg onload='x()'/>"),
        answer(small()[:20] + b"\0" * (1 << 20)),
    ],
)
def test_an_answer_of_a_process_that_was_taken_over_is_refused(told: str) -> None:
    with pytest.raises(DamagedError):
        checked(told, ORIGINAL)


def test_the_size_of_a_webp_is_read_off_its_frame() -> None:
    assert [plain_webp(small(size=size)) for size in [(1, 1), (801, 7)]] == [(1, 1), (801, 7)]


@pytest.mark.parametrize("kind", ["page", "picture"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_page_of_a_source_shows_its_picture(
    sqlite_record: Record, sqlite_desk: DeskConfig, kind: str, language: str
) -> None:
    source = source_in(sqlite_record, add_capture(sqlite_record, sqlite_desk))
    text = SourceText("The bridge is 120 m long.", (Block(0, 25),))
    site = SiteData(desk(), {}, {source.id: source})
    picture = SourcePicture("/pictures/0123456789abcdef.webp", 800, 1_000, kind, cut=True)
    html = Renderer(site.desk).render(source_page(site, source, text, language, picture)).decode()
    assert 'src="../../../pictures/0123456789abcdef.webp" width="800" height="1000" alt="' in html
    assert 'loading="lazy"' in html
    top = {"en": "Only its top is shown.", "vi": "Chỉ hiện phần đầu."}
    assert top[language] in html
    bare = Renderer(site.desk).render(source_page(site, source, text, language)).decode()
    assert "<img" not in bare
