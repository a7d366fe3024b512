"""A statement: one text, one digest, and every word of it counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.statements import (
    ACTS,
    StatedAppearance,
    StatedCapture,
    StatedCitation,
    StatedClaim,
    StatedCorrection,
    StatedRating,
    StatedWaiver,
    Statement,
    digest_of,
    statement_of,
)

words = st.text(max_size=8)
several = st.lists(words, max_size=2).map(tuple)
small = st.integers(-5, 5)


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=2).map(tuple)


statements = st.builds(
    Statement,
    act=st.sampled_from(ACTS),
    **dict.fromkeys(("check", "revision", "desk", "url", "source", "title", "language", "summary"), words),
    **dict.fromkeys(("previous", "why"), words),
    **dict.fromkeys(("authors", "topics", "writers"), several),
    rating=st.builds(StatedRating, words, small, small, small, words, words, words),
    claims=some(
        st.builds(
            StatedClaim,
            *[words] * 7,
            several,
            some(st.builds(StatedAppearance, words, words)),
            several,
        )
    ),
    citations=some(st.builds(StatedCitation, *[words] * 6)),
    captures=some(st.builds(StatedCapture, *[words] * 7, st.booleans())),
    waivers=some(st.builds(StatedWaiver, words, words)),
    corrections=some(st.builds(StatedCorrection, words, words, words)),
)


@given(statements)
def test_a_statement_is_read_back_to_the_letter(statement: Statement) -> None:
    content = statement.content()
    assert statement_of(content) == statement
    assert statement.digest == digest_of(content)


@given(statements, statements)
def test_other_statements_have_other_digests(one: Statement, other: Statement) -> None:
    assert (one.digest == other.digest) == (one == other)


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of every text, number and truth value in a statement's JSON."""
    if isinstance(data, dict):
        for key in data:
            yield from leaves(data[key], (*path, key))
    elif isinstance(data, list):
        for at, each in enumerate(data):
            yield from leaves(each, (*path, at))
    else:
        yield path


def changed(content: str, path: tuple[Any, ...], value: Any) -> str:
    data = json.loads(content)
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


FULL = Statement(
    "publish",
    *("check", "revision", "desk", "url", "source", "title", "en", "summary"),
    ("author",),
    ("topic",),
    StatedRating("false", 1, 1, 5, "False", "Not so.", "because"),
    (StatedClaim("c", "t", "checkable", "en", "", "n", "organisation", ("s",), (StatedAppearance("u", "s"),), ("t",)),),
    (StatedCitation("m", "i", "s", "c", "refutes", "q"),),
    (StatedCapture("s", "i", "d", "t", "u", "t", "2026", supplied=False),),
    (StatedWaiver("FD301", "why"),),
    (StatedCorrection("what", "minor", "2026"),),
    ("an",),
    "previous",
    "why",
)


@pytest.mark.parametrize("path", list(leaves(json.loads(FULL.content()))), ids=str)
def test_every_word_counts(path: tuple[Any, ...]) -> None:
    """Whatever is changed, down to the last field, is another statement or none; other types are none."""
    content = FULL.content()
    other = changed(content, path, "other")
    assert digest_of(other) != FULL.digest
    try:
        assert statement_of(other) != FULL
    except ValueError:
        assert path[0] in ("act", "format", "version", "rating", "captures")
    others: tuple[object, ...] = (None, [], {}, 1.5)
    for wrong in others:
        with pytest.raises(ValueError, match=r"format|fields|written"):
            statement_of(changed(content, path, wrong))


@pytest.mark.attack
@pytest.mark.parametrize(
    "content",
    [
        "",
        "null",
        "[]",
        "{}",
        '"text"',
        "{" * 10_000,
        FULL.content() + " ",
        " " + FULL.content(),
        FULL.content().replace('"act":"publish"', '"act":"publish","act":"publish"'),
        FULL.content().replace('"act":"publish"', '"act":"burn"'),
        FULL.content().replace('"version":1', '"version":2'),
        FULL.content().replace('"version":1', '"version":true'),
        FULL.content().replace('"version":1', '"version":1.0'),
        FULL.content().replace('"worst":1', '"worst":true'),
        FULL.content().replace('"supplied":false', '"supplied":0'),
        FULL.content().replace("Not so.", "Not\\u0020so."),
        FULL.content().replace('"act":', '"extra":1,"act":'),
    ],
)
def test_what_is_not_exactly_a_statement_is_none(content: str) -> None:
    assert content != FULL.content()
    with pytest.raises(ValueError, match=r".*"):
        statement_of(content)
