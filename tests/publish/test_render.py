"""What a template receives, and what it can do: a contract with desks that bring their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.publish.plain_site import desk

from factdesk.errors import InputError
from factdesk.publish.render import Page, Renderer, environment

ROOT = Path(__file__).parents[2]
PAGE = Page("/en/x/", "own.html", "en", "A <title>", "", {"en": "/en/x/"}, {"own": ""})
GIVEN = {
    "once",
    "same",
    "page",
    "desk",
    "files",
    "drafts",
    "language",
    "say",
    "link",
    "url",
    "day",
    "policy",
    "names",
    "home",
}
FUNCTIONS = {"tone", "rating_name", "shown_fingerprint", "host_of", "moment"}


def rendered(folder: Path, template: str) -> str:
    (folder / "own.html").write_text(template, encoding="utf-8")
    return Renderer(desk(), own=folder).render(PAGE).decode()


def test_what_every_template_gets() -> None:
    assert set(Renderer(desk()).given(PAGE)) == GIVEN
    assert set(environment().globals) - {"range", "dict", "lipsum", "cycler", "joiner", "namespace"} == FUNCTIONS


def test_all_of_it_is_documented() -> None:
    text = (ROOT / "docs/how-to/publish-the-site.md").read_text(encoding="utf-8")
    table = text[text.index("Every template gets") : text.index("## Headers to set")]
    assert {*GIVEN, *FUNCTIONS} <= set(re.findall(r"`(\w+)", table))


def test_a_template_of_the_desk_goes_before_ours(tmp_path: Path) -> None:
    assert rendered(tmp_path, "{{ page.title }} {{ say('Corrections') }} {{ link('/en/') }}") == (
        "A &lt;title&gt; Corrections ../\n"
    )
    assert "<title>A &lt;title&gt;" in rendered(tmp_path, '{% extends "base.html" %}')


@pytest.mark.attack
@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ say.__globals__ }}",
        "{{ link.__closure__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ page.__class__ }}",
        "{{ desk.own.update({'a': 1}) }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../../../../../etc/passwd' %}",
        "{{ nothing }}",
        "{{ range(10000000) }}",
        "{{ 1 // 0 }}",
        "{{ [].pop() }}",
        '{% extends "methods.html" %}',
    ],
)
def test_a_template_has_no_way_out(tmp_path: Path, template: str) -> None:
    with pytest.raises(InputError, match=r"own\.html"):
        rendered(tmp_path, template)
