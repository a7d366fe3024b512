"""Published checks are taken up again when a source no longer says what they quote: once for each time it is news."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.actions.desks_of_people import World, again, begun, cited, now, published, written
from tests.actions.pages import Site, page, site

from factdesk.actions.capture import capture_address
from factdesk.actions.fetching import Wishes
from factdesk.actions.watch import watch
from factdesk.actions.workflow import correct, keep
from factdesk.queries.desk import Desk
from factdesk.queries.verify import How, verify_desk

SAYS = "Carrots never helped anybody in the sample town to see at night"


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as found:
        found.put("/night", page(f"{SAYS}."))
        found.put("/other", page(f"{SAYS}, it said in 2020."))
        yield found


def source(newsroom: Desk, world: World, web: Site, path: str = "/night") -> str:
    """A check that quotes a page of the site."""
    kept = capture_address(newsroom, web.url(path), Wishes(), actor="an").id
    own = cited(newsroom, kept, SAYS, world.claim)
    return written(world, evidence=f"The sample source says so plainly: “{SAYS}”[^cite:{own}].")


def state(desk: Desk, check: str) -> str:
    return now(desk.record, check).now.standing.state


def test_a_check_whose_quotation_is_gone_is_reopened_once(newsroom: Desk, world: World, web: Site) -> None:
    own = published(newsroom, world, source(newsroom, world, web)).check.id
    assert watch(newsroom).reopened == ()
    web.put("/night", page("Carrots do help, it says today."))
    assert watch(newsroom, dry_run=True).reopened == ()
    assert state(newsroom, own) == "published"
    assert watch(newsroom).reopened == (own,)
    step = now(newsroom.record, own).now
    assert (step.standing.state, step.person) == ("reopened", "watch")
    assert SAYS in step.why
    # Nothing more to say, and a person decides.
    assert watch(newsroom).reopened == ()
    keep(newsroom.record, own, "They changed the page by mistake.", actor="chi")
    assert (watch(newsroom).reopened, state(newsroom, own)) == ((), "published")
    failed = [step for step in verify_desk(newsroom.record, How(quick=True)) if step.outcome == "fail"]
    assert failed == []


def test_what_came_back_and_went_again_is_news_again(newsroom: Desk, world: World, web: Site) -> None:
    own = published(newsroom, world, source(newsroom, world, web)).check.id
    for _ in range(2):
        web.put("/night", page("Carrots do help, it says today."))
        assert watch(newsroom).reopened == (own,)
        keep(newsroom.record, own, "They will mend it.", actor="chi")
        web.put("/night", page(f"{SAYS}."))
        assert watch(newsroom).reopened == ()
    correct(newsroom.record, own, "We left something out.", "minor", actor="an")
    again(newsroom, world, own)
    web.put("/night", page("Carrots do help, it says today."))
    assert (watch(newsroom).reopened, state(newsroom, own)) == ((own,), "reopened")


def test_drafts_and_checks_of_other_sources_are_left_alone(newsroom: Desk, world: World, web: Site) -> None:
    text = source(newsroom, world, web)
    draft = begun(newsroom, text).check.id
    other = published(newsroom, world).check.id
    web.put("/night", page("Carrots do help, it says today."))
    assert watch(newsroom).reopened == ()
    assert (state(newsroom, draft), state(newsroom, other)) == ("draft", "published")


@pytest.mark.attack
def test_a_round_that_is_broken_off_forgets_no_check(newsroom: Desk, world: World, web: Site) -> None:
    own = published(newsroom, world, source(newsroom, world, web)).check.id
    source(newsroom, world, web, "/other")
    web.put("/night", page("Carrots do help, it says today."))

    def broken_off(done: int, _total: int | None) -> None:
        if web.asked("/night") > 1 and done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watch(newsroom, progress=broken_off)
    watch(newsroom)
    assert state(newsroom, own) == "reopened"
