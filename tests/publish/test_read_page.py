"""Only markup that every browser reads in the same way is read; and it takes no time to refuse the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.publish.read_page import MOST, UnplainError, read_page

HEAD = "<!DOCTYPE html>\n"


def read(markup: str) -> str:
    return read_page(f"{HEAD}<html><body>{markup}</body></html>".encode()).text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one</p><p>two</p>", "one two"),
        ("<p>on<b>e</b> <i>t</i>wo</p>", "one two"),
        ("<p>a<br>b</p><hr/>c", "a b c"),
        ("<p title='<b>' class=x hidden data-a=\"'\">&amp;lt; &#x41;&eacute;</p>", "&lt; Aé"),
        ("<!-- a-b --><P>a</p\n>", "a"),
        ("<svg><path d='M0'/></svg>a > b", "a > b"),
        ("<ul><li>1</li><li>2<ul><li>3</li></ul></li></ul>", "1 2 3"),
        ("<table><thead><tr><th>1</th></tr></thead><tbody> <tr><td><p>2</p></td></tr></tbody></table>", "1 2"),
        ("<dl><dt>1</dt><dd>2<dl><dd>3</dd></dl></dd></dl>", "1 2 3"),
    ],
)
def test_the_text_of_a_page(markup: str, text: str) -> None:
    assert read(markup) == text


@pytest.mark.attack
@pytest.mark.parametrize(
    "markup",
    [
        "<p>a",
        "a</p>",
        "<b><i>a</b></i>",
        "<p/>",
        "a < b",
        "<p>a<p>b</p></p>",
        "<p><span><div>a</div></span></p>",
        "<p><table></table></p>",
        "<a><b><a></a></b></a>",
        "<button><p><button></button></p></button>",
        "<table>a</table>",
        "<table><p>a</p></table>",
        "<table><tr><td>a</td></tr></table>",
        "<tr><td>a</td></tr>",
        "<select><p>a</p></select>",
        "<select>a</select>",
        "<ul><li>a<b><li>b</li></b></li></ul>",
        "<dl><dt>a<dd>b</dd></dt></dl>",
        "<h1>a<h2>b</h2></h1>",
        "<body></body>",
        "<head></head>",
        "<html></html>",
        "</body>",
        "<p a=1 a=2></p>",
        "<p a=1 A=2></p>",
        '<p a="1"b=2></p>',
        "<p a=`1`></p>",
        "<p a=<></p>",
        "<p\x00></p>",
        "<!-->a-->",
        "<!--a--!>b-->",
        "<!--<p>a</p>-->",
        "<!-- -- -->",
        "<!x>",
        "<?x?>",
        "<![CDATA[a]]>",
        "</>",
        "<script>a<b</script>",
        "<script><!-- a --></script>",
        "<title><b>a</b></title>",
        "<textarea><p>a</p></textarea>",
        "<" + "div>" * 3,
        "<p " + "a" * 5 + '="',
    ],
)
def test_what_a_browser_may_read_otherwise_is_refused(markup: str) -> None:
    with pytest.raises(UnplainError):
        read(markup)


@pytest.mark.attack
@pytest.mark.parametrize(
    "data", [b"", b"<p>a</p>", HEAD.encode() + b"\xff", HEAD.encode() + bytes(MOST), b"\xef\xbb\xbf<p>"]
)
def test_what_is_no_page_is_refused(data: bytes) -> None:
    with pytest.raises(UnplainError):
        read_page(data)


@pytest.mark.attack
@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 300_000,
        "<p " + "a=b " * 500_000 + ">",
        "<!--" + "-" * 2_000_000,
        "<a" + " " * 2_000_000,
        "<b></b>" * 150_000,
    ],
    ids=["deep", "attributes", "comment", "spaces", "many"],
)
def test_what_is_too_much_is_refused_at_once(markup: str) -> None:
    with pytest.raises(UnplainError):
        read(markup)


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    from html import escape

    shown = escape(text.replace("\0", "").encode("utf-8", "ignore").decode())
    assert read(f'<p title="{shown}">{shown}</p>') == " ".join(
        text.replace("\0", "").encode("utf-8", "ignore").decode().split()
    )
