"""Freezing a source: what is kept of it, and that nothing is kept of one that cannot be read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.actions.pages import SENTENCE, Site, page, site

from factdesk.actions.capture import capture_address, capture_file
from factdesk.actions.fetching import Wishes
from factdesk.capture.exchange import exchange_from
from factdesk.clock import Clock
from factdesk.config import DeskConfig
from factdesk.errors import InputError, NetworkError, RefusedAddressError
from factdesk.queries.captures import capture_named, layout_blocks, list_captures, show_capture, text_of
from factdesk.queries.desk import Desk
from factdesk.store.blobs import INLINE, get_blob
from factdesk.store.captures import slices_of
from factdesk.store.chain import verify
from factdesk.store.vectors import vector_counts


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as found:
        yield found


def events(desk: Desk) -> int:
    return desk.record.head()[0]


def blob_files(config: DeskConfig) -> list[Path]:
    return [path for path in (config.folder / "blobs").rglob("*") if path.is_file()]


def test_an_address_is_kept_with_all_that_was_said_on_the_way(desk: Desk, web: Site) -> None:
    web.put("/old", web.url("/new").encode(), "302 Found")
    web.put("/new", page())
    done = capture_address(desk, web.url("/old"), Wishes(note="why", primary=True), actor="an")
    kept = done.capture
    assert (kept.origin, kept.url, kept.final_url) == ("web", web.url("/old"), web.url("/new"))
    assert (kept.about.title, kept.note, kept.primary, kept.private) == ("Long Bien Bridge", "why", True, True)
    assert not kept.supplied
    with desk.record.read() as session:
        assert get_blob(session, desk.config, kept.digest) == page()
        assert kept.digest == hashlib.sha256(page()).hexdigest()
        exchange = exchange_from(get_blob(session, desk.config, kept.exchange))
        assert [hop.status for hop in exchange.hops] == [302, 200]
        stored = capture_named(session, done.id)
        text = text_of(session, desk.config, stored)
        assert SENTENCE in text
        assert done.characters == len(text)
        assert [text[block.start : block.end] for block in layout_blocks(session, desk.config, stored)].count(SENTENCE)
        assert any(SENTENCE in text[each.start : each.end] for each in slices_of(session, [1])[1])
        assert sum(vector_counts(session).values()) >= len(slices_of(session, [1])[1])
        assert verify(session).broken is None
    assert show_capture(desk, web.url("/old")).id == show_capture(desk, web.url("/new")).id == done.id


def test_capturing_again_makes_another_and_names_the_first(desk: Desk, web: Site) -> None:
    web.put("/", page())
    first = capture_address(desk, web.url(), Wishes(), actor="an")
    second = capture_address(desk, web.url(), Wishes(), actor="an")
    assert (first.twins, second.twins) == ((), (first.id,))
    assert show_capture(desk, web.url()).id == second.id
    assert show_capture(desk, first.capture.digest[:10]).id == second.id


@pytest.mark.parametrize("size", [40, INLINE + 1000])
def test_a_file_is_kept_and_marked_as_supplied(desk: Desk, tmp_path: Path, size: int) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Một câu rất dài. " * (size // 18 + 1), encoding="utf-8")
    done = capture_file(desk, path, Wishes(), actor="an")
    assert (done.capture.origin, done.capture.name, done.capture.supplied_by) == ("file", "notes.txt", "an")
    assert done.capture.supplied
    with desk.record.read() as session:
        assert get_blob(session, desk.config, done.capture.digest) == path.read_bytes()
    assert show_capture(desk, "notes.txt").text.startswith("Một câu")
    assert bool(blob_files(desk.config)) == (size > INLINE)


def test_ten_megabytes_of_text(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_text("a" * 10_000_000)
    done = capture_file(desk, path, Wishes(), actor="an")
    assert done.characters == 10_000_000


def _none(_: Path) -> None:
    """No file at all."""


def _rubbish(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 400)


def _half_a_pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + b"x" * 100_000)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (_none, "no such file"),
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: path.write_bytes(b""), "empty"),
        (_rubbish, "not read"),
        (_half_a_pdf, "damaged or cut off"),
    ],
    ids=["missing", "folder", "empty", "rubbish", "half-a-pdf"],
)
def test_what_cannot_be_read_leaves_nothing_behind(
    desk: Desk, tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    make(tmp_path / "source")
    with pytest.raises(InputError, match=message):
        capture_file(desk, tmp_path / "source", Wishes(), actor="an")
    assert events(desk) == 0
    assert blob_files(desk.config) == []


def test_a_file_that_may_not_be_read(desk: Desk, tmp_path: Path, as_nobody: Callable[[], None]) -> None:
    (tmp_path / "secret.txt").write_text("words")
    (tmp_path / "secret.txt").chmod(0)
    as_nobody()
    with pytest.raises(InputError, match="cannot be opened"):
        capture_file(desk, tmp_path / "secret.txt", Wishes(), actor="an")


@pytest.mark.attack
@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/a", "gopher://example.org/", "http://u:p@a.example/"]
)
def test_addresses_that_are_not_asked(desk: Desk, url: str) -> None:
    with pytest.raises(RefusedAddressError):
        capture_address(desk, url, Wishes(allow_private=True), actor="an")
    assert events(desk) == 0


@pytest.mark.attack
def test_a_private_address_is_asked_only_where_the_person_allows_it(
    sqlite_desk: DeskConfig, clock: Clock, web: Site
) -> None:
    web.put("/", page())
    with Desk.open(sqlite_desk, clock) as desk:
        with pytest.raises(RefusedAddressError):
            capture_address(desk, web.url(), Wishes(), actor="an")
        assert (web.server.connections, events(desk)) == (0, 0)
        assert capture_address(desk, web.url(), Wishes(allow_private=True), actor="an").capture.private


@pytest.mark.parametrize(("status", "body"), [("404 Not Found", b"no"), ("500 Oops", b"no"), ("200 Cut", page())])
def test_an_answer_that_is_no_page_is_not_kept(desk: Desk, web: Site, status: str, body: bytes) -> None:
    web.put("/", body, status)
    with pytest.raises(NetworkError):
        capture_address(desk, web.url(), Wishes(), actor="an")
    assert events(desk) == 0


def test_a_timestamp_that_cannot_be_had_loses_nothing(desk: Desk, web: Site) -> None:
    web.put("/", page())
    done = capture_address(desk, web.url(), Wishes(authority=web.url("/tsa")), actor="an")
    assert (done.extras, len(done.problems)) == ((), 1)
    assert [each.id for each in list_captures(desk)] == [done.id]
