"""The sentences of a message as claims: their kind, and whether a desk should spend time on them.

Only a `checkable` sentence is ever checkworthy. A post (a message of one short paragraph or two) is also judged as a
whole, since what makes it worth checking may be spread over its sentences: then the sentence that carries most of it
is the one that is named. In a longer message each sentence stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from factdesk.claims.features import Sentence
from factdesk.claims.model import KINDS, ClaimModel, Judged, shipped
from factdesk.claims.reasons import reason
from factdesk.domain.claims import ClaimSentence, Kind
from factdesk.domain.matches import Span
from factdesk.encode.base import Encoder, LayeredEncoder
from factdesk.errors import ResourceError
from factdesk.text.clean import clean
from factdesk.text.language import language as language_of
from factdesk.text.language import unmarked_vietnamese
from factdesk.text.sentences import sentences

POST = 600
"""Code points of cleaned text up to which a message is a post."""
_AT_ONCE = 64
_LEAST_CHECKABLE = 0.15
"""Of a post that as a whole is worth checking, the likeliest sentence is named if it is this likely checkable."""
_OPINION_MARGIN = 4
_SPAN_LIMIT = 2000

Chances = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text to judge: sentence `number` of message `message`, or, with no span, that message as a whole."""

    message: int
    span: Span | None
    sentence: Sentence


def judge_sentences(message: str, encoder: Encoder, language: str = "") -> tuple[ClaimSentence, ...]:
    """The sentences of a message, in order, each with its kind; a blank message has none.

    `language` is found out when it is ''. Raises `ResourceError` when the model was not learned on this encoder.
    """
    (judged,) = judge_many([message], encoder, language)
    return judged


def judge_many(messages: Iterable[str], encoder: Encoder, language: str = "") -> Iterator[tuple[ClaimSentence, ...]]:
    """Each message's sentences, in order; encodes many at once, and holds no more than it does at once."""
    model = shipped()
    layered = _checked(encoder, model)
    waiting = iter(messages)
    while chunk := list(islice(waiting, _AT_ONCE)):
        yield from _judge_chunk(chunk, layered, model, language)


def _checked(encoder: Encoder, model: ClaimModel) -> LayeredEncoder:
    if encoder.name != model.encoder or not isinstance(encoder, LayeredEncoder):
        raise ResourceError(
            "Claims can only be judged with the encoder {needed}; this desk uses {name}.",
            remedy="Set the encoder of the desk to the default one.",
            needed=model.encoder,
            name=encoder.name,
        )
    return encoder


def _judge_chunk(
    messages: Sequence[str], encoder: LayeredEncoder, model: ClaimModel, language: str
) -> Iterator[tuple[ClaimSentence, ...]]:
    pieces = [piece for number, message in enumerate(messages) for piece in _pieces(number, message, language)]
    judged = _judge_pieces(pieces, encoder, model)
    for number, message in enumerate(messages):
        rows = [row for row, piece in enumerate(pieces) if piece.message == number]
        yield _answer(message, [pieces[row] for row in rows], _only(judged, rows), model)


def _pieces(number: int, message: str, language: str) -> Iterator[_Piece]:
    """The sentences of a message, and before them the whole, when it is a post of several."""
    spans = sentences(message)
    whole = clean(message).text
    code = language or language_of(whole)
    if len(spans) > 1 and len(whole) <= POST:
        yield _Piece(number, None, Sentence(whole, code))
    for span in spans:
        piece = message[span.start : min(span.end, span.start + _SPAN_LIMIT)]
        yield _Piece(number, span, Sentence(clean(piece).text, code))


def _judge_pieces(pieces: Sequence[_Piece], encoder: LayeredEncoder, model: ClaimModel) -> Judged:
    found = [piece.sentence for piece in pieces]
    unmarked = [not one.language or one.language == "vi" for one in found]
    blind = [maybe and unmarked_vietnamese(one.text) >= 0.5 for maybe, one in zip(unmarked, found, strict=True)]
    layers = encoder.encode_layers([one.text for one in found])
    return model.judge(layers, found, blind)


def _only(judged: Judged, rows: Sequence[int]) -> Judged:
    return Judged(judged.worth[list(rows)], judged.kinds[list(rows)])


def _answer(message: str, pieces: Sequence[_Piece], judged: Judged, model: ClaimModel) -> tuple[ClaimSentence, ...]:
    if not pieces:
        return ()
    worth, chances = [float(value) for value in judged.worth], judged.kinds
    as_whole = worth[0] if pieces[0].span is None else None
    if as_whole is not None:
        pieces, worth, chances = pieces[1:], worth[1:], chances[1:]
    threshold = model.threshold(pieces[0].sentence.language)
    kinds = [
        kind_of(piece.sentence, row, chance >= threshold)
        for piece, row, chance in zip(pieces, chances, worth, strict=True)
    ]
    if as_whole is not None:
        kinds, worth = _with_whole(kinds, worth, chances[:, 0], as_whole, threshold)
    return tuple(
        _claim(message, piece, kind, chance, threshold)
        for piece, kind, chance in zip(pieces, kinds, worth, strict=True)
    )


def kind_of(sentence: Sentence, chances: Chances, worthy: bool) -> Kind:
    """The kind of a sentence: the likeliest, except that a question mark asks outright and a bare link is `other`.

    A sentence that is not worth checking and may well be an opinion is taken for one: an opinion that is called
    checkable does more harm than a trifle that is called an opinion.
    """
    if not sentence.words:
        return "other"
    if sentence.asks:
        return "question"
    kind = KINDS[int(np.argmax(chances))]
    doubtful = chances[KINDS.index("opinion")] * _OPINION_MARGIN > chances[KINDS.index("checkable")]
    return "opinion" if kind == "checkable" and not worthy and doubtful else kind


def _with_whole(
    kinds: list[Kind],
    worth: list[float],
    checkable: Chances,
    as_whole: float,
    threshold: float,
) -> tuple[list[Kind], list[float]]:
    """The strongest checkable sentence of a post is as likely worth checking as the post is."""
    candidates = [place for place, kind in enumerate(kinds) if kind == "checkable"]
    if not candidates and as_whole >= threshold:
        best = int(np.argmax(checkable))
        if checkable[best] >= _LEAST_CHECKABLE and kinds[best] != "question":
            kinds = [*kinds[:best], "checkable", *kinds[best + 1 :]]
            candidates = [best]
    strongest = max(candidates, key=lambda place: worth[place], default=-1)
    return kinds, [max(value, as_whole) if place == strongest else value for place, value in enumerate(worth)]


def _claim(message: str, piece: _Piece, kind: Kind, chance: float, threshold: float) -> ClaimSentence:
    span = piece.span or Span(0, len(message))
    worthy = kind == "checkable" and chance >= threshold
    return ClaimSentence(
        text=message[span.start : span.end],
        span=span,
        kind=kind,
        checkworthy=worthy,
        probability=round(chance, 4) if kind == "checkable" else 0.0,
        reason=reason(piece.sentence, kind, worthy),
    )
