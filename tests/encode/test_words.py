from __future__ import annotations

import numpy as np

from factdesk.encode.e5 import E5Encoder


def test_each_word_has_its_place_and_its_states(encoder: E5Encoder) -> None:
    text = "The price  of rice fell\nby 5%."
    (found,) = encoder.encode_words([text])
    assert [found.text[start:end] for start, end in found.spans] == text.split()
    assert found.states.shape == (len(text.split()), encoder.dimension)


def test_the_vector_is_that_of_encode_and_batches_change_nothing(encoder: E5Encoder) -> None:
    texts = ["Giá gạo giảm.", "", "A much longer sentence with quite a few more words in it than the others have."]
    together = encoder.encode_words(texts)
    np.testing.assert_allclose(np.stack([one.vector for one in together]), encoder.encode(texts), atol=2e-3)
    assert together[1].states.shape == (0, encoder.dimension)
    (alone,) = encoder.encode_words(texts[:1])
    np.testing.assert_allclose(alone.states, together[0].states, atol=0.1)


def test_a_word_is_seen_in_its_context(encoder: E5Encoder) -> None:
    def likeness(one: str, other: str) -> float:
        first, second = (encoder.encode_words([text])[0].states[-1] for text in (one, other))
        return float(first @ second / np.linalg.norm(first) / np.linalg.norm(second))

    assert likeness("he sat on the river bank", "he sat by the river bank") > likeness(
        "he sat on the river bank", "she took money from the bank"
    )


def test_what_the_encoder_does_not_read_has_no_words(encoder: E5Encoder) -> None:
    (found,) = encoder.encode_words(["word " * 2000])
    assert 400 < len(found.spans) == len(found.states) < 512


def test_pieces_are_seen_in_their_text_and_the_whole_is_as_encoded(encoder: E5Encoder) -> None:
    pieces = ["The tower was moved.", "It stands in Berlin."]
    both, one = encoder.encode_pieces([pieces, ["Giá gạo giảm."]])
    assert (both.shape, one.shape) == ((3, encoder.dimension), (2, encoder.dimension))
    np.testing.assert_allclose(np.linalg.norm(both, axis=1), 1, atol=1e-3)
    np.testing.assert_allclose(both[0], encoder.encode([" ".join(pieces)])[0], atol=5e-3)
    alone = encoder.encode(pieces)
    tower = encoder.encode(["The tower stands in Berlin."])[0]
    assert both[2] @ tower > alone[1] @ tower


def test_a_piece_past_what_is_read_is_taken_for_the_whole(encoder: E5Encoder) -> None:
    (rows,) = encoder.encode_pieces([["word " * 600, "Never read."]])
    np.testing.assert_allclose(rows[2], rows[0], atol=1e-5)
    assert encoder.encode_pieces([]) == []
