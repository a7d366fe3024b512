"""Checks as the record has them: what was done, oldest first, and the newest text of each."""

from __future__ import annotations

import pytest

from factdesk.domain.checks import CheckNow, Publication, Revision, SignOff
from factdesk.domain.workflow import Standing
from factdesk.store.checks import (
    all_checks,
    all_heads,
    get_check,
    get_publication,
    get_revision,
    get_signoff,
    publications_of,
    revisions_of,
    signoffs_of,
    steps_of,
)
from factdesk.store.items import NewFact, put_facts
from factdesk.store.record import Record


def act(record: Record, check: str, state: str, head: str, *facts: NewFact, action: str = "edit") -> CheckNow:
    now = CheckNow(Standing(state), head, action, "an", record.clock.now(), title=check)  # type: ignore[arg-type]
    with record.write() as writer:
        put_facts(
            writer,
            [NewFact("check", check, now.content()), *facts],
            actor="an",
            action=f"check.{action}",
            subject=f"check:{check}",
        )
    return now


def revision(record: Record, check: str, number: int) -> NewFact:
    made = Revision(check, number, f"Text {number} of {check}.\n", "an", record.clock.now())
    return NewFact("revision", check, made.content(), f"{check}-r{number}")


@pytest.fixture
def steps(record: Record) -> list[CheckNow]:
    """Twelve revisions of a check, so that numbers sort as numbers; another check between; then signed, published."""
    found = [act(record, "k1", "draft", "k1-r1", revision(record, "k1", 1), action="new")]
    act(record, "k2", "draft", "k2-r1", revision(record, "k2", 1), action="new")
    found += [act(record, "k1", "draft", f"k1-r{each}", revision(record, "k1", each)) for each in range(2, 13)]
    time = record.clock.now()
    signoff = SignOff("k1", "k1-r12", "binh", "ab" * 32, "cd" * 32, "ef" * 64, time)
    found.append(
        act(record, "k1", "signed", "k1-r12", NewFact("signoff", "k1", signoff.content(), "s1"), action="sign")
    )
    public = Publication("k1", 1, "{}", "s1", "chi", time)
    found.append(
        act(record, "k1", "published", "k1-r12", NewFact("publication", "k1", public.content(), "p1"), action="publish")
    )
    return found


def test_a_check_stands_where_its_last_step_led(record: Record, steps: list[CheckNow]) -> None:
    with record.read() as session:
        stored = get_check(session, "k1")
        assert stored is not None
        assert (stored.now, stored.version, stored.seq) == (steps[-1], 14, 15)
        assert steps_of(session, "k1") == steps
        assert [each.id for each in all_checks(session)] == ["k1", "k2"]
        assert [each.id for each in all_checks(session, ["published"])] == ["k1"]
        for none in ("", "k3", "k1-r1", "s1"):
            assert get_check(session, none) is None


def test_its_facts_are_each_of_their_kind(record: Record, steps: list[CheckNow]) -> None:
    with record.read() as session:
        texts = revisions_of(session, "k1")
        assert [each.fact.number for each in texts] == list(range(1, 13))
        assert get_revision(session, "k1-r12") == texts[-1]
        (signed,), (public,) = signoffs_of(session, "k1"), publications_of(session, "k1")
        assert (signed.id, public.id, public.fact.signoff) == ("s1", "p1", "s1")
        assert get_signoff(session, "s1") == signed
        assert get_publication(session, "p1") == public
        # An id of another kind is none of this one.
        assert get_revision(session, "s1") is None
        assert get_signoff(session, "p1") is None
        assert get_publication(session, "k1-r1") is None
        assert (signoffs_of(session, "k2"), publications_of(session, "k2")) == ([], [])


def test_heads_are_the_newest_texts(record: Record, steps: list[CheckNow]) -> None:
    with record.read() as session:
        heads = {each.check: each for each in all_heads(session)}
        assert {own: (each.revision, each.state, each.source) for own, each in heads.items()} == {
            "k1": ("k1-r12", "published", "Text 12 of k1.\n"),
            "k2": ("k2-r1", "draft", "Text 1 of k2.\n"),
        }
        assert [each.check for each in all_heads(session, ["k2", "none"])] == ["k2"]
