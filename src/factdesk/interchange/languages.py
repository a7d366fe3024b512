"""Language names and tags as short codes."""

from __future__ import annotations

import re

from factdesk.interchange.draft import Draft

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*\Z")
# ISO 639-2 codes (both kinds) of languages that have a two-letter one.
_LONG_CODES = (
    "eng:en vie:vi por:pt spa:es fra:fr fre:fr deu:de ger:de ita:it nld:nl dut:nl rus:ru ukr:uk pol:pl "
    "ces:cs cze:cs slk:sk slo:sk hun:hu ron:ro rum:ro bul:bg ell:el gre:el tur:tr ara:ar heb:he fas:fa "
    "per:fa hin:hi ben:bn tam:ta tel:te mar:mr urd:ur pan:pa guj:gu kan:kn mal:ml nep:ne sin:si tha:th "
    "lao:lo khm:km mya:my bur:my ind:id msa:ms may:ms zho:zh chi:zh jpn:ja kor:ko swe:sv nor:no dan:da "
    "fin:fi est:et lav:lv lit:lt hrv:hr srp:sr slv:sl bos:bs mkd:mk mac:mk sqi:sq alb:sq cat:ca glg:gl "
    "eus:eu baq:eu swa:sw amh:am hau:ha yor:yo kat:ka geo:ka hye:hy arm:hy aze:az kaz:kk mon:mn"
)
_LONG = dict(pair.split(":") for pair in _LONG_CODES.split())
_NAME_LISTS = (
    "ar=arabic,العربية;bn=bengali,bangla;ca=catalan;cs=czech;da=danish;de=german,deutsch;el=greek;"
    "en=english,tiếng anh;es=spanish,español,castellano;fa=persian,farsi;fi=finnish;fr=french,français;"
    "he=hebrew;hi=hindi,हिन्दी;hr=croatian;hu=hungarian;id=indonesian,bahasa indonesia;"
    "it=italian,italiano;ja=japanese,日本語;ko=korean,한국어;mr=marathi;ms=malay;nl=dutch,nederlands;"
    "no=norwegian;pa=punjabi;pl=polish,polski;pt=portuguese,português,brazilian portuguese;ro=romanian;"
    "ru=russian,русский;sr=serbian;sv=swedish;sw=swahili;ta=tamil;te=telugu;th=thai;tr=turkish,türkçe;"
    "uk=ukrainian;ur=urdu;vi=vietnamese,tiếng việt,tieng viet;zh=chinese,中文"
)
_NAMES = {
    name: code
    for code, _, names in (entry.partition("=") for entry in _NAME_LISTS.split(";"))
    for name in names.split(",")
}


def language_code(value: object, draft: Draft) -> str:
    """A BCP-47 language subtag of two or three letters for a tag, a name or an object that has one; else empty."""
    if isinstance(value, dict) and isinstance(value.get("alternateName"), str):
        value = value["alternateName"]
    text = draft.line(value, "inLanguage")
    if not text:
        return ""
    if text.lower() in _NAMES:
        return _NAMES[text.lower()]
    found = _TAG.match(text)
    if not found or found[1].lower() in ("und", "zxx", "mul"):
        draft.note("bad-language", "inLanguage", text)
        return ""
    code = found[1].lower()
    return _LONG.get(code, code)
