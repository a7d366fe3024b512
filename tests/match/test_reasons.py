from __future__ import annotations

import numpy as np

from factdesk.domain.matches import Reason
from factdesk.match.conflicts import compare, stated
from factdesk.match.features import Candidate, Query
from factdesk.match.reasons import Evidence, as_written, reasons
from factdesk.match.words import words_of

ROW = np.ones((1, 1), np.float32)


def found(message: str, claim: str, *, cosine: float = 0.0, covered: float = 0.0, other: bool = False) -> list[str]:
    evidence = Evidence(
        claim=claim,
        query=Query(words_of(message), (), ROW),
        candidate=Candidate(words_of(claim), words_of(""), ROW),
        comparison=compare(stated(message), stated(claim)),
        cosine=cosine,
        covered=covered,
        other_language=other,
    )
    return [
        str(reason)
        for reason in reasons(evidence, dict.fromkeys(words_of(claim).distinct - {"the"}, 3.0) | {"the": 0.5})
    ]


def test_what_differs_comes_first() -> None:
    said = found("Garlic cures colds in 5 days", "Garlic cures colds in 2 days", cosine=0.9)
    assert said[0] == "numbers differ: 5 days in the message, 2 days in the claim"


def test_a_negation_names_the_side_that_denies() -> None:
    assert found("Garlic does not help", "Garlic helps")[0] == "the message says “not”, the claim does not"
    assert found("Garlic helps", "Garlic does not help")[0] == "the claim says “not”, the message does not"


def test_names_and_words_are_shown_as_the_claim_writes_them() -> None:
    said = found("nguoi dan o ha noi an toi", "Người dân ở Hà Nội ăn tỏi mỗi ngày")
    assert "names agree: Hà Nội" in said
    assert any(line.startswith("shared words: ") and "tỏi" in line for line in said)


def test_a_name_that_begins_the_sentence_is_whole() -> None:
    assert "names agree: Marco Polo, China" in found(
        "I read Marco Polo came back from China", "Marco Polo brought pasta from China"
    )


def test_words_in_every_other_check_are_no_reason() -> None:
    assert not any(line.startswith("shared words") for line in found("the cat", "The moon and the sun"))


def test_nearness_is_said_by_degree() -> None:
    assert "close in meaning" in found("a", "b c", cosine=0.8)
    assert "fairly close in meaning" in found("a", "b c", cosine=0.4)
    assert found("a", "b c", cosine=0.1) == []


def test_another_language_is_said() -> None:
    assert "in another language" in found("a", "b c", other=True)


def test_words_are_found_through_folding_and_stemming() -> None:
    assert as_written("Những chú Mèo đen", frozenset({"meo", "den"})) == ("Mèo", "đen")
    assert as_written("Black cats run", frozenset(words_of("cat").distinct)) == ("cats",)


def test_templates_take_text_with_braces() -> None:
    assert str(Reason("words_score", "shared words: {words}", {"words": "{0} {x}"})) == "shared words: {0} {x}"
