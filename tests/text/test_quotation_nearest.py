"""What is told of a quotation that does not stand: the nearest passage, the difference, and what is wrong."""

from __future__ import annotations

import pytest

from factdesk.domain.documents import Block
from factdesk.text.quotation_diff import Change
from factdesk.text.quotations import Missing, QuotedText

TEXT = (
    "The office published its report on Monday. Unemployment fell to 5.3% in May – the lowest since 1990 – and wages "
    "rose by 2 percent.\nTỷ lệ thất nghiệp giảm còn 5,3% trong tháng Năm, theo Tổng cục Thống kê. It was -4 degrees."
)


def missing(quotation: str, text: str = TEXT, blocks: tuple[Block, ...] = ()) -> Missing:
    answer = QuotedText(text, blocks).find(quotation)
    assert isinstance(answer, Missing), answer
    return answer


@pytest.mark.parametrize(
    ("quotation", "reason"),
    [
        ("unemployment fell to 5.3% in may", "the same words stand in the text, but in another letter case"),
        (
            "ty le that nghiep giam con 5,3%",
            "the same words stand in the text, but with other accents or in another letter case",
        ),
        ("Unemployment fell to 5.4% in May", "where the quotation says “5.4%”, the text says “5.3%”"),
        ("Unemployment fell to 53% in May", "where the quotation says “53%”, the text says “5.3%”"),
        ("Unemployment fell to 5.3% in June", "where the quotation says “June”, the text says “May”"),
        ("published its report Monday", "the text says “on” besides, and no gap is marked"),
        ("published its annual report on Monday", "the text does not say “annual”"),
        (
            "It was 4 degrees",
            "the text has a hyphen, dash or minus sign that the quotation leaves out: “It was -4 degrees”",
        ),
        (
            "rose by -2 percent",
            "the quotation has a hyphen, dash or minus sign that the text does not have: “rose by 2 percent”",
        ),
        ("Unemploymentfell to 5.3%", "the words stand in the text, but parted otherwise: “Unemployment fell to 5.3%”"),
        ("report on Monday; Unemployment fell", "the same words stand in the text, but with other punctuation"),
        ("Martians landed on the parliament's lawn", "it does not stand in the text, nor does anything near it"),
    ],
)
def test_what_is_wrong(quotation: str, reason: str) -> None:
    assert str(missing(quotation).reason) == reason


def test_bullets_are_no_difference_where_the_text_has_none() -> None:
    text = "Prices rose by 5% in the month of May\nWages fell in all of the regions"
    quotation = "• Prices rose by 6% in the month of May\n• Wages fell in all of the regions"
    reason = "where the quotation says “6%”, the text says “5%”"
    assert str(missing(quotation, text).reason) == reason
    assert str(missing(quotation, "• " + text.replace("\n", "\n• ")).reason) == reason


def test_the_difference_is_marked_word_by_word() -> None:
    near = missing("published a report on Monday. Unemployment rose to 5.3%").nearest
    assert near is not None
    assert near.text == "published its report on Monday. Unemployment fell to 5.3%"
    assert near.changes == (
        Change("same", "published", "published"),
        Change("changed", "a", "its"),
        Change("same", "report on Monday. Unemployment", "report on Monday. Unemployment"),
        Change("changed", "rose", "fell"),
        Change("same", "to 5.3%", "to 5.3%"),
    )


def test_the_page_is_told() -> None:
    line = TEXT.index("\n")
    blocks = (Block(0, line, page=3), Block(line + 1, len(TEXT), page=4))
    near = missing("Tỷ lệ thất nghiệp giảm còn 6,3% trong", blocks=blocks).nearest
    assert near is not None
    assert near.page == 4


def test_the_right_one_of_many_like_passages() -> None:
    rows = [
        f"In {year} the office counted {year * 7 % 9973} cases of it in the whole country."
        for year in range(1900, 2020)
    ]
    text = "\n".join(rows)
    near = missing("In 1987 the office counted 13 cases of it in the whole country.", text).nearest
    assert near is not None
    assert near.text == rows[87]


def test_of_a_long_quotation_the_first_departure_is_shown() -> None:
    words = [f"word{number}" for number in range(5_000)]
    text = " ".join(words)
    words[3_000] = "other"
    words[4_000] = "another"
    near = missing(" ".join(words), text).nearest
    assert near is not None
    assert [change for change in near.changes if change.kind != "same"] == [Change("changed", "other", "word3000")]


def test_in_a_text_of_ten_million_characters() -> None:
    filler = "Nothing of importance was said about the weather on that day. " * 40_000
    text = filler + TEXT + filler
    near = missing("Unemployment fell to 5.9% in May", text).nearest
    assert near is not None
    assert near.text == "Unemployment fell to 5.3% in May"


def test_a_missing_piece_is_named_with_what_is_near_it() -> None:
    answer = missing("The office published […] Unemployment rose to 5.3% in May")
    assert str(answer.reason) == "its part “Unemployment rose to 5.3% in May” does not stand in the text"
    assert answer.nearest is not None
    assert answer.nearest.text == "Unemployment fell to 5.3% in May"


def test_spaces_around_differences_in_a_script_without_spaces() -> None:
    near = missing("価格は大きく下落した", "昨日、価格は大きく上昇した。").nearest
    assert near is not None
    assert [(change.quoted, change.source) for change in near.changes if change.kind != "same"] == [("下落", "上昇")]
