from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.encode.base import LayeredEncoder
from factdesk.encode.e5 import FEW, MAX_BATCH_TOKENS, MAX_ROWS, REMEMBERED, E5Encoder, _batches
from factdesk.errors import ResourceError

PAIRS = [
    ("Garlic cures the common cold.", "Tỏi chữa khỏi cảm lạnh thông thường."),
    ("The Great Wall of China is visible from the Moon.", "Vạn Lý Trường Thành nhìn thấy được từ Mặt Trăng."),
    ("Lightning never strikes the same place twice.", "Sét không bao giờ đánh hai lần vào một chỗ."),
    ("Goldfish have a memory of three seconds.", "Cá vàng chỉ nhớ được ba giây."),
]


def test_a_sentence_is_nearest_to_its_translation(encoder: E5Encoder) -> None:
    english, vietnamese = (encoder.encode([pair[side] for pair in PAIRS]) for side in (0, 1))
    assert (english @ vietnamese.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_vectors_are_float32_rows_of_unit_length(encoder: E5Encoder) -> None:
    vectors = encoder.encode(["one", "two words", "", "😀", "x" * 100_000])
    assert vectors.shape == (5, encoder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(encoder: E5Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_the_order_is_that_of_the_texts_whatever_their_lengths(encoder: E5Encoder) -> None:
    texts = [("word " * length).strip() for length in (40, 1, 90, 3, 12)] * 5
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert (together * alone).sum(axis=1).min() > 0.999


@given(st.lists(st.integers(1, 512), max_size=80))
def test_every_row_is_in_one_batch_within_its_limits(lengths: list[int]) -> None:
    batches = list(_batches(lengths))
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) <= MAX_ROWS
        assert len(batch) == 1 or max(lengths[row] for row in batch) * len(batch) <= MAX_BATCH_TOKENS


@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_has_a_vector(encoder: E5Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode([text])).all()


def test_weights_that_changed_since_are_refused(tmp_path: Path, models: Path) -> None:
    from factdesk.encode.prepare import prepared_folder

    source = prepared_folder(models)
    copy = tmp_path / source.name
    copy.mkdir()
    for path in source.iterdir():
        (copy / path.name).symlink_to(path)
    layout = json.loads((source / "layout.json").read_text())
    (copy / "layout.json").unlink()
    (copy / "layout.json").write_text(json.dumps(layout | {"bytes": layout["bytes"] - 1}))
    with pytest.raises(ResourceError, match="have changed"):
        E5Encoder(tmp_path)


def test_opening_needs_neither_onnx_nor_tokenizers(models: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from factdesk.encode.e5 import E5Encoder;"
        "E5Encoder(Path(sys.argv[1])).encode(['x']); print(sorted({'onnx', 'tokenizers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(models)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_last_layer_shown_is_the_vector_before_it_was_scaled(encoder: E5Encoder) -> None:
    texts = ["Garlic cures the common cold.", "Ngủ đi con.", "one two three " * 20]
    layers = encoder.encode_layers(texts)
    assert layers.shape == (3, 4 * encoder.dimension)
    last = layers[:, -encoder.dimension :]
    np.testing.assert_allclose(last / np.linalg.norm(last, axis=1, keepdims=True), encoder.encode(texts), atol=1e-4)
    assert isinstance(encoder, LayeredEncoder)


def test_a_text_is_remembered_with_both_outputs_and_equal_texts_have_equal_rows(encoder: E5Encoder) -> None:
    texts = ["Cows sleep standing up.", "Horses do too.", "Cows sleep standing up."]
    vectors = encoder.encode(texts)
    np.testing.assert_array_equal(vectors[0], vectors[2])
    layers = encoder.encode_layers(texts[:2])
    tail = layers[:, -encoder.dimension :]
    np.testing.assert_allclose(tail / np.linalg.norm(tail, axis=1, keepdims=True), vectors[:2], atol=1e-6)
    vectors[:] = 0
    assert np.abs(encoder.encode(texts)).max() > 0


def test_what_was_remembered_equals_what_is_encoded_among_many(encoder: E5Encoder) -> None:
    texts = [f"Sentence number {number} of a longer list." for number in range(FEW + 5)]
    many = encoder.encode(texts)
    few = np.concatenate([encoder.encode(texts[start : start + 3]) for start in range(0, len(texts), 3)])
    assert (many * few).sum(axis=1).min() > 0.999


def test_no_more_is_remembered_than_there_is_room_for(encoder: E5Encoder) -> None:
    for number in range(0, REMEMBERED + 30, 30):
        encoder.encode([f"{number + row} x" for row in range(30)])
    assert len(encoder._recent) == REMEMBERED
