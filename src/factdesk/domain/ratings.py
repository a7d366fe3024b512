"""Whether publishers agree on a claim. Ratings stay in their publishers' words and are never mapped onto a scale.

Where publishers rate the same claim, their ratings are compared: numbers by where they lie on their own scales, words
by the table here, which anyone can read. Anything else is said to be not comparable.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from factdesk.domain.matches import Reason
from factdesk.domain.reviews import Rating, Review

Leaning = Literal["false", "mixed", "true"]

WORDS: dict[Leaning, frozenset[str]] = {
    "false": frozenset(
        {
            "false", "fake", "incorrect", "wrong", "untrue", "not true", "mostly false", "pants on fire", "hoax",
            "sai", "sai sự thật", "sai hoàn toàn", "phần lớn sai", "tin giả", "giả", "không đúng", "bịa đặt",
            "falso", "falsa", "faux", "fausse", "falsch", "onwaar", "nieprawda", "fałsz", "salah", "palsu",
            "خطأ", "زائف", "असत्य", "झूठ", "फर्जी", "เท็จ", "错误", "虚假",
        }
    ),
    "mixed": frozenset(
        {
            "misleading", "mixture", "mixed", "half true", "partly true", "partly false", "partially true",
            "partially false", "missing context", "out of context",
            "gây hiểu lầm", "đúng một phần", "một nửa sự thật", "thiếu ngữ cảnh",
            "enganoso", "enganosa", "trompeur", "trompeuse", "irreführend", "misleidend", "menyesatkan",
            "مضلل", "भ्रामक",
        }
    ),
    "true": frozenset(
        {
            "true", "correct", "accurate", "mostly true", "confirmed",
            "đúng", "đúng sự thật", "phần lớn đúng", "chính xác",
            "verdadeiro", "verdadera", "verdadero", "vrai", "vraie", "wahr", "richtig", "waar", "prawda", "benar",
            "صحيح", "सत्य", "सच", "จริง", "正确", "真实",
        }
    ),
}  # fmt: skip
"""What ratings in words are taken to lean to when two publishers are compared, and for nothing else."""

LOW, HIGH = 1 / 3, 2 / 3


def leaning(rating: Rating) -> Leaning | None:
    """What a rating leans to; None when neither its words nor its numbers tell."""
    said = " ".join(rating.text.casefold().replace("-", " ").split()).strip(" .!:“”\"'")
    for name, words in WORDS.items():
        if said in words:
            return name
    if rating.value is None or rating.best is None or rating.worst is None or rating.best <= rating.worst:
        return None
    place = (rating.value - rating.worst) / (rating.best - rating.worst)
    return "false" if place < LOW else "true" if place > HIGH else "mixed"


def disagreement(reviews: Sequence[Review]) -> Reason | None:
    """What to say of reviews of one claim: that their publishers disagree, or that their ratings cannot be compared.

    None when they agree, or fewer than two publishers rated it.
    """
    rated = {_who(review): review.rating for review in reversed(reviews) if review.rating.text}
    if len(rated) < 2:
        return None
    values = {"ratings": "; ".join(f"{who}: “{rating.text}”" for who, rating in reversed(rated.items()))}
    leanings = {leaning(rating) for rating in rated.values()}
    if len(leanings - {None}) > 1:
        return Reason("disagreement", "publishers disagree ({ratings})", values)
    if None in leanings and len({rating.text.casefold() for rating in rated.values()}) > 1:
        return Reason("disagreement", "the publishers’ ratings are not comparable ({ratings})", values)
    return None


def _who(review: Review) -> str:
    return review.publisher.name or review.publisher.site or review.source
