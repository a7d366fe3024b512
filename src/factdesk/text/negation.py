"""Negations and quantifiers of a text, counted by word lists: small, visible, and the same for message and claim."""

from __future__ import annotations

import re
from itertools import pairwise

from factdesk.text.wordlist import words

_TOKEN = re.compile(r"[^\W\d_][^\s\d!-&(-/:-@\[-`{-~।…“”¿¡؟]*")

# Words that negate in one language and mean something else in another stand under their language only.
_NEGATIONS = {
    "en": words(
        """not no never none nobody nothing neither nor without cannot cant dont doesnt didnt isnt wasnt wont arent
        hasnt havent hadnt shouldnt wouldnt couldnt aint nowhere hardly unable refuses refused"""
    ),
    "vi": words("không chưa chẳng chả đừng chớ khong ko hông khg chang"),
    "es": words("no nunca jamás jamas sin ningún ningun ninguno ninguna nada nadie tampoco ni"),
    "pt": words("não nao nunca jamais sem nenhum nenhuma ninguém ninguem nada nem"),
    "fr": words("pas jamais aucun aucune rien sans ni"),
    "de": words("nicht kein keine keinen keiner keinem keines nie niemals ohne nichts niemand"),
    "nl": words("niet geen nooit zonder niets niemand"),
    "it": words("non mai senza nessun nessuno nessuna niente"),
    "pl": words("nie bez nigdy żaden żadna żadne brak nikt nic"),
    "ms": words("tidak bukan tak tanpa belum jangan tiada"),
    "ar": words("لا لم لن ليس ليست ليسوا غير بدون بلا ولا ولم ولن وليس"),
    "hi": words("नहीं नही न मत बिना ना"),
    "mr": words("नाही नाहीत नको विना"),
    "pa": words("ਨਹੀਂ ਨਾ ਬਿਨਾਂ"),
    "ta": words("இல்லை இல்லாமல்"),
    "ru": words("не нет ни без никогда нельзя"),
}
_DISTINCT = frozenset[str]().union(
    *(table for code, table in _NEGATIONS.items() if code not in ("vi", "hi", "pl", "es", "ms")),
    words("không chưa chẳng khong ko no nunca sin tidak bukan tanpa नहीं नही nie"),
) - words("jamais ni")
# Scripts without spaces: a negation is a piece of a word.
_PIECES = re.compile("ไม่|ไร้|不|没|沒|ない|ません|没有")
# `không khí` is air, `hàng không` is aviation: không there is not a negation.
_AIR_AFTER = words("khí gian quân lưu trung tặc vận kích khi quan luu tac van")
_AIR_BEFORE = words("hàng hang")
_VIETNAMESE_NO = words("không khong ko hông khg")
_NOT_ONLY = words("only just merely chỉ chi solo só seulement nur alleen những nhung")

SCOPE = 5
"""How many words behind one that negates it may deny."""
_ADVICE = words("đừng dung chớ cho")
_ADVICE_FIRST = words("dont never do không khong")
# The verb that is denied stands before these languages' negation as often as behind it.
_DENY_BEFORE = words("de nl fr hi mr pa")

_QUANTIFIERS = {
    "all": words(
        """all every everyone everybody everything always each mọi luôn todos todas todo toda
        tous toutes chaque alle jeder jede alles كل جميع सभी सब semua setiap wszystkie wszyscy"""
    ),
    "some": words(
        """some several few many certain vài nhiều algunos algunas alguns algumas varios quelques certains
        einige manche sommige بعض कुछ beberapa niektóre"""
    ),
    "only": words(
        """only just solely chỉ solo solamente apenas somente seulement uniquement nur alleen فقط केवल hanya tylko"""
    ),
    "most": words(
        """most majority mostly mayoría maioria plupart majorité meisten meeste معظم अधिकांश kebanyakan większość"""
    ),
}
_PAIRS = {
    "một số": "some", "mot so": "some", "một vài": "some", "tất cả": "all", "tat ca": "all", "hầu hết": "most",
    "hau het": "most", "phần lớn": "most", "phan lon": "most", "đa số": "most", "da so": "most", "duy nhất": "only",
    "duy nhat": "only", "chi co": "only", "toàn bộ": "all", "toan bo": "all",
}  # fmt: skip


def negations(text: str, language: str = "") -> int:
    """How many words of a text negate. With no language, only words that negate wherever they stand are counted."""
    tokens = [found[0].lower().replace("’", "'") for found in _TOKEN.finditer(text)]
    table = _NEGATIONS.get(language, _DISTINCT) if language else _DISTINCT
    count = 0
    for place, token in enumerate(tokens):
        if _negates(token, table) and not _is_exception(tokens, place):
            count += 1
    return count + len(_PIECES.findall(text))


def denials(text: str, language: str = "") -> tuple[tuple[str, ...], ...]:
    """For each word that negates, the words it may deny: those behind it, and in some languages those before it.

    Advice is no denial: `đừng`, `chớ`, and `don't` or `never` at the beginning tell somebody what not to do.
    """
    tokens = [found[0].lower().replace("’", "'") for found in _TOKEN.finditer(text)]
    table = _NEGATIONS.get(language, _DISTINCT) if language else _DISTINCT
    found = []
    for place, token in enumerate(tokens):
        if not _negates(token, table) or _is_exception(tokens, place) or _is_advice(token, place):
            continue
        before = tokens[max(0, place - SCOPE) : place] if language in _DENY_BEFORE else []
        found.append((*before, *tokens[place + 1 : place + 1 + SCOPE]))
    return tuple(found)


def _is_advice(token: str, place: int) -> bool:
    return token in _ADVICE or (place == 0 and token.replace("'", "") in _ADVICE_FIRST)


def _negates(token: str, table: frozenset[str]) -> bool:
    return token in table or token.endswith("n't") or token.replace("'", "") in table


def _is_exception(tokens: list[str], place: int) -> bool:
    """`not only`, `không chỉ`, `không khí`, `hàng không`, and the không that ends a Vietnamese question."""
    word, following = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else ""
    if following in _NOT_ONLY and word != "no":
        return True
    if word not in _VIETNAMESE_NO:
        return False
    before = tokens[place - 1] if place else ""
    return following in _AIR_AFTER or before in _AIR_BEFORE or not following


def quantifiers(text: str) -> frozenset[str]:
    """Which of `all`, `some`, `most`, `only` a text says."""
    tokens = [found[0].lower() for found in _TOKEN.finditer(text)]
    found = {name for name, table in _QUANTIFIERS.items() if any(token in table for token in tokens)}
    pairs = (f"{left} {right}" for left, right in pairwise(tokens))
    return frozenset(found | {_PAIRS[pair] for pair in pairs if pair in _PAIRS})
