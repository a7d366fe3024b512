from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.actions.desks_of_people import World, now, published

from factdesk.actions.claims import add_claim
from factdesk.actions.people import add_person, disable_person
from factdesk.actions.publish import publish
from factdesk.actions.redact import plan_redaction, redact
from factdesk.actions.sign import sign
from factdesk.actions.tips import MOST, add_tip, link_tips, unlink_tips
from factdesk.actions.workflow import withdraw
from factdesk.clock import Clock
from factdesk.config import DeskConfig
from factdesk.errors import InputError, NotFoundError, RefusedError
from factdesk.queries.audit import audit
from factdesk.queries.balance import balance_of
from factdesk.queries.desk import Desk
from factdesk.queries.inbox import about_tip, inbox
from factdesk.queries.tip_vectors import kept_as
from factdesk.store.claims import all_tips
from factdesk.store.events import read_events
from factdesk.store.items import facts_of_item
from factdesk.store.vectors import known_vectors, vector_digest


@pytest.fixture
def staffed(desk_config: DeskConfig, clock: Clock) -> Iterator[Desk]:
    """A desk on either database whose admin is `an`."""
    with Desk.open(desk_config, clock) as opened:
        add_person(opened.record, "an", actor="an")
        yield opened


@pytest.fixture
def small(sqlite_desk: DeskConfig, clock: Clock) -> Iterator[Desk]:
    """The same on SQLite alone."""
    with Desk.open(sqlite_desk, clock) as opened:
        add_person(opened.record, "an", actor="an")
        yield opened


def actions(desk: Desk) -> list[str]:
    with desk.record.read() as session:
        return [event.action for event in read_events(session)]


def test_a_tip_is_kept_as_it_came_without_a_sender(staffed: Desk) -> None:
    stored = add_tip(staffed, "  Cầu sẽ đóng từ thứ Hai?\nAi biết không?  ", origin="hotline", actor="an")
    with staffed.record.read() as session:
        (kept,) = all_tips(session)
        (fact,) = facts_of_item(session, stored.id)
    assert kept == stored
    assert stored.tip.text == "Cầu sẽ đóng từ thứ Hai?\nAi biết không?"
    assert (stored.tip.origin, stored.tip.day, stored.tip.language) == ("hotline", "2026-01-02", "vi")
    assert fact.content is not None
    assert "an" not in fact.content.split('"')
    assert audit(staffed.record).broken is None


def test_the_same_words_again_are_another_tip(staffed: Desk) -> None:
    one = add_tip(staffed, "The bridge closes on Monday", actor="an")
    other = add_tip(staffed, "The bridge closes on Monday", actor="an")
    assert one.id != other.id
    assert actions(staffed)[-2:] == ["tip.add", "tip.add"]


def test_its_vector_is_kept_by_the_words_as_they_came(staffed: Desk) -> None:
    """What is redacted takes its vector with it by these words."""
    stored = add_tip(staffed, "The bridge closes\x00 on Monday ", actor="an")
    assert stored.tip.text == "The bridge closes on Monday"
    digest = vector_digest(kept_as(staffed), stored.tip.text)
    with staffed.record.read() as session:
        assert known_vectors(session, [digest]) == {digest}


@pytest.mark.parametrize(
    ("text", "more", "says"),
    [
        ("", {}, "The message is empty"),
        ("\x00 \n", {}, "The message is empty"),
        ("!!! …", {}, "no words"),
        ("a" * (MOST + 1), {}, "at most 20,000 characters"),
        ("The bridge closes", {"origin": "gossip"}, "no origin gossip"),
        ("The bridge closes", {"day": "2026-02-30"}, "2026-02-30 is no day"),
        ("The bridge closes", {"day": "2026-01-04"}, "still to come"),
    ],
)
def test_what_is_no_tip_is_refused_and_leaves_nothing(small: Desk, text: str, more: dict[str, str], says: str) -> None:
    before = small.record.head()
    with pytest.raises(InputError, match=says):
        add_tip(small, text, actor="an", **more)
    assert small.record.head() == before


def test_east_of_greenwich_it_may_be_tomorrow(small: Desk) -> None:
    assert add_tip(small, "The bridge closes", day="2026-01-03", actor="an").tip.day == "2026-01-03"


def test_who_does_not_work_here_takes_nothing_in(staffed: Desk) -> None:
    add_person(staffed.record, "binh", actor="an")
    disable_person(staffed.record, "binh", actor="an")
    claim = add_claim(staffed.record, "The bridge closes", actor="an")
    tip = add_tip(staffed, "The bridge closes", actor="an")
    before = staffed.record.head()
    for who in ("binh", "nobody", ""):
        with pytest.raises(RefusedError):
            add_tip(staffed, "Another one", actor=who)
        with pytest.raises(RefusedError):
            link_tips(staffed.record, [tip.id], claim.id, actor=who)
        with pytest.raises(RefusedError):
            unlink_tips(staffed.record, [tip.id], actor=who)
    assert staffed.record.head() == before


