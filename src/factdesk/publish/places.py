"""Whole addresses, names and days, as programs are told of them."""

from __future__ import annotations

from datetime import datetime

from factdesk.publish.model import SiteDesk


def address(desk: SiteDesk, path: str) -> str:
    """The whole address of a path of the site, which begins with a slash."""
    return desk.base_url.rstrip("/") + path


def claim_id(page: str, number: int) -> str:
    """What names a claim for others: its page's address with a fragment, `#claim` for the first, from 1."""
    return f"{page}#claim{behind(number)}"


def behind(number: int) -> str:
    """What stands behind the name of the second and further ones."""
    return "" if number == 1 else f"-{number}"


def day_of(time: datetime) -> str:
    """The day of a UTC time."""
    return time.date().isoformat()


def moment(time: datetime) -> str:
    """A UTC time to the second (RFC 3339)."""
    return time.isoformat()[:19] + "Z"
