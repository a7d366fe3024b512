"""Why a sentence was taken for the kind it was, in words: the cues and figures found in it."""

from __future__ import annotations

from factdesk.claims.features import Sentence
from factdesk.domain.claims import Kind
from factdesk.domain.matches import Reason

_MOST_CUES = 3

# For each kind, the lists of cues that speak for it, in order, with what is said of them.
_BY_CUES: dict[Kind, tuple[tuple[str, str], ...]] = {
    "checkable": (
        ("fact", "says that something is so: {what}"),
        ("compare", "compares: {what}"),
        ("past", "says that something happened: {what}"),
    ),
    "opinion": (
        ("view", "gives a view: {what}"),
        ("ought", "says what ought to be: {what}"),
        ("value", "praises or blames: {what}"),
    ),
    "prediction": (("future", "speaks of what is to come: {what}"),),
    "experience": (
        ("lived", "tells of the speaker's own life: {what}"),
        ("self", "tells of the speaker's own life: {what}"),
    ),
    "other": (("calls", "greets, thanks or asks the reader for something: {what}"),),
    "question": (("asks", "asks: {what}"),),
}
_OTHERWISE: dict[Kind, str] = {
    "checkable": "states something that evidence could show to be so or not",
    "opinion": "reads as an opinion",
    "prediction": "reads as a prediction",
    "question": "asks a question",
    "experience": "reads as someone's own experience",
    "other": "states nothing that could be checked",
}
_MINOR = "can be checked, but little seems to hang on it"
_FIGURES = "states a figure: {what}"


def reason(sentence: Sentence, kind: Kind, checkworthy: bool) -> Reason:
    """The reason that is shown beside a sentence's kind."""
    if kind == "checkable" and not checkworthy:
        return Reason("kind", _MINOR)
    figures = [sentence.text[item.span.start : item.span.end] for item in sentence.quantities if item.kind != "ordinal"]
    if kind == "checkable" and figures:
        return Reason("figures", _FIGURES, {"what": ", ".join(figures[:_MOST_CUES])})
    for name, template in _BY_CUES[kind]:
        hits = list(dict.fromkeys(sentence.cues.get(name, ())))
        if hits:
            return Reason(name, template, {"what": ", ".join(hits[:_MOST_CUES])})
    return Reason("kind", _OTHERWISE[kind])
