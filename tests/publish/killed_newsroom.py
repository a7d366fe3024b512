"""A newsroom whose site is built again and again and whose builds are killed at random moments: what is then wrong.

What `benchmarks/site_kill.py` runs. It looks at a build from outside: at the folder of the site, at what stands beside
it, and at the processes that live on.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import time
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from tests.actions.desks_of_people import World, again, config_in, opened, published, written
from tests.actions.desks_of_people import built as filled
from tests.publish.killed_builder import survivors
from tests.publish.test_build import contents

from factdesk.actions.workflow import correct
from factdesk.clock import Clock
from factdesk.config import DeskConfig
from factdesk.publish.build import build
from factdesk.store.setup import prepare

URLS = ("https://one.example", "https://two.example")
Files = dict[str, str]


@dataclass
class Newsroom:
    """A desk, its site, and what was seen. `took` is how many seconds a whole build takes, by kind."""

    folder: Path
    world: World
    checks: list[str]
    chance: random.Random
    url: str = URLS[0]
    took: dict[str, float] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def site(self) -> Path:
        """Where the site is built."""
        return self.folder / "public" / "site"

    def change(self, kind: str, number: int) -> None:
        """What makes the next build give another site."""
        if kind == "full":
            self.url = URLS[number % 2] + f"/{number}"
            return
        with opened(self.config) as desk:
            check = self.chance.choice(self.checks)
            correct(desk.record, check, what=f"Mistake {number} of a test.", severity="minor", actor="an")
            again(desk, self.world, check)

    @property
    def config(self) -> DeskConfig:
        """The desk's settings."""
        return config_in(self.folder / "desk")

    def whole(self) -> Files:
        """The site that the record gives, built from a copy of the desk that keeps nothing."""
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            shutil.copytree(self.folder / "desk", Path(name) / "desk", ignore=shutil.ignore_patterns("cache"))
            with opened(config_in(Path(name) / "desk")) as desk:
                build(desk, Path(name) / "site", self.url)
            return contents(Path(name) / "site")

    def child(self) -> int:
        """A process that builds the site."""
        pid = os.fork()
        if pid == 0:
            try:
                os.setsid()
                with opened(self.config) as desk:
                    build(desk, self.site, self.url)
                os._exit(0)
            finally:
                # Whatever went wrong: what follows is the parent's to do.
                os._exit(1)
        return pid

    def done(self) -> float:
        """Build, and let it; the seconds. Raises `RuntimeError` when it fails."""
        start = time.perf_counter()
        _, status = os.waitpid(self.child(), 0)
        if status != 0:
            raise RuntimeError("a build failed")
        return time.perf_counter() - start

    def killed(self, kind: str) -> str:
        """Build, and kill it at a random moment; what is wrong then, empty for nothing."""
        old, new = contents(self.site), self.whole()
        pid = self.child()
        time.sleep(self.chance.uniform(0, self.took[kind]))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        if left := survivors(pid):
            return f"processes live on: {left}"
        now = contents(self.site)
        stood = "old" if now == old else "new" if now == new else ""
        was = "killed" if os.WIFSIGNALED(status) else "done"
        self.seen[f"{kind}, {was}: {stood}"] = self.seen.get(f"{kind}, {was}: {stood}", 0) + 1
        if not stood or (was == "done" and stood != "new"):
            return f"the site is neither: {differences(now, old)} from the old, {differences(now, new)} from the new"
        return ""

    def built_again(self) -> str:
        """Build after a kill; what is wrong then."""
        self.done()
        if contents(self.site) != self.whole():
            return "the build after a kill gives another site"
        beside = [each.name for each in self.site.parent.iterdir() if each.name != self.site.name]
        hidden = [each for each in beside if each.startswith(f".{self.site.name}.")]
        return f"left beside: {beside}" if len(beside) > 1 or beside != hidden else ""


def differences(one: Files, other: Files) -> int:
    """How many files are missing, more or other."""
    return len(set(one.items()) ^ set(other.items()))


def newsroom(folder: Path, checks: int, seed: int) -> Newsroom:
    """A desk with that many checks, its site built, and how long a build of each kind takes."""
    config = config_in(folder / "desk")
    config.folder.mkdir()
    prepare(config)
    world = filled(config, Clock())
    with opened(config) as desk:
        titles = [f"Sample check {number} about carrots" for number in range(checks)]
        own = [published(desk, world, written(world, title=title)).check.id for title in titles]
    made = Newsroom(folder, world, own, random.Random(seed))
    made.site.parent.mkdir()
    made.done()
    for number, kind in enumerate(("full", "rebuild")):
        made.change(kind, -1 - number)
        made.took[kind] = made.done()
    return made


def kill(made: Newsroom, kills: int) -> str:
    """Kill, check, repeat; what is wrong, empty for nothing."""
    for number, kind in zip(range(10 * kills), cycle(("full", "rebuild")), strict=False):
        made.change(kind, number)
        wrong = made.killed(kind) or (made.built_again() if number % 4 > 1 else "")
        count = sum(times for name, times in made.seen.items() if "killed" in name)
        if wrong or count >= kills:
            return wrong
    return "builds end before they are killed"
