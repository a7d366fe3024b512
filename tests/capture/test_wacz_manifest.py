"""What a bundle says it carries, read as if an enemy had written it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest
from tests.capture.bundles import START

from factdesk.capture.wacz_manifest import (
    Fact,
    Manifest,
    attachment_of,
    canonical,
    capture_of,
    citation_of,
    manifest_from,
    publication_of,
    signoff_of,
)
from factdesk.domain.captures import Capture
from factdesk.domain.checks import Publication, SignOff
from factdesk.domain.citations import Citation, Piece, Stance
from factdesk.domain.documents import About, Extractor

FACT = Fact("a-1", 3, "{}", "00" * 16, "a" * 64)
MANIFEST = Manifest((FACT,), desk="Bàn", head=f"1:{'b' * 64}", extractors={"html": "1"})
CAPTURE = Capture("web", "a" * 64, 3, "text/html", "b" * 64, Extractor("html", "1"), START, about=About(title="Cúm"))
PUBLICATION = Publication("c", 1, '{"act":"publish"}', "s-1", "chi", START)
SIGNOFF = SignOff("c", "r-1", "bình", "ab" * 32, "c" * 64, "de" * 64, START)
CITATION = Citation("a-1", "b" * 64, "một", (Piece("một", "", " hai", 0, 3),), "refutes", START)


def test_what_is_written_is_read() -> None:
    assert manifest_from(MANIFEST.content()) == MANIFEST
    assert capture_of(CAPTURE.content()) == CAPTURE
    assert citation_of(CITATION.content()) == CITATION


def changed(**fields: Any) -> bytes:
    return canonical({**json.loads(MANIFEST.content()), **fields})


def fact(**fields: Any) -> bytes:
    return changed(captures=[{**json.loads(MANIFEST.content())["captures"][0], **fields}])


@pytest.mark.attack
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"[" * 100_000, id="nested too deeply"),
        pytest.param(b'{"a":' * 100_000, id="objects nested too deeply"),
        pytest.param(b"\xff\xfe", id="no UTF-8"),
        pytest.param(MANIFEST.content() + b" ", id="something behind it"),
        pytest.param(MANIFEST.content().replace(b'"captures"', b'"captures" '), id="another form"),
        pytest.param(MANIFEST.content().replace(b'{"attach', b'{"desk":"x","attach'), id="a key twice"),
        pytest.param(changed(version=2), id="another version"),
        pytest.param(changed(more=1), id="an unknown field"),
        pytest.param(changed(captures=None), id="no captures"),
        pytest.param(changed(captures=["x"]), id="a capture that is no object"),
        pytest.param(changed(desk=1), id="a name that is a number"),
        pytest.param(changed(desk="x" * 2001), id="an endless name"),
        pytest.param(changed(head="0:x"), id="a head that is none"),
        pytest.param(changed(extractors=[]), id="versions that are a list"),
        pytest.param(fact(id="../../etc/passwd"), id="an id that is a path"),
        pytest.param(fact(seq=True), id="a truth for a number"),
        pytest.param(fact(seq=-1), id="a negative event"),
        pytest.param(fact(digest="A" * 64), id="a digest in capitals"),
        pytest.param(fact(salt=""), id="no salt"),
        pytest.param(fact(more=1), id="an unknown field of a fact"),
        pytest.param(changed(citations=[json.loads(MANIFEST.content())["captures"][0]]), id="an id twice"),
    ],
)
def test_a_manifest_that_no_desk_writes_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^"):
        manifest_from(data)


@pytest.mark.attack
@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"origin": "desk"}, id="another origin"),
        pytest.param({"size": "3"}, id="a size that is a text"),
        pytest.param({"size": -3}, id="a negative size"),
        pytest.param({"digest": "../x"}, id="a digest that is a path"),
        pytest.param({"extractor": {"name": 1, "version": "1"}}, id="an extractor that is a number"),
        pytest.param({"extractor": "html"}, id="an extractor that is a text"),
        pytest.param({"about": {"title": ["x"]}}, id="a title that is a list"),
        pytest.param({"private": "no"}, id="a text for a truth"),
        pytest.param({"time": "2026-01-02T03:04:05"}, id="a time without a zone"),
        pytest.param({"time": 5}, id="a time that is a number"),
        pytest.param({"unknown": 1}, id="an unknown field"),
    ],
)
def test_a_capture_that_no_desk_seals_is_refused(wrong: dict[str, Any]) -> None:
    content = json.dumps(
        json.loads(CAPTURE.content()) | wrong, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    with pytest.raises(ValueError, match=r"^"):
        capture_of(content)


@pytest.mark.attack
@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(replace(CITATION, pieces=()), id="no places"),
        pytest.param(replace(CITATION, pieces=CITATION.pieces * 4), id="more gaps than allowed"),
        pytest.param(replace(CITATION, pieces=(Piece("một", "", "", 0, 2),)), id="a place shorter than its words"),
        pytest.param(replace(CITATION, pieces=(Piece("một", "", "", -3, 0),)), id="a place before the text"),
        pytest.param(replace(CITATION, stance=cast(Stance, "likes")), id="another stance"),
        pytest.param(replace(CITATION, quotation=cast(str, None)), id="no quotation"),
        pytest.param(replace(CITATION, text_digest="x"), id="a digest that is none"),
    ],
)
def test_a_citation_that_no_desk_seals_is_refused(wrong: Citation) -> None:
    with pytest.raises(ValueError, match=r"^"):
        citation_of(wrong.content())


@pytest.mark.parametrize(
    "content",
    [
        CITATION.content().replace('"quotation":', '"quotation": '),
        CITATION.content().replace('"quotation"', '"note":"","quotation"'),
        CITATION.content().replace(".000000Z", "+00:00"),
        CITATION.content().replace("một", "m\\u1ed9t"),
        CITATION.content()[:-1] + ',"zz":1}',
        CITATION.content().replace('"capture":"a-1"', '"capture":"b","capture":"a-1"'),
    ],
)
def test_a_citation_in_another_form_is_refused(content: str) -> None:
    assert content != CITATION.content()
    with pytest.raises(ValueError, match=r"^"):
        citation_of(content)


def test_an_attachment_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^"):
        attachment_of('{"blob":"%s","capture":"a","kind":"video","time":"2026-01-02T03:04:05.000000Z"}' % ("a" * 64))


PUBLISHED = [
    (PUBLICATION, publication_of),
    (SIGNOFF, signoff_of),
]


@pytest.mark.parametrize(("sealed", "read"), PUBLISHED)
def test_what_is_published_is_read(sealed: Publication | SignOff, read: Callable[[str], Publication | SignOff]) -> None:
    assert read(sealed.content()) == sealed


@pytest.mark.attack
@pytest.mark.parametrize(("sealed", "read"), PUBLISHED)
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda said: " " + said, id="another form"),
        pytest.param(lambda said: said.replace('"check":"c"', '"check":"d","check":"c"'), id="a key twice"),
        pytest.param(lambda said: said.replace('"check":"c"', '"check":"\\u0063"'), id="escaped for nothing"),
        pytest.param(lambda said: said.replace('"check":"c"', '"check":""'), id="empty, which is left out"),
        pytest.param(lambda said: said.replace('"check":"c"', '"check":null'), id="null"),
        pytest.param(lambda said: said.replace('"check":"c"', '"check":7'), id="a number"),
        pytest.param(lambda said: said.replace('"check":"c",', ""), id="something missing"),
        pytest.param(lambda said: said.replace('"check"', '"attack":"c","check"'), id="something more"),
        pytest.param(lambda said: said.replace("000000Z", "000000+00:00"), id="a time in another form"),
        pytest.param(lambda said: said.replace("000000Z", "000000+07:00"), id="a time of another zone"),
        pytest.param(lambda said: said.replace("000000Z", "000000"), id="a time of no zone"),
        pytest.param(lambda said: f"[{said}]", id="a list"),
    ],
)
def test_what_no_desk_publishes_is_refused(
    sealed: Publication | SignOff, read: Callable[[str], Publication | SignOff], change: Callable[[str], str]
) -> None:
    said = change(sealed.content())
    assert said != sealed.content()
    with pytest.raises(ValueError, match=r"^(no|other|Expecting|Invalid|Extra)"):
        read(said)


@pytest.mark.attack
@pytest.mark.parametrize("number", ["true", "1.0", '"1"', "-0", "01"])
def test_a_publication_of_another_number_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match=r"^(no|other|Expecting)"):
        publication_of(PUBLICATION.content().replace('"number":1', f'"number":{number}'))
