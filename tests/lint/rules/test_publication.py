"""FD5: what keeps a check from being published, or from being understood once it is."""

from __future__ import annotations

import pytest
from tests.lint.drafts import FRONT, draft, on, reasons, words_found

from factdesk.lint.base import Appearance, CitationFact, ClaimFact, Facts
from factdesk.lint.read import read_draft
from factdesk.lint.rules.fd503_title_too_long import MOST

CONFLICT = "<<<<<<< yours\nB.\n=======\nC.\n>>>>>>> theirs"

FOUND = {
    "FD501": [
        ("en", "See:\n\n![](snow.png)", "![](snow.png)"),
        ("en", "![ ](snow.png)", "![ ](snow.png)"),
        ("en", "![IMG_2031.jpg](snow.png)", "![IMG_2031.jpg](snow.png)"),
        ("en", "![The picture](snow.png)", "![The picture](snow.png)"),
        ("en", 'Here: <img src="a.png">', '<img src="a.png">'),
        ("en", '<img src="a.png" alt="">', '<img src="a.png" alt="">'),
        ("vi", "![ảnh](tuyet.png)", "![ảnh](tuyet.png)"),
        ("vi", "![Hình 2](tuyet.png)", "![Hình 2](tuyet.png)"),
    ],
    "FD502": [
        ("en", "It was posted again yesterday.", "yesterday"),
        ("en", "We were told last Tuesday.", "last Tuesday"),
        ("en", "It came out two weeks ago.", "two weeks ago"),
        ("en", "Last\nyear it rained.", "Last\nyear"),
        ("en", "It has been shared in recent days.", "in recent days"),
        ("vi", "Vài ngày trước, trang lại viết.", "Vài ngày trước"),
        ("vi", "Ảnh lan truyền mấy hôm nay.", "mấy hôm nay"),
        ("vi", "Hôm thứ ba, trang gỡ bài.", "Hôm thứ ba"),
        ("vi", "Hôm qua, ảnh lại được chia sẻ.", "Hôm qua"),
        ("vi", "Sổ tay được tái bản tuần trước.", "tuần trước"),
        ("vi", "Một cơn dông lớn sẽ tới vào ngày mai.", "ngày mai"),
        ("vi", "Cách đây hai tháng, trang viết.", "Cách đây hai tháng"),
        ("vi", "Sáng nay trang đã gỡ bài.", "Sáng nay"),
    ],
    "FD510": [
        ("en", "It is {{what is true}}.", "{{what is true}}"),
        ("en", "See [the report]({{url}}).", "{{url}}"),
        ("en", "He said: “So.”[^cite:{{id}}]", "{{id}}"),
        ("en", "{{}}", "{{}}"),
        ("vi", "- {{Điều quan trọng nhất}}", "{{Điều quan trọng nhất}}"),
    ],
    "FD511": [
        ("en", "A.\n<<<<<<< yours\nB.\n=======\nC.\n>>>>>>> theirs\nD.", CONFLICT),
        ("en", "A.\n\n<<<<<<<\nB.", "<<<<<<<"),
        ("en", "A.\n>>>>>>> theirs\nB.", ">>>>>>> theirs"),
        ("en", "```\n<<<<<<< yours\n```", "<<<<<<< yours"),
        ("vi", "A.\n<<<<<<< bản của bạn\n=======\n", "<<<<<<< bản của bạn"),
    ],
}

CLEAN = {
    "FD501": [
        ("en", "![Nine blue ponds](a.png) and [a link](b)"),
        ("en", "```\n![](snow.png)\n<img src='a'>\n```"),
        ("en", '<img src="a.png" alt="Nine ponds">'),
        ("vi", "![Ảnh chụp hai người che ô đi bộ](tuyet.png)"),
    ],
    "FD502": [
        ("en", "He wrote: “It came yesterday.”"),
        ("en", "> It came yesterday.\n"),
        ("en", "That was in the last week of the war, the next day and the last year of peace."),
        ("en", "The tower stands there today. It took a hundred years."),
        ("vi", "Trang viết: “Hôm qua có tuyết”."),
        ("vi", "Nửa năm sau thì ngược lại. Hai tuần trước khi chết, ông viết. Ba tháng trước đó cũng vậy."),
        ("vi", "Ngày nay, từ trước đến hôm nay, hôm ấy, tháng 10 năm 2003, tuần lễ."),
    ],
    "FD510": [
        ("en", "Write `{{name}}` and {this}.\n\n```\n{{name}}\n```\n\n<!-- {{what is true}} -->"),
        ("vi", "Một {ngoặc} và }}ngược{{."),
    ],
    "FD511": [
        ("en", "A heading\n=======\n\n> > > > > > > A quotation within others\n\na <<<<<<< b >>>>>>> c\n\n<<<<<<<< x"),
        ("vi", "Tiêu đề\n=======\n\nKhông có gì."),
    ],
}


@pytest.mark.parametrize(
    ("code", "language", "body", "words"), [(code, *case) for code, cases in FOUND.items() for case in cases]
)
def test_what_is_wrong_is_found_in_its_place(code: str, language: str, body: str, words: str) -> None:
    assert words_found(code, body, language) == [words]


@pytest.mark.parametrize(
    ("code", "language", "body"), [(code, *case) for code, cases in CLEAN.items() for case in cases]
)
def test_what_is_right_is_left_alone(code: str, language: str, body: str) -> None:
    assert words_found(code, body, language) == []


def with_front(*lines: str) -> str:
    return "---\n" + "".join(f"{line}\n" for line in lines) + "---\nText.\n"


