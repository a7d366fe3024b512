"""The findings of a message under its claims: each sentence that can be checked, with the checks that answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from factdesk.domain.matches import ClaimAnswer, Match, Span
from factdesk.domain.ratings import disagreement
from factdesk.encode.base import Vectors
from factdesk.match.decide import RELATED
from factdesk.match.features import Rarity
from factdesk.queries.desk import Desk
from factdesk.queries.prepare import Prepared
from factdesk.queries.ranking import Ranked, explained, rank


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found for a message, most probable first, and what it takes to say why."""

    ranked: Sequence[Ranked]
    vectors: Vectors
    rarity: Rarity

    def explained(self, prepared: Prepared, ranked: Ranked) -> Match:
        """One of them with decision and reasons."""
        return explained(prepared, ranked, self.rarity, self.vectors)


def by_claim(desk: Desk, prepared: Prepared, found: Findings, top: int) -> tuple[ClaimAnswer, ...]:
    """The matches under the sentence each answers; of the other sentences, those that can be checked."""
    if not prepared.parts:
        return (_whole(prepared, found, top),)
    checkable = _checkable(desk, prepared)
    answers = []
    for number, part in enumerate(prepared.parts):
        own = _of_part(desk, prepared, found, number)
        can_be_checked = any(span.start < part.span.end and part.span.start < span.end for span in checkable)
        matches = [found.explained(prepared, item) for item in own[:top]]
        if can_be_checked or any(match.decision != "none" for match in matches):
            answers.append(_claim(part.text, part.span, matches))
    return tuple(answers) or (_whole(prepared, found, top),)


def _of_part(desk: Desk, prepared: Prepared, found: Findings, number: int) -> list[Ranked]:
    """What was found for one sentence: by the message as a whole where it is the nearest, and asked for itself.

    Asked for itself since in a whole message the check of one claim stands in the way of another's.
    """
    part = prepared.parts[number]
    alone = replace(prepared, text=part.text, span=part.span, words=part.words, parts=(), links=())
    own = found.vectors[1 + number : 2 + number]
    known = [item.known for item in found.ranked if not item.judged and not item.known.linked]
    by_itself = {item.known.number: item for item in rank(desk.matcher, alone, own, known, found.rarity, {})}
    chosen = []
    for item in found.ranked:
        asked = by_itself.get(item.known.number)
        if item.part == number:
            better = asked is not None and asked.probability > item.probability
            chosen.append(replace(asked, part=number) if asked is not None and better else item)
        elif asked is not None and asked.probability >= RELATED:
            chosen.append(replace(asked, part=number))
    return sorted(chosen, key=lambda item: -item.probability)


def _checkable(desk: Desk, prepared: Prepared) -> list[Span]:
    # Told apart only where there are several: most messages are one sentence, and need no second model.
    from factdesk.claims.kinds import judge_sentences

    # Of a long message only what was looked up: to judge 2,000 sentences takes a minute.
    looked_up = prepared.message[: max(part.span.end for part in prepared.parts)]
    kinds = judge_sentences(looked_up, desk.encoder, prepared.language)
    return [item.span for item in kinds if item.kind == "checkable"]


def _whole(prepared: Prepared, found: Findings, top: int) -> ClaimAnswer:
    matches = [found.explained(prepared, item) for item in found.ranked[:top]]
    return _claim(prepared.text, prepared.span, matches)


def _claim(text: str, span: Span, matches: Sequence[Match]) -> ClaimAnswer:
    shown = tuple(matches)
    return ClaimAnswer(text, span, shown, disagreement([one.review for one in shown if one.decision == "same"]))
