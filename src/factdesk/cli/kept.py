"""Heads of the log that somebody kept: one head as a line, a file of them, or a site that publishes them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from factdesk.domain.heads import read_head
from factdesk.errors import IntegrityError, NotFoundError, UsageError

if TYPE_CHECKING:
    from factdesk.cli.call import Call
    from factdesk.domain.verification import Step

COMPARE = "Ask who gave you this file, and compare it with another copy."


@dataclass(frozen=True, slots=True)
class Kept:
    """The heads that a record is held against, and what is wrong with the file that they are from, if anything is."""

    heads: tuple[tuple[int, str], ...] = ()
    wrong: Step | None = None


def kept_heads(against: str, *, allow_private: bool = False) -> Kept:
    """What is named by `--against`. Raises `UsageError`, `NotFoundError`, `InputError`, `NetworkError`."""
    head = read_head(against)
    if head is not None:
        return Kept((head,))
    data = _data(against, allow_private=allow_private)

    from factdesk.publish.heads import read_heads
    from factdesk.publish.verify_heads import head_steps
    from factdesk.publish.verify_heads import kept_heads as heads_in

    found = read_heads(data, against)
    return Kept(heads_in(found), next((each for each in head_steps(data, {}) if each.outcome == "fail"), None))


def sound_heads(call: Call, against: str, *, allow_private: bool = False) -> tuple[tuple[int, str], ...]:
    """The same of what has to be sound. Raises `IntegrityError` besides."""
    kept = kept_heads(against, allow_private=allow_private)
    if kept.wrong is not None:
        raise IntegrityError(
            "The heads that were kept are not sound. {why}",
            place=kept.wrong.subject,
            remedy=COMPARE,
            why=why_unsound(call, kept.wrong),
        )
    return kept.heads


def why_unsound(call: Call, wrong: Step) -> str:
    """What is wrong with such a file, in the reader's language."""
    return call.say(wrong.reason.template, **wrong.reason.values) if wrong.reason is not None else ""


def _data(against: str, *, allow_private: bool) -> bytes:
    """The bytes of a file of heads, or of a site's."""
    from factdesk.publish.heads import MOST_BYTES, PATH
    from factdesk.publish.site_source import read, site_at
    from factdesk.signing.files import read_small

    if "://" in against:
        return read(site_at(against.removesuffix(f"/{PATH}"), allow_private=allow_private), f"/{PATH}", MOST_BYTES)
    path = Path(against)
    kind = _kind(path) if against else ""
    if kind == "folder":
        return read(site_at(against), f"/{PATH}", MOST_BYTES)
    if kind == "file":
        return read_small(path, MOST_BYTES)[0]
    if kind == "none" and ("." in against or "/" in against):
        raise NotFoundError("There is no such file.", place=against)
    raise UsageError(
        "{value} is no head.",
        remedy="It looks like 42:9f2c…, as factdesk audit prints it; or name a site, or its data/heads.json.",
        value=against,
    )


def _kind(path: Path) -> str:
    """Whether there is a folder or a file; empty for what can be the name of neither."""
    try:
        return "folder" if path.is_dir() else "file" if path.exists() else "none"
    except (OSError, ValueError):
        # Longer than a name may be, or of characters that names do not have.
        return ""
