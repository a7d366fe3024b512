"""FD308, FD310, FD313 and FD314: length, abbreviations, capitals, and the text as a whole."""

from __future__ import annotations

import pytest
from tests.lint.drafts import draft as read
from tests.lint.drafts import reasons, words_found

from factdesk.lint.base import CitationFact, Facts

CITED = Facts(citations={"a1": CitationFact("a1", "refutes", ("x",))})


@pytest.mark.parametrize(("language", "most"), [("en", 35), ("vi", 45)])
def test_a_sentence_is_long_by_its_words(language: str, most: int) -> None:
    fits, long = " ".join(["nước"] * most) + ".", " ".join(["nước"] * (most + 1)) + "."
    assert words_found("FD308", f"{fits} {long}", language) == [long]
    assert words_found("FD308", f"{fits}\n\n{fits}", language) == []


def test_cited_words_and_tables_make_no_sentence_long() -> None:
    quoted = " ".join(["water"] * 40)
    assert words_found("FD308", f"It says: “{quoted}”[^cite:a1].", facts=CITED) == []
    assert words_found("FD308", f"> {quoted}[^cite:a1]", facts=CITED) == []
    assert words_found("FD308", f"It says: “{quoted}”.", facts=CITED) != []
    assert words_found("FD308", f"| a | b |\n| - | - |\n| {quoted} | x |") == []


def test_another_language_has_no_limit() -> None:
    assert words_found("FD308", " ".join(["agua"] * 60), "es") == []


@pytest.mark.parametrize(
    ("language", "body", "found"),
    [
        ("en", "The RGSD uses it. The RGSD said so.", ["RGSD"]),
        ("en", "The RGSD uses it. Later the Royal Geodetic Survey Department (RGSD) said so.", ["RGSD"]),
        ("en", "Two NGOs say so.", ["NGO"]),
        ("en", "It was CBT, and the LLS worked.", ["CBT", "LLS"]),
        ("vi", "HĐTĐ đã thông qua.", ["HĐTĐ"]),
        ("vi", "Theo UBND tỉnh, không có gì.", ["UBND"]),
        ("vi", "Cần có CCCD khi làm thủ tục.", ["CCCD"]),
    ],
)
def test_an_abbreviation_that_nobody_explains(language: str, body: str, found: list[str]) -> None:
    assert words_found("FD310", body, language) == found


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "The World Health Organization (WHO) says so. WHO adds more."),
        ("en", "WHO (World Health Organization) says so."),
        ("en", "The WHO, the World Health Organization, says so."),
        ("en", "They call it RGSD, short for a long name."),
        ("en", "The BBC showed it on TV in the USA at 5 PM, ISBN 978-0-00-000002-6."),
        ("en", "Louis XIV and Henry VIII lived in the XVII century. Part III follows."),
        ("en", "H5N1, CO2 and COVID-19 are names; see https://x.example/ABCD and `RGSD`."),
        ("en", "He wrote: “RGSD”[^cite:a1]."),
        ("en", "This is NOT so."),
        ("vi", "Ủy ban nhân dân (UBND) tỉnh cho biết. UBND nói thêm."),
        ("vi", "Tổ chức Y tế Thế giới (WHO) cho biết."),
        ("vi", "Số CCCD 001 và STK 1900 không được nêu; TP HCM, GS và TS thì quen."),
    ],
)
def test_an_abbreviation_that_is_explained_or_known(language: str, body: str) -> None:
    assert words_found("FD310", body, language, CITED) == []


@pytest.mark.parametrize(
    ("language", "body", "found"),
    [
        ("en", "This is TOTALLY false.", ["TOTALLY"]),
        ("en", "It is NOT so!!", ["NOT", "!!"]),
        ("en", "Really?!", ["?!"]),
        ("en", "BATS CAN SEE VERY WELL", ["BATS CAN SEE VERY WELL"]),
        ("vi", "Tin này KHÔNG ĐÚNG!!!", ["KHÔNG ĐÚNG", "!!!"]),
    ],
)
def test_shouting(language: str, body: str, found: list[str]) -> None:
    assert words_found("FD313", body, language) == found


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "UNESCO and NATO met the RGSD! What? It was ARPANET, RP, BPP, PP and BQP."),
        ("en", "He wrote: “STOP NOW!!!”[^cite:a1]"),
        ("en", "See https://x.example/NEVER and `NEVER`."),
        ("vi", "Sổ, Từ, Ở đây UBND họp. Ê! Ô tô chạy."),
        ("vi", "Số CCCD và CMND."),
    ],
)
def test_no_shouting(language: str, body: str) -> None:
    assert words_found("FD313", body, language, CITED) == []


HARD = {
    "en": "Participating organisations acknowledged methodological inconsistencies, notwithstanding considerable "
    "institutional deliberation concerning infrastructural modernisation requirements. ",
    "vi": "Việc triển khai thực hiện đồng bộ công tác hiện đại hóa hạ tầng đòi hỏi sự bố trí nguồn lực mang tính chiến "
    "lược nhằm nâng cao hiệu quả quản lý hành chính của các cơ quan chức năng có thẩm quyền ở địa phương. ",
}
EASY = {
    "en": "The lake is blue. It was dug by hand, and the sea fills it each spring. Nobody made up the picture. ",
    "vi": "Nước hồ xanh. Người ta đào hồ bằng tay rồi dẫn nước biển vào mỗi mùa xuân. Không ai vẽ thêm gì vào ảnh. ",
}


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_text_that_is_hard_to_read(language: str) -> None:
    assert len(words_found("FD314", HARD[language] * 9, language)) == 1
    assert words_found("FD314", EASY[language] * 9, language) == []


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_short_text_is_not_judged(language: str) -> None:
    assert words_found("FD314", HARD[language] * 4, language) == []


def test_cited_words_are_not_the_writers_style() -> None:
    quoted = "\n\n".join(f"> {HARD['en']}[^cite:a1]" for _ in range(9))
    assert words_found("FD314", f"{EASY['en'] * 9}\n\n{quoted}", facts=CITED) == []


def test_the_reason_tells_the_figures() -> None:
    (reason,) = reasons("FD314", read(HARD["vi"] * 9, "vi"))
    assert "46 syllables a sentence" in reason
    (reason,) = reasons("FD308", read(" ".join(["nước"] * 50), "vi"))
    assert reason.startswith("The sentence has 50 syllables")
