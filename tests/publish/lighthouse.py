"""What Lighthouse says of pages on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.conftest import absent
from tests.publish.node_tools import installed, json_from

from factdesk.capture.screenshot import require_browser
from factdesk.errors import ResourceError

STEADY = ("accessibility", "best-practices", "seo")
"""The categories whose scores are the same each time."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A page's scores, 0 to 100, by category, and the audits that took something off."""

    url: str
    scores: dict[str, int]
    lost: tuple[str, ...]


def scored(urls: Sequence[str], categories: Sequence[str] = STEADY) -> list[Scored]:
    """The scores of pages, one after the other in one browser; skips where Lighthouse or a browser cannot be had."""
    tool = installed("lighthouse")
    try:
        browser = require_browser()
    except ResourceError as error:
        absent(str(error))
        raise
    found = json_from(tool, "scores.mjs", browser, ",".join(categories), *urls)
    return [Scored(each["url"], each["scores"], tuple(each["lost"])) for each in found]