def test_a_title_may_have_so_many_letters_and_no_more() -> None:
    assert on("FD503", read_draft(with_front(f"title: {'á' * MOST}"))) == []
    assert on("FD503", read_draft(with_front(f"title: {'á' * (MOST + 1)}"))) == ["á" * (MOST + 1)]
    assert on("FD503", read_draft("No front matter.")) == []


def test_a_summary_must_say_something() -> None:
    assert on("FD504", read_draft(with_front("title: x", 'summary: " "'))) != []
    assert on("FD504", read_draft(with_front("title: x"))) != []
    assert on("FD504", read_draft(with_front("summary: Con số ấy sai."))) == []


def test_a_rating_is_a_step_of_the_scale() -> None:
    for good in ("false", "mostly-true", "not-checkable", '"true"'):
        assert on("FD505", read_draft(with_front(f"rating: {good}"))) == []
    for bad in ("pants-on-fire", "False", "bịa đặt", "3"):
        assert on("FD505", read_draft(with_front(f"rating: {bad}"))) == [bad]
    assert on("FD505", read_draft(with_front("rating: [true, false]"))) == ["rating: [true, false]"]
    assert on("FD505", read_draft(with_front("title: x"))) == []


def test_a_waiver_needs_a_reason_that_a_reader_can_judge() -> None:
    bare = "<!-- lint: FD502 -->"
    assert words_found("FD506", f"{bare}\n\nText.") == [bare]
    assert words_found("FD506", "<!-- lint: FD502 ok -->\n\nText.") != []
    assert words_found("FD506", "<!-- lint: FD502 từ này nằm trong chính bản án -->\n\nText.", "vi") == []
    assert words_found("FD506", "```\n<!-- lint: FD502 -->\n```\n") == []


def test_what_the_desk_has_promised_cannot_be_waived() -> None:
    read = draft("<!-- lint: FD505 our editor wants it so -->\n\nText.")
    assert reasons("FD506", read) == ["FD505 cannot be waived."]
    read = draft("<!-- lint: FD999 there is no such thing -->\n\nText.")
    assert reasons("FD506", read) == ["There is no rule FD999 to waive."]


def test_what_is_missing_is_told_in_one_finding() -> None:
    assert reasons("FD507", read_draft("Text.")) == [
        "The front matter lacks: title, claims, rating, language, authors."
    ]
    assert reasons("FD507", read_draft(with_front("title: x", "claims: []", "rating: false", "language: vi"))) == [
        "The front matter lacks: claims, authors."
    ]
    assert reasons("FD507", draft("Text.")) == []


def test_an_unknown_field_names_the_one_that_was_meant() -> None:
    read = read_draft(with_front("title: x", "autors: [ngoc]", "colour: red"))
    assert on("FD508", read) == ["autors: [ngoc]", "colour: red"]
    assert "authors" in reasons("FD508", read)[0]
    assert reasons("FD508", draft("Text.")) == []


def not_checkable(body: str, url: str = "https://voice.example/c/12", summary: str = "We give no rating.") -> list[str]:
    claim = ClaimFact("c1", "The bridge is ugly", "opinion", appearances=(Appearance(url, True, "The bridge is ugly"),))
    cited = CitationFact("a1", "context", ("The bridge is ugly",), url="https://voice.example/c/12")
    front = FRONT.format(language="en").replace('"false"', "not-checkable")
    front = front.replace("Trained goldfish remember a sign for months.", summary)
    return reasons("FD509", read_draft(front + body, "", Facts({"c1": claim}, {"a1": cited}, desk="Sample")))


def test_not_checkable_needs_a_reason_and_the_place() -> None:
    quoted = "The Voice wrote: “The bridge is ugly”[^cite:a1]."
    assert not_checkable(f"That is a matter of taste. {quoted}") == []
    assert not_checkable(quoted, summary="Đây là ý kiến.") == []
    assert not_checkable(quoted) == ["It is not said why the claim cannot be checked."]
    assert not_checkable(f"It is an opinion. {quoted}", url="https://other.example") == [
        "No citation shows where the claim was made."
    ]
    assert not_checkable("It is an opinion.") == ["No citation shows where the claim was made."]


def test_without_a_desk_nobody_knows_where_a_claim_was_made() -> None:
    front = FRONT.format(language="en").replace('"false"', "not-checkable")
    assert reasons("FD509", read_draft(front + "That is an opinion.")) == []


def test_a_place_of_the_template_in_a_field_is_not_filled_in_either() -> None:
    read = read_draft(with_front('title: "{{What is true}}"', "summary: It is."))
    assert on("FD510", read) == ["{{What is true}}"]
    assert reasons("FD510", read) == ["This place of the template is not filled in: What is true"]


def test_two_versions_of_a_field_are_found_in_the_front_matter() -> None:
    lines = ("# <<<<<<< yours", "title: x", "# =======", "# title: y", "# >>>>>>> theirs")
    assert on("FD511", read_draft(with_front(*lines))) == ["\n".join(lines)]


def test_each_pair_of_versions_is_told_of_once_and_lost_marks_as_well() -> None:
    two = f"{CONFLICT}\n\nText.\n\n>>>>>>> theirs\n<<<<<<< yours\n{CONFLICT}\n<<<<<<< yours\n"
    assert words_found("FD511", two) == [CONFLICT, ">>>>>>> theirs", "<<<<<<< yours", CONFLICT, "<<<<<<< yours"]


def test_what_is_unfinished_cannot_be_waived() -> None:
    for code in ("FD510", "FD511"):
        read = draft(f"<!-- lint: {code} our editor wants it so -->\n\nText.")
        assert reasons("FD506", read) == [f"{code} cannot be waived."]
