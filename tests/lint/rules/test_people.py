"""FD4: what of private people must not be printed, and what looks like it and may be."""

from __future__ import annotations

import pytest
from tests.lint.drafts import draft, on, reasons, words_found

from factdesk.lint.base import CitationFact, ClaimFact, Facts
from factdesk.lint.rules.fd403_identity_number import is_cccd
from factdesk.lint.rules.fd405_bank_account import is_iban

FOUND = {
    "FD401": [
        ("en", "The woman in the picture is Gerda Wills, 43, who sells flowers.", "Gerda Wills"),
        ("en", "One victim, the farm hand Colin Abbotsleigh, stood under an oak.", "Colin Abbotsleigh"),
        ("en", "A neighbour, Paul Okafor-Lane, saw it.", "Paul Okafor-Lane"),
        ("en", "We asked Mrs Eve Marlow about it.", "Eve Marlow"),
        ("en", "The post is by Jon Harker (27).", "Jon Harker"),
        ("en", "It was sent by Ann B. Stone, a retired driver.", "Ann B. Stone"),
        ("en", "Mr Paul Harker, 43, who sells fish, said so.", "Paul Harker"),
        ("en", "The woman on the left is Hetty Crane.", "Hetty Crane"),
        ("en", "Tobias Wren, who lives by the pier, saw it.", "Tobias Wren"),
        ("vi", "Người trong ảnh tên là Đỗ Thị Lành.", "Đỗ Thị Lành"),
        ("vi", "Bà Hoàng Thị Sen, ở trọ cạnh chợ, kể lại.", "Hoàng Thị Sen"),
        ("vi", "Người trong ảnh là chị Nguyễn Thị Mận, 34 tuổi.", "Nguyễn Thị Mận"),
        ("vi", "Anh Trần Văn Lượm gửi ảnh cho trang.", "Trần Văn Lượm"),
        ("vi", "Bà Lê Thị Hoa, bán rau ở chợ, kể lại.", "Lê Thị Hoa"),
        ("vi", "Nạn nhân Phạm Đức Tài đứng dưới gốc cây.", "Phạm Đức Tài"),
        ("vi", "Ông Võ Văn Sáu trú tại thôn bên.", "Võ Văn Sáu"),
    ],
    "FD402": [
        ("en", "The man behind the page can be reached at 07700 900341.", "07700 900341"),
        ("en", "Call the woman who posted it: +1 (555) 555-0137.", "+1 (555) 555-0137"),
        ("en", "Her mobile number is +84 951 234 870.", "+84 951 234 870"),
        ("en", "Reach him at [his phone](tel:+4915112345678).", "[his phone](tel:+4915112345678)"),
        ("en", "Call him at 555-555-0137.", "555-555-0137"),
        ("en", "The number to call is 00 44 7700 900112.", "00 44 7700 900112"),
        ("en", "Ring her on 020 7946 0812.", "020 7946 0812"),
        ("vi", "Gọi anh ấy: 0951–234–567.", "0951–234–567"),
        ("vi", "Người đăng ảnh dùng số 0951 234 567.", "0951 234 567"),
        ("vi", "Muốn hỏi, hãy gọi 095.177.20.43.", "095.177.20.43"),
        ("vi", "Máy bàn nhà ông ấy là 024 3825 1234.", "024 3825 1234"),
        ("vi", "“Gọi tôi 0951234567 nhé”, người ấy viết.", "0951234567"),
    ],
    "FD403": [
        ("en", "The card's author, ID card 001003004182, did not answer.", "001003004182"),
        ("en", "Her citizen identity number is 079 102 003 517.", "079 102 003 517"),
        ("en", "His passport number is C1234567.", "C1234567"),
        ("en", "Her national insurance number, QQ 12 34 56 C, was in it.", "QQ 12 34 56 C"),
        ("en", "His social security number is 078-05-1120.", "078-05-1120"),
        ("vi", "Người chụp ảnh có số 048004001936.", "048004001936"),
        ("vi", "Tác giả, CMND số 391482756, chưa trả lời.", "391482756"),
        ("vi", "Người biên soạn (CCCD: 031 103 002 748) chưa trả lời.", "031 103 002 748"),
    ],
    "FD404": [
        ("en", "Its author lives at 14 Willow Lane, Riverside.", "14 Willow Lane"),
        ("en", "The editor's home is 27b Cooper Street, second floor.", "27b Cooper Street"),
        ("en", "She has her house at No. 8, Old Mill Road.", "No. 8, Old Mill Road"),
        (
            "vi",
            "Tác giả sống tại số 12, ngõ 45, đường Hoa Sữa, phường Bến Sông.",
            "số 12, ngõ 45, đường Hoa Sữa, phường Bến Sông",
        ),
        ("vi", "Nhà riêng của người đăng ở tổ 7, thôn Bãi Dừa, xã Vịnh Dừa.", "tổ 7, thôn Bãi Dừa, xã Vịnh Dừa"),
        ("vi", "Hôm ấy ông ở 15 ngách 2 ngõ 30 phố Vọng.", "15 ngách 2 ngõ 30 phố Vọng"),
        ("en", "She lives at Flat 3, 9 Chapel Row, Riverside.", "Flat 3, 9 Chapel Row"),
        ("vi", "Chị trú tại căn hộ 1205, chung cư Sóng Biển.", "căn hộ 1205, chung cư Sóng Biển"),
        ("vi", "Bà sống ở số nhà 27, tổ 4, phường Bến Sông.", "số nhà 27, tổ 4, phường Bến Sông"),
        ("vi", "Anh ấy ngụ tại 123/4 hẻm 5 đường Lê Lai.", "123/4 hẻm 5 đường Lê Lai"),
    ],
    "FD405": [
        ("en", "The treasurer's private account is GB82 WEST 1234 5698 7654 32.", "GB82 WEST 1234 5698 7654 32"),
        ("en", "Gifts went to the bank account no. 0071 2345 6789 at River Bank.", "0071 2345 6789"),
        ("vi", "Thủ quỹ nhận tiền vào số tài khoản 0123456789012 tại Ngân hàng Sông Xanh.", "0123456789012"),
        ("vi", "Gửi vào TK 0711000123456 ở Ngân hàng Biển Bạc.", "0711000123456"),
        ("vi", "Tiền gửi về STK 1900 2468 1357 của người gác đèn.", "1900 2468 1357"),
        ("vi", "Chủ trang xin tiền qua tài khoản ngân hàng 19034567890123.", "19034567890123"),
    ],
    "FD406": [
        ("vi", "Chiếc xe 29A-123.45 đỗ ở đó.", "29A-123.45"),
        ("vi", "Xe máy mang biển số 59X1-234.56.", "59X1-234.56"),
        ("vi", "Xe 51F-12345 chạy qua.", "51F-12345"),
        ("en", "The car's number plate was AB12 CDE.", "AB12 CDE"),
        ("en", "The licence plate B-MW 1234 can be read.", "B-MW 1234"),
    ],
    "FD407": [
        ("en", "Its author, anna.berger@mail.example, did not answer.", "anna.berger@mail.example"),
        (
            "en",
            "Write to [her](mailto:anna.berger@mail.example?subject=x).",
            "[her](mailto:anna.berger@mail.example?subject=x)",
        ),
        ("vi", "Tác giả, lan.tran@thu.example, chưa trả lời.", "lan.tran@thu.example"),
        ("en", "Ask prasad@mail.example.", "prasad@mail.example"),
    ],
}

