"""What a share kit says of a check: on its card, in its short text, and in the card's alternative text.

The answer comes first and the claim once, named as what was claimed. Who made the claim is on the check's page and
not here; nothing is added to what the check says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from factdesk.domain.scales import NOT_CHECKABLE, Scale
from factdesk.domain.statements import StatedRating
from factdesk.publish.model import SiteCheck, SiteDesk
from factdesk.publish.places import address
from factdesk.publish.words import Tone, day, rating_name, tone
from factdesk.wording import Say, sayer

MARKS = 3
"""Marks that one letter may carry: what has more is meant to spill over its neighbours."""

_JOINERS = "\u200c\u200d"
_ORDINARY = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u02af\u1e00-\u1eff–—‘’“”…]*")
"""A text of nothing but letters, signs and spaces that stay as they are: nearly every one."""
_SIMPLE = re.compile(r"https://[a-z0-9.:-]+[a-z0-9/._~-]*")
_LOOSE_JOINER = re.compile(rf"(?<!\S)[{_JOINERS}]+|[{_JOINERS}]+(?!\S)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rating stands: step `value` of `count`, between the names of the first and the last step (their numbers
    where the scale has changed since)."""

    value: int
    count: int
    lowest: str
    highest: str


@dataclass(frozen=True, slots=True)
class CardWords:
    """A check as a card shows it, cleaned, in the check's language.

    `answer` is the check's title, or that it was withdrawn; `notice` says that it was corrected or withdrawn, and
    when, `what` what was corrected, or why it was withdrawn. `rating` is empty for a withdrawn check, `place` None
    where there is no scale; `meaning` is the rating's definition, or why the claim cannot be checked. `quoted` is the
    claim (of a withdrawn check its title) in quotation marks, `label` says what it is; `more` counts further claims.
    `address` is the whole one, `shown` how it is printed.
    """

    language: str
    desk: str
    date: str
    answer: str
    notice: str
    what: str
    rating: str
    place: Place | None
    place_words: str
    meaning: str
    label: str
    quoted: str
    more: str
    address: str
    shown: str
    read: str
    tone: Tone
    withdrawn: bool


def card_words(desk: SiteDesk, check: SiteCheck) -> CardWords:
    """The words of a check's card."""
    say = sayer(check.language)
    whole = address(desk, check.path)
    statement = check.statement
    gone = check.withdrawn
    place = None if gone else place_of(statement.rating, desk.scale, check.language)
    notice, what = _notice(check, say)
    claims = [plain(claim.text) for claim in check.claims]
    title = plain(statement.title)
    quoted = title if gone else (claims[0] if claims else "")
    return CardWords(
        language=check.language,
        desk=plain(statement.desk),
        date=say("Published on {day}", day=day(check.published, check.language)),
        answer=say("We have withdrawn this check") if gone else title,
        notice=notice,
        what=plain(what),
        rating="" if gone else plain(rating_name(statement.rating, say)),
        place=place,
        place_words=_place_words(place, say),
        meaning="" if gone else plain(_meaning(statement.rating)),
        label=say("It was called") if gone else say("What was claimed"),
        quoted=f"“{quoted}”" if quoted else "",
        more="" if gone else _more(len(claims) - 1, say),
        address=whole,
        shown=shown_address(whole),
        read=say("Why, and since when: on its page") if gone else say("The evidence, with its sources"),
        tone="none" if gone else tone(statement.rating),
        withdrawn=gone,
    )


def short_text(words: CardWords) -> str:
    """A short text to go with a link, the answer first."""
    return "".join(f"{part}\n" for part in _short(words, sayer(words.language)))


def alt_text(words: CardWords) -> str:
    """The alternative text of the card: all that it says, whole, also where the card had to cut."""
    say = sayer(words.language)
    parts = [
        say("A card of a fact-check by {desk}.", desk=words.desk),
        _stop(words.notice),
        _stop(words.answer),
        *_rated(words, say),
        _stop(words.meaning),
        _stop(words.what) if words.withdrawn else "",
        _stop(f"{words.label}: {words.quoted} {words.more}".strip()) if words.quoted else "",
        _stop(words.date),
        words.address,
    ]
    return " ".join(part for part in parts if part) + "\n"


