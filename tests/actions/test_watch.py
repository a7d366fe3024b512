"""Looking at cited sources again, on a real site that changes in between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.actions.pages import ENDING, SENTENCE, Site, page, site

from factdesk.actions.capture import capture_address, capture_file
from factdesk.actions.cite import CitedNow, cite
from factdesk.actions.fetching import Wishes
from factdesk.actions.watch import Watched, watch
from factdesk.queries.captures import list_captures, show_capture
from factdesk.queries.desk import Desk
from factdesk.store.chain import verify


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as found:
        yield found


def cited(desk: Desk, web: Site, quotation: str = SENTENCE, path: str = "/") -> tuple[str, str]:
    """Capture a page and cite it; the ids of both."""
    if path not in web.answers:
        web.put(path, page())
    kept = capture_address(desk, web.url(path), Wishes(), actor="an")
    done = cite(desk, kept.id, quotation, "supports", actor="an")
    assert isinstance(done, CitedNow)
    return kept.id, done.id


def only(desk: Desk) -> Watched:
    (seen,) = watch(desk).seen
    return seen


def test_a_source_that_stays(desk: Desk, web: Site) -> None:
    kept, own = cited(desk, web)
    seen = only(desk)
    assert (seen.outcome, seen.after, seen.added, seen.removed) == ("same", "", (), ())
    assert [(each.id, standing) for each, standing in seen.standing] == [(own, "stands")]
    shown = show_capture(desk, kept)
    assert shown.look is not None
    assert (shown.look.look.outcome, shown.citations[0].standing) == ("same", "stands")
    assert len(list_captures(desk)) == 1


def test_other_menus_are_no_change(desk: Desk, web: Site) -> None:
    cited(desk, web)
    web.put("/", page(menu="Latest: a cat was found"))
    assert (only(desk).outcome, len(list_captures(desk))) == ("same", 1)


def test_a_change_elsewhere_is_captured_once(desk: Desk, web: Site) -> None:
    cited(desk, web)
    changed = "It is closed to trains since last week, and open to bicycles as before, the city said."
    web.put("/", page(SENTENCE, changed))
    seen = only(desk)
    assert (seen.outcome, seen.added, seen.removed) == ("changed", (changed,), (ENDING,))
    assert show_capture(desk, seen.after).text.count(changed) == 1
    again = only(desk)
    assert (again.outcome, again.after) == ("changed", seen.after)
    assert len(list_captures(desk)) == 2


@pytest.mark.parametrize(
    "now",
    [
        "The old bridge over the river is 1,628 m long and was opened in 1902.",
        "The old bridge over the river is 1,682 m long and was opened in 19023.",
        "Nothing is left of what stood here before, the editors say, and they are sorry for it.",
    ],
    ids=["a digit changed", "a digit added", "rewritten"],
)
def test_a_quotation_that_is_gone(desk: Desk, web: Site, now: str) -> None:
    kept, own = cited(desk, web, SENTENCE.rstrip("."))
    web.put("/", page(now, ENDING))
    seen = only(desk)
    assert (seen.outcome, [(each.id, what) for each, what in seen.standing]) == ("gone", [(own, "gone")])
    assert seen.after
    assert show_capture(desk, kept).citations[0].standing == "gone"
    assert {each.id: each.look for each in list_captures(desk)}[kept] == "gone"
    with desk.record.read() as session:
        assert verify(session).broken is None


def test_a_word_that_grew_is_another_word(desk: Desk, web: Site) -> None:
    web.put("/", page("To cross it by night is legal for all who live on the island, the court held.", ENDING))
    cited(desk, web, "legal for all who live on the island")
    web.put("/", page("To cross it by night is illegal for all who live on the island, the court held.", ENDING))
    assert only(desk).outcome == "gone"


def test_a_quotation_with_a_gap(desk: Desk, web: Site) -> None:
    cited(desk, web, "The old bridge […] opened in 1902")
    web.put("/", page("The old bridge, which is shut, was opened in 1902.", ENDING))
    assert only(desk).outcome == "changed"
    web.put("/", page("The old bridge, which is shut, was opened in 1903.", ENDING))
    assert only(desk).outcome == "gone"


def test_a_short_quotation_of_which_the_second_was_meant(desk: Desk, web: Site) -> None:
    web.put("/", page("A ship. A ship. The rest of it is told in the book that the city printed.", ENDING))
    kept = capture_address(desk, web.url(), Wishes(), actor="an")
    cite(desk, kept.id, "A ship", "context", nth=2, actor="an")
    web.put("/", page("A ship. A ship. The rest of it is told in the book that nobody printed.", ENDING))
    assert only(desk).outcome == "changed"


@pytest.mark.parametrize(
    ("status", "body"),
    [("404 Not Found", b"gone"), ("503 Busy", b"later"), ("302 Found", b"/"), ("200 Cut", page()), ("200 OK", b"")],
    ids=["not found", "busy", "circle", "cut off", "empty"],
)
def test_a_source_that_cannot_be_had(desk: Desk, web: Site, status: str, body: bytes) -> None:
    cited(desk, web)
    cited(desk, web, path="/other")
    web.put("/", body, status)
    first, second = watch(desk).seen
    assert (first.outcome, first.error is not None, first.standing) == ("unreachable", True, ())
    assert second.outcome == "same"


def test_a_dry_run_writes_nothing(desk: Desk, web: Site, tmp_path: Path) -> None:
    cited(desk, web)
    big = "Another long sentence about the river and its ships. " * 2_000
    web.put("/", page(big))
    before = desk.record.head()
    (seen,) = watch(desk, dry_run=True).seen
    assert (seen.outcome, seen.after) == ("gone", "")
    assert desk.record.head() == before
    assert not (desk.config.folder / "blobs").exists()
    assert tmp_path.exists()


def test_two_captures_of_one_address_are_one_request(desk: Desk, web: Site) -> None:
    cited(desk, web)
    cited(desk, web)
    web.put("/", page(SENTENCE, "Something else stands here now, and it is about as long as it was."))
    before = web.asked("/")
    first, second = watch(desk).seen
    assert web.asked("/") == before + 1
    assert first.after == second.after
    assert len(list_captures(desk)) == 3


def test_only_what_was_cited_since_a_day_and_what_was_supplied(desk: Desk, web: Site, tmp_path: Path) -> None:
    cited(desk, web)
    web.put("/uncited", page())
    capture_address(desk, web.url("/uncited"), Wishes(), actor="an")
    (tmp_path / "a.txt").write_text(SENTENCE)
    kept = capture_file(desk, tmp_path / "a.txt", Wishes(), actor="an")
    cite(desk, kept.id, SENTENCE, "supports", actor="an")
    for since, expected in (("", (1, 1)), ("2026-01-02", (1, 1)), ("2026-01-03", (0, 0))):
        found = watch(desk, since=since)
        assert (len(found.seen), found.supplied) == expected
    assert web.asked("/uncited") == 1
