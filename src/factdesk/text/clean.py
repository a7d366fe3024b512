"""A message as its words: without links, decoration and repeats, and with the way back to the message as given.

Each step takes and gives a `Cleaned`: the text, and for each of its code points the place in the message it
came from. A step that finds nothing costs one search.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from factdesk.domain.matches import Span


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text. `offsets[i]` is where `text[i]` came from; never decreasing, as long as `text`."""

    text: str
    offsets: tuple[int, ...]

    def original(self, span: Span) -> Span:
        """The span of the message from which a span of the cleaned text came."""
        if span.end <= span.start:
            place = self.offsets[span.start] if span.start < len(self.offsets) else 0
            return Span(place, place)
        return Span(self.offsets[span.start], self.offsets[span.end - 1] + 1)


Replacement = Callable[[re.Match[str]], tuple[str, tuple[int, ...]]]
"""What stands in a match's place, and the place within the text (not the message) each code point comes from."""

Step = Callable[[Cleaned], Cleaned]

# Shorter repeats are style (`ha ha ha`), and a text that is nothing but repeats must not cost quadratic time.
_LEAST_COPY = 24
_MOST_COPIES = 8

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# Zero-width and bidi controls, soft hyphens, and control characters. The joiners U+200C and U+200D stay between
# letters, where Persian and the Indic scripts spell with them.
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|(?<!\\w)[\u200c\u200d]|[\u200c\u200d](?!\\w)"
)
_TAIL = re.compile(
    rf"\s*[—–-]{{1,2}}\s?[^\n—]{{0,80}}?\(@\w{{1,30}}\)(?:\s*(?:{_MONTHS})\.? \d{{1,2}}, \d{{4}})?\s*(?=\Z|\n)"
)
_NONE = re.compile(r"(?:(?<=\s)|(?<=\A))None\s*\Z")
_LINK = re.compile(
    r"\b(?:https?://|ftp://|www\.)\S*|\bpic\.twitter\.com/\w+|\b(?:t\.co|bit\.ly|youtu\.be|fb\.me|fb\.watch)/\S*",
    re.IGNORECASE,
)
# Who passed a message on is no part of it. Whom it speaks to often is: `@NorthernAirlines charges …` names its subject.
_RETWEET = re.compile(r"\A\s*RT\s+(?:@\w{1,30}\s*:\s*)?(?=\S)|\s+(?:via|by)\s+@\w{1,30}\s*(?=\Z|\n)")
_TAG = re.compile(r"(?<![\w/])[#＃@](?=\w)([\w\u200c\u200d]+)")
_TAG_JOINT = re.compile(r"_+|(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\U000e0020-\U000e007f\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d"
    "\u3297\u3299\u20e3\ufe0e\ufe0f]+"
)
_SPACE = re.compile(r"\s{2,}|[^\S \n]|\A\s+|\s+\Z")
_BEFORE_STOP = re.compile(r" (?=[,.;!?…](?:\s|\Z))")


def clean(text: str) -> Cleaned:
    """A message without links, decoration, hidden characters and repeats.

    Hashtags and other handles stay, as words: `#DefundTheCBC` gives `Defund The CBC`.
    """
    cleaned = Cleaned(text, tuple(range(len(text))))
    for step in STEPS:
        cleaned = step(cleaned)
    return cleaned


def _replacing(pattern: re.Pattern[str], replacement: Replacement) -> Step:
    def step(cleaned: Cleaned) -> Cleaned:
        return _replaced(cleaned, pattern, replacement)

    return step


def _replaced(cleaned: Cleaned, pattern: re.Pattern[str], replacement: Replacement) -> Cleaned:
    found = pattern.search(cleaned.text)
    if found is None:
        return cleaned
    pieces: list[str] = []
    offsets: list[int] = []
    last = 0
    for match in pattern.finditer(cleaned.text):
        pieces.append(cleaned.text[last : match.start()])
        offsets.extend(cleaned.offsets[last : match.start()])
        words, places = replacement(match)
        pieces.append(words)
        offsets.extend(cleaned.offsets[place] for place in places)
        last = match.end()
    pieces.append(cleaned.text[last:])
    offsets.extend(cleaned.offsets[last:])
    return Cleaned("".join(pieces), tuple(offsets))


def _by(words: str) -> Replacement:
    """The same words in place of every match."""

    def replacement(match: re.Match[str]) -> tuple[str, tuple[int, ...]]:
        return words, (match.start(),) * len(words)

    return replacement


def _entity(match: re.Match[str]) -> tuple[str, tuple[int, ...]]:
    words = html.unescape(match.group())
    return words, (match.start(),) * len(words)


def _space(match: re.Match[str]) -> tuple[str, tuple[int, ...]]:
    """One space, or one line break where there was one; nothing at either end of the text."""
    if match.start() == 0 or match.end() == len(match.string):
        return "", ()
    return ("\n" if re.search(r"[\n\r\u2028\u2029\x85]", match.group()) else " "), (match.start(),)


def _tag_words(match: re.Match[str]) -> tuple[str, tuple[int, ...]]:
    body, start = match.group(1), match.start(1)
    pieces: list[str] = []
    places: list[int] = []
    last = 0
    for joint in _TAG_JOINT.finditer(body):
        pieces.append(body[last : joint.start()] + " ")
        places.extend(range(start + last, start + joint.start()))
        places.append(start + max(joint.start() - 1, 0))
        last = joint.end()
    pieces.append(body[last:])
    places.extend(range(start + last, start + len(body)))
    return "".join(pieces), tuple(places)


def _once(cleaned: Cleaned) -> Cleaned:
    """A message pasted two or more times in a row, once; the last copy may be cut short, and text may follow."""
    for _ in range(_MOST_COPIES):
        found = _second_copy(cleaned.text)
        if found is None:
            break
        cleaned = _without(cleaned, found)
    return cleaned


def _second_copy(text: str) -> Span | None:
    """Where the second of two equal copies stands that the text begins with."""
    head = text[:_LEAST_COPY]
    again = text.find(head, _LEAST_COPY) if len(head) == _LEAST_COPY else -1
    for _ in range(_MOST_COPIES):
        if again < 0:
            return None
        copy, rest = text[:again].rstrip(), text[again:]
        if rest.startswith(copy) or copy.startswith(rest.rstrip()):
            return Span(len(copy), min(len(text), again + len(copy)))
        again = text.find(head, again + 1)
    return None


def _without(cleaned: Cleaned, span: Span) -> Cleaned:
    text, offsets = cleaned.text, cleaned.offsets
    return Cleaned(text[: span.start] + text[span.end :], offsets[: span.start] + offsets[span.end :])


STEPS: tuple[Step, ...] = (
    _replacing(_ENTITY, _entity),
    _replacing(_HIDDEN, _by("")),
    _replacing(_NONE, _by("")),
    _replacing(_TAIL, _by("")),
    _replacing(_LINK, _by(" ")),
    _replacing(_SPACE, _space),
    _once,
    _replacing(_NONE, _by("")),
    _replacing(_RETWEET, _by(" ")),
    _replacing(_TAG, _tag_words),
    _replacing(_EMOJI, _by(" ")),
    _replacing(_SPACE, _space),
    _replacing(_BEFORE_STOP, _by("")),
)
