from __future__ import annotations

import pytest

from factdesk.text.negation import negations, quantifiers


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Vaccines do not cause autism", "en", 1),
        ("Vaccines don't cause autism", "en", 1),
        ("Vaccines don’t cause autism", "", 1),
        ("Vaccines cause autism", "en", 0),
        ("It is not only wrong", "en", 0),
        ("Nobody never knows", "en", 2),
        ("Vắc xin không gây tự kỷ", "vi", 1),
        ("Vac xin khong gay tu ky", "vi", 1),
        ("Vac xin khong gay tu ky", "", 1),
        ("Bộ Y tế chưa xác nhận", "vi", 1),
        ("Không khí ở Hà Nội ô nhiễm", "vi", 0),
        ("Hãng hàng không tăng giá vé", "vi", 0),
        ("Tin này có thật không?", "vi", 0),
        ("Không chỉ người già mắc bệnh", "vi", 0),
        ("A vacina não causa autismo no Brasil", "pt", 1),
        ("La vacuna no causa autismo", "es", 1),
        ("Le vaccin ne cause pas l'autisme", "fr", 1),
        ("Impfungen verursachen keinen Autismus", "de", 1),
        ("اللقاح لا يسبب التوحد", "ar", 1),
        ("वैक्सीन से ऑटिज्म नहीं होता", "hi", 1),
        ("วัคซีนไม่ทำให้เป็นหมัน", "th", 1),
        ("", "", 0),
    ],
)
def test_negations(text: str, language: str, count: int) -> None:
    assert negations(text, language) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All vaccines are safe", {"all"}),
        ("Some vaccines are safe", {"some"}),
        ("Only vaccines are safe", {"only"}),
        ("Tất cả vắc xin đều an toàn", {"all"}),
        ("tat ca vac xin deu an toan", {"all"}),
        ("Một số vắc xin an toàn", {"some"}),
        ("Hầu hết mọi người đều biết", {"most", "all"}),
        ("Chỉ trẻ em mắc bệnh", {"only"}),
        ("Vaccines are safe", set()),
    ],
)
def test_quantifiers(text: str, expected: set[str]) -> None:
    assert quantifiers(text) == expected
