"""From Markdown to Word and back: nothing that a reader or lint would see is lost."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from tests.capture.extract.made import convert
from tests.drafts.word_samples import ENGLISH, VIETNAMESE
from tests.drafts.word_strategies import BLOCKS, FIELDS

from factdesk.drafts.templates import TEMPLATES, template_text
from factdesk.drafts.word_model import clean
from factdesk.drafts.word_normal import normal
from factdesk.drafts.word_read import from_docx
from factdesk.drafts.word_write import to_docx
from factdesk.errors import InputError
from factdesk.lint.read import read_draft

SAMPLES = pytest.mark.parametrize("source", [ENGLISH, VIETNAMESE], ids=["en", "vi"])
FORGETTING = "customXml/"


def forgotten(data: bytes) -> bytes:
    """A Word file without the source that it was made from: what it shows is all that there is."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as copy:
        for name in package.namelist():
            if not name.startswith(FORGETTING):
                copy.writestr(name, package.read(name))
    return out.getvalue()


def shown(source: str) -> str:
    """What comes back of a source by what the file shows."""
    return from_docx(forgotten(to_docx(source)))


@pytest.fixture(scope="session")
def saved() -> Iterator[dict[str, bytes]]:
    """The samples as LibreOffice saves them, by their source."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, source in enumerate((ENGLISH, VIETNAMESE)):
            (folder / f"{number}.docx").write_bytes(to_docx(source))
        convert(folder, "docx", "0.docx", "1.docx")
        yield {
            source: (folder / "out" / f"{number}.docx").read_bytes()
            for number, source in enumerate((ENGLISH, VIETNAMESE))
        }


@SAMPLES
def test_a_check_in_normal_form_comes_back_to_the_byte(source: str) -> None:
    assert normal(source) == source
    assert shown(source) == source


@SAMPLES
def test_a_check_comes_back_when_libreoffice_saved_it(source: str, saved: dict[str, bytes]) -> None:
    assert saved[source] != to_docx(source)
    assert from_docx(forgotten(saved[source])) == source


def test_the_same_source_makes_the_same_bytes_which_say_nothing_of_who_and_when() -> None:
    data = to_docx(ENGLISH)
    assert to_docx(ENGLISH) == data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert "creator" not in core
    assert "dcterms" not in core


@pytest.mark.parametrize("name", [each.name for each in TEMPLATES])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_check_in_another_form_comes_back_to_the_byte_too(name: str, language: str) -> None:
    source = template_text(name, language)
    assert normal(source) != source
    assert from_docx(to_docx(source)) == source
    assert shown(source) == normal(source)


@settings(deadline=None, max_examples=120)
@given(BLOCKS)
@example("\\<!-- lint: FD305 y -->text")
@example('![l](https://e.example/q "t")[l](https://e.example/q "t")')
@example("**a**b **“x”**y *a **b***c")
@example("- a\n\n  > b\n\n1. c\n\n\n1) d")
@example("[a](<b c> 'd \"e\"') [](u) [x]() [![y](z)](w)")
def test_every_body_comes_back(body: str) -> None:
    wanted = normal(body)
    assert normal(wanted) == wanted
    assert shown(body) == wanted
    assert from_docx(to_docx(body)) == body


@settings(deadline=None, max_examples=120)
@given(FIELDS)
def test_every_front_matter_comes_back(fields: dict[str, object]) -> None:
    source = f"---\n{yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)}---\n" if fields else ""
    try:
        wanted = normal(source)
    except InputError:
        # More than fields may be: too deep.
        return
    assert normal(wanted) == wanted
    assert shown(source) == wanted
    before, after = read_draft(source).front, read_draft(wanted).front
    said = {name: tuple(clean(value.strip()).strip() for value in field.values) for name, field in before.items()}
    assert said == {name: field.values for name, field in after.items()}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Setext\n===\n\n* a\n* b\n", "# Setext\n\n- a\n- b\n"),
        ("_em_ __strong__ &amp; &nbsp;x\n", "*em* **strong** & \u00a0x\n"),
        ("a\nwrapped  \nline\n", "a wrapped\\\nline\n"),
        ("[x][r]\n\n[r]: https://e.example 'T'\n", '[x](https://e.example "T")\n'),
        ("[^cite: ab ] \\[^cite:cd]\n", "[^cite:ab] [^cite:cd]\n"),
        ("~~~py\nx\n~~~\n\n    y\n", "```py\nx\n```\n\n```\ny\n```\n"),
        ("a|b\n-|-\nc|d\n", "| a | b |\n| --- | --- |\n| c | d |\n"),
        ("---\nauthors: ada\nrating: False\n---\n", '---\nauthors: [ada]\nrating: "False"\n---\n'),
        ("---\n{title: x, claims: {text: frogs}}\n---\nz\n", "---\ntitle: x\nclaims:\n  - text: frogs\n---\nz\n"),
        ("x\n***\ny", "x\n\n---\n\ny\n"),
        ("\ufeffa\r\nb\r\n", "a b\n"),
        ("- a\n\n- b\n", "- a\n- b\n"),
        ("> a\n\n> b\n", "> a\n\n> b\n"),
        ("* a\n\n\n- b\n", "- a\n- b\n"),
        ("1. a\n\n<!-- -->\n\n1. b\n", "1. a\n\n<!-- -->\n\n1. b\n"),
        ("`` a`b ``\n", "``a`b``\n"),
        ("", ""),
    ],
)
def test_the_normal_form(source: str, expected: str) -> None:
    assert normal(source) == expected
    assert shown(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "> > a quote in a quote\n",
        "- # a heading in a list\n",
        "> ```\n> code in a quote\n> ```\n",
        "- - a list at once\n",
        "<table><tr><td>x</td></tr></table>\n",
        "| title | x |\n| --- | --- |\n| rating | y |\n| summary | z |\n",
        "\\# no heading\n\n1\\. no list\n\n\\> no quote\n\n\\--- no rule\n",
        "https://e.example/a_b_c*d and 5*3, ``two``\n",
    ],
)
def test_what_word_has_no_form_for_is_kept(source: str) -> None:
    assert shown(source) == normal(source)
    assert read_draft(normal(source)).prose.split() == read_draft(source).prose.split()


def test_front_matter_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(InputError):
        to_docx("---\ntitle: [\n---\n")
