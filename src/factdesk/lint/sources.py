"""What the words of a draft can come from: the sources it cites, and the claims it is about with their appearances."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from unicodedata import normalize

from factdesk.domain.matches import Span
from factdesk.lint.base import CitationFact, ClaimFact, Draft, Quotation
from factdesk.lint.once import once
from factdesk.text.quotation_cuts import cuts
from factdesk.text.quotation_parts import split
from factdesk.text.quotation_search import letters, occurrences
from factdesk.text.quotation_skeleton import skeleton
from factdesk.text.quotations import QuotedText
from factdesk.text.urls import canonical_url, site_of
from factdesk.text.wordlist import words

_MOST_LOOKED_UP = 200

# Second levels under which names are given out, and hosts where every customer has a name of his own.
_SECOND = words("com co org net gov edu ac gob gouv go or ne mil info")
_SHARED = words(
    """blogspot.com wordpress.com substack.com medium.com github.io gitlab.io netlify.app pages.dev vercel.app
    tumblr.com weebly.com wixsite.com"""
)
_JOINTS, _SIGNS = frozenset(".,:/'’-‐‑\u2212"), frozenset("%‰°\u0300\u0301\u0303\u0309\u0323\u200b\u00ad")
_NO_LETTERS = re.compile(r"[\W_]+")
_ENDS = " .,;:!?…"


def has_desk(draft: Draft) -> bool:
    """Whether anything is known that a draft can be held against."""
    facts = draft.facts
    return bool(facts.desk or facts.claims or facts.citations)


@once
def told(draft: Draft) -> tuple[str, ...]:
    """The texts that a draft's facts can stand in. Empty where that cannot be said: nothing known is cited, the text
    of a cited source cannot be read, or a claim is not known or no appearance of it captured."""
    cited, claims = draft.cited, draft.claims
    if not cited or not all(each.text for each in cited) or len(claims) < len(draft.field("claims").values):
        return ()
    if not all(any(place.captured for place in claim.appearances) for claim in claims):
        return ()
    return tuple(dict.fromkeys(text for text in (*_of_citations(cited), *_of_claims(claims)) if text))


def _of_citations(cited: Sequence[CitationFact]) -> Iterator[str]:
    for each in cited:
        yield from (each.text, each.title, each.url, each.site, *each.pieces)


def _of_claims(claims: Sequence[ClaimFact]) -> Iterator[str]:
    for claim in claims:
        yield from (claim.text, claim.claimant, claim.site)
        for place in claim.appearances:
            yield from (place.text, place.url)


@once
def claim_words(draft: Draft) -> tuple[str, ...]:
    """The words of the claims: as the desk knows them, as they are written out, and where they were made."""
    known = [text for claim in draft.claims for text in (claim.text, *(place.text for place in claim.appearances))]
    written = [record.get("text", "") for record in draft.field("claims").records]
    return tuple(dict.fromkeys(text for text in (*known, *written) if text))


@lru_cache(maxsize=4096)
def quotes_claim(text: str, claims: tuple[str, ...]) -> bool:
    """Whether quoted words are those of a claim, or of what was said around it."""
    return any(stands(text, each) for each in claims)


def stands(quotation: str, text: str) -> bool:
    """Whether quoted words stand in a text. A stop at their end, and the case of their first letter, are the writer's
    own; the rest is as `QuotedText` has it, cut words refused."""
    whole, bare = quotation.strip(), quotation.strip().rstrip(_ENDS)
    if not bare or not text:
        return False
    if len(parts := split(bare)) > 1:
        within = _letters_of(text)
        return all(_letters(part) in within for part in parts) and _quoted(text).holds(whole)
    if _letters(bare) not in _letters_of(text):
        return False
    return any(_stands_whole(form, text) for form in dict.fromkeys((bare, bare[0].swapcase() + bare[1:])))


def _stands_whole(part: str, text: str) -> bool:
    if written(part, text):
        return True
    # What `find` does besides, for a missing quotation, is to look for the nearest passage, which takes long.
    form = skeleton(part)
    if not letters(form):
        return part in text
    return any(not cuts(text, 0, place.start, place.end) for place in occurrences(_quoted(text).skeleton, form))


def written(words: str, text: str) -> bool:
    """Whether words stand in a text just so, and neither a letter nor a digit goes on from them."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        before, after = text[max(0, at - 2) : at], text[end : end + 2]
        if not _goes_on(before[::-1]) and not _goes_on(after):
            return True
        at = text.find(words, end)
    return False


class Texts:
    """Several texts in which figures are looked up as they are written."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._asked = 0

    @cached_property
    def _lowered(self) -> tuple[str, ...]:
        return tuple(text.lower() for text in self._texts)

    def has_words(self, words: str) -> bool:
        """Whether words stand in one of the texts just so; False, too, once so many were asked for that reading each
        text once is cheaper."""
        self._asked += 1
        return self._asked <= _MOST_LOOKED_UP and any(written(words.lower(), text) for text in self._lowered)


def _goes_on(beside: str) -> bool:
    """Whether a word or a number goes on: letters, digits, a sign or a mark that may belong to them."""
    return beside[:1].isalnum() or (beside[:1] in _JOINTS and beside[1:].isalnum()) or beside[:1] in _SIGNS


@lru_cache(maxsize=16)
def _letters_of(text: str) -> str:
    return _letters(text)


def _letters(text: str) -> str:
    """The letters and digits of a text. What stands in another stands there in this form too, and that is soon seen."""
    return _NO_LETTERS.sub("", normalize("NFKC", text).casefold())


@lru_cache(maxsize=16)
def _quoted(text: str) -> QuotedText:
    return QuotedText(text)


@once
def bound(draft: Draft) -> tuple[Span, ...]:
    """The quotations whose words are not the writer's: cited ones, and those of the claims. For each a look-up."""
    claims = claim_words(draft)
    return tuple(each.span for each in draft.quotations if is_bound(each, claims))


def is_bound(quotation: Quotation, claims: tuple[str, ...]) -> bool:
    """Whether a quotation is cited or a claim's."""
    return bool(quotation.cites) or quotes_claim(quotation.text, claims)


def within(spans: Sequence[Span], at: int) -> bool:
    """Whether a place lies in one of several spans, which are in order and apart."""
    number = bisect_right(spans, at, key=lambda span: span.start)
    return number > 0 and at < spans[number - 1].end


@lru_cache(maxsize=4096)
def publisher_of(host: str) -> str:
    """The part of a host that one publisher has to himself: `news.example.co.uk` is of `example.co.uk`.

    There is no list of all such names here; one that is missing makes two publishers of one, never one of two.
    """
    labels = site_of(host).split(".")
    if len(labels) < 3 or labels[-1].isdigit():
        return ".".join(labels)
    many = ".".join(labels[-2:]) in _SHARED or (len(labels[-1]) == 2 and labels[-2] in _SECOND)
    return ".".join(labels[-3 if many else -2 :])


@lru_cache(maxsize=8192)
def address(url: str) -> str:
    """An address without what does not tell pages apart: scheme, `www.`, a slash at the end. Empty for none."""
    return canonical_url(url).partition("://")[2].removeprefix("www.").rstrip("/")


def body_place(draft: Draft) -> Span:
    """Where a finding on the whole body stands: at its first block."""
    return draft.parts[0].span if draft.parts else draft.body
