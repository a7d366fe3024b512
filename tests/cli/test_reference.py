"""The reference pages are what the program is."""

from __future__ import annotations

from pathlib import Path

import pytest

from factdesk.cli.command import Command
from factdesk.cli.failing import PIPE_CLOSED, STOPPED, UNEXPECTED
from factdesk.cli.reference import IN_WORDS, PAGES, cli_page, errors_page, roles_page, settings_page, write
from factdesk.cli.registry import COMMANDS, load
from factdesk.config import SETTINGS
from factdesk.domain.permissions import PERMISSIONS
from factdesk.domain.workflow import STEPS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_the_made_one(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run: python -m factdesk.cli.reference docs"


def test_pages_are_written(tmp_path: Path) -> None:
    write(tmp_path)
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.md")} == {str(Path(name)) for name in PAGES}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_examples_of_itself(name: str) -> None:
    command = load(name)
    assert isinstance(command, Command)
    assert command.examples
    assert command.examples[0].startswith(f"factdesk {name}") or name.endswith(" list")
    assert command.examples[0] in cli_page()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_parameter_has_help_that_fits_a_list(name: str) -> None:
    command = load(name)
    assert command is not None
    first = (command.help or "").split(". ", 1)[0].removesuffix(".") + "."
    assert len(first) <= 72
    assert all(getattr(param, "help", "") for param in command.params)


def test_every_setting_and_exit_code_is_there() -> None:
    assert all(row.variable in settings_page() for row in SETTINGS)
    for code in (0, 1, 2, 3, 4, 5, 6, 7, UNEXPECTED, STOPPED, PIPE_CLOSED):
        assert f"\n| {code} | " in errors_page()


def test_every_action_is_said_in_plain_words_with_who_may() -> None:
    page = roles_page()
    assert set(IN_WORDS) == set(PERMISSIONS)
    assert "| Sign a check that others wrote | – | yes | yes | yes |" in page
    assert "| Add a person | – | – | – | yes |" in page
    for action, step in STEPS.items():
        assert f"\n| {action} | {step.role} | " in page


def test_the_way_of_a_check_is_what_the_state_machine_does() -> None:
    page = roles_page()
    assert "| publish | editor | signed | published, corrected, withdrawn |" in page
    assert "| withdraw | editor | published, reopened, corrected | submitted |" in page
    assert "| keep | editor | reopened | published, corrected |" in page
    assert "| return | reviewer | submitted, signed | returned, reopened |" in page
