"""Every byte of a bundle is held against what must stand there, and what was changed is named by its place."""

from __future__ import annotations

import io
import random

import pytest
from tests.capture.bundles import flipped, forged, members_of, packed, small_world

from factdesk.capture.wacz import MANIFEST, PACKAGE, PACKAGE_DIGEST, WARC
from factdesk.capture.wacz_check import NotOursError, check_container
from factdesk.capture.wacz_zip import Member, listed
from factdesk.domain.verification import Step


@pytest.fixture(scope="module")
def bundle() -> bytes:
    return small_world().bundle()


@pytest.fixture(scope="module")
def members(bundle: bytes) -> list[Member]:
    return listed(io.BytesIO(bundle), len(bundle))


def findings(data: bytes) -> list[Step]:
    return list(check_container(io.BytesIO(data)).findings)


def owner(members: list[Member], place: int) -> set[str]:
    """The member that a byte of the bundle belongs to: its header, its content, or its line of the directory."""
    for member in members:
        if member.offset <= place < member.end:
            return {member.name}
    start = members[-1].end
    for member in members:
        start += 46 + len(member.name)
        if place < start:
            return {member.name}
    return {""}


def test_a_sound_bundle_has_no_findings(bundle: bytes) -> None:
    assert findings(bundle) == []


def test_any_changed_byte_is_named_with_its_place(bundle: bytes, members: list[Member]) -> None:
    chosen = random.Random(3)
    places = {*chosen.sample(range(len(bundle)), 250), 0, len(bundle) - 1, members[-1].end, members[3].offset + 16}
    for place in places:
        (found,) = findings(flipped(bundle, place, chosen.randrange(1, 256)))
        assert {found.subject} == owner(members, place), place
        assert found.outcome == "fail"
        assert f"{place:,}" in str(found.reason)


def test_a_changed_file_is_named_though_its_check_sums_were_made_anew(bundle: bytes) -> None:
    chosen = random.Random(4)
    for name, content in members_of(bundle).items():
        for place in chosen.sample(range(len(content)), 8):
            changed = members_of(bundle) | {name: flipped(content, place, chosen.randrange(1, 256))}
            assert {step.subject for step in findings(packed(changed))} == {name}, (name, place)


def test_of_a_list_and_its_digest_the_wrong_one_is_named_with_its_place(bundle: bytes) -> None:
    members = members_of(bundle)
    for name in (PACKAGE, PACKAGE_DIGEST):
        place = members[name].index(b"sha256:") + 9
        changed = flipped(members[name], place)
        (found,) = findings(packed(members | {name: changed}))
        assert (found.subject, f"byte {place}" in str(found.reason).replace(",", "")) == (name, True)


@pytest.mark.attack
@pytest.mark.parametrize(
    ("changes", "subject"),
    [
        pytest.param({"factdesk__extra_txt": b"x"}, "factdesk__extra_txt", id="a file that nothing names"),
        pytest.param({"pages__pages_jsonl": None}, "pages/pages.jsonl", id="a file taken out"),
        pytest.param({"factdesk__manifest_json": b"{}"}, MANIFEST, id="an empty manifest"),
        pytest.param({"factdesk__manifest_json": None}, MANIFEST, id="no manifest"),
        pytest.param({"archive__data_warc_gz": None}, WARC, id="no archive"),
    ],
)
def test_a_forged_bundle_is_seen_through(bundle: bytes, changes: dict[str, bytes | None], subject: str) -> None:
    assert subject in {step.subject for step in findings(forged(bundle, **changes))}


@pytest.mark.attack
def test_a_text_under_anothers_digest_is_seen(bundle: bytes) -> None:
    name = next(name for name in members_of(bundle) if name.endswith(".txt"))
    key = name.replace("/", "__").replace(".", "_")
    (found,) = findings(forged(bundle, **{key: b"Another text."}))
    assert (found.subject, str(found.reason)) == (name, "This file is not the one that its name says.")


def test_files_in_another_order_are_seen(bundle: bytes) -> None:
    members = members_of(bundle)
    turned = {name: members[name] for name in reversed(members)}
    assert findings(packed(turned)) != []


@pytest.mark.parametrize("wrong", [b"", b"PK", b"no zip at all" * 100])
def test_what_is_no_bundle(wrong: bytes) -> None:
    with pytest.raises(NotOursError):
        check_container(io.BytesIO(wrong))


@pytest.mark.attack
@pytest.mark.parametrize("more", [b"\0", b"PK\5\6" + b"\0" * 18, b"x" * 1000])
def test_nothing_may_stand_behind_or_before(bundle: bytes, more: bytes) -> None:
    for data in (bundle + more, more + bundle):
        with pytest.raises(NotOursError):
            check_container(io.BytesIO(data))
