"""The index that readers' browsers search: small files, of which a query loads few.

    /search/vi/index.json      {"count": checks, "first": [first term of each shard, in order]}
    /search/vi/t-vac.json      a shard: {term: postings} for the terms from its first one up to the next shard's
    /search/vi/d-0.json        {number: [path, title, day, rating, tone]} of checks 0 to 15

Where a shard begins is decided by a term alone: by its checksum and how much it weighs. So one changed check changes
the shards of its own terms and no others, whatever else is in the index, and the files are a pure function of the
checks: `patched` gives the bytes that `search_files` would.

Postings are text, since it is short and JSON carries it: for each check, in order of their numbers, the value
`4 × (checks skipped since the last one) + weight`, in digits of base 46, lowest first; the last digit of a value is
one of the first 46 signs, those before it of the other 46. Most values are one sign.

The index is not signed, and need not be: results only lead to pages, which are.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import Any
from zlib import crc32

from factdesk.publish.search_terms import WEIGHTS

ROOM = "search"
BLOCK = 16
"""Checks whose titles are in one file."""
SHARD = 4_000
"""Characters of a shard, on average. Some come to seven times as many."""
SIGNS = "".join(chr(code) for code in range(33, 127) if chr(code) not in '"\\')
BASE = len(SIGNS) // 2

_CODE = re.compile(f"[{re.escape(SIGNS[BASE:])}]*[{re.escape(SIGNS[:BASE])}]")

_NAMABLE = re.compile(r"[a-z0-9 ]{1,40}")

Read = Callable[[str], bytes | None]
"""A file of the index that is there, by its path without a slash before it; None for none."""
Shard = dict[str, str]


@dataclass(frozen=True, slots=True)
class Doc:
    """A check as the search knows it. `number` is its own among all of a language and stays; small and without large
    gaps is best. `path` begins with a slash, `date` is a day (`2026-01-31`), `rating` its name and `tone` its colour
    (`words.tone`), `terms` what `search_terms.doc_terms` made."""

    number: int
    language: str
    path: str
    title: str
    date: str
    rating: str
    tone: str
    terms: str


def index_path(language: str) -> str:
    """The file that a browser reads first."""
    return f"{ROOM}/{language}/index.json"


def search_files(docs: Iterable[Doc], languages: Iterable[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Every file of the index by its path, without a slash before it. `languages` are those of the site: one without
    a check has an empty index."""
    found: dict[str, list[Doc]] = {each: [] for each in languages}
    for doc in docs:
        found.setdefault(doc.language, []).append(doc)
    for language, own in found.items():
        own.sort(key=lambda doc: doc.number)
        yield from _index(language, own)


def patched(read: Read, old: Doc | None, new: Doc | None) -> dict[str, bytes | None]:
    """The files that differ once a check is added (`old` is None), changed or taken out (`new` is None); None for a
    file that goes. `old` must be what the index was made with."""
    changed: dict[str, bytes | None] = {}
    for language in dict.fromkeys(each.language for each in (old, new) if each is not None):
        # One that moved to another language leaves one index and comes into the other.
        gone, come = (each if each is not None and each.language == language else None for each in (old, new))
        changed |= _patched_terms(read, language, gone, come)
        changed |= _patched_rows(read, language, gone, come)
    return {path: data for path, data in changed.items() if data != read(path)}


