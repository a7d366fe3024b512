"""What a redaction takes along and what it leaves, who may, and what is said. On SQLite: the rules know no database."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.actions.redact_world import MODEL, OLD, SECRETS, WHY, World, done, everything, made, published, source_of

from factdesk.actions.checks import Saved, new_check, save
from factdesk.actions.people import add_person, set_role
from factdesk.actions.redact import plan_redaction, redact
from factdesk.config import DeskConfig
from factdesk.domain.captures import capture_from
from factdesk.domain.reviews import Review
from factdesk.errors import InputError, NotFoundError, RefusedError, UsageError
from factdesk.queries.checks import list_checks
from factdesk.queries.desk import Desk
from factdesk.store.batches import Entry, put_batch
from factdesk.store.blobs import get_blob, put_blobs, stage
from factdesk.store.captures import NewCapture, put_captures
from factdesk.store.chain import verify
from factdesk.store.checks import get_revision, revisions_of
from factdesk.store.record import Record
from factdesk.store.reviews import all_reviews
from factdesk.store.sealed import all_sealed
from factdesk.store.vectors import vector_counts


@pytest.fixture
def desk_config(sqlite_desk: DeskConfig) -> DeskConfig:
    return sqlite_desk


@pytest.fixture
def record(sqlite_record: Record) -> Record:
    return sqlite_record


@pytest.fixture
def world(record: Record, desk_config: DeskConfig) -> World:
    return made(record, desk_config)


@pytest.fixture
def desk(record: Record, desk_config: DeskConfig) -> Desk:
    return Desk(desk_config, record, writable=True)


def sound(record: Record) -> None:
    """The audit finds nothing."""
    with record.read() as session:
        assert verify(session).broken is None


def test_bytes_that_another_capture_names_stay(
    desk: Desk, record: Record, desk_config: DeskConfig, world: World
) -> None:
    first = world.subjects["capture"]
    with record.read() as session:
        content = next(row.content for row in all_sealed(session) if row.kind == "capture")
    again = replace(capture_from(json.loads(content or "")), url="https://mirror.example/", final_url="")
    with record.write() as writer:
        second = f"capture:{put_captures(writer, [NewCapture(again)], actor='an')[1][0]}"
    assert plan_redaction(desk, first, actor="an").found.kept == (second,)
    assert done(desk, first).files <= 1
    sound(record)
    assert plan_redaction(desk, second, actor="an").found.kept == ()
    assert world.files[0] in plan_redaction(desk, second, actor="an").found.blobs
    done(desk, second)
    assert SECRETS["capture"] not in everything(desk_config)


def test_vectors_go_with_their_texts(desk: Desk, record: Record, world: World) -> None:
    def count() -> int:
        with record.read() as session:
            return vector_counts(session).get(MODEL, 0)

    for kind, fewer in (("tip", 2), ("review", 2), ("capture", 2), ("check", 1)):
        before = count()
        done(desk, world.subjects[kind])
        assert before - count() == fewer, kind


def test_a_crash_before_the_files_were_removed_is_finished(desk: Desk, desk_config: DeskConfig, world: World) -> None:
    files = {path.name: path.read_bytes() for path in (desk_config.folder / "blobs").rglob("*") if path.is_file()}
    assert set(files) == set(world.files)
    done(desk, world.subjects["capture"])
    for name, data in files.items():
        path = desk_config.folder / "blobs" / name[:2] / name
        assert not path.exists()
        path.write_bytes(data)
    again = plan_redaction(desk, world.subjects["capture"], actor="an")
    assert again.empty
    before = desk.record.head()
    assert redact(desk, again, why="", actor="an").files == 2
    assert desk.record.head() == before
    assert SECRETS["capture"] not in everything(desk_config)


def test_bytes_that_came_again_are_not_removed(desk: Desk, desk_config: DeskConfig, world: World) -> None:
    done(desk, world.subjects["capture"])
    data = ("quokkacapture" * 9_000).encode()
    staged = stage(desk_config, data)
    with desk.record.write() as writer:
        put_blobs(writer, [staged])
    done(desk, world.subjects["capture"])
    with desk.record.read() as session:
        assert get_blob(session, desk_config, staged.digest) == data


class TestRevisions:
    def test_an_old_one(self, desk: Desk, record: Record, desk_config: DeskConfig, world: World) -> None:
        done(desk, f"{world.subjects['check']}@2")
        assert OLD not in everything(desk_config)
        sound(record)
        (stored,) = list_checks(record)
        assert stored.now.head == world.revisions[2]
        assert stored.now.standing.state == "published"
        with record.read() as session:
            assert [each.fact.number for each in revisions_of(session, stored.id)] == [1, 3]
            assert [review.claim for _, review in all_reviews(session) if "quokkacheck" in review.claim]

    def test_the_newest_gives_way_to_the_one_before(
        self, desk: Desk, record: Record, desk_config: DeskConfig, world: World
    ) -> None:
        done(desk, f"{world.subjects['check']}@3")
        sound(record)
        (stored,) = list_checks(record)
        assert stored.now.standing.state == "reopened"
        with record.read() as session:
            assert get_revision(session, world.revisions[2]) is None
            head = get_revision(session, stored.now.head)
            assert head is not None
            assert (head.fact.number, OLD in head.fact.source) == (4, True)
            assert not [review for _, review in all_reviews(session) if "quokkacheck" in review.claim]
        saved = save(record, stored.id, source_of("New", "Words."), actor="an")
        assert isinstance(saved, Saved)
        sound(record)

    def test_one_that_was_published_and_replaced(
        self, desk: Desk, record: Record, desk_config: DeskConfig, world: World
    ) -> None:
        (stored,) = list_checks(record)
        published(record, stored.id, world.revisions[1])
        published(record, stored.id, world.revisions[0])
        done(desk, f"{world.subjects['check']}@2")
        assert OLD not in everything(desk_config)
        sound(record)
        with record.read() as session:
            assert [review.claim for _, review in all_reviews(session) if "quokkacheck" in review.claim]

    def test_the_only_text_is_not_taken_from_a_check(self, desk: Desk, record: Record, world: World) -> None:
        own = new_check(record, source_of("One", "Words."), actor="an").check.id
        going = plan_redaction(desk, f"check:{own}@1", actor="an")
        before = record.head()
        with pytest.raises(RefusedError, match="only text"):
            redact(desk, going, why=WHY, actor="an")
        assert record.head() == before

    def test_a_revision_that_is_not_there(self, desk: Desk, world: World) -> None:
        for number in ("9", "x", "", "²"):
            with pytest.raises(NotFoundError, match="no revision"):
                plan_redaction(desk, f"{world.subjects['check']}@{number}", actor="an")


class TestReviews:
    def test_the_same_does_not_come_again(self, desk: Desk, record: Record, world: World) -> None:
        done(desk, world.subjects["review"])
        key = "own\nfeed.json\nown-quokkareview"
        with record.write() as writer:
            batch = put_batch(writer, "run-9", [Entry(key, Review(claim="again")), Entry("n", Review("b"))], actor="an")
        assert batch.outcomes == ("blocked", "new")
        assert batch.numbers[0] == 0

    def test_the_desk_may_publish_again(self, desk: Desk, record: Record, world: World) -> None:
        done(desk, f"{world.subjects['check']}@3")
        own = world.subjects["check"].removeprefix("check:")
        published(record, own, world.revisions[0])
        with record.read() as session:
            assert [review.claim for _, review in all_reviews(session) if "quokkacheck" in review.claim]
        sound(record)

    def test_the_desks_own_go_with_the_check(self, desk: Desk, record: Record, world: World) -> None:
        with record.read() as session:
            (row,) = [row for row, review in all_reviews(session) if "quokkacheck" in review.claim]
        with pytest.raises(RefusedError, match="desk's own check") as caught:
            plan_redaction(desk, f"review:{row.id}", actor="an")
        assert world.subjects["check"] in str(caught.value)


class TestWho:
    @pytest.mark.parametrize("role", ["contributor", "reviewer", "editor"])
    def test_only_an_admin(self, desk: Desk, record: Record, world: World, role: str) -> None:
        add_person(record, "chi", role=role, actor="an")  # type: ignore[arg-type]
        with pytest.raises(RefusedError, match="role admin at least"):
            plan_redaction(desk, world.subjects["tip"], actor="chi")
        going = plan_redaction(desk, world.subjects["tip"], actor="an")
        before = record.head()
        with pytest.raises(RefusedError, match="role admin at least"):
            redact(desk, going, why=WHY, actor="chi")
        assert record.head() == before

    def test_the_last_admin_stays(self, desk: Desk, record: Record, world: World) -> None:
        done(desk, world.subjects["person"])
        with pytest.raises(RefusedError, match="only admin"):
            plan_redaction(desk, "person:an", actor="an")

    def test_a_redacted_person_does_nothing_and_keeps_the_name(self, desk: Desk, record: Record, world: World) -> None:
        done(desk, world.subjects["person"])
        with pytest.raises(RefusedError, match="does not work"):
            plan_redaction(desk, world.subjects["tip"], actor="binh")
        with pytest.raises(RefusedError, match="given once"):
            add_person(record, "binh", actor="an")
        set_role(record, "binh", "editor", actor="an")
        sound(record)


class TestAsking:
    @pytest.mark.parametrize("given", ["", "tip", "tip:", "0192", "event:3", "run:abcd", "key:abcd"])
    def test_a_subject_has_a_kind(self, desk: Desk, world: World, given: str) -> None:
        with pytest.raises(UsageError, match="with its kind"):
            plan_redaction(desk, given, actor="an")

    @pytest.mark.parametrize("kind", SECRETS)
    def test_nobody_has_that(self, desk: Desk, world: World, kind: str) -> None:
        with pytest.raises(NotFoundError):
            plan_redaction(desk, f"{kind}:zzzzzzzz", actor="an")

    def test_a_reason_is_needed(self, desk: Desk, record: Record, world: World) -> None:
        going = plan_redaction(desk, world.subjects["tip"], actor="an")
        before = record.head()
        with pytest.raises(InputError, match="needs a reason"):
            redact(desk, going, why=" ", actor="an")
        assert record.head() == before

    def test_what_changed_since_it_was_shown(self, desk: Desk, record: Record, world: World) -> None:
        going = plan_redaction(desk, world.subjects["check"], actor="an")
        published(record, going.subject.id, world.revisions[0])
        before = record.head()
        with pytest.raises(RefusedError, match="meantime"):
            redact(desk, going, why=WHY, actor="an")
        assert record.head() == before

    @pytest.mark.parametrize("kind", SECRETS)
    def test_planning_changes_nothing(
        self, desk: Desk, record: Record, desk_config: DeskConfig, world: World, kind: str
    ) -> None:
        before = record.head()
        assert not plan_redaction(desk, world.subjects[kind], actor="an").empty
        assert record.head() == before
        assert SECRETS[kind] in everything(desk_config)
