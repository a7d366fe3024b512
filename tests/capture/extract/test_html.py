"""All that a page shows is its text, in order, and nothing else is."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.text.legacy_samples import VIETNAMESE, tcvn3, vni, windows_1258

from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.html import extract as extract_html
from factdesk.capture.extract.run import extract
from factdesk.domain.documents import Extracted
from factdesk.errors import LimitError

TEXT_ONLY = Hint(about=False)


def page(body: str) -> Extracted:
    return extract_html(body.encode(), TEXT_ONLY, Limits())


def shown(body: str) -> list[tuple[str, str]]:
    document = page(body).document
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("<h1>Một</h1><p>Hai", [("heading", "Một"), ("paragraph", "Hai")]),
        ("<p>mạn<b>h</b> và <i>n</i>hanh", [("paragraph", "mạnh và nhanh")]),
        ("<p>  a \n\t b  </p>", [("paragraph", "a b")]),
        ("<p>a <b> b</b> c", [("paragraph", "a b c")]),
        ("<p>a&nbsp;&nbsp;b", [("paragraph", "a\u00a0\u00a0b")]),
        ("<p>a<br>b <br> c", [("paragraph", "a\nb\nc")]),
        ("a<br><br>b", [("paragraph", "a"), ("paragraph", "b")]),
        ("<p>dài<wbr>dòng so&shy;ft", [("paragraph", "dàidòng soft")]),
        ("x<div>a<div>b</div>c</div>", [("paragraph", part) for part in "xabc"]),
        ("<ul><li>a<ul><li>b</ul><li><p>c<p>d</ul>", [("item", part) for part in "abcd"]),
        ("<dl><dt>a<dd>b</dl>", [("item", "a"), ("item", "b")]),
        ("<table><caption>c<tr><th>a<td>b<tr><td>d</table>",
         [("caption", "c"), ("cell", "a"), ("cell", "b"), ("cell", "d")]),
        ("<pre>a  b\n  c</pre>", [("code", "a  b\n  c")]),
        ("<blockquote><p>a</blockquote>", [("quote", "a")]),
        ("<figure><img alt=x><figcaption>a</figcaption></figure>", [("caption", "a")]),
        ("<p>H<sub>2</sub>O m<sup>2</sup>", [("paragraph", "H2O m2")]),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", [("paragraph", "漢kan")]),
        ("<details><summary>a</summary>b</details>", [("paragraph", "a"), ("paragraph", "b")]),
        ("<div role=doc-footnote><p>n</div>", [("note", "n")]),
        ("<ol class='references'><li>n</ol>", [("note", "n")]),
        ("<p>a</p><template>d</template>", [("paragraph", "a")]),
        ("<p>a</p><script>b</script><style>c</style><noscript>e</noscript>", [("paragraph", "a")]),
        ("<p hidden>b</p><p style='Display : NONE'>c</p><p style='color:red;visibility:hidden'>d</p>a",
         [("paragraph", "a")]),
        ("<p aria-hidden=true>a</p><dialog>b</dialog>", [("paragraph", "a")]),
        ("<p hidden=until-found>a", [("paragraph", "a")]),
        ("<p>&lt;b&gt; &amp;amp; &#x41; &hellip;", [("paragraph", "<b> &amp; A …")]),
        ("<!-- a --><p>b<!-- c -->d", [("paragraph", "bd")]),
        ("<title>t</title><p>a", [("paragraph", "a")]),
        ("<p>a<p>b</p></p>c", [("paragraph", part) for part in "abc"]),
        ("<table>x<tr><td>a</table>", [("paragraph", "x"), ("cell", "a")]),
        ("", []),
    ],
)  # fmt: skip
def test_blocks(body: str, blocks: list[tuple[str, str]]) -> None:
    assert shown(f"<body>{body}") == blocks


def test_headings_have_levels() -> None:
    assert [block.level for block in page("<h1>a</h1><h3>b</h3><p>c").document.blocks] == [1, 3, 0]


def test_menus_are_text_and_no_main_content() -> None:
    document = page("<nav>a</nav><header>b</header><article><header>c</header>d</article><footer>e</footer>").document
    assert document.text == "a\nb\nc\nd\ne"
    assert [block.main for block in document.blocks] == [False, False, True, True, False]


PARTS = (
    "<p>|<b>|</b>|<br>|a| |é|<td>|<table>|</table>|<pre>|\n|<li>|<!--|-->|<|&|&amp;|\0|<svg>|</p>|<font face=.VnTime>"
)


@given(st.lists(st.sampled_from(PARTS.split("|")), max_size=40))
def test_any_page_has_blocks_in_order_within_its_text(parts: list[str]) -> None:
    document = page("".join(parts)).document
    before = -1
    for block in document.blocks:
        assert before < block.start < block.end <= len(document.text)
        assert document.text[block.start : block.end].strip()
        before = block.end
    rest = list(document.text)
    for block in document.blocks:
        rest[block.start : block.end] = " " * (block.end - block.start)
    assert not "".join(rest).strip()


ARTICLE = """<html lang=vi><body><nav><a href=/>Trang chủ</a></nav><article><h1>Giá xăng tăng</h1>
<p>Từ 15h chiều nay, giá xăng RON95 tăng 500 đồng lên 25.000 đồng một lít, theo liên Bộ Công Thương và Tài chính.</p>
<p>Đây là lần tăng thứ ba liên tiếp trong tháng, các doanh nghiệp vận tải cho biết họ sẽ phải điều chỉnh giá cước.</p>
</article><div class="related"><a href=/x>Tin khác hôm nay</a></div><footer>Bản quyền thuộc về Báo Mẫu</footer>"""


def test_the_text_does_not_depend_on_what_finds_the_main_content() -> None:
    full = extract_html(ARTICLE.encode(), Hint(url="https://x.example/a"), Limits())
    assert full.document.text == extract_html(ARTICLE.encode(), TEXT_ONLY, Limits()).document.text
    main = [full.document.text[block.start : block.end] for block in full.document.blocks if block.main]
    assert [line.split()[0] for line in main] == ["Giá", "Từ", "Đây"]


def test_the_same_bytes_give_the_same_in_any_process() -> None:
    script = (
        "import sys; from factdesk.capture.extract.html import extract; from factdesk.capture.extract.base import *;"
        "sys.stdout.buffer.write(repr(extract(sys.stdin.buffer.read(), Hint(), Limits())).encode())"
    )
    made = {
        subprocess.run([sys.executable, "-X", "utf8", "-c", script], input=ARTICLE.encode(), capture_output=True,
                       env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(filter(None, sys.path)), "TZ": zone}).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Ho_Chi_Minh"))
    }  # fmt: skip
    assert len(made) == 1
    assert b"Extracted" in made.pop()


@pytest.mark.parametrize(("name", "encode"), [("tcvn3", tcvn3), ("vni", vni), ("windows-1258", windows_1258)])
def test_pages_in_old_encodings(name: str, encode: object) -> None:
    assert callable(encode)
    data = b"<meta charset=iso-8859-1><p>" + encode(VIETNAMESE)
    found = extract(data, Hint())
    assert (found.document.text, found.charset) == (VIETNAMESE, name)
    again = extract(data, Hint(charset=found.charset, about=False))
    assert again.document.text == found.document.text


def test_letters_of_an_old_font_as_entities() -> None:
    """What editors of the time wrote: `Vi&Ouml;t`."""
    text = "".join(
        f"&#{ord(letter)};" if ord(letter) > 127 else letter for letter in tcvn3(VIETNAMESE).decode("cp1252")
    )
    found = extract(f"<p>{text}".encode(), Hint())
    assert (found.document.text, found.charset) == (VIETNAMESE, "utf-8+tcvn3")
    assert extract(f"<p>{text}".encode(), Hint(charset=found.charset)).document.text == VIETNAMESE


def test_runs_in_an_old_font_among_others() -> None:
    old = tcvn3("Việt Nam đất nước").decode("windows-1252")
    found = page(f"<p>Tiếng Việt: <font face='.VnTime'>{old}</font> <span style='font-family: Arial'>café</span>")
    assert found.document.text == "Tiếng Việt: Việt Nam đất nước café"
    assert "tcvn3" in str(found.remarks[0])


def test_a_font_that_is_named_and_not_used() -> None:
    """Pages were moved to Unicode and kept the names."""
    assert page("<font face='.VnTime'>Tiếng Việt là của và</font>").document.text == "Tiếng Việt là của và"


@pytest.mark.attack
@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<div>" * 100_000 + "x", id="100000-levels"),
        pytest.param("<p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">x", id="200000-attributes"),
        pytest.param("</div>" * 100_000 + "<div>" * 100_000 + "x", id="levels-behind-closing-tags"),
        pytest.param("<p>x\n" * 2000, id="many-blocks"),
        pytest.param("x" * 2_000_000, id="much-text"),
    ],
)
def test_pages_that_are_refused(body: str) -> None:
    with pytest.raises(LimitError, match=r"^x: "):
        extract(body.encode(), Hint(media_type="text/html", name="x"), limits=Limits(blocks=1000, characters=1_000_000))


@pytest.mark.attack
@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<div>" * 5_000 + "x", id="5000-levels"),
        pytest.param("&amp;" * 200_000 + "x", id="entities"),
        pytest.param("<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><p>&b;x", id="entity-expansion"),
        pytest.param(f"<p title='{'y' * 5_000_000}'>x", id="huge-attribute"),
        pytest.param("<table>" * 3_000 + "x", id="nested-tables"),
        pytest.param("<table><tr><td></table>" * 10_000 + "x", id="many-tables"),
        pytest.param("<b><i><u>" * 3_000 + "x", id="misnested-inline"),
        pytest.param("<a href=x>" * 5_000 + "x", id="nested-links"),
        pytest.param("<p>x<" + "!--" * 200_000, id="comment-that-never-ends"),
        pytest.param("x<script>" + "</scrip" * 200_000, id="script-that-never-ends"),
        pytest.param("x" + "<svg><foreignObject><p>" * 500 + "<math><mtext>" * 500, id="foreign-content"),
        pytest.param("<p style='" + "display:" * 100_000 + "'>x", id="style-for-a-slow-pattern"),
        pytest.param("x<p>" + "thứ hai " * 100_000, id="days-for-a-slow-pattern"),
        pytest.param("x<p>" + "1/1/" * 200_000, id="dates-for-a-slow-pattern"),
        pytest.param("x<script type=application/ld+json>" + "[" * 400_000, id="deep-linked-data"),
        pytest.param("<meta charset=utf-7>x+ADw-script+AD4-alert(1)", id="utf-7"),
        pytest.param("<meta charset=utf-16>x", id="utf-16-in-a-meta-tag"),
        pytest.param("<p>&#xD800;&#0;&#x110000;x\0", id="characters-that-are-none"),
        pytest.param("<base href=file:///etc/passwd><iframe src=file:///etc/passwd></iframe>x", id="files-in-frames"),
    ],
)
def test_pages_that_are_read_whatever_they_try(body: str) -> None:
    found = extract(body.encode(), Hint(media_type="text/html", name="a"), limits=Limits(seconds=30))
    assert "x" in found.document.text
    assert "root:" not in found.document.text
    assert "\0" not in found.document.text
