"""One run of a command: which desk, which language, and where its words go.

Data goes to standard output, talk to standard error, so that a pipe carries data alone.
"""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from factdesk.cli.terminal import Terminal
from factdesk.config import DeskConfig, load_desk
from factdesk.errors import FactdeskError
from factdesk.wording import Say

if TYPE_CHECKING:
    from factdesk.cli.progress import Progress
    from factdesk.queries.desk import Desk
    from factdesk.store.record import Record


@dataclass(frozen=True, slots=True)
class Call:
    """What a command needs to know of its surroundings, and how it speaks."""

    say: Say
    language: str
    desk: str | None = None
    json: bool = False
    quiet: bool = False
    no_progress: bool = False
    person: str = ""

    def config(self) -> DeskConfig:
        """The desk that was asked for. Raises `NoDeskError`, `InputError`."""
        return load_desk(self.desk)

    @contextmanager
    def open(self, *, writable: bool = False) -> Iterator[Desk]:
        """The desk, opened; closed at the end."""
        from factdesk.queries.desk import Desk

        with Desk.open(self.config(), writable=writable, tell=self.warn) as desk:
            yield desk

    @contextmanager
    def record(self, *, writable: bool = False) -> Iterator[Record]:
        """The desk's record alone, for commands that need neither index nor model; closed at the end."""
        from factdesk.store.record import Record

        with Record.open(self.config(), writable=writable) as record:
            yield record

    @property
    def out(self) -> Terminal:
        """What is known of standard output: its width, and whether it shows colour."""
        return Terminal.of(sys.stdout)

    def actor(self) -> str:
        """Who acts: the person of `--as`, else of FACTDESK_ACTOR or of the desk's settings, else the name under which
        one is logged in."""
        try:
            configured = os.environ.get("FACTDESK_ACTOR") or self.config().actor
        except FactdeskError:
            # There may be no desk yet; whoever needs one says so.
            configured = ""
        try:
            return self.person or configured or getpass.getuser()
        except (OSError, KeyError):
            # A container may run under a number that has no name.
            return "desk"

    def talk(self, template: str, **values: object) -> None:
        """Say something to the person, on standard error, unless they asked for quiet."""
        if not self.quiet:
            print(self.say(template, **values), file=sys.stderr)

    def warn(self, template: str, **values: object) -> None:
        """Say something that must be heard, quiet or not."""
        print(self.say(template, **values), file=sys.stderr)

    def print(self, line: str = "") -> None:
        """One line of data on standard output."""
        print(line)

    def print_json(self, value: Any) -> None:
        """A value (dataclasses, dates and paths included) as JSON on standard output."""
        from factdesk.cli.plain import plain

        print(json.dumps(plain(value), ensure_ascii=False, indent=2))

    @contextmanager
    def progress(self, work: str) -> Iterator[Progress]:
        """A progress bar named by a template, for as long as the work lasts; nothing where nobody would see it."""
        from factdesk.cli.progress import Bar, nothing

        if self.quiet or self.no_progress or not sys.stderr.isatty():
            yield nothing
            return
        with Bar(self.say(work)) as bar:
            yield bar
