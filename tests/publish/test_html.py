"""Every page is valid HTML by another program's judgement, html-validate, whatever stands in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.publish.node_tools import installed, json_from


def errors_in(site: Path) -> list[str]:
    """What is wrong with the pages of a folder."""
    tool = installed("html-validate")
    line = ("node_modules/html-validate/bin/html-validate.mjs", "--config", "rules.json", "-f", "json", site)
    found: list[dict[str, Any]] = json_from(tool, *line, codes=(0, 1))
    return [
        f"{Path(each['filePath']).relative_to(site)}:{wrong['line']}: {wrong['ruleId']}: {wrong['message']}"
        for each in found
        for wrong in each["messages"]
    ]


def test_every_page_of_the_sample(verified_site: Path) -> None:
    assert len(list(verified_site.rglob("*.html"))) >= 40
    assert errors_in(verified_site) == []


@pytest.mark.attack
def test_every_page_of_a_site_full_of_attacks(attacked_site: Path) -> None:
    assert errors_in(attacked_site) == []


def test_a_broken_page_is_found(tmp_path: Path) -> None:
    """So that no error means something."""
    (tmp_path / "index.html").write_text('<!DOCTYPE html><html lang="en"><title>x</title><p><div id="a" id="a"></p>')
    assert {each.split(": ")[1] for each in errors_in(tmp_path)} >= {"no-dup-attr", "close-order", "no-implicit-close"}
