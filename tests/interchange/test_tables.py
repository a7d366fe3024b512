"""CSV in the forms that spreadsheets save."""

from __future__ import annotations

import pytest

from factdesk.errors import InputError

from .reading import codes, items, reviews, skipped


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiters_line_ends_and_encodings(delimiter: str, end: str, encoding: str) -> None:
    lines = [
        ["id", "Claim", "Rating", "URL"],
        ["1", "Nước, sôi; ở | 90", "Sai", "https://a.example/1"],
        ["2", "Lửa", "", ""],
    ]
    text = end.join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    found = reviews(items(text.encode(encoding)))
    assert [(review.own_id, review.claim, review.rating.text) for review in found] == [
        ("1", "Nước, sôi; ở | 90", "Sai"),
        ("2", "Lửa", ""),
    ]
    assert found[0].publisher.site == "a.example"


def test_vietnamese_headers() -> None:
    text = (
        "Mã số;Tuyên bố;Tiêu đề;Đánh giá;Nhà xuất bản;Ngày đăng;Đường dẫn;Ngôn ngữ\n"
        "7;Uống chanh chữa ung thư;Không;Sai;Kiểm Tin;20/4/2024;https://k.example/7;Tiếng Việt\n"
    )
    [review] = reviews(items(text))
    assert (review.own_id, review.claim, review.title, review.rating.text) == (
        "7",
        "Uống chanh chữa ung thư",
        "Không",
        "Sai",
    )
    assert (review.publisher.name, review.date, review.language) == ("Kiểm Tin", "2024-04-20", "vi")


@pytest.mark.parametrize("header", ["claimReviewed", "claim_reviewed", "Claim Reviewed", "CLAIM", "text", "statement"])
def test_names_of_the_claim(header: str) -> None:
    assert [review.claim for review in reviews(items(f"{header},x\nA,1\n"))] == ["A"]


def test_text_is_the_body_where_a_claim_column_stands_beside_it() -> None:
    [review] = reviews(items("text,claim\nlong story,short claim\n"))
    assert (review.claim, review.text) == ("short claim", "long story")


def test_ragged_rows_and_line_ends_in_cells() -> None:
    found = items('id,claim,title\n1,"A\nB"\n2,C,T,more,cells\n\n,,\n3\n')
    assert [review.claim for review in reviews(found)] == ["A B", "C"]
    assert [(gap.code, gap.place.row) for gap in skipped(found)] == [("no-claim", 5)]


def test_an_unclosed_quotation_mark_does_not_swallow_memory() -> None:
    found = items('id,claim\n1,A\n2,"B' + "x\n" * 1_010_000 + "3,C\n")
    assert reviews(found)[0].claim == "A"
    assert "bad-row" in codes(found)


def test_no_column_for_claims_lists_the_columns() -> None:
    with pytest.raises(InputError) as caught:
        items("alpha,beta\n1,2\n", "x.csv", "csv")
    assert "alpha, beta" in str(caught.value)


def test_numbers_of_a_rating_from_text_cells() -> None:
    found = items("claim,rating,rating value,best rating,worst rating\nA,Sai,1,5,1\n")
    assert reviews(found)[0].rating.value == 1.0
    assert codes(found) == set()


def test_foreign_cells_keep_their_apostrophes() -> None:
    assert reviews(items("claim\n'=1 is what they said\n"))[0].claim == "'=1 is what they said"
