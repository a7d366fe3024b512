"""Old Vietnamese encodings, against their standards and against another program's tables."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from tests.conftest import absent
from tests.text.legacy_samples import VIETNAMESE, tcvn3, viscii, vni

from factdesk.text.legacy import font_encoding, from_font, from_tcvn3, from_viscii, from_vni

SMALL = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
KEPT = "°±²³´"
"""Marks in the standard, which fonts for Windows left as the signs they are."""


def iconv(name: str, data: bytes) -> str:
    program = shutil.which("iconv")
    if program is None:
        absent("iconv is missing: apt install libc-bin")
        return ""
    made = subprocess.run([program, "-f", name, "-t", "UTF-8"], input=data, capture_output=True)
    if made.returncode:
        absent(f"iconv does not know {name}")
    return made.stdout.decode()


@pytest.mark.parametrize("code", range(0xA1, 0x100), ids=hex)
def test_tcvn_is_what_iconv_says(code: int) -> None:
    letter = chr(code)
    expected = letter if letter in KEPT else iconv("TCVN5712-1", bytes([code]))
    assert from_tcvn3(letter) == expected


def test_viscii_is_what_iconv_says() -> None:
    data = bytes(code for code in range(1, 256) if code not in (10, 13))
    assert from_viscii(data) == iconv("VISCII", data)


@pytest.mark.parametrize("letter", SMALL)
def test_every_letter_there_and_back(letter: str) -> None:
    for text in (letter, letter.upper()):
        assert from_vni(vni(text).decode("windows-1252")) == text
        assert from_viscii(viscii(text)) == text
    assert from_tcvn3(tcvn3(letter).decode("windows-1252")) == letter
    assert from_tcvn3(tcvn3(letter).decode("windows-1252"), capitals=True) == letter.upper()


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("Th­ l­u", "Thư lưu"),
        ("ThÞt bß 30°C, 5 m²", "Thịt bò 30°C, 5 m²"),
    ],
)
def test_tcvn3_as_it_looks_in_a_western_font(shown: str, meant: str) -> None:
    assert from_tcvn3(shown) == meant


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("AÛnh, Ôû, Öôùc, YÙ", "Ảnh, Ở, Ước, Ý"),
    ],
)
def test_vni_as_it_looks_in_a_western_font(shown: str, meant: str) -> None:
    assert from_vni(shown) == meant


@pytest.mark.parametrize(
    ("family", "kind"),
    [
        (".VnTime", "tcvn3"),
        ("'.VnArialH', sans-serif", "tcvn3"),
        ("VNI-Times", "vni"),
        ("VNI Helve", "vni"),
        ("Vni-Times", "vni"),
        ("Times New Roman", ""),
        ("Verdana, .VnTime", ""),
        ("", ""),
    ],
)
def test_fonts_are_known_by_their_names(family: str, kind: str) -> None:
    assert font_encoding(family) == kind


def test_a_font_of_capitals() -> None:
    assert from_font("ViÖt Nam", ".VnTimeH") == "VIỆT NAM"
    assert from_font("ViÖt Nam", ".VnTime") == "Việt Nam"
    assert from_font("ViÖt Nam", "Arial") == "ViÖt Nam"


def test_running_text() -> None:
    assert from_tcvn3(tcvn3(VIETNAMESE).decode("windows-1252")) == VIETNAMESE
    assert from_vni(vni(VIETNAMESE).decode("windows-1252")) == VIETNAMESE
