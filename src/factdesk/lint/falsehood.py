"""Where a draft states the claim that it rates as false: whether a piece of text says what the claim says.

It does when nearly all words of the claim that carry meaning stand in it, in their order, close together, and neither
denies what the other says. What is only near to the claim is left alone: the rules on it are advice.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from factdesk.domain.matches import Span
from factdesk.lint.base import Draft, Quotation, Sentence
from factdesk.lint.once import once
from factdesk.lint.phrases import key
from factdesk.lint.restated import restates
from factdesk.text.fold import exact_terms
from factdesk.text.negation import negations, quantifiers
from factdesk.text.stem import stem
from factdesk.text.wordlist import words

UNTRUE = frozenset({"false", "mostly-false", "misleading"})
LEAST = 0.85
"""The share of a claim's words that must stand in a text that states it."""
_MOST_WORDS = 400
"""Words of a sentence that are compared; a longer one is another rule's."""

_EMPTY = {
    "en": words(
        """a an the is are was were be been being am do does did has have had of to in on at by for from with as that
        this these those it its he she they you we i your their his her our and or but so than then there will would
        can could may might shall should s if when who which what"""
    ),
    "vi": words(
        """là thì mà của và với cho ở tại trong trên về từ đến tới được bị này ấy kia đó các những một cái con chiếc sẽ
        đã đang có rằng do bởi như cũng"""
    ),
}
_WEIGHTY = frozenset(
    form
    for word in words(
        """more less fewer higher lower bigger smaller before after increase decrease rise fall only
        hơn kém tăng giảm trước sau nhiều ít"""
    )
    for form in (stem(word) if word.isascii() else word, key(word))
)
"""Words without which a claim becomes another one."""

