"""FD201 to FD203: every number, date and name has a source."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.lint.drafts import draft, on, words_found
from tests.lint.rules.worlds import citation, claim, world

from factdesk.lint.base import Appearance, Facts

CITED = "\n\nSo it is.[^cite:a1]\n"

STRANGE = {
    "FD201": [
        ("en", "They studied 5,180 adults.", ["5,180"]),
        ("en", "Of these 31% had headaches.", ["31%"]),
        ("en", "The mast is 54 metres high.", ["54 metres"]),
        ("en", "The mast is 45 km away.", ["45 km"]),
        ("en", "The next is fourteen miles away.", ["fourteen miles"]),
        ("en", "The study cost £4 million.", ["£4 million"]),
        ("en", "The study lasted three weeks.", ["three weeks"]),
        ("en", "About 5,000 adults took part.", ["5,000"]),
        ("en", "More than 6,000 adults took part.", ["6,000"]),
        ("en", "Some say “it was 77 degrees”.", ["77 degrees"]),
        ("en", "| Place | Adults |\n| --- | --- |\n| Leeds | 812 |", ["812"]),
        ("vi", "Họ theo dõi 4.280 người.", ["4.280 người"]),
        ("vi", "Có 31 phần trăm bị đau đầu.", ["31 phần trăm"]),
        ("vi", "Cột cao 54 mét.", ["54 mét"]),
        ("vi", "Chi phí là 4 tỷ đồng.", ["4 tỷ đồng"]),
        ("vi", "Cột kế tiếp cách mười bốn cây số.", ["mười bốn cây số"]),
        ("vi", "Khoảng năm nghìn người tham gia.", ["năm nghìn người"]),
        ("vi", "Thời gian là 6,9 giờ.", ["6,9 giờ"]),
    ],
    "FD202": [
        ("en", "She said so on 13 July 2023.", ["13 July 2023"]),
        ("en", "She said so in August 2023.", ["August 2023"]),
        ("en", "It began in 1987.", ["1987"]),
        ("en", "It came on 2023-07-14.", ["2023-07-14"]),
        ("en", "It began on 2 March.", ["2 March"]),
        ("vi", "Bà nói ngày 13/7/2023.", ["13/7/2023"]),
        ("vi", "Bà nói ngày 12 tháng 8 năm 2023.", ["12 tháng 8 năm 2023"]),
        ("vi", "Việc này có từ năm 1987.", ["1987"]),
        ("vi", "Việc này có từ tháng 4/2022.", ["tháng 4/2022"]),
    ],
    "FD203": [
        ("en", "So says Sir Edmund Hallowell.", ["Sir Edmund Hallowell"]),
        ("en", "Maria Kowalewski led the work.", ["Maria Kowalewski"]),
        ("en", "She spoke to James Kowalska.", ["James Kowalska"]),
        ("en", "They went to Dunmarrow next.", ["Dunmarrow"]),
        ("en", "The Institute for Coastal Climate in Dunmarrow agrees.", ["Coastal Climate in Dunmarrow"]),
        ("en", "- A study by Oakhurst University agrees.", ["Oakhurst University"]),
        ("vi", "Nhà sinh học Phan Khắc Triều cũng nghĩ vậy.", ["Phan Khắc Triều"]),
        ("en", "The North Sea Council agrees.", ["North Sea Council"]),
        ("en", "| Place | Adults |\n| --- | --- |\n| Old Dunmarrow | many |", ["Old Dunmarrow"]),
        ("vi", "Họ đến Bãi Sậy sau đó.", ["Bãi Sậy"]),
        ("vi", "Ông Trần Đức Anh nói thêm, cả chị Nguyễn Thu Trang nữa.", ["Trần Đức Anh", "Nguyễn Thu Trang"]),
        ("vi", "Bà Nguyễn Thị Minh Hằng nói thêm.", ["Bà Nguyễn Thị Minh Hằng"]),
        ("vi", "Theo Viện Dinh dưỡng Thanh Lộc, điều này đúng.", ["Viện Dinh dưỡng Thanh Lộc"]),
    ],
}  # fmt: skip

KNOWN = {
    "FD201": [
        ("en", "They studied 4180 adults, about 4,200 or more than four thousand; nearly 4,250, under 5,000."),
        ("en", "A third of them, 30 per cent, were ill. One of them left, and two came back; all twelve places knew."),
        ("en", "The mast is 4500 cm high. They looked for 372 minutes. The costs were £2,100,000."),
        ("en", "The costs rose by £0.8 million, or 38%."),
        ("en", "Of 4,180 adults 1,254 had headaches, and 2,926 had none."),
        ("en", "From 2021 to 2023 two years went by."),
        ("en", "It was the 3rd report, see step 7 and figure 8.\n\n1. First.\n2. Second."),
        ("en", "COVID-19 and vitamin B12 play no part. The talk began at 10:30. See <https://x.example/4711>."),
        ("en", "The page wrote: “5G masts give 9 out of 10 people headaches”. That is 9 in 10."),
        ("en", "“It was 77 degrees”[^cite:a1], they say."),
        ("vi", "Họ theo dõi 4180 người, khoảng 4.200 người, tức hơn bốn nghìn người, gần 4.300 người."),
        ("vi", "Có 30 phần trăm bị đau đầu. Một người bỏ cuộc, hai người quay lại."),
        ("vi", "Cột cao 45 mét. Cột kế tiếp cách 15 km."),
        ("vi", "Chi phí tăng 0,8 tỷ đồng, tức 38%, từ 2.100 triệu đồng."),
        ("en", "It is 100% wrong and shown 24/7, a hundred times. Call 112 or 911. See page 9 and section 4.2."),
        ("vi", "Xem trang 9, mục 4.2. Hàng trăm người, một nghìn người biết từ thế kỷ 19. Hãy gọi 115."),
        ("vi", "Ở bước 7, hình 8, ta thấy rõ. Trang viết 9 trên 10 người."),
    ],
    "FD202": [
        ("en", "She said so on 12 July 2023, in July 2023, in 2023, on 12 July, on 12/07/2023 and on 2023-07-12."),
        ("en", "They began on 1 March 2023. Today it is 2026."),
        ("en", "We asked the page on 14 November 2025. Retrieved on 5 May 2025. *Update, 7 May 2025: a word.*"),
        ("en", "The mast hums at 1850 units."),
        ("vi", "Bà nói ngày 12 tháng 7 năm 2023, vào tháng 7/2023, năm 2023, ngày 12/7."),
        ("vi", "Họ bắt đầu ngày 1/3/2023. Trang đăng ngày 3 tháng 9 năm 2023."),
        ("vi", "Chúng tôi đã hỏi trang này ngày 14/11/2025. Truy cập ngày 5/5/2025. *Cập nhật ngày 7/5/2025.*"),
    ],
    "FD203": [
        ("en", "Professor Kowalska and O'Neill went to Leeds. KOWALSKA agreed. Maria Kowalska's team stayed."),
        ("en", "The Isle of Wight is a part of the United Kingdom. Beacon Hill is. Mayor Kowalska agreed."),
        ("en", "Neighbours for Health wrote it. The Wellbeing Observatory and The Sample Desk read it on Monday."),
        ("en", "Scientists agree. When Kowalska spoke, people listened. “Nobody slept”, they say."),
        ("en", "## What Dunmarrow Says\n\nNothing."),
        ("en", "| Mast | Height |\n| --- | --- |\n| Beacon Hill | Ordinary |"),
        ("en", "NASA, WHO and CO2 are abbreviations; an iPhone is none, nor GHz or Covid. See Bob@dunmarrow.example."),
        ("en", "She said: “Dunmarrow is next”[^cite:a1]."),
        ("vi", "Giáo sư Minh Khai và Trần Quốc Bảo đến Đồng Hới. Bà Khai đồng ý. Huyện Côn Đảo ở Việt Nam."),
        ("vi", "Hội Láng Giềng Khoẻ viết vậy. Ở Hà Nội, Bệnh viện nào cũng biết. Người Mỹ hay người Pháp cũng thế."),
        ("vi", "Trái Đất quay quanh Mặt Trời. Đài quan sát Sức khỏe đồng ý, Bàn kiểm chứng Mẫu đã đọc."),
        ("vi", "Vùng phía Đông Nam và châu Âu, tháng Năm và Thứ Bảy, Bắc Triều Tiên và người Đức."),
        ("vi", "Nguyen Thi Minh Khai đồng ý. Nhưng Khai nói rõ."),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "language", "body", "words"), [(code, *row) for code in STRANGE for row in STRANGE[code]]
)
def test_what_no_source_has_is_found(code: str, language: str, body: str, words: list[str]) -> None:
    assert words_found(code, body + CITED, language, world(language)) == words


@pytest.mark.parametrize(("code", "language", "body"), [(code, *row) for code in KNOWN for row in KNOWN[code]])
def test_what_a_source_has_is_not(code: str, language: str, body: str) -> None:
    assert words_found(code, body + CITED, language, world(language)) == []


ODD = "On 9 May 1987 Edmund Hallowell counted 77 storms." + CITED


@pytest.mark.parametrize("code", ["FD201", "FD202", "FD203"])
def test_where_nothing_can_be_said_nothing_is(code: str) -> None:
    known = world()
    unread = replace(citation(), text="")
    assert words_found(code, ODD, facts=known)
    assert words_found(code, ODD, facts=Facts()) == []
    assert words_found(code, ODD, facts=world("en", (), citation(), replace(unread, id="a2"))) != []
    assert words_found(code, ODD, facts=world("en", (), unread)) == []
    assert words_found(code, ODD, facts=replace(known, claims={})) == []
    assert words_found(code, ODD, facts=world("en", (claim(appearances=()),))) == []
    assert words_found(code, ODD.replace("[^cite:a1]", ""), facts=known) == []


@pytest.mark.parametrize("code", ["FD201", "FD202", "FD203"])
def test_a_source_that_is_not_cited_does_not_count(code: str) -> None:
    other = citation(own="a2", text="On 9 May 1987 Edmund Hallowell counted 77 storms.")
    facts = world("en", (), citation(), other)
    assert words_found(code, ODD, facts=facts)
    assert words_found(code, ODD.replace("a1", "a2"), facts=facts) == []


@pytest.mark.parametrize("code", ["FD201", "FD202", "FD203"])
def test_what_stands_in_an_appearance_may_be_said(code: str) -> None:
    page = Appearance("https://n.example/", captured=True, text="On 9 May 1987 Edmund Hallowell counted 77 storms.")
    assert words_found(code, ODD, facts=world("en", (claim(appearances=(page,)),))) == []


def test_a_source_in_the_other_language_has_the_numbers_too() -> None:
    facts = world("vi", (), citation("en"))
    body = "Họ theo dõi 4.180 người, 30 phần trăm bị đau đầu trong 6,2 giờ." + CITED
    assert on("FD201", draft(body, "vi", facts)) == []
    assert on("FD202", draft("Bà nói vậy ngày 12/7/2023." + CITED, "vi", facts)) == []


def test_many_numbers_are_read_like_few() -> None:
    text = " ".join(f"They saw {number} storms." for number in range(1000, 1900, 3))
    known = world("en", (), citation(text=text))
    assert words_found("FD201", text + CITED, facts=known) == []
    assert words_found("FD201", text + " They saw 2,222 storms." + CITED, facts=known) == ["2,222"]