def _index(language: str, docs: Sequence[Doc]) -> Iterator[tuple[str, bytes]]:
    shards = _split(_postings(docs))
    yield index_path(language), _manifest(len(docs), [first for first, _ in shards])
    for first, shard in shards:
        yield _shard_path(language, first), _json(shard)
    blocks: dict[int, dict[int, list[str]]] = defaultdict(dict)
    for doc in docs:
        blocks[doc.number // BLOCK][doc.number] = _row(doc)
    for number, block in blocks.items():
        yield _block_path(language, number), _json(block)


def _postings(docs: Sequence[Doc]) -> Shard:
    """The postings of each term, terms in order. `docs` are in order of their numbers."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for doc in docs:
        for value, terms in _weighted(doc):
            for term in terms:
                found[term].append(value)
    return {term: _encoded(found[term]) for term in sorted(found)}


def _weighted(doc: Doc) -> Iterator[tuple[int, list[str]]]:
    """A check's terms, those of one weight together with `4 × number + weight`."""
    for place, line in enumerate(doc.terms.split("\n"), 1):
        if line:
            yield doc.number * WEIGHTS + WEIGHTS - place, line.split("\t")


def _values(doc: Doc | None) -> dict[str, int]:
    return {term: value for value, terms in _weighted(doc) for term in terms} if doc is not None else {}


class _Codes(dict[int, str]):
    """Values in signs, each made once."""

    def __missing__(self, value: int) -> str:
        left, made = value, ""
        while left >= BASE:
            left, digit = divmod(left, BASE)
            made += SIGNS[BASE + digit]
        made += SIGNS[left]
        return self.setdefault(value, made)


class _Steps(dict[str, int]):
    """How far from one check to the next a value in signs leads: read each once."""

    def __missing__(self, code: str) -> int:
        return self.setdefault(code, _value(code) // WEIGHTS + 1)


@cache
def _tables() -> tuple[_Codes, _Steps]:
    return _Codes(), _Steps()


def _value(code: str) -> int:
    return sum(SIGNS.index(sign) % BASE * BASE**place for place, sign in enumerate(code))


def _encoded(values: Sequence[int]) -> str:
    codes = _tables()[0]
    # `value | 3` is the highest value of the same check, so one more is where the next check begins.
    return codes[values[0]] + "".join([codes[value - (before | 3) - 1] for before, value in pairwise(values)])


def _edited(postings: str, number: int, weight: int | None) -> str:
    """Postings with a check's weight put in, or with the check taken out."""
    codes, steps = _tables()
    own = _CODE.findall(postings)
    ends = list(accumulate(map(steps.__getitem__, own)))
    at = bisect_left(ends, number + 1)
    start = ends[at - 1] if at else 0
    if at < len(own) and ends[at] == number + 1:
        own.pop(at)
        ends.pop(at)
    made = []
    if weight is not None:
        made = [codes[(number - start) * WEIGHTS + weight]]
        start = number + 1
    if at < len(own):
        own[at] = codes[(ends[at] - 1 - start) * WEIGHTS + _value(own[at]) % WEIGHTS]
    return "".join([*own[:at], *made, *own[at:]])


def _begins(term: str, postings: str) -> bool:
    """Whether a shard begins with a term: the likelier, the more it weighs. Its name must do as a file's anywhere."""
    likely = (len(term) + len(postings) + 6 << 32) // SHARD
    return crc32(term.encode()) < likely and _NAMABLE.fullmatch(term) is not None


def _split(entries: Shard) -> list[tuple[str, Shard]]:
    """Terms in order as shards, by what each begins with; the first of them begins before all terms, with ""."""
    shards: list[tuple[str, Shard]] = [("", {})]
    for term, postings in entries.items():
        if _begins(term, postings):
            shards.append((term, {}))
        shards[-1][1][term] = postings
    return shards


def _patched_terms(read: Read, language: str, old: Doc | None, new: Doc | None) -> dict[str, bytes | None]:
    manifest = read(index_path(language))
    known: dict[str, Any] = json.loads(manifest or b'{"count":0,"first":[""]}')
    firsts: list[str] = known["first"]
    gone, come = _values(old), _values(new)
    terms = {term for term in gone.keys() | come.keys() if gone.get(term) != come.get(term)}
    shards: dict[int, Shard] = {}

    def shard(at: int) -> Shard:
        if at not in shards:
            shards[at] = json.loads(read(_shard_path(language, firsts[at])) or b"{}")
        return shards[at]

    for term in terms:
        _change(shard(bisect_right(firsts, term) - 1), term, gone.get(term), come.get(term))
    for at in sorted(shards, reverse=True):
        # What begins no shard any more falls to the shard before.
        if at and not (firsts[at] in shards[at] and _begins(firsts[at], shards[at][firsts[at]])):
            shard(at - 1).update(shards[at])
            shards[at] = {}
    pieces = {first: own for at, each in shards.items() for first, own in _pieces(firsts[at], each)}
    left = {first for at, first in enumerate(firsts) if at not in shards} | pieces.keys()
    count = known["count"] + (new is not None) - (old is not None)
    return {
        index_path(language): _manifest(count, sorted(left)),
        **{_shard_path(language, firsts[at]): None for at in shards if firsts[at] not in pieces},
        **{_shard_path(language, first): _json(each) for first, each in pieces.items()},
    }


def _pieces(first: str, entries: Shard) -> list[tuple[str, Shard]]:
    """A shard's own shards once it was changed: none of what went to the one before it."""
    made = _split(dict(sorted(entries.items())))
    return made if not first else made[1:]


def _change(shard: Shard, term: str, old: int | None, new: int | None) -> None:
    """Take a check out of a term's postings, and put one in."""
    postings = shard.get(term, "")
    if old is not None:
        postings = _edited(postings, old // WEIGHTS, None)
    if new is not None:
        postings = _edited(postings, new // WEIGHTS, new % WEIGHTS)
    if postings:
        shard[term] = postings
    else:
        shard.pop(term, None)


def _patched_rows(read: Read, language: str, old: Doc | None, new: Doc | None) -> dict[str, bytes | None]:
    blocks: dict[int, dict[int, list[str]]] = {}
    for doc in (old, new):
        at = doc.number // BLOCK if doc is not None else -1
        if doc is not None and at not in blocks:
            data = json.loads(read(_block_path(language, at)) or b"{}")
            blocks[at] = {int(number): row for number, row in data.items()}
    if old is not None:
        blocks[old.number // BLOCK].pop(old.number, None)
    if new is not None:
        blocks[new.number // BLOCK][new.number] = _row(new)
    return {
        _block_path(language, at): _json(dict(sorted(block.items()))) if block else None for at, block in blocks.items()
    }


def _row(doc: Doc) -> list[str]:
    return [doc.path, doc.title, doc.date, doc.rating, doc.tone]


def _manifest(count: int, firsts: list[str]) -> bytes:
    return _json({"count": count, "first": firsts})


def _shard_path(language: str, first: str) -> str:
    return f"{ROOM}/{language}/t-{first.replace(' ', '_')}.json"


def _block_path(language: str, number: int) -> str:
    return f"{ROOM}/{language}/d-{number}.json"


def _json(value: Mapping[Any, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