def place_of(rating: StatedRating, scale: Scale, language: str) -> Place | None:
    """Where a rating stands on the scale that it was given on; None for what is not checkable."""
    if rating.key == NOT_CHECKABLE or rating.best <= rating.worst:
        return None
    count = rating.best - rating.worst + 1
    step = scale.step(rating.key)
    ends = (str(rating.worst), str(rating.best))
    # The names of the ends were not signed: they are those of the scale now, if that is still the same.
    if step is not None and step.value == rating.value and len(scale.steps) == count:
        first, last = scale.steps[0].names.get(language, ""), scale.steps[-1].names.get(language, "")
        ends = (first, last) if first and last else ends
    return Place(rating.value - rating.worst + 1, count, plain(ends[0]), plain(ends[1]))


def plain(text: str) -> str:
    """A text on one line without what steers: control characters, overrides of the direction of writing, letters
    that are not seen, and more marks on one letter than any language has. Letters of every script and emoji stay."""
    if _ORDINARY.fullmatch(text):
        return " ".join(text.split())
    made, marks = [], 0
    for letter in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if kind in ("Cc", "Zl", "Zp", "Zs"):
            made.append(letter if letter in "\u00a0\u202f" else " ")
        elif kind == "Cs":
            made.append("\ufffd")
        elif (kind != "Cf" or letter in _JOINERS) and marks <= MARKS:
            made.append(letter)
    return " ".join(word for word in _LOOSE_JOINER.sub("", "".join(made)).split(" ") if word)


def shown_address(url: str) -> str:
    """An address as it is printed: without `https://` and the slash at its end."""
    if _SIMPLE.fullmatch(url):
        return url.removeprefix("https://").rstrip("/")
    parts = urlsplit(url)
    return (parts.netloc + parts.path.rstrip("/")) if parts.scheme == "https" else url.rstrip("/")


def _notice(check: SiteCheck, say: Say) -> tuple[str, str]:
    """That a check was corrected or withdrawn, and what there is to say of it."""
    if check.withdrawn:
        return say("Withdrawn on {day}", day=day(check.changed, check.language)), check.statement.why
    if not check.corrections:
        return "", ""
    times = [each.time for each in check.revisions if each.act == "correct"]
    time = times[-1] if times else check.corrections[-1].time
    return say("Corrected on {day}", day=day(time, check.language)), check.corrections[-1].what


def _more(count: int, say: Say) -> str:
    if count < 1:
        return ""
    return say("and 1 further claim") if count == 1 else say("and {count} further claims", count=count)


def _meaning(rating: StatedRating) -> str:
    return rating.reason if rating.key == NOT_CHECKABLE else rating.definition


def _place_words(place: Place | None, say: Say) -> str:
    return say("step {value} of {count}", value=place.value, count=place.count) if place else ""


def _rated(words: CardWords, say: Say) -> Iterator[str]:
    if words.rating and words.place:
        yield say(
            "Our rating: {rating}, {place}, from “{lowest}” to “{highest}”.",
            rating=words.rating,
            place=words.place_words,
            lowest=words.place.lowest,
            highest=words.place.highest,
        )
    elif words.rating:
        yield _stop(say("Our rating: {rating}", rating=words.rating))


def _short(words: CardWords, say: Say) -> Iterator[str]:
    yield _stop(words.answer)
    yield ""
    yield from _rated(words, say)
    if words.rating and not words.place and words.meaning:
        yield _stop(words.meaning)
    if words.quoted:
        yield f"{words.label}: {words.quoted} {words.more}".strip()
    if words.notice:
        yield _stop(f"{words.notice}: {words.what}" if words.what else words.notice)
    yield ""
    yield f"{words.desk}: {words.address}"


def _stop(text: str) -> str:
    """A sentence with its full stop."""
    return text if not text or text.endswith((".", "!", "?", "…", ".”", "?”", "!”")) else f"{text}."
