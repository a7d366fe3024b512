"""Feeds read again, from a real server on this machine: conditional requests, differences, withdrawals, damage."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from tests.actions.contents import claims, standing
from tests.capture.servers import Respond, Server, answer, serving

from factdesk.actions.imports import import_reviews, undo_import
from factdesk.actions.publishers import set_publisher
from factdesk.actions.sync import SyncResult, sync
from factdesk.domain.runs import RunCounts
from factdesk.errors import NetworkError, NotFoundError
from factdesk.queries.desk import Desk
from factdesk.store.feeds import list_feeds
from factdesk.store.runs import list_runs

MODIFIED = "Thu, 01 Jan 2026 00:00:00 GMT"
UNCHANGED = "304 Not Modified"


def review(number: int, claim: str = "", publisher: str = "Example") -> dict[str, object]:
    """A ClaimReview on a page of its own."""
    return {
        "@type": "ClaimReview",
        "url": f"https://example.org/{number}",
        "claimReviewed": claim or f"The claim that has the number {number} is on everybody's lips.",
        "author": {"@type": "Organization", "name": publisher},
        "reviewRating": {"@type": "Rating", "alternateName": "False"},
    }


def document(*reviews: dict[str, object]) -> bytes:
    """A DataFeed of reviews."""
    entries = [{"@type": "DataFeedItem", "item": [each]} for each in reviews]
    return json.dumps({"@type": "DataFeed", "dataFeedElement": entries}).encode()


@dataclass
class Feed:
    """A feed whose server answers 304 to who has its present state."""

    server: Server
    body: bytes = b""
    marks: dict[str, str] = field(default_factory=dict)
    instead: tuple[bytes, Respond] | None = None
    """What is answered to a request that holds some bytes."""

    @property
    def url(self) -> str:
        return self.server.url("/feed.json")

    def show(self, body: bytes, **marks: str) -> None:
        """Have another state from now on."""
        self.body, self.marks = body, marks

    def respond(self, client: socket.socket, head: bytes) -> None:
        asked = {line.partition(b":")[2].strip() for line in head.split(b"\r\n") if line.startswith(b"If-")}
        known = any(value.encode() in asked for value in self.marks.values())
        if self.instead and self.instead[0] in head:
            self.instead[1](client, head)
        else:
            answer(b"" if known else self.body, UNCHANGED if known else "200 OK", None, **self.marks)(client, head)


@pytest.fixture
def feed() -> Iterator[Feed]:
    def respond(client: socket.socket, head: bytes) -> None:
        made[0].respond(client, head)

    made: list[Feed] = []
    with serving(respond) as server:
        made.append(Feed(server))
        made[0].show(document(review(1), review(2), review(3)), ETag='"1"', Last_Modified=MODIFIED)
        yield made[0]


def one(desk: Desk, url: str | None = None) -> SyncResult:
    """The result of syncing the desk's only feed."""
    (result,) = sync(desk, url)
    return result


@pytest.mark.parametrize("marks", [{"ETag": '"1"'}, {"Last_Modified": MODIFIED}])
def test_what_the_server_says_is_unchanged_is_not_read(desk: Desk, feed: Feed, marks: dict[str, str]) -> None:
    feed.show(feed.body, **marks)
    import_reviews(desk, feed.url)
    before = desk.record.head()
    assert one(desk) == SyncResult(feed.url, True, RunCounts())
    assert desk.record.head() == before
    assert b"If-" not in feed.server.requests[0]
    assert next(iter(marks.values())).encode() in feed.server.requests[1]


def test_only_what_changed_is_written(desk: Desk, feed: Feed) -> None:
    import_reviews(desk, feed.url)
    feed.show(document(review(1), review(2, "The claim that has the number 2 is old."), review(4)), ETag='"2"')
    result = one(desk)
    assert (result.unchanged, result.kept, result.whole) == (False, 0, True)
    assert result.counts == RunCounts(read=3, new=1, changed=1, unchanged=1, withdrawn=1)
    assert {item.url[-1] for item in standing(desk.record)} == {"1", "2", "4"}
    assert one(desk).unchanged
    with desk.record.read() as session:
        assert [(run.kind, run.state) for run in list_runs(session)] == [("sync", "done"), ("import", "done")]


def test_a_server_without_marks_is_read_and_found_unchanged(desk: Desk, feed: Feed) -> None:
    feed.show(feed.body)
    import_reviews(desk, feed.url)
    result = one(desk)
    assert (result.unchanged, result.counts) == (True, RunCounts(read=3, unchanged=3))


def test_a_review_that_comes_back_stands_again(desk: Desk, feed: Feed) -> None:
    whole = feed.body
    import_reviews(desk, feed.url)
    feed.show(document(review(1)), ETag='"2"')
    assert one(desk).counts.withdrawn == 2
    feed.show(whole, ETag='"3"')
    assert one(desk).counts == RunCounts(read=3, new=2, unchanged=1)
    assert len(standing(desk.record)) == 3


def test_what_other_sources_brought_is_not_withdrawn(desk: Desk, feed: Feed, write_rows: Callable[..., str]) -> None:
    import_reviews(desk, write_rows("A claim of a file."))
    import_reviews(desk, feed.url)
    feed.show(document(review(1), review(2)), ETag='"2"')
    assert one(desk).counts.withdrawn == 1
    assert "A claim of a file." in claims(desk.record)


