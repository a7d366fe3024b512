"""The site on one's own machine follows the desk, and answers nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import httpx
import pytest
from tests.actions.desks_of_people import FOUND, World, begun, published, written
from tests.publish.browsing import browser

from factdesk.errors import UsageError
from factdesk.publish.preview import listening
from factdesk.queries.desk import Desk


@pytest.fixture
def address(press_desk: Desk, tmp_path: Path) -> Iterator[str]:
    server = listening(press_desk, 0, tmp_path)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_it_follows_the_desk(press_desk: Desk, press: World, address: str) -> None:
    assert "There is no check in this language yet." in httpx.get(f"{address}/en/").text
    published(press_desk, press, written(press, title="Carrots make nobody an owl"))
    answer = httpx.get(f"{address}/en/")
    assert "Carrots make nobody an owl" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'<link rel="canonical" href="{address}/en/">' in answer.text


def test_drafts_are_there_and_marked_as_drafts(press_desk: Desk, press: World, address: str) -> None:
    """And gone from a site that is built."""
    published(press_desk, press)
    draft = begun(press_desk, written(press, title="A draft of an owl")).check
    begun(press_desk, "Nothing yet.\n")
    home = httpx.get(f"{address}/en/").text
    assert "A draft of an owl" not in home
    assert 'href="drafts/"' in home
    listed = httpx.get(f"{address}/en/drafts/").text
    assert "A draft of an owl" in listed
    page = httpx.get(f"{address}/en/drafts/{draft.id[-12:]}/").text
    assert "Nobody published this" in page
    assert "factdesk verify" not in page
    assert "application/ld+json" not in page
    assert FOUND in page
    assert "owl" not in httpx.get(f"{address}/en/atom.xml").text


def test_it_follows_the_desk_s_own_pages(press_desk: Desk, address: str) -> None:
    place = press_desk.config.folder / "site"
    place.mkdir(exist_ok=True)
    for words in ("two cooks", "three cooks"):
        (place / "about.en.md").write_text(f"We are {words}.\n", encoding="utf-8")
        assert f"We are {words}." in httpx.get(f"{address}/en/about/").text


def test_the_browser_shows_a_page_again(press_desk: Desk, press: World, address: str) -> None:
    with browser() as opened:
        page = opened.new_page()
        page.goto(f"{address}/en/")
        with page.expect_response(lambda answer: answer.url.endswith("/preview.txt")):
            pass
        published(press_desk, press, written(press, title="Carrots make nobody an owl"))
        page.get_by_text("Carrots make nobody an owl").first.wait_for(timeout=20_000)


def test_what_is_not_there(address: str) -> None:
    for path in ("/nothing/", "/static/", "/../../../../etc/passwd", "/en/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/data/"):
        assert httpx.get(address + path).status_code == 404, path


@pytest.mark.attack
@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost", ""])
def test_under_another_name_it_tells_nothing(address: str, host: str) -> None:
    """A page elsewhere whose name leads to this machine would read what nobody published."""
    answer = httpx.get(f"{address}/en/", headers={"Host": host})
    assert answer.status_code == 421
    assert "Test desk" not in answer.text
    assert httpx.head(f"{address}/en/", headers={"Host": host}).status_code == 421


def test_a_port_that_is_taken(press_desk: Desk, address: str, tmp_path: Path) -> None:
    port = int(address.rpartition(":")[2])
    with pytest.raises(UsageError, match="cannot be used"):
        listening(press_desk, port, tmp_path / "other")