DENIES = re.compile(
    r"\b(?:false|wrong(?:ly)?|untrue|incorrect|mistaken|mistake|myths?|debunk\w*|hoax|fake[ds]?|refute[ds]?|"
    r"contrary|rather than|instead of|misleading|disproved?|not (?:only|just))\b|"
    r"\b(?:sai|nhầm|không đúng|bịa|tin giả|bác bỏ|trái với|hiểu lầm|thay vì|huyễn hoặc|không chỉ)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\s*(?:the\s+)?(?:claim|statement|post|tuyên bố|nhận định|khẳng định|phát ngôn|tin đồn|câu (?:được )?kiểm chứng)"
    r"\s*(?::|\.|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """One stating of a claim in the body; `sentence` is the number of its sentence.

    `is_label` for what stands behind “The claim:”; `quoted` in quotation marks or a block; `cited` in one that is
    bound to a source; `loosely` in other words than the claim's.
    """

    claim: str
    span: Span
    sentence: int
    is_label: bool = False
    cited: bool = False
    loosely: bool = False
    quoted: bool = False


def false_claims(draft: Draft) -> tuple[str, ...]:
    """The words of the claims that a draft rates as not true; none for another rating."""
    if draft.field("rating").value not in UNTRUE:
        return ()
    written = [record.get("text", "") for record in draft.field("claims").records]
    return tuple(dict.fromkeys(text for text in (*(claim.text for claim in draft.claims), *written) if text.strip()))


def is_stated(claim: str, text: str, language: str, *, asks: bool = False) -> bool:
    """Whether a text says what a claim says. A question does only where it `asks`."""
    wanted, given = _content(claim, language), _content(text[:4000], language)[:_MOST_WORDS]
    if not wanted or len(given) < LEAST * len(wanted) or not _covers(wanted, given):
        return False
    if text.rstrip().rstrip("\"'”’»*_)").endswith("?") and not asks:
        return False
    if DENIES.search(text) and not DENIES.search(claim):
        return False
    denied = negations(_without_tag(text, language) if asks else text, language)
    return denied == negations(claim, language) and quantifiers(claim) <= quantifiers(text)


def _without_tag(text: str, language: str) -> str:
    """A Vietnamese question without the `không` that makes it one."""
    return re.sub(r"(?:hay\s+)?(?:không|chưa)\W*$", "", text) if language == "vi" else text


@lru_cache(maxsize=4096)
def _content(text: str, language: str) -> tuple[str, ...]:
    empty = _EMPTY.get(language, frozenset())
    row = (word for word in exact_terms(text.replace("’s", "").replace("'s", "")) if word not in empty)
    return tuple(stem(word) if word.isascii() and language == "en" else key(word) for word in row)


def _covers(wanted: Sequence[str], given: Sequence[str]) -> bool:
    """Whether the words stand in a text in their order and close together, all but a few."""
    have = set(given)
    missing = [word for word in wanted if word not in have]
    if len(missing) > (1 - LEAST) * len(wanted) or any(word in _WEIGHTY or word.isdigit() for word in missing):
        return False
    row = _common(wanted, given)
    if len(row) < LEAST * len(wanted):
        return False
    return row[-1] - row[0] + 1 <= 1.6 * len(wanted) + 3


def _common(wanted: Sequence[str], given: Sequence[str]) -> list[int]:
    """The places in a text of the longest row of words that both share in order."""
    lengths = [[0] * (len(given) + 1) for _ in range(len(wanted) + 1)]
    for one in range(len(wanted) - 1, -1, -1):
        for other in range(len(given) - 1, -1, -1):
            if wanted[one] == given[other]:
                lengths[one][other] = lengths[one + 1][other + 1] + 1
            else:
                lengths[one][other] = max(lengths[one + 1][other], lengths[one][other + 1])
    one = other = 0
    places = []
    while one < len(wanted) and other < len(given):
        if wanted[one] == given[other] and lengths[one][other] == lengths[one + 1][other + 1] + 1:
            places.append(other)
            one, other = one + 1, other + 1
        elif lengths[one + 1][other] >= lengths[one][other + 1]:
            one += 1
        else:
            other += 1
    return places


@once
def stated(draft: Draft) -> tuple[Stated, ...]:
    """Every stating of a false claim in the body, in order, each sentence at most once for a claim."""
    claims = false_claims(draft)
    if not claims:
        return ()
    quotations = sorted(draft.quotations, key=lambda each: each.span.start)
    starts = [each.span.start for each in quotations]
    found: list[Stated] = []
    for number, sentence in enumerate(draft.sentences):
        first = max(0, bisect_right(starts, sentence.span.start) - 1)
        last = bisect_left(starts, sentence.span.end)
        inside = [each for each in quotations[first:last] if each.span.end > sentence.span.start]
        found.extend(_of_sentence(draft, claims, number, sentence, inside))
    return tuple(found)


def _of_sentence(
    draft: Draft, claims: Sequence[str], number: int, sentence: Sentence, inside: Sequence[Quotation]
) -> Iterator[Stated]:
    bare = _bare(draft, sentence, inside)
    labelled = is_labelled(draft, number)
    for claim in claims:
        quoted = next((each for each in inside if is_stated(claim, each.text, draft.language, asks=True)), None)
        if quoted is not None:
            span = Span(max(quoted.span.start, sentence.span.start), min(quoted.span.end, sentence.span.end))
            yield Stated(claim, span, number, labelled, bool(quoted.cites), quoted=True)
        elif is_stated(claim, _after_label(bare), draft.language):
            yield Stated(claim, sentence.span, number, labelled)
        elif _restates(claim, bare, draft.language):
            yield Stated(claim, sentence.span, number, labelled, loosely=True)


def _restates(claim: str, text: str, language: str) -> bool:
    """Whether a text says what a claim says in other words. Most texts share hardly a word with it."""
    wanted, given = set(_content(claim, language)), set(_content(text[:4000], language))
    if 4 * len(wanted & given) < len(wanted) or DENIES.search(text):
        return False
    return restates(claim, text, language, _EMPTY.get(language, frozenset()))


def _bare(draft: Draft, sentence: Sentence, inside: Sequence[Quotation]) -> str:
    """A sentence without what it quotes with a citation, and without quotation marks."""
    text = draft.prose[sentence.span.start : sentence.span.end]
    for each in inside:
        if each.cites:
            start, end = max(0, each.span.start - sentence.span.start), max(0, each.span.end - sentence.span.start)
            text = text[:start] + " " * (min(end, len(text)) - start) + text[end:]
    return text


def _after_label(text: str) -> str:
    found = _LABEL.match(text)
    return text[found.end() :] if found else text


def is_labelled(draft: Draft, number: int) -> bool:
    """Whether a sentence is announced as the claim: “The claim: …”, or under a heading that says so."""
    sentence = draft.sentences[number]
    if _LABEL.match(sentence.text) or (number and re.fullmatch(_LABEL, draft.sentences[number - 1].text)):
        return True
    before = draft.parts[sentence.part - 1] if sentence.part else None
    if before is None or before.kind != "heading":
        return False
    return _LABEL.match(draft.prose[before.span.start : before.span.end].strip()) is not None
