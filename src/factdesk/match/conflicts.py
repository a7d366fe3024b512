"""Whether two sentences on the same topic say different things: another number, a negation, another quantifier.

Vectors do not see any of this: a negated or number-swapped sentence is as near as a paraphrase.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from factdesk.text.negation import negations, quantifiers
from factdesk.text.numbers import Quantity, numbers

OPPOSED = (frozenset({"all", "some"}), frozenset({"all", "most"}))
NEAR = 0.05
"""Two numbers count as the same within this share of the larger: people round."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a sentence states that can conflict."""

    quantities: tuple[Quantity, ...]
    negations: int
    quantifiers: frozenset[str]
    text: str


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
    return Stated(numbers(text, language), negations(text, language), quantifiers(text), text)


def compare(message: Stated, claim: Stated) -> Comparison:
    """Hold a message's sentence against a claim."""
    same: list[str] = []
    left, right = list(message.quantities), list(claim.quantities)
    for mine in message.quantities:
        twin = next((other for other in right if _equal(mine, other)), None)
        if twin is not None:
            same.append(shown(message, mine))
            left.remove(mine)
            right.remove(twin)
    mine_differs = [mine for mine in left if any(_comparable(mine, other) for other in right)]
    other_differs = [other for other in right if any(_comparable(other, mine) for mine in left)]
    return Comparison(
        same_numbers=tuple(dict.fromkeys(same)),
        message_numbers=_shown_all(message, mine_differs),
        claim_numbers=_shown_all(claim, other_differs),
        message_negates=message.negations % 2 == 1,
        claim_negates=claim.negations % 2 == 1,
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


def _comparable(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities measure the same thing, so that they can differ."""
    return one.kind == other.kind and one.unit == other.unit and one.kind != "ordinal"


def _equal(one: Quantity, other: Quantity) -> bool:
    if one.value == other.value:
        return one.unit == other.unit or not one.unit or not other.unit
    if one.kind in ("date", "year") or other.kind != one.kind or one.unit != other.unit:
        return False
    # Small counts are exact: five days are not six. Of large ones people give the first figures.
    return max(one.value, other.value) > 20 and abs(one.value - other.value) <= NEAR * max(one.value, other.value)
