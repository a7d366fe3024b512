"""The bundles of a site's checks, many at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from tests.actions.desks_of_people import ALSO_FOUND, FOUND, World, again, published, written
from tests.capture.bundles import members_of
from tests.queries.published import publish, statement

from factdesk.actions.checks import save
from factdesk.actions.claims import add_claim
from factdesk.actions.publish import Published
from factdesk.actions.redact import plan_redaction, redact
from factdesk.actions.workflow import correct
from factdesk.capture.wacz import MANIFEST
from factdesk.capture.wacz_manifest import Fact, Manifest, manifest_from
from factdesk.config import DeskConfig
from factdesk.errors import IntegrityError, ResourceError
from factdesk.queries.bundle import write_bundle
from factdesk.queries.desk import Desk
from factdesk.queries.site_bundles import BundleOf, key_of, put_bundles
from factdesk.queries.site_model import SiteBundle
from factdesk.queries.verify_bundle import verify_bundle
from factdesk.queries.verify_held import How
from factdesk.store.checks import publications_of
from factdesk.store.record import Record


def of(record: Record, check: str, slug: str = "carrots") -> BundleOf:
    """The newest publication of a check."""
    with record.read() as session:
        newest = publications_of(session, check)[-1]
    return BundleOf(check, slug, newest.fact.number, newest.seq)


def put(record: Record, folder: Path, *checks: BundleOf) -> dict[str, SiteBundle]:
    with record.read() as session:
        return {own: each.bundle for own, each in put_bundles(record, session, checks, folder).items()}


def questions(record: Record, checks: Sequence[BundleOf], folder: Path) -> int:
    """How often the record is asked for bundles."""
    asked: list[object] = []
    with record.read() as session:
        event.listen(session.connection(), "before_cursor_execute", lambda *given: asked.append(given))
        put_bundles(record, session, checks, folder)
    return len(asked)


def manifest_in(path: Path) -> Manifest:
    return manifest_from(members_of(path.read_bytes())[MANIFEST])


@pytest.fixture
def two(press_desk: Desk, press: World) -> list[Published]:
    """Two checks that cite the same page, by one citation and by two."""
    both = f"A sample source says: “{FOUND}”[^cite:{press.cited}]. And: “{ALSO_FOUND}”[^cite:{press.also}]."
    return [
        published(press_desk, press),
        published(press_desk, press, written(press, title="A second check of carrots", evidence=both)),
    ]


def test_each_check_gets_what_it_relies_on_and_a_reader_can_verify_it(
    press_desk: Desk, press: World, two: list[Published], tmp_path: Path
) -> None:
    asked = [of(press_desk.record, each.check.id, f"check-{place}") for place, each in enumerate(two)]
    made = put(press_desk.record, tmp_path, *asked)
    assert list(made) == [each.check.id for each in two]
    for place, (one, cited) in enumerate(zip(two, ([press.cited], [press.cited, press.also]), strict=True)):
        bundle = made[one.check.id]
        assert bundle.path == f"/bundles/check-{place}-1.wacz"
        data = (tmp_path / bundle.path[1:]).read_bytes()
        assert (bundle.digest, bundle.size) == (hashlib.sha256(data).hexdigest(), len(data))
        manifest = manifest_in(tmp_path / bundle.path[1:])
        assert [fact.id for fact in manifest.citations] == cited
        assert [fact.id for fact in manifest.publications] == [one.publication]
        assert manifest.head.startswith(f"{asked[place].seq}:")
        steps = list(verify_bundle(tmp_path / bundle.path[1:], How()))
        assert not [step for step in steps if step.outcome == "fail"]
    assert sorted(path.name for path in (tmp_path / "bundles").iterdir()) == ["check-0-1.wacz", "check-1-1.wacz"]


def test_a_bundle_of_the_site_is_the_desk_s_own_but_for_its_head(
    press_desk: Desk, two: list[Published], tmp_path: Path
) -> None:
    own = two[-1].check.id
    (made,) = put(press_desk.record, tmp_path, of(press_desk.record, own)).values()
    site = manifest_in(tmp_path / made.path[1:])
    write_bundle(press_desk.record, [f"check:{own}"], tmp_path / "own.wacz")
    assert replace(manifest_in(tmp_path / "own.wacz"), head=site.head) == site


def test_the_same_check_gives_the_same_bytes_whatever_was_asked_before(
    press_desk: Desk, press: World, two: list[Published], tmp_path: Path
) -> None:
    record = press_desk.record
    asked = [of(record, each.check.id, str(place)) for place, each in enumerate(two)]
    first = put(record, tmp_path / "first", *asked)
    add_claim(record, "Something new", actor="an")
    for place, order in enumerate(([asked[1], asked[0]], [asked[0]], [asked[1]], [])):
        anew = put(record, tmp_path / f"anew-{place}", *order)
        assert anew == {each.id: first[each.id] for each in order}


def test_a_page_keeps_the_bundle_of_its_own_publication_while_the_desk_goes_on(
    press_desk: Desk, press: World, two: list[Published], tmp_path: Path
) -> None:
    record, own = press_desk.record, two[0].check.id
    before = of(record, own)
    first = put(record, tmp_path, before)
    correct(record, own, "A comma.", "minor", actor="an")
    save(record, own, written(press, ending="So that is that for carrots and eyes."), actor="an")
    again(press_desk, press, own)
    assert put(record, tmp_path, before) == first
    (later,) = put(record, tmp_path, of(record, own)).values()
    assert later.path.endswith("-2.wacz")
    assert manifest_in(tmp_path / later.path[1:]).publications[0].id != two[0].publication


def test_a_check_of_which_something_was_redacted_is_left_out_and_no_other(
    press_desk: Desk, press: World, two: list[Published], tmp_path: Path
) -> None:
    asked = [of(press_desk.record, each.check.id, str(place)) for place, each in enumerate(two)]
    redact(press_desk, plan_redaction(press_desk, f"citation:{press.also}", actor="dung"), why="Asked.", actor="dung")
    assert list(put(press_desk.record, tmp_path, *asked)) == [two[0].check.id]
    nowhere = BundleOf("nothing", "nothing", 1, 1)
    assert put(press_desk.record, tmp_path, nowhere) == {}


def test_what_stands_there_is_taken_over_where_it_holds_the_same(
    press_desk: Desk, two: list[Published], tmp_path: Path
) -> None:
    record, asked = press_desk.record, of(press_desk.record, two[0].check.id)
    with record.read() as session:
        before = put_bundles(record, session, [asked], tmp_path / "one")
        path = before[asked.id].bundle.path[1:]
        for name, had, is_same in (
            ("same", before, True),
            ("other", {asked.id: replace(before[asked.id], key="other")}, False),
            ("nothing", {}, False),
        ):
            made = put_bundles(record, session, [asked], tmp_path / name, had, tmp_path / "one")
            assert made == before
            assert (tmp_path / name / path).samefile(tmp_path / "one" / path) == is_same
        renamed = replace(asked, slug="renamed")
        made = put_bundles(record, session, [renamed], tmp_path / "renamed", before, tmp_path / "one")
        assert made[asked.id].bundle == replace(before[asked.id].bundle, path=renamed.path)
        assert (tmp_path / "renamed" / renamed.path[1:]).read_bytes() == (tmp_path / "one" / path).read_bytes()
        (tmp_path / "one" / path).unlink()
        assert put_bundles(record, session, [asked], tmp_path / "gone", before, tmp_path / "one") == before


def test_what_is_shown_is_not_written_into(press_desk: Desk, two: list[Published], tmp_path: Path) -> None:
    """A file that is made again may have another name, under which it is shown."""
    record, asked = press_desk.record, of(press_desk.record, two[0].check.id)
    with record.read() as session:
        before = put_bundles(record, session, [asked], tmp_path / "shown")
        shown = tmp_path / "shown" / before[asked.id].bundle.path[1:]
        data = shown.read_bytes()
        put_bundles(record, session, [asked], tmp_path / "made", before, tmp_path / "shown")
        shown.write_bytes(b"edited")
        for had in (before, {}):
            put_bundles(record, session, [asked], tmp_path / "made", had, None)
        assert shown.read_bytes() == b"edited"
        assert (tmp_path / "made" / before[asked.id].bundle.path[1:]).read_bytes() == data


def test_many_are_asked_for_with_as_many_questions_as_few(sqlite_record: Record, tmp_path: Path) -> None:
    for number in range(40):
        publish(sqlite_record, f"check-{number}", statement("false", []))
    asked = [of(sqlite_record, f"check-{number}", str(number)) for number in range(40)]
    few, many = (questions(sqlite_record, some, tmp_path) for some in (asked[:2], asked))
    assert few == many > 0


def test_what_cannot_be_read_or_written_is_said(
    sqlite_record: Record, sqlite_desk: DeskConfig, tamper: Callable[..., None], tmp_path: Path
) -> None:
    publish(sqlite_record, "one", statement("false", []))
    asked = of(sqlite_record, "one")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ResourceError):
        put(sqlite_record, tmp_path / "file", asked)
    tamper(sqlite_desk, "UPDATE sealed SET content = '{}' WHERE kind = 'publication'")
    with pytest.raises(IntegrityError, match="one cannot be read"):
        put(sqlite_record, tmp_path, asked)


TEXTS = st.sampled_from(["", "a", "1:a", "2", "aa", "2:", "é", "1"])
FACTS = st.lists(st.builds(Fact, TEXTS, st.integers(0, 12), TEXTS, TEXTS, TEXTS), max_size=2).map(tuple)
MANIFESTS = st.builds(
    Manifest, FACTS, FACTS, FACTS, TEXTS, TEXTS, TEXTS, TEXTS, st.dictionaries(TEXTS, TEXTS, max_size=2), FACTS, FACTS
)


@given(MANIFESTS, MANIFESTS)
def test_a_key_is_that_of_one_manifest_alone(one: Manifest, other: Manifest) -> None:
    assert (key_of(one) == key_of(other)) == (one.content() == other.content())


@given(MANIFESTS, st.data())
def test_whatever_a_manifest_says_is_in_its_key(one: Manifest, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([each.name for each in fields(Manifest)]))
    other = replace(one, **{name: getattr(data.draw(MANIFESTS), name)})
    assert (key_of(one) == key_of(other)) == (one.content() == other.content())
