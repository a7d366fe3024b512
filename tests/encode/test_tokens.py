from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from factdesk.encode.tokens import MAX_TOKENS, Tokens
from factdesk.encode.weights import Weights, find_weights


@pytest.fixture(scope="session")
def reference(models_folder: Path) -> Tokenizer:
    """The same vocabulary in the `tokenizers` library."""
    vocabulary = Weights(find_weights(models_folder)).vocabulary()
    pairs = [(piece, float(score)) for piece, score in zip(vocabulary.pieces, vocabulary.scores, strict=False)]
    tokenizer = Tokenizer(models.Unigram(pairs, unk_id=vocabulary.unknown))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace("▁", prepend_scheme="always")
    return tokenizer


@pytest.fixture(scope="session")
def models_folder(models: Path) -> Path:
    return models


TEXTS = [
    "Uống nước chanh nóng mỗi sáng có thể chữa khỏi ung thư chỉ trong 2 tuần.",
    "Uong nuoc chanh nong moi sang",
    "The 5G towers were switched on in 2019 — 100% true!!!",
    "北京的疫苗是假的吗？", "यह दावा गलत है।", "هذا الخبر غير صحيح", "ข่าวปลอม", "😀😀 🏳️‍🌈 ok",
    "a\u00a0b\u200bc\ufeffd\te\n\nf", "ﬁne ① ½ Ａ", "\ue000\ue001 x \ue002",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_equal_those_of_the_library(tokens: Tokens, reference: Tokenizer, text: str) -> None:
    assert tokens.encode(text)[1:-1] == reference.encode(tokens.normal(text)).ids


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=120).filter(lambda text: "<" not in text))
def test_tokens_equal_those_of_the_library_for_any_text(tokens: Tokens, reference: Tokenizer, text: str) -> None:
    assert tokens.encode(text)[1:-1] == reference.encode(tokens.normal(text)).ids


def test_control_pieces_are_not_read_out_of_a_text(tokens: Tokens) -> None:
    assert tokens.begin not in tokens.encode("<s> </s> <pad>")[1:]
    assert tokens.encode("</s>").count(tokens.end) == 1


def test_long_texts_are_cut_with_their_end_kept(tokens: Tokens) -> None:
    found = tokens.encode("không " * 100_000)
    assert len(found) == MAX_TOKENS
    assert found[-1] == tokens.end


def test_composed_and_decomposed_letters_are_the_same(tokens: Tokens) -> None:
    import unicodedata

    text = "Vắc-xin gây vô sinh ở phụ nữ"
    assert tokens.encode(unicodedata.normalize("NFD", text)) == tokens.encode(text)