CLEAN = {
    "FD401": [
        ("en", "All of them see, said Dr Ilse Marwood, who led the work."),
        ("en", "Yang Liwei flew around the Earth in October 2003."),
        ("en", "The sentence comes from Summit Notes, 9 October 2022."),
        ("en", "Lord Rayleigh described this in 1871."),
        ("en", "Health minister Ada Grey, 52, said so."),
        ("en", "Mr Karl Brandt, director of the museum, showed the book."),
        ("en", "The student Union wrote back. The owner of the page is unknown."),
        ("en", "A woman from the Weather Office was there."),
        ("en", "The boy in the tale is called Peter."),
        ("en", "In Palm Bay, 15 people saw it. Green Plate, 20 May 2024."),
        ("vi", "Bác sĩ Nguyễn Văn An, trưởng khoa Nội, cho biết."),
        ("vi", "Ông Trần Minh Khoa, giám đốc bảo tàng, cho xem cuốn sổ."),
        ("vi", "Dương Lợi Vĩ bay quanh Trái Đất vào tháng 10/2003. Nhật ký Vũ trụ hỏi ông về bức tường."),
        ("vi", "Trường mang tên ông Nguyễn Trãi."),
        ("vi", "Anh và chị đều là học sinh. Em Bé Vui là tên kênh."),
    ],
    "FD402": [
        ("en", "Its number for emergencies is 0800 555 0100."),
        ("en", "The hotline of the ministry is 024 3825 1234."),
        ("en", "It is in the Safe Home Guide (ISBN 978-0-00-000002-6)."),
        ("en", "It stayed so from 2010 to 2020, 2021-2022 and 1998/99."),
        ("en", "It has 0.912345678 or 1,234,567,890 parts; the file is 20240506123456."),
        ("en", "Seen on 12.03.2025 10:30:45 at 47.123456, 8.654321."),
        ("vi", "Tổng đài của đội là 1900 0000, gọi miễn phí 1800 1234, cảnh sát 113."),
        ("vi", "Số tài khoản 0351234567 tại Ngân hàng Sông Xanh."),
        ("vi", "Đường dây nóng của Bộ: 0963 851 919."),
        ("vi", "Năm 2019 có 0 ca, dân số 97.582.700 người; giá 1.250.000.000 đồng."),
    ],
    "FD403": [
        ("en", "The survey covers 120000000000 grains and 999111222333 stars."),
        ("en", "Parcel 097999123456 arrived; the ID 12 is short."),
        ("vi", "Mỗi thẻ căn cước có 12 số. Ngày 10/12/2020, Bộ cấp 50.000.000 thẻ CCCD."),
        ("vi", "Số tài khoản 001203004182 ở ngân hàng."),
    ],
    "FD404": [
        ("en", "The museum stands at 12 Harbour Street."),
        ("en", "The office is in the house at 10 Downing Street."),
        ("en", "Twelve people live there, and 3 Royal Navy ships lay in port."),
        ("vi", "Trụ sở của viện ở số 12, ngõ 45, đường Hoa Sữa."),
        ("vi", "Người dân sống ở phường Bến Sông, thị xã Vịnh Dừa."),
        ("vi", "Bảo tàng ở số 5 đường Trần Phú."),
        ("vi", "Có 12 xã và 3 phường; 45 đường phố ngập. Trẻ sống ở 12 tỉnh."),
    ],
    "FD405": [
        ("en", "The account @pondtalk has 12000000 followers on 4 May 2024."),
        ("en", "On its account it wrote on 20240504."[:33] + "."),
        ("en", "The series GB21 TEST 0000 is a camera."),
        ("vi", "Tài khoản này có 1.200.000 người theo dõi."),
        ("vi", "Trên tài khoản của mình, trang viết ngày 12/3/2023 rằng 2.500 ca."),
    ],
    "FD406": [
        ("en", "The plates are made of tin. In 2024 B-52 bombers flew, room 12A is shut."),
        ("en", "The registration opens in May 2024."),
        ("vi", "Xe có biển số Hà Nội. Đường 20A dài 1500 mét, quốc lộ 1A-2024."),
    ],
    "FD407": [
        ("en", "Write to press@museum.example or info-desk@museum.example."),
        ("en", "Our own: ada@desk.example. The page is @pondtalk on a site."),
        ("vi", "Viết về toasoan@bao.example."),
    ],
}

