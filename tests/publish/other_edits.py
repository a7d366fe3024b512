"""What somebody may do to a site beside its checks' pages, one edit each: the file, what stood there, what stands there
then, what is said, and of which page if not of that one."""

from __future__ import annotations

SOURCE = "/en/sources/00000000001b/"
CORRECTIONS = "/en/corrections/"
ALL = "/en/checks/"
QUOTED = "Eating more carrots does not let a healthy person see in the dark"
MARKED = f'<mark id="q-000000000024">{QUOTED}</mark>'
CHECK = "carrots-keep-eyes-healthy-but-give-no-night-vision-000000/"

Edit = tuple[str, str, str, str]

SOURCES: dict[str, Edit] = {
    "a quoted word": (SOURCE, f"{QUOTED}</mark>", f"{QUOTED.replace(' not', '')}</mark>", "frozen text says"),
    "an unquoted word": (SOURCE, "Vitamin A prevents", "Vitamin A causes", "frozen text says"),
    "a sentence more": (SOURCE, "</mark>.</p>", "</mark>. So it is.</p>", "frozen text says"),
    "a paragraph more": (SOURCE, "</mark>.</p>", "</mark>.</p><p>So it is.</p>", "frozen text says"),
    "a mark less": (SOURCE, MARKED, QUOTED, "markup of its text"),
    "a mark on other words": (
        SOURCE,
        "Vitamin A prevents",
        "<mark>Vitamin A</mark> prevents",
        "markup of its text",
    ),
    "where the mark can be found": (SOURCE, "q-000000000024", "q-000000000025", "markup of its text"),
    "its title": (SOURCE, 'data-fd="title">Carrots (sample)', 'data-fd="title">The Lancet', "title is “The Lancet"),
    "its address": (SOURCE, 'address">from a private network', 'address">from a public network', "address is"),
    "an address of somebody's": (
        SOURCE,
        'data-fd="address">from',
        'data-fd="address"><a href="https://lancet.example/">from</a>',
        "lancet",
    ),
    "an author": (SOURCE, "<dt>Address", '<dt>By</dt><dd data-fd="author">A doctor</dd><dt>Address', "author is"),
    "the day": (SOURCE, "2 January 2026</time>", "2 January 2016</time>", "was frozen is"),
    "the day for programs": (SOURCE, '"2026-01-02T', '"2016-01-02T', "was frozen is"),
    "how it was obtained": ("/en/sources/00000000001c/", "We fetched it", "We found it", "was obtained is"),
    "that it was supplied": (SOURCE, "as we froze it<", "as we froze it · supplied<", "What it is called is"),
    "its digest": (SOURCE, "<code>60373d", "<code>70373d", "digest is"),
    "no digest": (SOURCE, ' data-fd="digest"', "", "digest is “–”"),
    "no text": (SOURCE, ' data-fd="text"', "", "frozen text says “–”"),
    "another source": (SOURCE, 'data-source="019b7ca5', 'data-source="019b7ca6', "marked as the source"),
    "a source that is a check": (SOURCE, "data-source=", "data-check=", "markup that can hide"),
    "the title when shared": (SOURCE, 'og:title" content="Carrots', 'og:title" content="Cures', "(og:title)"),
    "hidden words": (SOURCE, '<section class="frozen"', '<section class="frozen" hidden', "<section hidden>"),
    "another check's title": (SOURCE, ">A second check of carrots<", ">A fine check of carrots<", "gives its title as"),
    "a check that does not rely on it": (
        "/en/sources/00000000001c/",
        "</ul>\n</article>",
        f'<li data-entry="nothing"><a data-fd="title" href="../../checks/{CHECK}">It</a></li></ul></article>',
        "no check of the site",
    ),
    "in Vietnamese": ("/vi/sources/00000000001b/", "Vitamin A prevents", "Vitamin A causes", "frozen text says"),
}

