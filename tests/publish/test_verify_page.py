"""What anybody changed on the page of a check is found, and where; a desk's theme and any text are no change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.actions.desks_of_people import World, clock_from, copied, opened, published
from tests.publish.hostile_site import site_of
from tests.publish.payloads import PAYLOADS
from tests.publish.plain_site import whole
from tests.publish.site_copies import (
    URL,
    Edited,
    edit,
    edited,
    failed,
    listed,
    page_of,
    steps_of,
    unchecked,
)
from tests.publish.site_edits import EDITS, HIDING, PLAIN

from factdesk.publish.build import build
from factdesk.publish.read_page import read_page
from factdesk.publish.remade import maker_of, our_page
from factdesk.publish.verify_page import page_steps
from factdesk.publish.verify_site import verify_site
from factdesk.queries.verify_held import How

THEME = """{% extends "base.html" %}
{% block head %}{{ json_ld|safe }}{% endblock %}
{% block main %}
<article data-check="{{ check.id }}" data-rating="{{ said.rating.key }}" data-statement="{{ said.digest }}">
<h1 data-fd="title">{{ said.title }}</h1><!-- a theme -->
<div><p>Our answer:</p>
<p data-fd="rating">{{ rating }}</p><p data-fd="definition">{{ said.rating.definition }}</p></div>
{% for claim in check.claims %}<p data-fd="claim">“{{ claim.text }}”</p>{% endfor %}
<p data-fd="summary">{{ said.summary }}</p>
<div data-fd="body" class="mine">{{ body|safe }}</div>
{% for each, source, stance in quotations %}
<blockquote id="e{{ each.number }}" data-fd="quotation">“{{ each.quotation }}”</blockquote>
{% endfor %}
{% for line in unchecked %}<p data-fd="unchecked">{{ line }}</p>{% endfor %}
<p>By <span data-fd="authors">{{ said.authors|join(", ") }}</span></p>
<code data-fd="fingerprint">{{ fingerprint }}</code>
</article>
{% endblock %}
"""


@pytest.mark.attack
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_a_page_is_found(verified_site: Path, name: str) -> None:
    which, old, new, reason = EDITS[name]
    page = listed(verified_site)[which]["page"]
    found = failed(edited(verified_site, page, old, new))
    assert {subject for subject, _ in found} == {page}
    assert any(reason in why for _, why in found), found


@pytest.mark.attack
@pytest.mark.parametrize("name", HIDING)
def test_what_hides_or_changes_what_is_shown_is_found(verified_site: Path, name: str) -> None:
    old, new, reason = HIDING[name]
    page = listed(verified_site)[PLAIN]["page"]
    found = failed(edited(verified_site, page, old, new))
    assert {subject for subject, _ in found} == {page}
    assert any(re.search(reason.replace("(", "[(]"), why) for _, why in found), found


BESIDE: dict[str, tuple[str, str]] = {
    "a paragraph more": ("</article>", "<p>In truth they do.</p></article>"),
    "colours of another answer": ("verdict low", "verdict high"),
    "what says it is signed": ('<p class="label">Our rating</p>', '<p class="label">Not our rating</p>'),
    "a banner before it": ('<main class="wrap"', '<p>This check was withdrawn.</p><main class="wrap"'),
    "a picture after it": ("</main>", '</main><img src="/static/true.png" alt="True">'),
    "no promise about rules": ("No rule of ours was set aside", "All rules of ours were set aside"),
}


@pytest.mark.attack
@pytest.mark.parametrize("name", BESIDE)
def test_what_stands_beside_the_signed_parts_is_said(verified_site: Path, name: str) -> None:
    page = listed(verified_site)[PLAIN]["page"]
    steps = edited(verified_site, page, *BESIDE[name])
    assert not failed(steps)
    ((subject, why),) = unchecked(steps)
    assert subject == page
    assert "Beside what was signed" in why


@pytest.mark.attack
@pytest.mark.parametrize(
    "html",
    [b"<div>" * 1_000_000, b"<b>" * 50_000 + b"<p>" * 50_000, b"<p " + b"a=b " * 500_000 + b">", bytes(20 << 20)],
    ids=["deep", "formatting", "attributes", "large"],
)
def test_a_page_that_takes_a_parser_forever_is_found_at_once(verified_site: Path, html: bytes) -> None:
    page = listed(verified_site)[PLAIN]["page"]
    source = Edited(verified_site, path=page, data=b"<!DOCTYPE html>" + html)
    found = failed(verify_site(source, How(quick=True)))
    assert {subject for subject, _ in found} == {page}


@pytest.mark.attack
@pytest.mark.parametrize(
    # No text of the record has the letter U+0000.
    "text",
    [
        *(each for each in PAYLOADS[::3] if "\0" not in each),
        "Data: what javascript: is",
        "a &notit b &amp;amp; c",
        "x\u2028y",
        "“”",
    ],
)
def test_no_text_of_a_check_is_taken_for_an_edit(text: str) -> None:
    site = site_of(text)
    for check in whole(site):
        _, page = our_page(site, check)
        found = list(page_steps(read_page(page), site, check, maker_of(site.desk)))
        assert [each.outcome for each in found] == ["pass"], found


def test_a_theme_of_the_desk_keeps_what_is_signed(press: World, tmp_path: Path) -> None:
    with opened(copied(press, tmp_path / "press"), clock_from(1)) as desk:
        published(desk, press)
        own = desk.config.folder / "site" / "templates"
        own.mkdir(parents=True)
        (own / "check.html").write_text(THEME, encoding="utf-8")
        build(desk, tmp_path / "site", URL)
    steps = steps_of(tmp_path / "site")
    assert not failed(steps)
    assert ["Beside what was signed" in why for _, why in unchecked(steps)] == [True]
    edit(page_of(tmp_path / "site", PLAIN), "vitamin A, and most", "vitamin C, and most")
    assert any("vitamin C" in why for _, why in failed(steps_of(tmp_path / "site")))


@pytest.mark.attack
@pytest.mark.parametrize("mark", ["rating", "unchecked"])
def test_a_theme_that_leaves_out_what_must_be_there(press: World, tmp_path: Path, mark: str) -> None:
    with opened(copied(press, tmp_path / "press"), clock_from(1)) as desk:
        published(desk, press)
        own = desk.config.folder / "site" / "templates"
        own.mkdir(parents=True)
        (own / "check.html").write_text(THEME.replace(f'data-fd="{mark}"', ""), encoding="utf-8")
        build(desk, tmp_path / "site", URL)
    assert failed(steps_of(tmp_path / "site"))
