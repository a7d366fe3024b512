"""Whether two sentences on the same topic say different things: another number, a negation, another quantifier.

Vectors do not see any of this: a negated or number-swapped sentence is as near as a paraphrase.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from factdesk.text.fold import exact_terms, terms
from factdesk.text.negation import denials, quantifiers
from factdesk.text.numbers import Quantity, numbers
from factdesk.text.wordlist import words

OPPOSED = (frozenset({"all", "some"}), frozenset({"all", "most"}))
NEAR = 0.05
"""Two numbers count as the same within this share of the larger: people round."""

SECONDS = {
    "second": 1.0,
    "minute": 60.0,
    "hour": 3_600.0,
    "day": 86_400.0,
    "week": 604_800.0,
    "month": 2_629_800.0,
    "year": 31_557_600.0,
    "decade": 315_576_000.0,
    "century": 3_155_760_000.0,
}
"""Units of time in seconds: seven years and seven days can differ, and a week is seven days."""

NO_CONTENT = frozenset(
    terms(
        """a an the is are was were be been being am do does did done have has had will would can could shall should may
        might must to of in on at by for from with as it its this that these those there they them he she his her you
        your we our i me my or and but if so than then when what which who how all any some one no not ever even just
        only
        là có được bị phải thì mà và của nó cho ai gì này kia đó ở trong ra vào lên đi đã đang sẽ cũng rất quá người ta
        mình tôi bạn con cái một những các như nên hay hoặc với từ đến khi nào sao đâu nữa"""
    )
)
"""Words that carry no statement: that a negation stands before one of them says nothing."""

HALF_DENIALS = words(
    """bans banned forbid forbids forbidden prohibit prohibits prohibited prevent prevents stop stops impossible
    refuse refuses refused deny denies denied fail fails without lack lacks myth hoax false cancel cancels
    cấm ngăn thiếu ngừng chặn"""
)
"""Words with which a sentence denies something without saying not."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a sentence states that can conflict.

    `denied` has the words behind each negation. Where a word may deny without one (`half_denies`), nothing is made of
    negation at all.
    """

    quantities: tuple[Quantity, ...]
    denied: tuple[frozenset[str], ...]
    quantifiers: frozenset[str]
    terms: frozenset[str]
    half_denies: bool
    text: str

    def denies(self, other: Stated) -> bool:
        """Whether one of its negations stands before words that the other states."""
        return any(scope & other.terms for scope in self.denied)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sentences held against each other; quantities are shown as each of them writes them."""

    same_numbers: tuple[str, ...] = ()
    message_numbers: tuple[str, ...] = ()
    claim_numbers: tuple[str, ...] = ()
    message_negates: bool = False
    claim_negates: bool = False
    quantifiers_differ: bool = False

    @property
    def numbers_differ(self) -> bool:
        """Whether each states a number of one kind that the other contradicts."""
        return bool(self.message_numbers and self.claim_numbers)

    @property
    def negation_differs(self) -> bool:
        """Whether one denies what the other states."""
        return self.message_negates != self.claim_negates


@lru_cache(maxsize=20_000)
def stated(text: str, language: str = "") -> Stated:
    """What a sentence states that can conflict."""
    denied = (frozenset(terms(" ".join(scope))) - NO_CONTENT for scope in denials(text, language))
    kept = frozenset(terms(text)) - NO_CONTENT
    half = not HALF_DENIALS.isdisjoint(exact_terms(text))
    return Stated(numbers(text, language), tuple(filter(None, denied)), quantifiers(text), kept, half, text)


def compare(message: Stated, claim: Stated) -> Comparison:
    """Hold a message's sentence against a claim."""
    same: list[str] = []
    left, right = list(message.quantities), list(claim.quantities)
    for mine in message.quantities:
        twin = next((other for other in right if equal(mine, other)), None)
        if twin is not None:
            same.append(shown(message, mine))
            left.remove(mine)
            right.remove(twin)
    mine_differs = [mine for mine in left if any(comparable(mine, other) for other in right)]
    other_differs = [other for other in right if any(comparable(other, mine) for mine in left)]
    clear = not (message.half_denies or claim.half_denies)
    return Comparison(
        same_numbers=tuple(dict.fromkeys(same)),
        message_numbers=_shown_all(message, mine_differs),
        claim_numbers=_shown_all(claim, other_differs),
        message_negates=clear and message.denies(claim),
        claim_negates=clear and claim.denies(message),
        quantifiers_differ=any(
            pair <= (message.quantifiers ^ claim.quantifiers) and message.quantifiers and claim.quantifiers
            for pair in OPPOSED
        ),
    )


def shown(sentence: Stated, quantity: Quantity) -> str:
    """A quantity as its sentence writes it."""
    return sentence.text[quantity.span.start : quantity.span.end].strip()


def _shown_all(sentence: Stated, quantities: Sequence[Quantity]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shown(sentence, quantity) for quantity in quantities))


def comparable(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities measure the same thing, so that they can differ."""
    same_unit = one.unit == other.unit or (one.unit in SECONDS and other.unit in SECONDS)
    return one.kind == other.kind and same_unit and one.kind != "ordinal"


def equal(one: Quantity, other: Quantity) -> bool:
    if one.unit != other.unit and one.unit in SECONDS and other.unit in SECONDS:
        first, second = one.value * SECONDS[one.unit], other.value * SECONDS[other.unit]
        return abs(first - second) <= NEAR * max(first, second)
    if one.value == other.value:
        return one.unit == other.unit or not one.unit or not other.unit
    if one.kind in ("date", "year") or other.kind != one.kind or one.unit != other.unit:
        return False
    # Small counts are exact: five days are not six. Of large ones people give the first figures.
    return max(one.value, other.value) > 20 and abs(one.value - other.value) <= NEAR * max(one.value, other.value)
