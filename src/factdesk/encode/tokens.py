"""Texts as the encoder's tokens: SentencePiece unigram (Kudo 2018), word by word.

The vocabulary is a trie that opens by being mapped into memory, since reading 250,000 pieces into a hash table takes
over a second and `factdesk match` is a new process each time. No piece spans a space, so each word is segmented
alone and remembered: in bulk, most words have been seen before. The result equals that of the `tokenizers` library,
which a test asserts; only control pieces such as `<s>` are never read out of a text.
"""

from __future__ import annotations

import array
import json
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import marisa_trie
import numpy as np

from factdesk.encode.weights import Vocabulary

MAX_TOKENS = 512
LONGEST_PIECE = 16
UNKNOWN_PENALTY = 10.0
"""What an unknown character costs below the rarest piece, as SentencePiece has it."""
MAX_CHARACTERS = MAX_TOKENS * LONGEST_PIECE
"""No more than this can reach the first 512 tokens."""
REMEMBERED_WORDS = 100_000


def save_pieces(vocabulary: Vocabulary, folder: Path) -> None:
    """Write the vocabulary in the form that `Tokens` opens."""
    control = {vocabulary.begin, vocabulary.end, vocabulary.unknown, 1}
    kept = {
        piece: number
        for number, piece in enumerate(vocabulary.pieces)
        if piece and number not in control and piece != "<mask>"
    }
    trie = marisa_trie.Trie(list(kept))
    numbers = np.zeros(len(kept), np.int32)
    for piece, number in kept.items():
        numbers[trie[piece]] = number
    trie.save(str(folder / "pieces.marisa"))
    numbers.tofile(folder / "numbers.i32")
    vocabulary.scores[numbers].astype(np.float32).tofile(folder / "scores.f32")
    facts = {
        "begin": vocabulary.begin,
        "end": vocabulary.end,
        "unknown": vocabulary.unknown,
        "unknown_score": float(vocabulary.scores.min()) - UNKNOWN_PENALTY,
        "replacements": {chr(point): text for point, text in vocabulary.replacements.items()},
    }
    (folder / "tokens.json").write_text(json.dumps(facts), encoding="utf-8")


class Tokens:
    """The tokenizer, opened from what `save_pieces` wrote."""

    def __init__(self, folder: Path) -> None:
        facts = json.loads((folder / "tokens.json").read_text(encoding="utf-8"))
        self.begin, self.end, self.unknown = facts["begin"], facts["end"], facts["unknown"]
        self.unknown_score: float = facts["unknown_score"]
        self.replacements = {ord(point): text for point, text in facts["replacements"].items()}
        self.trie = marisa_trie.Trie()
        self.trie.mmap(str(folder / "pieces.marisa"))
        self.numbers = array.array("i", (folder / "numbers.i32").read_bytes())
        self.scores = array.array("f", (folder / "scores.f32").read_bytes())
        self.word = lru_cache(REMEMBERED_WORDS)(self._word)

    def normal(self, text: str) -> str:
        """The text as the model was trained to see it: NFC, then the vocabulary's replacements."""
        return unicodedata.normalize("NFC", text[:MAX_CHARACTERS]).translate(self.replacements)

    def encode(self, text: str) -> list[int]:
        """Token numbers with begin and end, at most 512."""
        found = [self.begin]
        for word in self.normal(text).split():
            found += self.word(word)
            if len(found) >= MAX_TOKENS:
                break
        return [*found[: MAX_TOKENS - 1], self.end]

    def encode_words(self, text: str, prefix: str) -> tuple[list[int], list[tuple[int, int]]]:
        """As `encode` of prefix and text, and for each word of the text where its tokens begin and end.

        Words that do not go in whole before the 512th token are left out.
        """
        numbers = self.encode(prefix)[:-1]
        places: list[tuple[int, int]] = []
        for word in text.split():
            pieces = self.word(word)
            if len(numbers) + len(pieces) >= MAX_TOKENS:
                break
            places.append((len(numbers), len(numbers) + len(pieces)))
            numbers += pieces
        return [*numbers, self.end], places

    def encode_pieces(self, pieces: Sequence[str], prefix: str) -> tuple[list[int], list[tuple[int, int]]]:
        """As `encode` of prefix and pieces, apart by a space, and for each piece where its tokens begin and end.

        A piece that does not go in before the 512th token begins and ends at the same place.
        """
        numbers = self.encode(prefix)[:-1]
        places: list[tuple[int, int]] = []
        for piece in pieces:
            start = len(numbers)
            if start < MAX_TOKENS - 1:
                numbers = numbers + self.encode(piece)[1:-1]
            numbers = numbers[: MAX_TOKENS - 1]
            places.append((start, len(numbers)))
        return [*numbers, self.end], places

    def _word(self, word: str) -> tuple[int, ...]:
        """The best segmentation of one word, by the Viterbi algorithm."""
        text = "▁" + word
        size = len(text)
        best = [0.0] + [-1e30] * size
        back: list[tuple[int, int]] = [(0, -1)] * (size + 1)
        for start in range(size):
            base, single = best[start], False
            for piece in self.trie.prefixes(text[start : start + LONGEST_PIECE]):
                key, end = self.trie[piece], start + len(piece)
                single = single or end == start + 1
                score = base + self.scores[key]
                if score > best[end]:
                    best[end], back[end] = score, (start, self.numbers[key])
            if not single and base + self.unknown_score > best[start + 1]:
                best[start + 1], back[start + 1] = base + self.unknown_score, (start, self.unknown)
        return self._walk(back, size)

    def _walk(self, back: list[tuple[int, int]], end: int) -> tuple[int, ...]:
        """The pieces on the best path; unknown neighbours count as one."""
        found: list[int] = []
        while end:
            end, number = back[end]
            if not (number == self.unknown and found and found[-1] == self.unknown):
                found.append(number)
        return tuple(reversed(found))
