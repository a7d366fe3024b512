"""Evidence that comes from the claimant.

Why: Nobody is a witness in their own case. What the claimant says may be quoted as what was said, with the stance
“context” and from the appearance itself; it proves nothing.

Bad: [^cite:a2]  # supports, from the website of whoever made the claim
Good: [^cite:a2]  # supports, from an independent register

vi: Bằng chứng lấy từ chính bên đưa ra nhận định.

Vì sao: Không ai làm chứng cho chính mình. Lời của bên đưa ra nhận định có thể được trích để cho thấy họ đã nói gì, với
vai trò “bối cảnh” và từ chính nơi nhận định xuất hiện; nó không chứng minh được gì.

Sai: [^cite:a2]  # ủng hộ, từ trang của bên đưa ra nhận định
Đúng: [^cite:a2]  # ủng hộ, từ một sổ đăng ký độc lập
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.domain.scales import NOT_CHECKABLE
from factdesk.lint.base import CitationFact, ClaimFact, Draft, Finding, Rule
from factdesk.lint.sources import address, publisher_of
from factdesk.text.fold import fold
from factdesk.text.wordlist import words

_BEFORE_NAMES = words("the trang bao kenh tap chi cong ty tnhh")
"""Words before a name that no host repeats: `Trang Ao Nhà` is at aonha."""
_LEAST = 5
"""Letters of a name that a host is known by."""


def check(draft: Draft) -> Iterator[Finding]:
    """A finding at the first mark of each citation whose source is a claimant's own, where a rating is given."""
    if draft.field("rating").value == NOT_CHECKABLE:
        return
    claims = draft.claims
    first = {mark.id: mark.span for mark in reversed(draft.marks)}
    for own, span in sorted(first.items(), key=lambda item: item[1].start):
        source = draft.facts.citations.get(own)
        claim = next((each for each in claims if source and _is_of(each, source)), None)
        if source is not None and claim is not None and not _shows_what_was_said(source, claims):
            values = {"id": own, "claimant": claim.claimant or publisher_of(claim.site)}
            template = "The source of the citation {id} is the claimant itself: {claimant}."
            yield Finding("FD207", span, Reason("source", template, values))


def _is_of(claim: ClaimFact, source: CitationFact) -> bool:
    host = publisher_of(source.site or source.url)
    if not host:
        return False
    if claim.site and publisher_of(claim.site) == host:
        return True
    return _named(claim.claimant, host)


def _named(claimant: str, host: str) -> bool:
    """Whether a host's name is the claimant's, written together."""
    tokens = fold(claimant).replace("-", " ").split()
    label = host.partition(".")[0].replace("-", "")
    while tokens and len(label) >= _LEAST:
        if "".join(letter for letter in "".join(tokens) if letter.isalnum()) == label:
            return True
        if tokens[0] not in _BEFORE_NAMES:
            return False
        tokens = tokens[1:]
    return False


def _shows_what_was_said(source: CitationFact, claims: tuple[ClaimFact, ...]) -> bool:
    places = {address(place.url) for claim in claims for place in claim.appearances}
    return source.stance == "context" and address(source.url) in places


RULE = Rule("FD207", "source-is-the-claimant", "warning", check)
