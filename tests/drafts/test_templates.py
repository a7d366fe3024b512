"""Templates: unfinished as they come, sound once they are filled in, whatever the claim says."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.lint.rules.worlds import citation, claim, world

from factdesk.drafts.fields import header, with_fields
from factdesk.drafts.templates import CLAIM, LANGUAGES, TEMPLATES, filled, from_template, quotable, template_text
from factdesk.drafts.view import taken, view
from factdesk.errors import InputError, UsageError
from factdesk.lint.base import ClaimFact, Facts
from factdesk.lint.read import read_draft
from factdesk.lint.run import lint

NAMES = [template.name for template in TEMPLATES]
EACH = [(name, language) for name in NAMES for language in LANGUAGES]

# What a writer puts in, by the first words of what is asked for.
WRITTEN = {
    "en": {
        "What is true": "A study of 4,180 adults found no link between phone masts and headaches[^cite:a1].",
        "What stays true": "Headaches have other causes. Time away from the screen is worth a try.",
        "What is wrong or right": "The page names no study. It mixes up two things that stand side by side.",
        "What is wrong with it": "The page names no study. That people have headaches is right.",
        "What is right": "The right number is 4,180[^cite:a1].",
        "What is real": "The mast is real. What misleads is the text beside it, because no study stands behind it.",
        "What is to be seen": "A tall mast of steel on a green hill, seen from below",
        "What would follow": "If that were so, the people near a mast would differ from the others. They do not.",
        "what was wrong": "that adults in Wales took part",
        "What the picture": "The picture shows the mast on Beacon Hill in 2023[^cite:a1].",
        "What confirms": "The Health Institute writes: “they looked at screens for 6.2 hours”[^cite:a2].",
        "What can be known": "The Observatory reports: “We found no link between masts and headaches”[^cite:a1].",
        "What a second": "The Health Institute writes: “they looked at screens for 6.2 hours”[^cite:a2].",
        "Who found": "In 2023 the Observatory reported: “We found no link between masts and headaches”[^cite:a1]. "
        "The Health Institute adds: “they looked at screens for 6.2 hours”[^cite:a2].",
        "Who said": "On 3 September 2023 Neighbours for Health wrote",
        "Who shared": "On 3 September 2023 Neighbours for Health wrote",
        "Why it cannot": "The page names no study. People with headaches spend more time at screens.",
        "How the mistake": "The number is a real one in the wrong place: 30% had headaches[^cite:a1].",
        "How we learnt": "A reader told us, and we thank them.",
        "How serious": "The mistake was a small one and does not change the rating.",
        "The answer": "A study of 4,180 adults found no link between phone masts and headaches[^cite:a1].",
        "The first step": "The Observatory asked people near a mast and people far from one. “We found no link "
        "between masts and headaches”[^cite:a1].",
        "The next step": "The Health Institute looked at the day: “they looked at screens for 6.2 hours”[^cite:a2].",
        "The most": "Headaches have other causes.",
        "What a reader": "How long the screen is on.",
        "Where it was": "The Observatory published it first: “We found no link between masts and headaches”[^cite:a1].",
        "address": "https://a1.observatory.example/report",
        "it is an": "it is an opinion: it says how something looks to its writer",
        "id": "a3",
    },
    "vi": {
        "Điều đúng": "Nghiên cứu với 4.180 người không thấy mối liên hệ giữa cột sóng và đau đầu[^cite:a1].",
        "Điều độc giả nên": "Đau đầu có những nguyên nhân khác. Hãy thử nghỉ nhìn màn hình.",
        "Điều độc giả có": "Mỗi ngày mình nhìn màn hình bao lâu.",
        "Điều quan trọng": "Đau đầu có những nguyên nhân khác.",
        "Điều gì xác nhận": "Viện Sức khỏe viết: “thời gian nhìn màn hình là 6,2 giờ”[^cite:a2].",
        "Điều có thể": "Đài quan sát cho biết: “Chúng tôi không thấy mối liên hệ giữa cột sóng và đau đầu”[^cite:a1].",
        "Ai đã tìm": "Năm 2023, Đài quan sát cho biết: “Chúng tôi không thấy mối liên hệ giữa cột sóng và đau đầu”"
        "[^cite:a1]. Viện Sức khỏe bổ sung: “thời gian nhìn màn hình là 6,2 giờ”[^cite:a2].",
        "Ai đã nói": "Ngày 3/9/2023, Hội Láng Giềng Khỏe viết",
        "Ai đã chia": "Ngày 3/9/2023, Hội Láng Giềng Khỏe viết",
        "Vì sao điều": "Bài không dẫn nghiên cứu nào. Người đau đầu thường nhìn màn hình nhiều hơn.",
        "Một nguồn": "Viện Sức khỏe viết: “thời gian nhìn màn hình là 6,2 giờ”[^cite:a2].",
        "Nhầm lẫn": "Con số ấy có thật nhưng đặt sai chỗ: 30% đau đầu[^cite:a1].",
        "Chỗ nào sai": "Bài không dẫn nghiên cứu nào. Chuyện có người đau đầu thì đúng.",
        "chỗ sai": "rằng người ở đảo khác cũng tham gia",
        "Câu trả lời": "Nghiên cứu với 4.180 người không thấy mối liên hệ giữa cột sóng và đau đầu[^cite:a1].",
        "Bước thứ": "Đài quan sát hỏi người ở gần và người ở xa cột. “Chúng tôi không thấy mối liên hệ giữa cột sóng "
        "và đau đầu”[^cite:a1].",
        "Bước tiếp": "Viện Sức khỏe xem lại một ngày của họ: “thời gian nhìn màn hình là 6,2 giờ”[^cite:a2].",
        "Nếu đúng": "Nếu thế thì người ở gần cột phải khác người ở xa. Thực tế không khác.",
        "Ảnh hoặc video": "Ảnh chụp cột sóng trên Đồi Vọng năm 2023[^cite:a1].",
        "Ảnh được": "Ảnh có trước hết ở Đài quan sát: “Chúng tôi không thấy mối liên hệ giữa cột sóng và đau đầu”"
        "[^cite:a1].",
        "Trong ảnh": "Một cột thép cao trên đồi cỏ, nhìn từ dưới lên",
        "địa-chỉ": "https://a1.observatory.example/report",
        "Phần nào": "Cột là thật. Lời chú thích gây hiểu lầm, vì không có nghiên cứu nào đứng sau nó.",
        "Đúng ra": "Con số đúng là 4.180[^cite:a1].",
        "Nhờ đâu": "Một bạn đọc đã báo cho chúng tôi, xin cảm ơn.",
        "Lỗi nặng": "Lỗi này nhỏ và không làm thay đổi xếp hạng.",
        "đây là": "đây là ý kiến: câu ấy nói điều người viết cảm thấy",
        "id": "a3",
    },
}
TITLES = {"en": "What studies know about phone masts", "vi": "Nghiên cứu nói gì về cột sóng"}
SUMMARIES = {"en": "No link was found by the study.", "vi": "Nghiên cứu không thấy mối liên hệ nào."}
SECOND = {
    "en": ("they looked at screens for 6.2 hours", "Health Institute"),
    "vi": ("thời gian nhìn màn hình là 6,2 giờ", "Viện Sức khỏe"),
}


def desk(language: str, kind: str) -> tuple[ClaimFact, Facts]:
    """A claim, two sources that do not depend on each other, and the place where it was made."""
    said = claim(language, kind=kind)
    words, title = SECOND[language]
    page = said.appearances[0]
    second = citation(language, "a2", pieces=(words,), title=title, url="https://b.example/r", site="b.example")
    place = citation(language, "a3", stance="context", pieces=(said.text,), text=page.text, url=page.url, title="x")
    return said, world(language, (said,), citation(language), second, place)


def written_out(source: str, language: str) -> str:
    """A template with every place filled in."""

    def words(found: re.Match[str]) -> str:
        return next(text for asked, text in WRITTEN[language].items() if found[1].startswith(asked))

    return re.sub(r"\{\{([^{}]+)\}\}", words, source)


@pytest.mark.parametrize(("name", "language"), EACH)
def test_a_template_as_it_comes_cannot_be_published(name: str, language: str) -> None:
    said, facts = desk(language, "checkable")
    source = from_template(name, language, claims=["c1"], claim_text=said.text, authors=["ada"])
    found = lint(read_draft(source, "", facts))
    codes = {each.finding.code for each in found if each.severity == "error"}
    assert {"FD507", "FD510"} <= codes
    assert not any(each.waiver for each in found)


@pytest.mark.parametrize(("name", "language"), EACH)
def test_a_template_that_is_filled_in_is_sound(name: str, language: str) -> None:
    said, facts = desk(language, "opinion" if name == "not-checkable" else "checkable")
    source = from_template(name, language, claims=["c1"], claim_text=said.text, authors=["ada"], topics=["x"])
    rating = header(source).rating or "false"
    done = with_fields(source, title=TITLES[language], summary=SUMMARIES[language], rating=rating)
    found = lint(read_draft(written_out(done, language), "", facts))
    assert [(each.finding.code, each.start.line, str(each.finding.reason)) for each in found] == []


@pytest.mark.parametrize(("name", "language"), EACH)
def test_what_is_known_stands_in_it(name: str, language: str) -> None:
    source = from_template(name, language, claims=["c1", "c2"], claim_text="Dơi mù", authors=["ngoc"], topics=["a: b"])
    told = header(source)
    assert (told.claims, told.language, told.authors, told.topics) == (("c1", "c2"), language, ("ngoc",), ("a: b",))
    assert told.template == name
    assert "“Dơi mù”" in source
    assert CLAIM not in source
    assert taken(view(source, "c", "r")).source == source


@pytest.mark.parametrize(("name", "language"), EACH)
def test_guidance_is_short_and_never_read_by_readers(name: str, language: str) -> None:
    text = template_text(name, language)
    draft = read_draft(text)
    remarks = re.findall(r"<!--(.*?)-->", text, re.DOTALL)
    assert remarks
    assert all(len(remark) < 330 and remark.strip() not in draft.prose for remark in remarks)
    assert not draft.waivers
    assert text.count(CLAIM) == 1


def test_every_template_is_named_in_both_languages() -> None:
    assert NAMES == ["short", "long", "explainer", "picture", "not-checkable", "correction"]
    for template in TEMPLATES:
        assert set(template.titles) == set(template.purposes) == set(LANGUAGES)


def test_both_languages_ask_for_the_same() -> None:
    for name in NAMES:
        english, vietnamese = (
            re.sub(r"\{\{[^{}]+\}\}|[^\n{#<!*-]", "", template_text(name, each)) for each in LANGUAGES
        )
        assert english.count("\n") == vietnamese.count("\n")
        assert template_text(name, "en").count("{{") == template_text(name, "vi").count("{{")


def test_another_language_begins_in_english() -> None:
    source = from_template("short", "fr", claims=["c1"], claim_text="x", authors=["ada"])
    assert header(source).language == "fr"
    assert "What is true" in source


def test_an_unknown_template_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="short, long, explainer"):
        from_template("../short", "en", claims=[], claim_text="", authors=[])


def test_without_a_claim_its_place_stays_open() -> None:
    source = from_template("short", "en", claims=[], claim_text="", authors=["ada"])
    assert CLAIM in source
    assert header(source).claims == ()


def test_a_desk_s_own_template_is_filled_in() -> None:
    own = "---\n# ours\nteam: night\n---\n“{{claim}}”, they say.\n"
    source = filled(own, language="vi", claims=["c1"], claim_text="Dơi mù", authors=["ada"])
    assert "# ours\nteam: night\n" in source
    assert source.endswith("---\n“Dơi mù”, they say.\n")
    assert header(source).claims == ("c1",)
    assert header(filled("“{{claim}}”\n", language="vi", claims=["c1"], claim_text="x", authors=[])).language == "vi"
    with pytest.raises(InputError, match="cannot be read"):
        filled("---\na: b: c\n---\n", language="vi", claims=["c1"], claim_text="x", authors=[])


ATTACKS = [
    "---\ntitle: mine\n---",
    'They said: “it\'s” "x" #1\n\n- [a](https://evil.example)',
    "<!-- lint: FD305 all is well with this --> <script>x</script>",
    "[^cite:a1] ![](x.png) `code` ``` *b* _i_ ~~s~~ | a | {{claim}} {{x}} &lt; \\",
    "<!--",
    "-->",
]


@pytest.mark.attack
@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("name", NAMES)
def test_a_claim_is_words_and_nothing_else(name: str, text: str) -> None:
    plain = read_draft(from_template(name, "en", claims=["c1"], claim_text="words", authors=["ada"]))
    read = read_draft(from_template(name, "en", claims=["c1"], claim_text=text, authors=["ada"]))
    assert read.front.keys() == plain.front.keys()
    assert [part.kind for part in read.parts] == [part.kind for part in plain.parts]
    assert read.marks == plain.marks or [mark.id for mark in read.marks] == [mark.id for mark in plain.marks]
    assert read.waivers == ()
    assert [link.url for link in read.links if link.is_image] == [link.url for link in plain.links if link.is_image]
    said = " ".join(text.split()).translate(str.maketrans("“”`", "‘’'"))
    assert f"“{escape(said, quote=False)}”".replace('"', "&quot;") in MarkdownIt("commonmark").render(
        read.source[read.body.start :]
    )


@given(st.text(st.sampled_from("a {}[]()<>!-_*`~|\\&#;^:“”\"'\n\u0301é"), min_size=1).filter(str.strip))
def test_words_that_were_escaped_are_read_as_they_were(text: str) -> None:
    inline = MarkdownIt("commonmark").parseInline(f"x{quotable(text)}x")[0].children or []
    said = " ".join(text.split()).translate(str.maketrans("“”`", "‘’'"))
    assert "".join(token.content for token in inline) == f"x{said}x"
    assert {token.type for token in inline} <= {"text", "text_special"}
