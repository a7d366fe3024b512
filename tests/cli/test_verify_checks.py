"""`factdesk verify` on checks: whose signature counts, and what the exit code says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli.newsroom import Newsroom
from tests.queries.forged_checks import packed, resealed, statement_in, with_statement, written

from factdesk.domain.keys import fingerprint, shown_fingerprint
from factdesk.queries.bundle import manifest_of
from factdesk.queries.desk import Desk

BINH = "binh"


@pytest.fixture
def bundle(newsroom: Newsroom) -> Path:
    """A bundle of a published check, on a reader's machine."""
    newsroom.do("bundle", newsroom.published(), "-o", "k.wacz")
    return Path("k.wacz")


def pin(newsroom: Newsroom, name: str = BINH) -> str:
    return fingerprint(newsroom.world.keys[name].public)


def test_a_key_that_nobody_pinned_is_no_pass(newsroom: Newsroom, bundle: Path) -> None:
    ran = newsroom.do("verify", bundle)
    assert "not checked  signature " in ran.out
    assert "pass  signature" not in ran.out
    assert "binh is not pinned" in ran.out


@pytest.mark.parametrize("shown", [False, True], ids=["plain", "in groups"])
def test_a_pinned_key_passes(newsroom: Newsroom, bundle: Path, shown: bool) -> None:
    own = pin(newsroom)
    ran = newsroom.do("verify", bundle, "--pin", shown_fingerprint(own) if shown else own)
    assert "pass  signature " in ran.out
    assert "That proves two keys, not two people." in " ".join(ran.out.split())
    newsroom.do("key", "pin", own, "Bình, Test desk")
    assert "By Bình, Test desk, whose key you pinned." in newsroom.do("verify", bundle).out


@pytest.mark.attack
@pytest.mark.parametrize("cut", [slice(0, 63), slice(0, 16), slice(0, 0)])
def test_a_part_of_a_fingerprint_pins_nothing(newsroom: Newsroom, bundle: Path, cut: slice) -> None:
    ran = newsroom.say("verify", bundle, "--pin", pin(newsroom)[cut])
    assert ran.code == 3
    assert "pass" not in ran.out


@pytest.mark.attack
def test_a_wrong_fingerprint_is_not_checked(newsroom: Newsroom, bundle: Path) -> None:
    for other in (pin(newsroom, "giang"), "0" * 64):
        ran = newsroom.do("verify", bundle, "--pin", other)
        assert "not checked  signature " in ran.out


@pytest.mark.attack
def test_a_forged_check_gives_the_exit_code_and_is_named(newsroom: Newsroom, bundle: Path) -> None:
    with Desk.open(newsroom.config) as desk:
        with desk.record.read() as session:
            check = next(iter(newsroom.read("checks")))["id"]
            sound = manifest_of(desk.record, session, [check])
        forged = with_statement(sound, statement_in(sound) | {"title": "Carrots give night vision"})
        unsigned = replace(sound, signoffs=())
        publication = json.loads(sound.publications[0].content) | {"signoff": "another"}
        strayed = replace(sound, publications=(resealed(sound.publications[0], written(publication)),))
        for manifest, name in ((forged, "revision"), (unsigned, "signature"), (strayed, "signature")):
            bundle.write_bytes(packed(desk, manifest))
            ran = newsroom.do("verify", bundle, "--pin", pin(newsroom), code=1)
            assert f"fail  {name} {check}@1" in ran.out
            steps = json.loads(newsroom.do("verify", bundle, "--pin", pin(newsroom), "--json", code=1).out)
            assert "fail" in json.dumps(steps)
