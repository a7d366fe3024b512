"""Whatever a template says, it says in Vietnamese too."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest
from jinja2 import nodes

from factdesk.publish import pages, render, words
from factdesk.wording import catalogue

TEMPLATES = Path(render.__file__).parent / "templates"
TABLES = (words.STANCES, words.SEVERITIES, words.ACTS, words.FIELDS, words.WHYS, pages.TITLES)


def said_in(path: Path) -> list[tuple[str, set[str]]]:
    """Every text that a template hands to `say`, with the names of the values beside it."""
    found = []
    for call in render.environment().parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "say":
            texts = [call.args[0]] if isinstance(call.args[0], nodes.Const) else call.args[0].find_all(nodes.Const)
            found += [(str(each.value), {word.key for word in call.kwargs}) for each in texts]
    return found


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_what_a_template_says_has_its_vietnamese_and_its_values(path: Path) -> None:
    table = catalogue("vi")
    for text, values in said_in(path):
        assert text in table, text
        assert {name for _, name, _, _ in Formatter().parse(text) if name} == values, text


def test_templates_were_read() -> None:
    assert ("Correction of {day}", {"day"}) in said_in(TEMPLATES / "check.html")


@pytest.mark.parametrize("table", TABLES)
def test_names_of_what_the_record_has_are_translated(table: dict[str, str]) -> None:
    assert set(table.values()) <= set(catalogue("vi"))


def test_days_and_sizes() -> None:
    from tests.conftest import START

    assert words.day(START, "en") == "2 January 2026"
    assert words.day(START, "vi") == "2 tháng 1, 2026"
    assert words.month("2026-11", "en") == "November 2026"
    assert words.month("2026-11", "vi") == "Tháng 11, 2026"
    assert [words.size(count) for count in (1, 18_400, 2_340_000)] == ["1 kB", "18 kB", "2.3 MB"]


@pytest.mark.parametrize(
    ("value", "steps", "tone"),
    [(1, 5, "low"), (2, 5, "low"), (3, 5, "mid"), (4, 5, "high"), (5, 5, "high"), (1, 1, "none")],
)
def test_the_colour_of_a_rating(value: int, steps: int, tone: str) -> None:
    assert words.scale_tone(value, steps) == tone