FACTS = Facts(sites=frozenset({"desk.example"}))


@pytest.mark.parametrize(
    ("code", "language", "body", "words"), [(code, *case) for code, cases in FOUND.items() for case in cases]
)
def test_what_is_private_is_found_and_not_repeated(code: str, language: str, body: str, words: str) -> None:
    read = draft(body, language)
    assert on(code, read) == [words]
    assert all(words not in reason for reason in reasons(code, read))


@pytest.mark.parametrize(
    ("code", "language", "body"), [(code, *case) for code, cases in CLEAN.items() for case in cases]
)
def test_what_is_public_is_left_alone(code: str, language: str, body: str) -> None:
    assert words_found(code, body, language, FACTS) == []


@pytest.mark.parametrize("code", FOUND)
def test_a_source_that_prints_it_does_not_make_it_public(code: str) -> None:
    language, body, words = FOUND[code][0]
    told = CitationFact("a1", "context", (words,), text=body, title="Archive", url="https://archive.example/1")
    assert words_found(code, f"{body}[^cite:a1]", language, Facts(citations={"a1": told})) == [words]


def test_the_title_and_the_summary_are_read_too() -> None:
    read = draft("Nothing.", "vi")
    source = read.source.replace("Trained goldfish remember a sign for months.", "Gọi 0951 234 567 để hỏi.")
    from factdesk.lint.read import read_draft

    assert on("FD402", read_draft(source)) == ["0951 234 567"]


def test_a_claimant_in_public_life_may_be_named() -> None:
    body = "Mr Jon Harker wrote it."
    known = ClaimFact("c1", "It is so", claimant="Jon Harker", claimant_kind="public figure")
    assert words_found("FD401", body, facts=Facts(claims={"c1": known})) == []
    unknown = ClaimFact("c1", "It is so", claimant="Jon Harker")
    assert words_found("FD401", body, facts=Facts(claims={"c1": unknown})) == ["Jon Harker"]


def test_an_iban_has_its_check() -> None:
    assert is_iban("DE89 3704 0044 0532 0130 00")
    assert not is_iban("DE88 3704 0044 0532 0130 00")
    assert not is_iban("GB82 WEST")


def test_a_cccd_is_built_of_province_century_and_year() -> None:
    assert is_cccd("001003004182")
    assert is_cccd("096399000000")
    assert not is_cccd("097003004182")
    assert not is_cccd("000003004182")
    assert not is_cccd("001903004182")
    assert not is_cccd("00100300418")
