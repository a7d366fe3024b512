from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.publish.search_samples import docs

from factdesk.publish import search_index
from factdesk.publish.search_index import BASE, SIGNS, Doc, patched, search_files
from factdesk.publish.search_terms import doc_terms


def doc(number: int, title: str = "Carrots", language: str = "en", body: str = "") -> Doc:
    path = f"/{language}/checks/{number}/"
    return Doc(number, language, path, title, "2026-01-02", "False", "low", doc_terms(language, title, body))


def decoded(postings: str) -> list[tuple[int, int]]:
    """Numbers and weights, read as the format is described."""
    found, before, value, unit = [], -1, 0, 1
    for sign in postings:
        digit = SIGNS.index(sign)
        value += digit % BASE * unit
        unit *= BASE
        if digit < BASE:
            before += value // 4 + 1
            found.append((before, value % 4))
            value, unit = 0, 1
    return found


def postings(files: dict[str, bytes], language: str) -> dict[str, list[tuple[int, int]]]:
    """What all shards hold; each is there under its name and its terms lie between its own and the next one's."""
    firsts = json.loads(files[f"search/{language}/index.json"])["first"]
    found: dict[str, list[tuple[int, int]]] = {}
    for place, first in enumerate(firsts):
        shard = json.loads(files[f"search/{language}/t-{first.replace(' ', '_')}.json"])
        behind = firsts[place + 1] if place + 1 < len(firsts) else "\U0010ffff"
        assert all(first <= term < behind for term in shard)
        found |= {term: decoded(each) for term, each in shard.items()}
    assert len([path for path in files if path.startswith(f"search/{language}/t-")]) == len(firsts)
    return found


def test_an_index_has_every_word_of_every_check() -> None:
    made = docs("vi") + docs("en")
    files = dict(search_files(reversed(made)))
    for language in ("vi", "en"):
        expected: dict[str, list[tuple[int, int]]] = {}
        for each in (one for one in made if one.language == language):
            for place, line in enumerate(each.terms.split("\n")):
                for term in filter(None, line.split("\t")):
                    expected.setdefault(term, []).append((each.number, 3 - place))
        assert postings(files, language) == expected


def test_titles_are_in_blocks() -> None:
    files = dict(search_files([doc(0, "Zero"), doc(15, "Last"), doc(16, "Next <b>")]))
    assert json.loads(files["search/en/d-0.json"]) == {
        "0": ["/en/checks/0/", "Zero", "2026-01-02", "False", "low"],
        "15": ["/en/checks/15/", "Last", "2026-01-02", "False", "low"],
    }
    assert json.loads(files["search/en/d-1.json"])["16"][1] == "Next <b>"
    assert json.loads(files["search/en/index.json"])["count"] == 3


def test_a_language_without_a_check_has_an_empty_index() -> None:
    files = dict(search_files([doc(3)], ("en", "vi")))
    assert files["search/vi/index.json"] == b'{"count":0,"first":[""]}'
    assert files["search/vi/t-.json"] == b"{}"


def test_files_stay_small(monkeypatch: pytest.MonkeyPatch) -> None:
    files = dict(search_files(docs("vi") + docs("en")))
    assert max(map(len, files.values())) < 30_000
    assert len(files) > 12


def test_names_of_files_do_anywhere() -> None:
    strange = [
        doc(number, title) for number, title in enumerate(("con aux nul", "漢字 漢字", "a" * 64, "½ 🄁 x", "3,5"))
    ]
    files = dict(search_files(strange))
    assert all(path.isascii() and len(path) < 70 and path == path.lower() for path in files)
    assert postings(files, "en").keys() >= {"con", "漢字", "3.5"}


NUMBERS = st.integers(0, 40) | st.integers(0, 200_000)
WORDS = "vắc xin nước mắm chanh tỏi sống 5G điện con an toàn 漢字 zz"
SAID = st.lists(st.sampled_from(WORDS.split()), max_size=8).map(" ".join)


SHARDS = st.sampled_from([12, 60, 4_000])
DOCS = st.builds(
    doc,
    NUMBERS, SAID, st.sampled_from(["en", "vi"]), SAID,
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(DOCS, max_size=12), st.lists(st.tuples(st.integers(0, 2), DOCS), max_size=3), SHARDS)
def test_a_patch_makes_the_files_that_all_checks_would(
    made: list[Doc], changes: list[tuple[int, Doc]], shard: int
) -> None:
    """Whatever is added, changed, moved to the other language or taken out; also where shards begin and end by it."""
    desk = {(each.language, each.number): each for each in made}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "SHARD", shard)
        files = dict(search_files(desk.values(), ("en", "vi")))
        for kind, other in changes:
            old, new = change(desk, kind, other)
            found = patched(files.get, old, new)
            assert all(files.get(path) != each for path, each in found.items())
            files = {path: each for path, each in {**files, **found}.items() if each is not None}
            assert files == dict(search_files(desk.values(), ("en", "vi")))


def change(desk: dict[tuple[str, int], Doc], kind: int, other: Doc) -> tuple[Doc | None, Doc | None]:
    """Add a check to a desk, or put it for one that is there, or take that one out: what was and what is."""
    known = sorted(desk)
    old = desk.pop(known[other.number % len(known)]) if known and kind else None
    new = replace(other, number=old.number) if old is not None and kind == 1 else other
    if kind == 2 or (new.language, new.number) in desk:
        return old, None
    desk[new.language, new.number] = new
    return old, new


def test_a_patch_touches_what_the_check_has_and_no_more() -> None:
    made = docs("vi")
    files = dict(search_files(made, ("en", "vi")))
    read: list[str] = []

    def reading(path: str) -> bytes | None:
        read.append(path)
        return files.get(path)

    old = made[7]
    changes = patched(reading, old, replace(old, rating="True", tone="high"))
    assert list(changes) == ["search/vi/d-0.json"]
    assert set(read) == {"search/vi/d-0.json", "search/vi/index.json"}


def test_the_first_check_can_be_patched_in() -> None:
    assert patched(lambda _: None, None, doc(0)) == dict(search_files([doc(0)]))
