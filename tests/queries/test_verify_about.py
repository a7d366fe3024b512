"""What a capture says of its document, held against the document: a forger makes every digest anew."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.capture.bundles import NOTE, World

from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.html import extract
from factdesk.domain.captures import Capture
from factdesk.domain.documents import About, Extractor
from factdesk.domain.verification import Step
from factdesk.queries.verify import How, verify_open_bundle

HEAD = '<meta property="article:published_time" content="{day}"><meta name="author" content="Lan Anh">'
BODY = "<nav><p>Home</p></nav><article><h1>Thông báo</h1><p>Bộ Y tế ghi nhận 27 ca cúm gia cầm ở người.</p></article>"


def page(day: str = "2020-05-06") -> bytes:
    head = HEAD.replace("{day}", day)
    return f"<!doctype html><html><head><title>Cúm</title>{head}</head><body>{BODY}</body></html>".encode()


def verified(world: World, change: Callable[[Capture], Capture] = lambda capture: capture, **how: Any) -> list[Step]:
    """The steps of the only capture's bundle, after somebody changed what is sealed."""
    (own,) = world.by_id
    world.by_id[own] = change(world.by_id[own])
    world.captures.clear()
    world.seal(world.captures, world.by_id[own].content())
    return list(verify_open_bundle(io.BytesIO(world.bundle()), "a.wacz", How(at_once=1, **how)))


def told(steps: list[Step], name: str = "about") -> list[tuple[str, str]]:
    return [(step.outcome, str(step.reason or "")) for step in steps if step.name == name]


def world_of(body: bytes = b"") -> World:
    world = World()
    world.web("https://moh.example/thong-bao", body or page())
    return world


def test_what_a_page_says_of_itself_is_asked_again() -> None:
    world = world_of()
    (capture,) = world.by_id.values()
    assert capture.about == About("Thông báo", "Lan Anh", "2020-05-06", "vi", "moh.example")
    assert told(verified(world)) == [("pass", "")]


@pytest.mark.attack
@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("title", "FAKE", "Its title is recorded as “FAKE”, and the document's is “Thông báo”."),
        ("author", "", "Its author is recorded as “–”, and the document's is “Lan Anh”."),
        ("published", "1999-01-01", "Its day of publication is recorded as “1999-01-01”, and the document's is "),
        ("published", "", "Its day of publication is recorded as “–”, and the document's is “2020-05-06”."),
        ("language", "en", "Its language is recorded as “en”, and the document's is “vi”."),
        ("site", "bbc.example", "Its site is recorded as “bbc.example”, and the document's is “moh.example”."),
    ],
)
def test_a_forged_word_of_a_page(field: str, value: str, reason: str) -> None:
    def forge(capture: Capture) -> Capture:
        return replace(capture, about=replace(capture.about, **{field: value}))

    ((outcome, said),) = told(verified(world_of(), forge))
    assert outcome == "fail"
    assert said.startswith(reason)


@pytest.mark.attack
def test_every_forged_word_is_named() -> None:
    forged = About("FAKE TITLE", "Nobody", "1999-01-01", "vi", "moh.example")
    found = told(verified(world_of(), lambda capture: replace(capture, about=forged)))
    assert [outcome for outcome, _ in found] == ["fail"] * 3


@pytest.mark.attack
def test_a_forged_word_of_a_supplied_file() -> None:
    world = World()
    world.file("note.txt", NOTE)
    found = told(verified(world, lambda capture: replace(capture, about=About(title="FAKE"))))
    assert found == [("fail", "Its title is recorded as “FAKE”, and the document's is “–”.")]


def test_another_version_may_find_another_title() -> None:
    old = Extractor("html", "0")
    world = world_of()
    same = told(verified(world, lambda capture: replace(capture, extractor=old)))
    assert same == [("pass", "")]
    found = told(verified(world, lambda capture: replace(capture, about=replace(capture.about, title="Old"))))
    here = world_of().by_id["id-0001"].extractor
    reason = f"Recorded by html 0; html {here.version}, which is here, finds “Thông báo”, not “Old”."
    assert found == [("not checked", reason)]


def test_a_day_that_was_yet_to_come_is_left_out_as_it_was() -> None:
    world = world_of(page("2199-05-06"))
    assert world.by_id["id-0001"].about.published == ""
    assert told(verified(world)) == [("pass", "")]


def test_a_day_that_was_yet_to_come_stays_left_out_when_it_is_past() -> None:
    # The capture is of 2 January 2026, and the day is past by now.
    world = world_of(page("2026-01-20"))
    assert told(verified(world, lambda made: replace(made, about=replace(made.about, published="")))) == [("pass", "")]


def test_a_supplied_text_is_told_of_by_its_supplier() -> None:
    world = World()
    world.add(NOTE, "text", name="a.jsonl", media_type="text/plain", supplied_by="an")
    found = told(verified(world, lambda capture: replace(capture, about=About(title="Flu"))))
    assert found == [("not checked", "Title, author and day are the word of an, who supplied it.")]


def test_quick_reads_no_document() -> None:
    assert told(verified(world_of(), quick=True)) == [("not checked", "No extractor was run (--quick).")]


Layout = list[list[Any]]


def relaid(world: World, change: Callable[[Layout], object]) -> Callable[[Capture], Capture]:
    """Another layout under the capture, with its digest."""

    def forge(capture: Capture) -> Capture:
        rows = json.loads(world.blobs[capture.layout_digest])
        change(rows)
        return replace(capture, layout_digest=world.keep(json.dumps(rows, separators=(",", ":")).encode()))

    return forge


@pytest.mark.attack
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda rows: rows[1].__setitem__(2, {"kind": "heading"}), id="another kind"),
        pytest.param(lambda rows: rows[-1].append({"page": 7}), id="another page"),
        pytest.param(lambda rows: rows[-1].append({"box": [0.1, 0.1, 0.9, 0.9]}), id="a place in a picture"),
        pytest.param(lambda rows: rows[-1].append({"confidence": "much"}), id="a confidence that is none"),
        pytest.param(lambda rows: rows[-1].__setitem__(1, 9), id="another end"),
        pytest.param(lambda rows: rows.pop(), id="a part less"),
        pytest.param(lambda rows: rows.append([99, 100]), id="a part more"),
    ],
)
def test_a_forged_layout(change: Callable[[Layout], object]) -> None:
    world = world_of()
    ((outcome, reason),) = told(verified(world, relaid(world, change)), "text")
    assert outcome == "fail"
    assert "finds its part at" in reason


def test_which_parts_are_main_content_a_library_decides() -> None:
    world = world_of()
    found = verified(world, relaid(world, lambda rows: rows[-1].append({"main": False})))
    assert told(found, "text") == [("pass", "")]


@pytest.mark.attack
def test_which_parts_of_a_text_are_main_content_we_decide() -> None:
    world = World()
    world.file("note.txt", NOTE)
    found = verified(world, relaid(world, lambda rows: rows[-1].append({"main": False})))
    assert told(found, "text") == [
        ("fail", "text 1 finds its part at 0 otherwise: 0–62 paragraph, not 0–62 paragraph main=False.")
    ]


def test_metadata_does_not_hang_on_the_main_content() -> None:
    whole, without = (extract(page(), Hint(url="https://a.example/", main=main), Limits()) for main in (True, False))
    bare = extract(page(), Hint(url="https://a.example/", about=False), Limits())
    assert whole.about == without.about != About()
    assert bare.about == About()
    assert whole.document.text == without.document.text == bare.document.text
