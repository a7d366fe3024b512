"""Which language a text is in, and whether it is Vietnamese typed without its marks.

`language` asks `eldc` (60 languages, loaded in 30 ms on first use). `unmarked_vietnamese` is a rule: nearly
every word of Vietnamese is one syllable, and folded syllables follow a small grammar of onset and rhyme.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from typing import Protocol

from factdesk.text.wordlist import words

_NOISE = re.compile(r"https?://\S+|www\.\S+|\b\S+@\S+\.\w+|[@#]\w+|\bpic\.twitter\.com/\S+|&\w+;|\d+")
_LATIN = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W_]+")
# Letters of Vietnamese that few other languages have, in small form: ơ ư ă đ and the letters with two marks.
_VIETNAMESE = re.compile("[ơưăđạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_MARKED = re.compile("[àáâãèéêìíòóôõùúýĩũơưăđạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")

_ONSETS = tuple(sorted(words("""b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x""")))
_RHYMES = words(
    """a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et ech enh eu i ia ich im in inh ip it iu
    iec iem ien ieng iep iet ieu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om
    on ong op ot ooc oong u ua uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot
    uou up ut uu uy uya uych uyen uyet uynh uyt uyp uyu uau uc y yem yen yet yeu ym yn yt ynh ych"""
)
# Folded syllables that also are everyday words of other languages; they say nothing.
_SHARED = words(
    """a an am at ban bat be ben bin bit bot bun but bye can cat chat chin cho con cut dam dan den did die dim
    din do doc don dot due dung ha hat hen hi him hip hit ho hot hut i in it ken kin kit lap lat lay let lie
    lip lit lo lot man map mat may me men met mi mom mop mum my nap no non not nun nut o oh on op pan pat
    pay pen pet phi phone pi pin pip pit pop put quit ran rap rat ray rip rot run sac sat say sea see set
    she sin sip sit so son soup sun ta tan tap tat tea ten the then they thin this tie tin tip tit to ton
    too top tot toy tray tri tut u um up van vet via viet vit vo xin y you yen mac mic pop pin chip chat
    chop chap chic chit chem chin hop hum hung hang hao had has do go got get gin gun gum gap gas gay he her
    hey how thu tho than that them then trip trap trim tram trot tran sing song sang sung sinh long lung
    lang king ping rang ring rung hong bang bong bung ding dong gang gong thing thong tong tang ting pang
    pong mung lot lao may mai mi sum sup rum rut rim rip rin nam nan nin nun de la le lo en es el que van na
    di se te ce si tu ne du eu com pro y ke dia hay bang lang dong"""
)
# The commonest words of running Vietnamese, folded, that are few in other languages.
_CUES = words(
    """khong nguoi duoc nhung cua trong voi nay mot cac da va la nhu cung den khi thi ma nhieu hon tren duoi
    phai ngay nuoc viec lam biet noi chi rat roi vao cho theo sau truoc qua tai bi boi neu vay nen gi ai
    dau toi ban chung minh ong ba anh em co chua khoi benh thuoc uong song chet dung sai gia tin bao
    mang viet nghe thay dang se moi van chi ra len xuong ve tu hai nam thang gio phut tuoi trieu
    nghin ty dong nghien cuu bac si benh vien truong hoc sinh hoc nhat tat ca dieu giup chong gay ung
    thu"""
)


class _Result(Protocol):
    language: str
    reliable: bool


class _Detector(Protocol):
    def detect_details(self, text: str) -> _Result: ...


@cache
def _detector() -> _Detector:
    # Loaded on first use: a command that needs no language does not pay for it.
    import eldc  # type: ignore[import-untyped]

    eldc.init()
    detector: _Detector = eldc
    return detector


def language(text: str) -> str:
    """The text's language as a two-letter code, or '' when the text is too short or the detector is unsure.

    Vietnamese without marks is 'vi' too.
    """
    plain = _NOISE.sub(" ", text[:4000])
    tokens = _LATIN.findall(plain)
    if not tokens:
        return ""
    found = _detector().detect_details(plain)
    code = str(found.language)
    if code == "und":
        return ""
    if unmarked_vietnamese(plain) >= (0.9 if found.reliable else 0.5):
        return "vi"
    if tokens[0].isascii() and plain.isascii() and len(tokens) < 3:
        return ""
    if len(tokens) < 3 and code != "vi" and not _other_script(plain):
        return ""
    return code if found.reliable or len(tokens) >= 5 or _other_script(plain) or _is_vietnamese(plain) else ""


def _other_script(text: str) -> bool:
    return any(letter > "\u036f" and letter.isalpha() and not "\u1e00" <= letter <= "\u1eff" for letter in text)


def _is_vietnamese(text: str) -> bool:
    return bool(_VIETNAMESE.search(text.lower()))


@lru_cache(maxsize=8192)
def is_folded_syllable(word: str) -> bool:
    """Whether a lower-case word of the letters a to z can be a Vietnamese syllable that lost its marks."""
    if not 1 <= len(word) <= 7:
        return False
    if word in _RHYMES:
        return True
    return any(word.startswith(onset) and _fits(onset, word[len(onset) :]) for onset in _ONSETS) or word == "gi"


def _fits(onset: str, rhyme: str) -> bool:
    """Spelling rules: k, gh and ngh stand before e, i and y; c, g and ng before the rest."""
    if rhyme not in _RHYMES:
        return False
    if onset in ("k", "gh", "ngh"):
        return rhyme[0] in "eiy"
    if onset in ("c", "ng"):
        return rhyme[0] not in "eiy"
    return True


def unmarked_vietnamese(text: str) -> float:
    """The probability, 0 to 1, that this is Vietnamese typed without marks; 0 when a tenth of it bears them.

    It weighs the share of letters in words that are folded syllables, the share of words that are common in
    Vietnamese, and the words that cannot be syllables.
    """
    plain = _NOISE.sub(" ", text[:4000]).lower()
    tokens = _WORDS.findall(plain)
    if len(tokens) < 2:
        return 0.0
    if sum(1 for word in tokens if _MARKED.search(word)) > len(tokens) / 10:
        return 0.0
    syllables = [word for word in tokens if is_folded_syllable(word)]
    telling = [word for word in syllables if word not in _SHARED]
    letters = sum(map(len, tokens))
    share = sum(map(len, syllables)) / max(letters, 1)
    cues = sum(1 for word in tokens if word in _CUES) / len(tokens)
    other = sum(1 for word in tokens if not is_folded_syllable(word) and word.isalpha()) / len(tokens)
    weight = min(1.0, sum(1 for word in syllables if word in _CUES or word not in _SHARED) / 3)
    score = 9.0 * (share - 0.6) + 4.0 * (len(telling) / len(tokens) - 0.45) + 9.0 * (cues - 0.12) - 2.0 * other
    return weight / (1.0 + math.exp(-score)) if telling else 0.0
