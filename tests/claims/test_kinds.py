from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.claims.kinds import judge_many, judge_sentences
from factdesk.encode.base import Vectors
from factdesk.encode.e5 import E5Encoder
from factdesk.errors import ResourceError

MESSAGE = "Tôi nghĩ phim này quá chán. Năm 2011 có hơn 4.000 người chết vì lũ. Ai biết gì thêm không?"


def test_a_message_is_judged_sentence_by_sentence(encoder: E5Encoder) -> None:
    claims = judge_sentences(MESSAGE, encoder)
    assert [claim.kind for claim in claims] == ["opinion", "checkable", "question"]
    assert [claim.checkworthy for claim in claims] == [False, True, False]
    assert [MESSAGE[claim.span.start : claim.span.end] for claim in claims] == [claim.text for claim in claims]
    assert str(claims[1].reason) == "states a figure: 2011, 4.000 người chết"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("More than 4,000 people died in the floods in 2011.", "checkable"),
        ("This is the most beautiful beach in the world.", "opinion"),
        ("The price of rice will double next year.", "prediction"),
        ("Does garlic cure colds?", "question"),
        ("My son had a fever for two days after the jab.", "experience"),
        ("Thank you all so much!", "other"),
        ("Tỏi tiêu diệt được virus.", "checkable"),
        ("Phở Hà Nội ngon hơn phở Sài Gòn.", "opinion"),
        ("Sang năm giá vàng sẽ tăng gấp đôi.", "prediction"),
        ("toi nghi bo phim nay qua chan", "opinion"),
        ("gia gao nam sau se tang gap doi", "prediction"),
    ],
)
def test_kinds(encoder: E5Encoder, text: str, kind: str) -> None:
    (claim,) = judge_sentences(text, encoder)
    assert claim.kind == kind
    assert claim.checkworthy <= (kind == "checkable")


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_blank_message_has_no_sentences(encoder: E5Encoder, text: str) -> None:
    assert judge_sentences(text, encoder) == ()


@pytest.mark.parametrize("text", ["😀😀", "https://example.org/a", "\u200b", "...", "سلام", "a" * 50_000])
def test_odd_messages_are_judged_too(encoder: E5Encoder, text: str) -> None:
    claims = judge_sentences(text, encoder)
    assert len(claims) == 1
    assert claims[0].text == text.strip()


@settings(max_examples=20, deadline=None)
@given(text=st.text(max_size=200))
def test_spans_hold_the_text_and_only_checkable_is_checkworthy(encoder: E5Encoder, text: str) -> None:
    for claim in judge_sentences(text, encoder):
        assert text[claim.span.start : claim.span.end] == claim.text
        assert 0 <= claim.probability <= 1
        assert claim.kind == "checkable" or (not claim.checkworthy and claim.probability == 0)


def test_many_messages_are_judged_as_one_by_one(encoder: E5Encoder) -> None:
    messages = [MESSAGE, "", "Good morning everyone!", "Bats are blind. I like bats."] * 20
    together = list(judge_many(messages, encoder))
    assert len(together) == len(messages)
    for message, claims in zip(messages[:4], together, strict=False):
        alone = judge_sentences(message, encoder)
        assert [(c.span, c.kind) for c in claims] == [(c.span, c.kind) for c in alone]


def test_a_post_lifts_its_strongest_sentence_only(encoder: E5Encoder) -> None:
    post = "The dam broke. More than 4,000 people died in 2011. I like the river."
    alone = [judge_sentences(sentence, encoder)[0].probability for sentence in post.split(". ")]
    together = [claim.probability for claim in judge_sentences(post, encoder)]
    lifted = [place for place in range(3) if together[place] > alone[place] + 0.02]
    assert len(lifted) <= 1
    assert judge_sentences(post, encoder)[1].checkworthy


class OtherEncoder:
    """An encoder that the model was not learned on."""

    name = "another"
    dimension = 3

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.zeros((len(texts), 3), np.float32)


def test_another_encoder_is_refused_in_words() -> None:
    with pytest.raises(ResourceError, match="this desk uses another"):
        judge_sentences("Bats are blind.", OtherEncoder())
