"""What a process of its own does for `lint --all`: sources in, findings out. It imports no more than rules need."""

from __future__ import annotations

import gc
import signal
from collections.abc import Sequence

from factdesk.lint.base import Facts, Rule
from factdesk.lint.read import read_draft
from factdesk.lint.run import Found, lint


def work(drafts: Sequence[tuple[str, Facts]], rules: Sequence[Rule]) -> list[tuple[Found, ...]]:
    """What the rules find in each source, held against what a desk knows of it."""
    return [lint(read_draft(source, facts=facts), rules) for source, facts in drafts]


ALLOCATED = 100_000
"""Objects after which a worker looks for garbage. Drafts leave hardly any in circles, and looking took a tenth."""


def quietly() -> None:
    """Leave it to who started this process to end it: the keys that stop a command reach every process of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(ALLOCATED, 20, 20)
