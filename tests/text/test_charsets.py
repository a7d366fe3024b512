"""How bytes are text. Nothing is converted that is not surely Vietnamese."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.text.legacy_samples import VIETNAMESE, tcvn3, viscii, vni, windows_1258

from factdesk.text.charsets import declared_charset, decode, detect, font_encoding_of, known_name

WESTERN = {
    "french": "L'été dernier, le gouvernement français a présenté un projet très controversé. À Paris, des élèves ont "
    "manifesté près de l'hôtel de ville où le maire était déjà là. Ça va, dit-il, né à Orléans. Pâté, thé, café.",
    "german": "Die Bundesregierung hat für nächstes Jahr höhere Ausgaben angekündigt. Über die Änderungen müssen die "
    "Länder noch beraten, größere Städte führen Gespräche.",
    "spanish": "El año pasado la población española creció según el informe. Los niños también pidieron más años.",
    "portuguese": "A população não está só; há também ação, informação e opinião à disposição de todos. São três, avô.",
    "english": "The café served a naïve résumé of the façade. He paid 30 £ – a cliché, à la carte, née Smith.",
    "swedish": "Det är på många sätt så att vi får gå där också. Å ena sidan är det lätt, å andra sidan är det svårt.",
    "danish": "Han så på åen og gik så på gåtur på øen. Det er få år siden, at bænken blev sat på plænen.",
    "italian": "La città è più bella di così, perché c'è già la libertà. Ciò che è, è. Sarà però difficile.",
}
OLD: dict[str, Callable[[str], bytes]] = {"tcvn3": tcvn3, "vni": vni, "viscii": viscii, "windows-1258": windows_1258}


@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1", "windows-1252", "windows-1258", "x-user-defined"])
@pytest.mark.parametrize("name", OLD)
def test_old_vietnamese_is_known_whatever_is_declared(name: str, declared: str) -> None:
    data = OLD[name](VIETNAMESE)
    found = detect(data, declared)
    assert found.charset == name
    assert decode(data, found.charset) == VIETNAMESE
    if declared not in ("", "windows-1258") or name != "windows-1258":
        assert bool(found.remarks) == (name != "windows-1258" or declared not in ("", "windows-1258"))


@pytest.mark.parametrize("declared", ["", "windows-1252", "utf-8", "iso-8859-1"])
@pytest.mark.parametrize("name", WESTERN)
def test_western_text_is_left_alone(name: str, declared: str) -> None:
    data = WESTERN[name].encode("windows-1252")
    found = detect(data, declared)
    assert found.charset == "windows-1252"
    assert decode(data, found.charset) == WESTERN[name]
    assert not any("Vietnamese" in str(remark) for remark in found.remarks)
    assert font_encoding_of(WESTERN[name]) == ("", False)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Příliš žluťoučký kůň úpěl ďábelské ódy ve městě.", "windows-1250"),
        ("Президент России заявил, что завтра будет подписан указ.", "windows-1251"),
    ],
)
def test_other_alphabets_are_guessed(text: str, name: str) -> None:
    assert detect(text.encode(name)).charset == name


def test_too_little_to_be_sure_is_reported_and_left() -> None:
    data = tcvn3("Việt Nam độc lập")
    found = detect(data, "windows-1252")
    assert found.charset == "windows-1252"
    assert "tcvn3" in str(found.remarks[0])


def test_letters_of_an_old_font_in_unicode() -> None:
    assert font_encoding_of(tcvn3(VIETNAMESE).decode("windows-1252")) == ("tcvn3", True)
    assert font_encoding_of(vni(VIETNAMESE).decode("windows-1252")) == ("vni", True)
    assert font_encoding_of(VIETNAMESE) == ("", False)
    shown = tcvn3(VIETNAMESE).decode("windows-1252").encode()
    assert decode(shown, "utf-8+tcvn3") == VIETNAMESE


@pytest.mark.parametrize(
    ("data", "declared", "charset"),
    [
        (VIETNAMESE.encode(), "iso-8859-1", "utf-8"),
        (VIETNAMESE.encode(), "windows-1258", "utf-8"),
        (b"\xef\xbb\xbf" + VIETNAMESE.encode(), "", "utf-8"),
        (VIETNAMESE.encode("utf-16"), "utf-8", "utf-16-le"),
        (VIETNAMESE.encode("utf-16-be"), "", "utf-16-be"),
        (VIETNAMESE.encode("utf-32"), "", "utf-32-le"),
        (b"plain", "windows-1258", "utf-8"),
        ("日本語のテキスト".encode("shift_jis"), "shift_jis", "shift_jis"),
        ("日本語のテキスト".encode("iso-2022-jp"), "iso-2022-jp", "iso-2022-jp"),
        ("中文文本测试".encode("gbk"), "gb2312", "gb18030"),
    ],
)
def test_bytes_that_speak_for_themselves(data: bytes, declared: str, charset: str) -> None:
    assert detect(data, declared).charset == charset


def test_a_few_damaged_letters_do_not_make_it_another_encoding() -> None:
    data = VIETNAMESE.encode()[:-1] + b"\xff" + VIETNAMESE.encode()
    found = detect(data, "utf-8")
    assert found.charset == "utf-8"
    assert [str(remark) for remark in found.remarks] == ["1 letters are damaged and shown as \ufffd."]


@pytest.mark.attack
@pytest.mark.parametrize("label", ["utf-7", "rot13", "zip", "idna", "unicode_escape", "punycode", "undefined", "mbcs",
                                   "utf-8+rot13", "tcvn3+vni", "../../etc/passwd", "a" * 100_000])  # fmt: skip
def test_labels_that_are_no_charsets(label: str) -> None:
    """Python has codecs that are none: what they make of bytes is not text."""
    assert known_name(label) == ""
    assert detect(b"+ADw-script+AD4-", label).charset == "utf-8"
    with pytest.raises(LookupError):
        decode(b"x", label)


@pytest.mark.attack
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xff\xfe\x00\xd8\x41\x00", id="lone-surrogate-in-utf-16"),
        pytest.param(b"\xed\xa0\x80\xed\xb0\x80" * 3, id="surrogates-in-utf-8"),
        pytest.param(b"\xff\xfe\0", id="half-a-letter"),
        pytest.param(b"\xc0\xbcscript\xc0\xbe", id="overlong-utf-8"),
        pytest.param(b"\xf7\xbf\xbf\xbf" * 5, id="beyond-unicode"),
        pytest.param(b"<meta charset=" + b"a" * 8000, id="long-label"),
        pytest.param(b"<meta " * 100_000, id="many-metas"),
        pytest.param(b"<" * 300_000 + b"\xe9", id="tags-that-never-end"),
        pytest.param(b"\xe9 " * 200_000, id="all-marked"),
    ],
)
def test_bytes_that_lie(data: bytes) -> None:
    found = detect(data, declared_charset("", data))
    text = decode(data, found.charset)
    assert text.encode("utf-8")


@given(st.binary(max_size=200), st.sampled_from(["", "utf-8", "windows-1258", "tcvn3", "vni", "viscii", "gb2312"]))
def test_any_bytes_are_some_text_and_the_same_again(data: bytes, declared: str) -> None:
    found = detect(data, declared)
    assert known_name(found.charset) == found.charset
    assert decode(data, found.charset) == decode(data, found.charset)
    assert detect(data, declared) == found


@pytest.mark.parametrize(
    ("header", "data", "declared"),
    [
        ("text/html; charset=UTF-8", b"<meta charset=latin1>", "utf-8"),
        ("text/html", b"<meta charset='latin1'>", "latin1"),
        ("", b'<meta http-equiv=Content-Type content="text/html; charset=windows-1258">', "windows-1258"),
        ("", b'<?xml version="1.0" encoding="utf-8"?>', "utf-8"),
        ("", b"<p>charset=utf-8", ""),
    ],
)
def test_what_is_declared(header: str, data: bytes, declared: str) -> None:
    assert declared_charset(header, data) == declared
