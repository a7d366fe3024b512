"""A bundle that is verified with no desk: sound, changed, and forged by someone who makes every digest anew."""

from __future__ import annotations

import io
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from tests.capture.authority import new_authority
from tests.capture.bundles import NOTE, PAGE, World, flipped, forged, members_of, packed, small_world
from tests.capture.test_timestamp import stamped_by

from factdesk.capture.exchange import Exchange, exchange_bytes, exchange_from
from factdesk.capture.wacz import INDEX, MANIFEST, PAGES, WARC
from factdesk.capture.wacz_manifest import citation_of
from factdesk.domain.captures import seal_of
from factdesk.domain.verification import Step
from factdesk.errors import InputError, NotFoundError
from factdesk.queries.verify import How, bundle_digest, verify_bundle, verify_open_bundle


@pytest.fixture(scope="module")
def bundle() -> bytes:
    return small_world().bundle()


def steps(data: bytes, how: How | None = None) -> list[Step]:
    return list(verify_open_bundle(io.BytesIO(data), "a.wacz", how or How(at_once=2)))


def failed(data: bytes, how: How | None = None) -> list[Step]:
    return [step for step in steps(data, how or How(quick=True)) if step.outcome == "fail"]


def reasons(data: bytes) -> set[str]:
    return {str(step.reason) for step in failed(data)}


def test_a_sound_bundle(bundle: bytes) -> None:
    found = steps(bundle)
    assert Counter((step.name, step.outcome) for step in found) == {
        ("container", "pass"): 2,
        ("record", "not checked"): 1,
        ("bytes", "pass"): 3,
        ("exchange", "pass"): 1,
        ("exchange", "not checked"): 1,
        ("text", "pass"): 2,
        ("about", "pass"): 2,
        ("quotation", "pass"): 2,
    }


def test_any_changed_byte_is_found_where_it_is(bundle: bytes) -> None:
    chosen = random.Random(5)
    for place in chosen.sample(range(len(bundle)), 25):
        found = failed(flipped(bundle, place, chosen.randrange(1, 256)))
        assert any(f"{place:,}" in str(step.reason) for step in found), place


@pytest.mark.parametrize("name", [INDEX, PAGES, WARC])
def test_what_can_be_written_again_is_held_against_it(bundle: bytes, name: str) -> None:
    key = name.replace("/", "__").replace(".", "_")
    members = members_of(bundle)
    wrong = members[name][:-1] + b"?"
    found = failed(forged(bundle, **{key: wrong}))
    assert {step.subject.partition(":")[0] for step in found if step.name == "container"} == {name}


@pytest.mark.attack
def test_a_forger_cannot_put_another_page_under_a_captures_digest(bundle: bytes) -> None:
    other = World()
    other.web("https://moh.example/thong-bao", PAGE.replace(b"27", b"72"))
    stolen = members_of(other.bundle())[WARC]
    found = failed(forged(bundle, archive__data_warc_gz=stolen))
    assert ("bytes", "id-0001") in {(step.name, step.subject) for step in found}
    assert WARC in {step.subject.partition(":")[0] for step in found}


def with_citation(**changes: object) -> bytes:
    world = small_world()
    cited = replace(citation_of(world.citations[0].content), **changes)  # type: ignore[arg-type]
    world.seal(world.citations, cited.content())
    return world.bundle()


@pytest.mark.attack
def test_a_forger_cannot_cite_what_does_not_stand_there() -> None:
    piece = citation_of(small_world().citations[0].content).pieces[0]
    more = replace(piece, exact=piece.exact.replace("27", "72"))
    assert any("does not stand at" in reason for reason in reasons(with_citation(pieces=(more,))))
    assert reasons(with_citation(quotation="Có 72 ca.")) == {"The quotation is not what stands at its places."}
    assert reasons(with_citation(capture="id-9999")) == {"It belongs to a capture that is not in the bundle."}


@pytest.mark.attack
def test_a_forger_cannot_seal_other_words_under_a_digest() -> None:
    world = small_world()
    fact = world.captures[1]
    world.captures[1] = replace(fact, content=fact.content.replace('"an"', '"the ministry"'))
    assert reasons(world.bundle()) == {"This is not what the desk sealed under its digest."}


