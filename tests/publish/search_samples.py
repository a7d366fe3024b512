"""Checks to be searched: titles and texts made of what such checks are about, all of them ours."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from factdesk.publish.search_index import Doc, search_files
from factdesk.publish.search_terms import doc_terms

_PARTS = {
    "vi": (
        "Vắc-xin|Nước chanh|Tỏi sống|Nước muối|Mật ong|Gừng tươi|Lá đu đủ|Sóng 5G|Điện thoại|Mì chính|Nước mắm|Trứng gà"
        "|Sữa đậu nành|Cà phê|Trà xanh|Dầu dừa|Muối i-ốt|Khẩu trang|Thuốc kháng sinh|Bác sĩ|Ngân hàng|Lò vi sóng",
        "không chữa được ung thư|không gây vô sinh|không làm tăng đường huyết|không thay được thuốc hạ sốt"
        "|không diệt được vi rút|không phá hủy lá gan|không làm hỏng giấc ngủ|có thể gây bỏng da"
        "|không giúp trẻ cao thêm 10 cm|không hề bị cấm bán|không lọc sạch máu|không chứa chì và thủy ngân",
        "ở trẻ nhỏ|ở người cao tuổi|theo nghiên cứu năm 2024",
        "Chúng tôi đọc nghiên cứu gốc và hỏi hai bác sĩ không liên quan. Kết quả cho thấy điều được chia sẻ là sai vì "
        "người viết đã bỏ qua liều lượng. Số liệu của bệnh viện không ghi nhận trường hợp nào trong năm qua.",
    ),
    "en": (
        "Vaccines|Lemon water|Raw garlic|Salt water|Honey|Fresh ginger|Papaya leaves|5G antennas|Mobile phones|Carrots"
        "|Fish sauce|Brown eggs|Soy milk|Coffee|Green tea|Coconut oil|Iodised salt|Masks|Antibiotics|Doctors|Banks"
        "|Microwave ovens",
        "do not cure cancer|cause no infertility|do not raise blood sugar|are no replacement for medicines"
        "|do not kill viruses|do not destroy the liver|never ruined anyone's sleep|can burn the skin"
        "|make no child grow by 10 cm|were never banned from sale|do not clean the blood|hold no lead or mercury",
        "in children|in older people|by a study of 2024",
        "We read the original study and asked two doctors who had nothing to do with it. What was shared is wrong, "
        "since its author left out the dose. The hospital's figures know of no such case in the last year.",
    ),
}


def docs(language: str, count: int = 500) -> list[Doc]:
    """So many checks, each with a title of its own."""
    subjects, said, where, text = _PARTS[language]
    chosen = random.Random(5)
    titles = list(product(subjects.split("|"), said.split("|"), where.split("|")))
    others = subjects.split("|")
    made = []
    for number, parts in enumerate(chosen.sample(titles, count)):
        title = " ".join(parts)
        body = f"<p>{text}</p><p>{parts[0]}. {' '.join(chosen.sample(others, 6))}.</p>"
        terms = doc_terms(language, title, body, claims=[f"{parts[0]} {chosen.choice(said.split('|'))}"])
        path = f"/{language}/checks/c-{number}/"
        made.append(Doc(number, language, path, title, f"2026-01-{number % 28 + 1:02}", "False", "low", terms))
    return made


def unmarked(text: str) -> str:
    """As somebody types who leaves the marks out."""
    spread = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in spread if not unicodedata.combining(sign)).lower()


def put_index(folder: Path, made: list[Doc]) -> None:
    """Write the index of these checks into a site's folder."""
    for path, data in search_files(made, ("en", "vi")):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def mixed(text: str) -> Iterator[str]:
    """A text as different keyboards send it."""
    yield from (text, text.upper(), unmarked(text), unicodedata.normalize("NFD", text), text.replace(" ", "  "))
