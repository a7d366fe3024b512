"""An answer as a person reads it: calm, in 80 columns, and on a phone."""

from __future__ import annotations

from collections.abc import Sequence

from factdesk.cli.terminal import Terminal, columns, pad, visible, wrap
from factdesk.domain.matches import Answer, ClaimAnswer, Match
from factdesk.queries.messages import short_id
from factdesk.wording import Say

WORDS = {"same": "Same", "related": "Related", "conflicting": "Conflicting"}
STYLE = {"same": "bold green", "related": "bold yellow", "conflicting": "bold magenta"}
JUDGED = {"confirmed": "A person here confirmed this match.", "rejected": "A person here rejected this match."}
TEACH = (
    "Right or wrong? Tell the desk:",
    "  factdesk match confirm {message} ID",
    "  factdesk match reject {message} ID",
)
LONGEST_CLAIM = 300
"""Letters of a known claim that are shown."""


def answer_lines(answer: Answer, terminal: Terminal, say: Say) -> list[str]:
    """The whole answer: each claim under a heading of its own where there are several, then how to teach the desk."""
    lines: list[str] = []
    several = len(answer.claims) > 1
    for claim in answer.claims:
        if several:
            lines += [terminal.style(line, "bold") for line in _heading(claim.text, terminal.width)]
            lines.append("")
        lines += [*claim_lines(claim, terminal, say), ""]
    if not answer.claims:
        lines += [*wrap(say("No known check."), terminal.width), ""]
    if any(shown(claim) for claim in answer.claims):
        # Whole lines, so that a command can be copied.
        head, *commands = (say(line, message=short_id(answer.message_id)) for line in TEACH)
        lines += [terminal.style(line, "dim") for line in (*wrap(head, terminal.width), *commands)]
    return lines if lines[-1] else lines[:-1]


def shown(claim: ClaimAnswer) -> tuple[Match, ...]:
    """The matches of a claim that say something: those that were decided to be none are left to `--json`."""
    return tuple(match for match in claim.matches if match.decision in WORDS)


def claim_lines(claim: ClaimAnswer, terminal: Terminal, say: Say) -> list[str]:
    """The matches of one claim, best first, or that there is none."""
    matches = shown(claim)
    if not matches:
        return wrap(say("No known check."), terminal.width)
    lines: list[str] = []
    for match in matches:
        lines += [*_match(match, terminal, say), ""]
    if claim.disagreement:
        said = visible(say(claim.disagreement.template, **claim.disagreement.values))
        lines += [terminal.style(line, "bold") for line in wrap(said, terminal.width)] + [""]
    return lines[:-1]


def _match(match: Match, terminal: Terminal, say: Say) -> list[str]:
    words = say(WORDS[match.decision])
    share = percent(match.score)
    if terminal.narrow:
        head = terminal.style(f"{words} · {share}", STYLE[match.decision])
        return [head, *_body(match, terminal, say, terminal.width)]
    left = max(columns(say(word)) for word in WORDS.values()) + 2
    body = _body(match, terminal, say, terminal.width - left)
    margin = [terminal.style(pad(words, left), STYLE[match.decision]), terminal.style(pad(share, left), "bold")]
    return [f"{margin[at] if at < 2 else ' ' * left}{line}" for at, line in enumerate(body)]


def percent(probability: float) -> str:
    """A probability in whole per cent, never rounded up to certainty nor down to impossibility."""
    return "> 99%" if probability > 0.99 else "< 1%" if probability < 0.01 else f"{probability:.0%}"


def _body(match: Match, terminal: Terminal, say: Say, width: int) -> list[str]:
    """The known claim, its rating verbatim, who gave it and when, the link whole, the reasons."""
    review = match.review
    lines = [terminal.style(line, "bold") for line in wrap(_short(visible(review.claim)), width)]
    who = visible(review.publisher.name or review.publisher.site)
    rating = say("“{rating}”", rating=visible(review.rating.text)) if review.rating.text else say("no rating")
    lines += wrap(" · ".join(part for part in (rating, who, visible(review.date)) if part), width)
    if review.url:
        # Never broken: a link that is cut cannot be followed.
        lines.append(visible(review.url).replace(" ", "%20"))
    reasons = "; ".join(say(reason.template, **reason.values) for reason in match.reasons)
    lines += [terminal.style(line, "dim") for line in wrap(visible(reasons), width) if line]
    if match.judged:
        lines += wrap(say(JUDGED[match.judged]), width)
    return [*lines, terminal.style(say("ID {review}", review=visible(match.review.own_id) or match.review_id), "dim")]


def _heading(text: str, width: int) -> Sequence[str]:
    return wrap(f"“{_short(visible(text))}”", width)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CLAIM else text[: LONGEST_CLAIM - 1].rstrip() + "…"
