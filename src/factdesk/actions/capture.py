"""Freezing a source: what an address answers, or a file that somebody supplied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from factdesk.actions.fetching import UNREAD, Wishes, fetch_source
from factdesk.actions.frozen import Extra, described, freeze, keep_one
from factdesk.actions.sources import opened_file
from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.run import extract
from factdesk.domain.captures import Capture, seal_of
from factdesk.domain.matches import Reason
from factdesk.errors import FactdeskError, InputError, RefusedError
from factdesk.queries.desk import Desk
from factdesk.store.blobs import digest_of
from factdesk.store.captures import capture_rows_of_text

NOTHING_READ = Reason("empty", "no text was found in it: nothing can be quoted from it")


@dataclass(frozen=True, slots=True)
class Captured:
    """A capture that was made. `characters` is the length of its text; `twins` are earlier captures of the same text.

    `remarks` are of the extractor; `problems` what was asked for beside the bytes and could not be had.
    """

    id: str
    capture: Capture
    characters: int
    remarks: tuple[Reason, ...] = ()
    twins: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    problems: tuple[FactdeskError, ...] = field(default=())


def capture_address(desk: Desk, url: str, wishes: Wishes, *, actor: str) -> Captured:
    """Fetch an address and freeze what it answers, with every request and answer on the way.

    Raises `NetworkError`, `RefusedAddressError`, `InputError` for what no text can be taken out of, `ResourceError`
    when a screenshot was asked for and there is no browser: nothing is kept then.
    """
    if wishes.screenshot:
        _require_browser()
    _check_authority(wishes)
    found = fetch_source(desk, url, wishes)
    return _finish(desk, found.capture, (found.body, found.exchange), found.hint, wishes, actor)


def capture_file(desk: Desk, path: Path, wishes: Wishes, *, actor: str) -> Captured:
    """Freeze a file that somebody supplied. Raises `InputError`, `ResourceError`: nothing is kept then."""
    limit = Limits().input_bytes
    _check_authority(wishes)
    if path.exists() and not path.is_file() and not path.is_dir():
        # A pipe would be waited for without end.
        raise InputError("This is not a file.", place=str(path), remedy="Name a file, or an address.")
    with opened_file(path) as stream:
        body = _whole(stream, path, limit)
    base = Capture(
        origin="file",
        digest=digest_of(body),
        size=len(body),
        media_type="",
        text_digest="",
        extractor=UNREAD,
        time=desk.record.clock.now(),
        name=path.name,
        supplied_by=actor,
        note=wishes.note,
        primary=wishes.primary,
    )
    return _finish(desk, base, (body,), Hint(name=path.name), wishes, actor)


def _whole(stream: BinaryIO, path: Path, limit: int) -> bytes:
    """A file's bytes. Raises `InputError` when they cannot be read, or are too many."""
    try:
        data = stream.read(limit + 1)
    except OSError as error:
        raise InputError("The file cannot be read: {why}.", place=str(path), why=error.strerror or error) from error
    if len(data) > limit:
        raise InputError("The file is larger than {limit} MB.", place=str(path), limit=limit >> 20)
    return data


def _finish(desk: Desk, base: Capture, kept: Sequence[bytes], hint: Hint, wishes: Wishes, actor: str) -> Captured:
    """Take the text out, add what was asked for, and write all of it at once. `kept` begins with the body."""
    extracted = extract(kept[0], hint, content_encoding=base.content_encoding)
    capture = described(base, extracted)
    extras, problems = _extras(desk, capture, wishes)
    length = len(extracted.document.text)
    twins = _twins(desk, capture) if length else ()
    frozen = freeze(capture, extracted, kept)
    own = keep_one(desk, frozen, extras, actor=actor, time=desk.record.clock.now())
    remarks = extracted.remarks if length else (*extracted.remarks, NOTHING_READ)
    return Captured(own, capture, length, remarks, twins, tuple(extra.kind for extra in extras), tuple(problems))


def _extras(desk: Desk, capture: Capture, wishes: Wishes) -> tuple[list[Extra], list[FactdeskError]]:
    """Screenshots and a timestamp. What cannot be had is no reason to lose the bytes: it is said."""
    found: list[Extra] = []
    problems: list[FactdeskError] = []
    if wishes.screenshot and capture.origin == "web":
        try:
            found += _screenshots(desk, capture, wishes)
        except FactdeskError as error:
            problems.append(error)
    if wishes.authority:
        try:
            found.append(_stamp(desk, capture, wishes))
        except FactdeskError as error:
            problems.append(error)
    return found, problems


def _screenshots(desk: Desk, capture: Capture, wishes: Wishes) -> list[Extra]:
    from factdesk.capture.screenshot import screenshots

    shots = screenshots(capture.final_url, allow_private=wishes.allow_private or desk.config.allow_private)
    if not capture.private and any(shot.private for shot in shots):
        # The picture would be shown to readers as that of a page of the web.
        raise RefusedError(
            "The page shows something of a private network: no picture of it was kept.", place=capture.final_url
        )
    return [Extra("screenshot-desk" if shot.kind == "desk" else "screenshot-phone", shot.data) for shot in shots]


def _stamp(desk: Desk, capture: Capture, wishes: Wishes) -> Extra:
    from factdesk.capture.timestamp import timestamp

    allow = wishes.allow_private or desk.config.allow_private
    digest = bytes.fromhex(seal_of(capture.content()))
    token = timestamp(digest, wishes.authority, allow_private=allow)
    return Extra("timestamp", token, wishes.authority)


def _check_authority(wishes: Wishes) -> None:
    """Refuse an authority's address that can be seen to be none, before anything is fetched."""
    if wishes.authority:
        from factdesk.capture.targets import checked_url

        checked_url(wishes.authority)


def _require_browser() -> None:
    from factdesk.capture.screenshot import require_browser

    require_browser()


def _twins(desk: Desk, capture: Capture) -> tuple[str, ...]:
    """Earlier captures of the very same text."""
    with desk.record.read() as session:
        return tuple(row.id for row in capture_rows_of_text(session, capture.text_digest))