def test_a_feed_that_shrank_much_is_not_believed(desk: Desk, feed: Feed) -> None:
    feed.show(document(*map(review, range(20))), ETag='"1"')
    import_reviews(desk, feed.url)
    feed.show(document(*map(review, range(5))), ETag='"2"')
    result = one(desk)
    assert (result.kept, result.whole, result.counts.withdrawn) == (15, True, 0)
    assert len(standing(desk.record)) == 20


def test_a_feed_with_nothing_in_it_is_not_believed(desk: Desk, feed: Feed) -> None:
    import_reviews(desk, feed.url)
    feed.show(document(), ETag='"2"')
    assert (one(desk).kept, len(standing(desk.record))) == (3, 3)


def test_of_a_feed_cut_short_nothing_is_withdrawn_and_all_is_asked_for_again(desk: Desk, feed: Feed) -> None:
    import_reviews(desk, feed.url)
    feed.show(document(review(1), review(2, "The claim that has the number 2 is new."))[:-40], ETag='"2"')
    result = one(desk)
    assert (result.whole, result.kept, result.counts.withdrawn, result.counts.skipped) == (False, 2, 0, 1)
    assert len(standing(desk.record)) == 3
    feed.show(document(review(1)), ETag='"2"')
    assert one(desk).counts == RunCounts(read=1, unchanged=1, withdrawn=2)
    assert b"If-" not in feed.server.requests[-1]


def test_a_body_that_breaks_off_changes_nothing(desk: Desk, feed: Feed) -> None:
    import_reviews(desk, feed.url)
    before = desk.record.head()
    feed.instead = (b"", answer(feed.body, length=len(feed.body) + 10))
    with pytest.raises(NetworkError):
        sync(desk)
    assert desk.record.head() == before


def test_reviews_of_a_publisher_blocked_since_are_not_withdrawn(desk: Desk, feed: Feed) -> None:
    import_reviews(desk, feed.url)
    set_publisher(desk.record, "example.org", "blocked", "an")
    assert one(desk).counts == RunCounts(read=3, blocked=3)
    assert len(standing(desk.record)) == 3


def test_what_is_allowed_again_comes_from_a_feed_that_did_not_change(desk: Desk, feed: Feed) -> None:
    set_publisher(desk.record, "example.org", "blocked", "an")
    import_reviews(desk, feed.url)
    set_publisher(desk.record, "example.org", "", "an")
    assert one(desk).counts == RunCounts(read=3, new=3)


def test_a_feed_keeps_its_address_and_the_name_of_its_source(desk: Desk, feed: Feed) -> None:
    url = f"{feed.url}?utm_source=needed&key=1"
    rows = b'{"id": "1", "text": "A claim."}\n'
    feed.show(rows, ETag='"1"')
    import_reviews(desk, url, source_name="mine")
    feed.show(rows.replace(b"A claim", b"The claim"), ETag='"2"')
    assert one(desk).counts == RunCounts(read=1, changed=1)
    assert one(desk, f"{feed.url}?key=1").unchanged
    assert all(b"/feed.json?utm_source=needed&key=1 " in head for head in feed.server.requests)
    assert [item.source for item in standing(desk.record)] == ["mine"]


def test_nothing_is_withdrawn_from_a_source_that_two_feeds_share(desk: Desk, feed: Feed) -> None:
    import_reviews(desk, feed.url, source_name="both")
    feed.show(document(review(4)), ETag='"2"')
    import_reviews(desk, feed.server.url("/other.json"), source_name="both")
    assert [result.counts.withdrawn for result in sync(desk)] == [0, 0]
    assert len(standing(desk.record)) == 4


def test_one_feed_that_fails_does_not_keep_the_others(desk: Desk, feed: Feed) -> None:
    import_reviews(desk, feed.server.url("/a.json"), source_name="a")
    import_reviews(desk, feed.server.url("/z.json"), source_name="z")
    feed.instead = (b"/a.json", answer(b"", "404 Not Found"))
    feed.show(document(review(9)), ETag='"2"')
    first, second = sync(desk)
    assert isinstance(first.error, NetworkError)
    assert (second.error, second.counts.read) == (None, 1)
    with pytest.raises(NetworkError):
        sync(desk, feed.server.url("/a.json"))


def test_an_address_that_is_no_feed_yet_becomes_one(desk: Desk, feed: Feed) -> None:
    assert one(desk, feed.url).counts.new == 3
    assert one(desk).unchanged


def test_without_a_feed(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        sync(desk)


def test_a_feed_that_was_taken_back_is_a_feed_no_longer(desk: Desk, feed: Feed) -> None:
    run = import_reviews(desk, feed.url).run_id
    undo_import(desk, run)
    with desk.record.read() as session:
        assert list_feeds(session) == []
    with pytest.raises(NotFoundError):
        sync(desk)


def test_a_sync_that_was_taken_back_leaves_the_feed(desk: Desk, feed: Feed) -> None:
    import_reviews(desk, feed.url)
    feed.show(document(review(1), review(4)), ETag='"2"')
    undo_import(desk, one(desk).run_id)
    assert {item.url[-1] for item in standing(desk.record)} == {"1", "2", "3"}
    assert one(desk).unchanged
