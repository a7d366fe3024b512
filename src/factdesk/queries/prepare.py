"""A message made ready to be looked up: cleaned, cut into sentences, its links set apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from factdesk.domain.matches import Span
from factdesk.errors import InputError
from factdesk.match.words import Words, words_of
from factdesk.text.clean import clean
from factdesk.text.language import language, unmarked_vietnamese
from factdesk.text.sentences import sentences
from factdesk.text.urls import canonical_url

LONGEST = 20_000
"""Characters of a message that are read; what is longer is a document, and its claims are asked one by one."""
LONGEST_WHOLE = 1_500
"""Characters of the whole message's own vector: the model reads no more."""
MOST_SENTENCES = 24
UNMARKED = 0.5
"""Probability of Vietnamese without marks from which words alone are trusted."""
SHORTEST = 3
"""Terms a sentence needs to be looked up by itself."""

_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_AFTER_LINK = ".,;:!?…\"'”’»)]}>"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence: its text as cleaned, where it stands in the message as given, and its words."""

    text: str
    span: Span
    words: Words


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message ready to be looked up. `parts` has its sentences where there are several, and is empty otherwise.

    `readable` is false where the encoder cannot make sense of it, as of Vietnamese typed without marks. `cut` is true
    where not all of it was looked up.
    """

    message: str
    text: str
    span: Span
    language: str
    words: Words
    parts: tuple[Part, ...]
    links: tuple[str, ...]
    readable: bool = True
    cut: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to look up."""
        return not (self.words.sequence or self.links)

    @property
    def texts(self) -> tuple[str, ...]:
        """What is encoded: the whole message first, then its sentences."""
        return (self.text[:LONGEST_WHOLE], *(part.text for part in self.parts))


def prepare(message: str) -> Prepared:
    """A message made ready. What follows its first 20,000 characters is not read."""
    # One for one, so that every place in the message stays what it was.
    read = _LONE_SURROGATE.sub("\ufffd", message[:LONGEST])
    cleaned = clean(read)
    found = (canonical_url(link.rstrip(_AFTER_LINK)) for link in _LINK.findall(read))
    links = tuple(dict.fromkeys(link for link in found if link))
    whole = words_of(cleaned.text)
    span = cleaned.original(Span(0, len(cleaned.text))) if cleaned.text else Span(0, len(read))
    parts = tuple(
        Part(text, cleaned.original(place), words)
        for place in sentences(cleaned.text)
        if len((words := words_of(text := cleaned.text[place.start : place.end])).sequence) >= SHORTEST
    )
    cut = len(message) > LONGEST or len(parts) > MOST_SENTENCES
    parts = parts[:MOST_SENTENCES] if len(parts) > 1 else ()
    readable = unmarked_vietnamese(cleaned.text) < UNMARKED
    return Prepared(message, cleaned.text, span, language(cleaned.text), whole, parts, links, readable, cut)


def prepare_asked(message: str) -> Prepared:
    """As `prepare`, for a message that somebody waits for an answer to. Raises `InputError` when it says nothing."""
    if not message.strip():
        raise InputError("The message is empty.", remedy="Give its text in quotation marks, a file, or -.")
    prepared = prepare(message)
    if prepared.is_blank:
        raise InputError("The message has no words and no address that could be looked up.")
    return prepared
