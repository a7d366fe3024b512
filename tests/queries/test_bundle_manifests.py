"""The manifests of bundles, many at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.capture.bundles import World, small_world

from factdesk.capture.wacz_manifest import Manifest
from factdesk.config import DeskConfig
from factdesk.errors import InputError, IntegrityError
from factdesk.queries.bundle import manifest_named
from factdesk.queries.bundle_manifests import Contents, manifests_of
from factdesk.store.record import Record
from factdesk.store.sealed import ids_beginning


@pytest.fixture
def world(record: Record) -> World:
    made = small_world()
    made.cite("id-0002", "Garlic does not cure the flu.")
    made.fill(record)
    return made


def cited(record: Record) -> list[str]:
    """The citations: of the page, of the note, and of the note again."""
    with record.read() as session:
        return ids_beginning(session, "citation", "")


def made(record: Record, *wanted: Contents) -> list[Manifest | InputError]:
    with record.read() as session:
        return manifests_of(record.config, session, wanted)


def ids(manifest: Manifest | InputError) -> list[list[str]]:
    assert isinstance(manifest, Manifest)
    return [[fact.id for fact in facts] for facts in (manifest.captures, manifest.citations)]


def test_each_has_what_it_asked_for_and_nothing_of_the_others(record: Record, world: World) -> None:
    page, note, other = cited(record)
    found = made(
        record,
        Contents(captures=("id-0002",)),
        Contents(citations=frozenset([note])),
        Contents(),
        Contents(captures=("id-0001",), citations=frozenset([other])),
    )
    assert [ids(each) for each in found] == [
        [["id-0002"], [note, other]],
        [["id-0002"], [note]],
        [[], []],
        [["id-0001", "id-0002"], [page, other]],
    ]


def test_one_alone_is_what_it_is_among_others(record: Record, world: World) -> None:
    wanted = [Contents(captures=(own,), head=f"7:{'a' * 64}") for own in ("id-0001", "id-0002")]
    assert made(record, *wanted) == [made(record, each)[0] for each in wanted]
    with record.read() as session:
        alone = manifest_named(record, session, [("capture", "id-0001")])
    assert replace(alone, head=wanted[0].head) == made(record, wanted[0])[0]


def test_what_was_redacted_is_told_of_those_that_had_it(
    record: Record, desk_config: DeskConfig, world: World, tamper: Callable[..., None]
) -> None:
    page, note, other = cited(record)
    tamper(desk_config, f"UPDATE sealed SET content = NULL WHERE id = '{note}'")
    whole, with_it, without = made(
        record,
        Contents(captures=("id-0002",)),
        Contents(citations=frozenset([page, note])),
        Contents(citations=frozenset([page, other])),
    )
    assert isinstance(whole, InputError)
    assert isinstance(with_it, InputError)
    assert note in str(with_it)
    assert ids(without) == [["id-0001", "id-0002"], [page, other]]


@pytest.mark.parametrize("content", ["{}", "[1]", "7", "no JSON", '{"extractor":[]}', '{"extractor":{"name":[]}}'])
def test_a_capture_that_is_none_is_named(
    record: Record, desk_config: DeskConfig, world: World, tamper: Callable[..., None], content: str
) -> None:
    tamper(desk_config, f"UPDATE sealed SET content = '{content}' WHERE id = 'id-0001'")
    with pytest.raises(IntegrityError, match="id-0001 cannot be read"):
        made(record, Contents(captures=("id-0001",)))
