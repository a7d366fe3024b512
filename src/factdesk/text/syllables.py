"""Whether a word is a syllable of Vietnamese, marks and tone included: onset, rhyme, tone.

Nearly every word of Vietnamese is one syllable, and the syllables that spelling allows are few, so that text read in
the wrong encoding is told from Vietnamese by counting them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from factdesk.text.wordlist import words

_TONES = "\u0300\u0301\u0303\u0309\u0323"
"""Combining grave, acute, tilde, hook above, dot below. Without one the tone is level."""

_STOPPED = frozenset("\u0301\u0323")
_ONSETS = tuple(sorted(words("""b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"""), key=len))[::-1]
_RHYMES = words(
    """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong
    ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uâ uân uâng uât uây uc uê uêch uênh uên ui um un
    ung uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh uyt uyu uơ ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn
    ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ych yn ynh yp yt"""
)
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Whether spelling allows this word, in any case and any Unicode form."""
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in apart if mark in _TONES]
    bare = unicodedata.normalize("NFC", "".join(letter for letter in apart if letter not in _TONES))
    if len(tones) > 1 or not 1 <= len(bare) <= 7:
        return False
    # What ends in a stop is said sharp or heavy; written without tone only in foreign names.
    stopped = bare.endswith(("c", "ch", "p", "t"))
    if stopped and tones and tones[0] not in _STOPPED:
        return False
    return bare in _RHYMES or bare == "gi" or any(_fits(bare, onset) for onset in _ONSETS if bare.startswith(onset))


def _fits(bare: str, onset: str) -> bool:
    """k, gh and ngh stand before e, ê, i and y; c, g and ng before the rest (`giếng` is g + iêng)."""
    rhyme = bare[len(onset) :]
    if rhyme not in _RHYMES:
        return False
    if onset in ("k", "gh", "ngh"):
        return rhyme[0] in "eêiy"
    return onset not in ("c", "ng") or rhyme[0] not in "eêiy"


def marked_words(text: str) -> list[str]:
    """The words with a letter beyond ASCII."""
    return [word for word in _WORD.findall(text) if not word.isascii()]


def syllable_share(tokens: Iterable[str]) -> float:
    """The share of these words that are syllables; 0 of none."""
    given = list(tokens)
    return sum(map(is_syllable, given)) / len(given) if given else 0.0


def all_words(text: str) -> list[str]:
    """The words of a text: runs of letters."""
    return _WORD.findall(text)