LISTS: dict[str, Edit] = {
    "a title": (ALL, ">Carrots keep eyes", ">Carrots heal eyes", "gives its title as"),
    "a rating": (ALL, 'data-fd="rating">False', 'data-fd="rating">True', "gives its rating as “True”"),
    "a withdrawal": (ALL, 'data-fd="rating">Withdrawn', 'data-fd="rating">False', "gives its rating as “False”"),
    "a summary": (ALL, "Vitamin A keeps", "Vitamin B keeps", "gives its summary as"),
    "a day": (ALL, "13 January 2026</time>", "13 January 2025</time>", "gives its published as"),
    "a day for programs": (ALL, 'datetime="2026-01-13"', 'datetime="2025-01-13"', "gives its published as"),
    "a topic": (ALL, 'data-fd="topic">health', 'data-fd="topic">lies', "gives its topic as"),
    "that it was corrected": (ALL, ' data-fd="corrected"', "", "does not say its corrected"),
    "that it was not": (ALL, ' data-fd="corrected">Corrected', ' data-fd="corrected">Approved', "gives its corrected"),
    "no rating": (ALL, ' data-fd="rating">False', ">False", "does not say its rating"),
    "where it leads": (ALL, f'href="{CHECK}"', 'href="https://elsewhere.example/"', "leads to https://elsewhere"),
    "where it leads on the site": (ALL, f'href="{CHECK}"', 'href="a-second-check-of-carrots-00000a/"', "leads to /en/"),
    "a check that there is not": (ALL, 'data-entry="019b7ca5', 'data-entry="119b7ca5', "no check of the site"),
    "what hides": (ALL, "<li data-entry", "<li hidden data-entry", "<li hidden>"),
    "an entry in an entry": (ALL, '<p class="sum"', '<p data-entry="x" class="sum"', "<p data-fd"),
    "a mark of something else": (ALL, 'data-fd="summary"', 'data-fd="body"', "<p data-fd"),
    "a script": (ALL, "</head>", "<script>document.title='x'</script></head>", "<script>"),
    "a script of somebody's": (ALL, "</head>", '<script src="https://x.example/"></script></head>', "somewhere else"),
    "markup that is none": (ALL, "</main>", "</div></main>", "not plain"),
    "a check shown on a list": (ALL, "<h1", '<article data-check="1"></article><h1', "does not list"),
    "on the home page": ("/en/", ">Carrots keep eyes", ">Carrots heal eyes", "gives its title as"),
    "on the home page, in Vietnamese": ("/vi/", "Cà rốt, 1", "Ca rốt, 1", "gives its title as"),
    "a link on the home page": (
        "/en/",
        "</main>",
        f'<a href="checks/{CHECK}">Carrots heal!</a></main>',
        "Carrots heal",
    ),
    "in Vietnamese": ("/vi/checks/", 'data-fd="rating">Sai', 'data-fd="rating">Đúng', "gives its rating as “Đúng”"),
    "of a topic": ("/en/topics/health/", 'data-fd="rating">False', 'data-fd="rating">True', "gives its rating"),
    "of a rating": ("/en/ratings/false/", ">Carrots keep eyes", ">Carrots heal eyes", "gives its title"),
    "of a month": ("/en/months/2026-01/", ">Carrots keep eyes", ">Carrots heal eyes", "gives its title"),
    "what was corrected": (CORRECTIONS, "We wrote that nobody", "We wrote that somebody", "no such correction"),
    "how wrong it was": (
        CORRECTIONS,
        "The answer itself was wrong",
        "A slip that changed nothing",
        "no such correction",
    ),
    "since when": (CORRECTIONS, 'datetime="2026-01-13T', 'datetime="2026-01-14T', "no such correction"),
    "since when, for people": (CORRECTIONS, "13 January 2026", "14 January 2026", "no such correction"),
    "whose correction": (CORRECTIONS, ">A second check of carrots", ">Another check", "gives its title"),
    "why it was withdrawn": (CORRECTIONS, "turned out to be forged", "turned out to be fine", "gives its withdrawn"),
}

FEEDS: dict[str, Edit] = {
    "a title": ("/en/atom.xml", "<title>Carrots keep", "<title>Carrots heal", "is not what was signed: “…"),
    "a summary": ("/en/atom.xml", "<summary>False.", "<summary>True.", "True."),
    "a rating": ("/en/atom.xml", 'term="false"', 'term="true"', "true"),
    "a link": (
        "/en/atom.xml",
        'html" href="https://desk.example/en/checks',
        'html" href="https://x.example/en',
        "x.ex",
    ),
    "a day": ("/en/atom.xml", "<published>2026", "<published>2016", "2016"),
    "content": ("/en/atom.xml", "</summary>\n</entry>", "</summary><content>Lies</content></entry>", "content"),
    "an entry more": ("/en/atom.xml", "</feed>", "<entry><id>urn:x</id><title>Lies</title></entry></feed>", "urn:x"),
    "an entry twice": ("/en/atom.xml", "<id>urn:uuid:019b7ca5-cf80-7000-8000-010000000000</id>", "", "without an id"),
    "whose feed it is": ("/en/atom.xml", "<title>Test desk: checks", "<title>Their desk: checks", "says of itself"),
    "what programs are told": ("/en/atom.xml", "<feed ", '<?xml-stylesheet href="x"?><!DOCTYPE a><feed ', "no feed"),
    "a text between": ("/en/atom.xml", "</entry>\n", "</entry>Lies\n", "no feed"),
    "a correction": ("/en/corrections.xml", "We wrote that nobody", "We wrote that somebody", "somebody"),
    "an item": ("/en/feed.json", '"title": "Carrots keep', '"title": "Carrots heal', "Carrots heal"),
    "an item's rating": ("/en/feed.json", '"name": "False"', '"name": "True"', '"True"'),
    "an item's page": (
        "/en/feed.json",
        '"url": "https://desk.example/en/ch',
        '"url": "https://x.example/en/ch',
        "x.ex",
    ),
    "an item's markup": ("/en/feed.json", '"content_text"', '"content_html"', "content_html"),
    "no feed": ("/en/feed.json", '"items"', '"things"', "no feed"),
    "in Vietnamese": ("/vi/feed.json", "Cà rốt", "Ca rốt", "Ca rốt"),
    "a withdrawal": ("/en/corrections.json", "turned out to be forged", "turned out to be fine", "fine"),
}
