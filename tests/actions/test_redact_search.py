"""What was redacted is not found any more, with the real encoder and the real indexes, and nothing of it lies there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.actions.desks_of_people import World, again, published, written
from tests.actions.redact_world import WHY, done

from factdesk.actions.checks import Saved, save
from factdesk.actions.imports import import_reviews
from factdesk.actions.people import add_person
from factdesk.actions.redact import plan_redaction, redact
from factdesk.actions.texts import capture_texts
from factdesk.actions.workflow import correct, reopen
from factdesk.errors import RefusedError
from factdesk.queries.desk import Desk
from factdesk.queries.evidence import find_evidence
from factdesk.queries.find_matches import find_matches
from factdesk.queries.publishable import readiness
from factdesk.queries.verify_desk import verify_desk
from factdesk.queries.verify_held import How
from factdesk.store.checks import get_check, revisions_of

ROWS = (
    {"id": "one", "title": "Lighthouses", "text": "The lighthouse of Zed was painted purple by Ada Zyxwolf in 1905."},
    {"id": "two", "title": "On tea", "text": "Green tea has less caffeine than coffee. It is drunk hot."},
)
REVIEWS = (
    {"id": "r1", "text": "The mayor Ada Zyxwolf sold the lighthouse to a neighbour.", "rating": "False"},
    {"id": "r2", "text": "Green tea has more caffeine than coffee.", "rating": "False"},
)


@pytest.fixture
def filled(desk: Desk, tmp_path: Path, write_rows: Callable[..., str]) -> Desk:
    texts = tmp_path / "texts.jsonl"
    texts.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    capture_texts(desk, str(texts), actor="an")
    import_reviews(desk, write_rows(*REVIEWS))
    add_person(desk.record, "an", actor="an")
    return desk


def found(desk: Desk) -> tuple[list[str], list[str]]:
    """The captures and the reviews that are found, by their own ids."""
    evidence = find_evidence(desk, "Who painted the lighthouse of Zed purple?", top=5)
    matches = find_matches(desk, "The mayor Ada Zyxwolf sold the lighthouse to a neighbour.", top=5)
    return [each.own_id for each in evidence.sources], [
        each.review.own_id for claim in matches.claims for each in claim.matches
    ]


def lies(desk: Desk) -> bool:
    files = [path for path in desk.config.folder.rglob("*") if path.is_file()]
    return any(b"zyxwolf" in path.read_bytes().lower() for path in files)


def test_neither_passages_nor_reviews_are_found(filled: Desk, write_rows: Callable[..., str]) -> None:
    captures, reviews = found(filled)
    assert "one" in captures
    assert "r1" in reviews
    assert lies(filled)
    done(filled, "capture:one")
    done(filled, "review:r1")
    assert not lies(filled)
    captures, reviews = found(filled)
    assert "one" not in captures
    assert "two" in captures
    assert "r1" not in reviews
    assert not lies(filled)
    again_in = import_reviews(filled, write_rows(*REVIEWS))
    assert (again_in.counts.new, again_in.counts.blocked, again_in.counts.unchanged) == (0, 1, 1)
    assert not lies(filled)


class TestPublished:
    """A check that was really signed and published."""

    def test_it_goes_with_its_review(self, newsroom: Desk, world: World) -> None:
        check = published(newsroom, world).check.id
        going = plan_redaction(newsroom, f"check:{check}", actor="dung")
        assert going.found.published
        assert going.counts["review"] == 1
        redact(newsroom, going, why=WHY, actor="dung")
        assert failed(newsroom) == []
        with newsroom.record.read() as session:
            assert get_check(session, check) is None

    def test_a_claim_goes_and_the_checks_about_it_say_so(self, newsroom: Desk, world: World) -> None:
        check = published(newsroom, world).check
        going = plan_redaction(newsroom, f"claim:{world.claim}", actor="dung")
        assert f"check:{check.id}" in going.found.kept
        redact(newsroom, going, why=WHY, actor="dung")
        assert failed(newsroom) == []
        assert readiness(newsroom, check, quick=True).wanting

    def test_the_only_published_text_is_opened_first(self, newsroom: Desk, world: World) -> None:
        check = published(newsroom, world).check.id
        with pytest.raises(RefusedError, match="check correct"):
            act(newsroom, f"check:{check}@1")
        correct(newsroom.record, check, "A name stood in it.", "serious", actor="an")
        saved = save(newsroom.record, check, written(world, title="Without the name"), actor="an")
        assert isinstance(saved, Saved)
        act(newsroom, f"check:{check}@1")
        assert failed(newsroom) == []
        assert again(newsroom, world, check).fact.number == 2
        assert failed(newsroom) == []

    def test_what_was_published_second(self, newsroom: Desk, world: World) -> None:
        check = published(newsroom, world).check.id
        correct(newsroom.record, check, "A figure was wrong.", "minor", actor="an")
        save(newsroom.record, check, written(world, title="A name stands here"), actor="an")
        again(newsroom, world, check)
        act(newsroom, f"check:{check}@2")
        with newsroom.record.read() as session:
            stored = get_check(session, check)
            assert stored is not None
            assert (stored.now.standing.state, stored.now.title) == ("reopened", titles(newsroom, check)[0])
        assert failed(newsroom) == []
        with pytest.raises(RefusedError, match="published check can be reopened"):
            reopen(newsroom.record, check, "x", actor="an")
        correct(newsroom.record, check, "The name is gone.", "minor", actor="an")
        again(newsroom, world, check)
        assert failed(newsroom) == []


def act(desk: Desk, subject: str) -> None:
    redact(desk, plan_redaction(desk, subject, actor="dung"), why=WHY, actor="dung")


def titles(desk: Desk, check: str) -> list[str]:
    with desk.record.read() as session:
        return [each.fact.source.splitlines()[1].removeprefix("title: ") for each in revisions_of(session, check)]


def failed(desk: Desk) -> list[str]:
    """What verify finds wrong."""
    return [str(step) for step in verify_desk(desk.record, How(quick=True)) if step.outcome == "fail"]