def test_tips_are_put_to_a_claim_in_one_event_and_taken_from_it(staffed: Desk) -> None:
    claim = add_claim(staffed.record, "The bridge closes on Monday", actor="an")
    tips = [add_tip(staffed, f"Does the bridge close, {who} asks", actor="an").id for who in ("one", "another")]
    before = staffed.record.head()[0]
    done = link_tips(staffed.record, [*tips, tips[0]], claim.id[-12:], actor="an")
    assert [(stored.id, stored.version, stored.tip.claim) for stored in done] == [(tip, 2, claim.id) for tip in tips]
    assert staffed.record.head()[0] == before + 1
    with staffed.record.read() as session:
        assert {stored.id for stored in all_tips(session, claim.id)} == set(tips)
    (free,) = unlink_tips(staffed.record, [tips[0]], actor="an")
    assert (free.version, free.tip.claim) == (3, "")
    with staffed.record.read() as session:
        assert {stored.id for stored in all_tips(session, claim.id)} == {tips[1]}
    assert actions(staffed)[-2:] == ["tip.link", "tip.unlink"]
    assert audit(staffed.record).broken is None


def test_putting_it_there_again_changes_nothing(staffed: Desk) -> None:
    claim = add_claim(staffed.record, "The bridge closes on Monday", actor="an")
    tip = add_tip(staffed, "Does the bridge close?", claim=claim.id, actor="an")
    before = staffed.record.head()
    assert link_tips(staffed.record, [tip.id], claim.id, actor="an") == (tip,)
    assert staffed.record.head() == before


def test_an_unknown_tip_or_claim_changes_nothing(staffed: Desk) -> None:
    claim = add_claim(staffed.record, "The bridge closes on Monday", actor="an")
    tip = add_tip(staffed, "Does the bridge close?", actor="an")
    before = staffed.record.head()
    with pytest.raises(NotFoundError, match="no claim"):
        add_tip(staffed, "Does the bridge close?", claim="abcdef", actor="an")
    with pytest.raises(NotFoundError, match="no claim"):
        link_tips(staffed.record, [tip.id], tip.id, actor="an")
    with pytest.raises(NotFoundError, match="no tip"):
        link_tips(staffed.record, [tip.id, "abcdef"], claim.id, actor="an")
    assert staffed.record.head() == before


def test_what_a_tip_asked_and_a_check_answered_is_counted(newsroom: Desk, world: World) -> None:
    """From the tip to the balance, through the desk's own rules."""
    # The real one: the newsroom's own does nothing.
    newsroom._encoder = None
    tip = add_tip(newsroom, "Do carrots let you see in the dark?", origin="hotline", claim=world.claim, actor="an")
    out = published(newsroom, world)
    (group,) = (each for each in inbox(newsroom).groups if tip.id in each.tips)
    assert [(each.id, each.state) for each in group.checks] == [(out.check.id, "published")]
    # The desk's own answer is found for the next one who asks.
    asked = add_tip(newsroom, "Eating carrots lets you see in the dark", actor="an")
    about = about_tip(newsroom, asked)
    assert about.group.suggestion is not None
    assert about.group.suggestion.claim == world.claim
    assert [match.review.rating.text for claim in about.answer.claims for match in claim.matches] == ["False"]
    report = balance_of(newsroom.record)
    assert (report.balance.checks, report.redacted) == (1, 0)
    for by, name in (("rating", "false"), ("origin", "hotline"), ("topic", "health"), ("language", "en")):
        part = next(each for each in report.balance.parts if each.by == by)
        assert [cell.name for cell in part.cells if cell.count] == [name]
    withdraw(newsroom.record, out.check.id, "The source withdrew it.", actor="chi")
    publish(
        newsroom,
        sign(newsroom, now(newsroom.record, out.check.id), world.keys["binh"], actor="binh").check,
        actor="chi",
    )
    assert dict(balance_of(newsroom.record).balance.standings) == {"published": 0, "corrected": 0, "withdrawn": 1}


def test_a_redacted_tip_leaves_neither_words_nor_vector(newsroom: Desk) -> None:
    stored = add_tip(newsroom, "Call me at 0912 345 678: are quokkas sold here?", actor="an")
    redact(newsroom, plan_redaction(newsroom, f"tip:{stored.id}", actor="dung"), why="A number.", actor="dung")
    assert all(stored.id not in group.tips for group in inbox(newsroom).groups)
    with newsroom.record.read() as session:
        assert not known_vectors(session, [vector_digest(kept_as(newsroom), stored.tip.text)])
    assert audit(newsroom.record).broken is None