@pytest.mark.attack
def test_a_forger_cannot_have_another_answer_agree() -> None:
    world = World()
    own = world.web("https://moh.example/thong-bao", PAGE)
    capture = world.by_id[own]
    exchange = exchange_from(world.blobs[capture.exchange])
    private = Exchange(tuple(replace(hop, address="10.0.0.1") for hop in exchange.hops))
    changed = replace(capture, exchange=world.keep(exchange_bytes(private)))
    world.captures.clear()
    world.seal(world.captures, changed.content())
    (reason,) = reasons(world.bundle())
    assert "10.0.0.1" in reason


@pytest.mark.attack
def test_an_exchange_that_is_none_is_named() -> None:
    world = World()
    own = world.web("https://moh.example/thong-bao", PAGE)
    nested = world.keep(b"[" * 100_000)
    changed = replace(world.by_id[own], exchange=nested)
    bundle = world.bundle()
    world.captures.clear()
    world.seal(world.captures, changed.content())
    members = members_of(bundle)
    members = {name: data for name, data in members.items() if not name.endswith(".exchange")}
    members = dict(sorted((members | {f"factdesk/{nested}.exchange": b"[" * 100_000}).items()))
    found = failed(forged(packed(members), factdesk__manifest_json=world.manifest().content()))
    assert {(step.name, step.outcome) for step in found} >= {("exchange", "fail"), ("container", "fail")}


@pytest.mark.attack
def test_a_layout_that_is_none_fails_its_text() -> None:
    world = World()
    own = world.file("a.txt", NOTE)
    changed = replace(world.by_id[own], layout_digest=world.keep(b"[" * 100_000))
    world.captures.clear()
    world.seal(world.captures, changed.content())
    assert {step.name for step in failed(world.bundle())} == {"text"}


def test_what_was_made_twice_is_carried_once_and_served_to_both() -> None:
    world = World()
    for name in ("a.txt", "b.txt"):
        world.cite(world.file(name, NOTE), "No trial has shown")
    found = steps(world.bundle())
    assert {step.outcome for step in found if step.name in ("bytes", "text", "quotation")} == {"pass"}
    assert Counter(step.name for step in found if step.outcome == "pass")["quotation"] == 2


def test_timestamps_need_a_root(tmp_path: Path) -> None:
    world = small_world()
    authority = new_authority(tmp_path)
    world.attach("id-0001", "timestamp", stamped_by(authority, bytes.fromhex(seal_of(world.captures[0].content))))
    data = world.bundle()
    for roots, outcome in (((), "not checked"), ((authority.root,), "pass")):
        (stamp,) = [step for step in steps(data, How(True, roots)) if step.name == "timestamp"]
        assert stamp.outcome == outcome


@pytest.mark.parametrize("cut", [1, 100, 5000])
def test_a_cut_bundle_fails(bundle: bytes, cut: int) -> None:
    (found,) = failed(bundle[:-cut])
    assert (found.name, found.subject) == ("container", "a.wacz")


def test_a_manifest_that_cannot_be_read_ends_it(bundle: bytes) -> None:
    found = steps(forged(bundle, factdesk__manifest_json=b"{}\n"))
    assert {step.outcome for step in found} == {"fail"}
    assert MANIFEST in {step.subject for step in found}


def test_files_that_are_none(tmp_path: Path, bundle: bytes) -> None:
    with pytest.raises(NotFoundError):
        list(verify_bundle(tmp_path / "none.wacz"))
    (tmp_path / "text.wacz").write_bytes(b"no bundle")
    with pytest.raises(InputError, match="not a WACZ"):
        list(verify_bundle(tmp_path / "text.wacz"))
    (tmp_path / "a.wacz").write_bytes(bundle)
    assert list(verify_bundle(tmp_path / "a.wacz", How(quick=True))) == steps(bundle, How(quick=True))
    assert len(bundle_digest(tmp_path / "a.wacz")) == 64
