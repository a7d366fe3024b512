"""The list of a site's checks (`data/site.json`), read from anybody: what `factdesk verify SITE` begins with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from factdesk.domain.statements import ACTS
from factdesk.errors import InputError
from factdesk.publish.machine import FORMAT, VERSION
from factdesk.publish.model import SiteBundle
from factdesk.publish.remade import Listed
from factdesk.wording import LANGUAGES

MOST = 64 << 20
"""Bytes of a list that is read."""
MOST_CHECKS = 200_000
LONGEST = 2_000

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHA = re.compile(r"[0-9a-f]{64}")
_PAGE = re.compile(r"/([a-z]{2})/checks/([a-z0-9-]{1,120})/")
_BUNDLE = re.compile(r"/bundles/[a-z0-9-]{1,140}\.wacz")


@dataclass(frozen=True, slots=True)
class SiteList:
    """What a site says of itself, and its checks. `made_by` is the version of factdesk that made it, `drawn_with` what
    its cards were drawn with; both are empty where it does not say."""

    desk: str
    url: str
    checks: tuple[Listed, ...]
    made_by: str = ""
    drawn_with: str = ""


def site_list(data: bytes) -> SiteList:
    """The list. Raises `InputError` for what is none of ours."""
    try:
        read = json.loads(data.decode())
        if (read["format"], read["version"]) != (FORMAT, VERSION) or len(read["checks"]) > MOST_CHECKS:
            raise ValueError("another format")
        checks = tuple(_listed(each) for each in read["checks"])
        more = (_text(read, name) if name in read else "" for name in ("generator", "cards"))
        made = SiteList(_text(read, "desk"), _text(read, "url"), checks, *more)
        _apart(made.checks)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise InputError(
            "This is no list of a site's checks that factdesk made.", place="data/site.json", remedy=""
        ) from error
    return made


def _apart(checks: tuple[Listed, ...]) -> None:
    for values in zip(*((each.id, each.page) for each in checks), strict=True):
        if len(set(values)) < len(checks):
            raise ValueError("named twice")


def _listed(row: Mapping[str, Any]) -> Listed:
    own, page = _matching(row, "id", _ID), _matching(row, "page", _PAGE)
    language = _text(row, "language")
    found, letters = _PAGE.fullmatch(page), own.replace("-", "")
    ours = found is not None and found[1] == language and language in LANGUAGES
    # An address ends as its check's id does, so that no page can stand for another's.
    if not ours or page[:-1].rpartition("-")[2] not in (letters[-6:], letters[-12:]):
        raise ValueError("another page")
    if row["act"] not in ACTS or type(row["number"]) is not int or not 0 < row["number"] < 1 << 31:
        raise ValueError("another number")
    return Listed(
        id=own,
        page=page,
        language=language,
        act=row["act"],
        number=row["number"],
        published=_time(row, "published"),
        changed=_time(row, "changed"),
        statement=_matching(row, "statement", _SHA),
        signer=_matching(row, "signer", _SHA) if row["signer"] else "",
        bundle=_bundle(row["bundle"]) if row["bundle"] is not None else None,
    )


def _bundle(row: Mapping[str, Any]) -> SiteBundle:
    if type(row["size"]) is not int or row["size"] < 0:
        raise ValueError("no size")
    return SiteBundle(_matching(row, "path", _BUNDLE), _matching(row, "sha256", _SHA), row["size"])


def _text(row: Mapping[str, Any], name: str) -> str:
    text = row[name]
    if not isinstance(text, str) or len(text) > LONGEST or not text.isprintable():
        raise ValueError(name)
    return text


def _matching(row: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    text = _text(row, name)
    if pattern.fullmatch(text) is None:
        raise ValueError(name)
    return text


def _time(row: Mapping[str, Any], name: str) -> datetime:
    time = datetime.fromisoformat(_text(row, name))
    if time.tzinfo is None or time.utcoffset():
        raise ValueError(name)
    return time


def differences(
    ours: Listed, number: int, changed: datetime, statement: str, signer: str, act: str
) -> Iterator[tuple[str, str, str]]:
    """What the list says otherwise than the bundle: the field, what is listed, and what the bundle has."""
    pairs = {
        "number": (ours.number, number),
        "act": (ours.act, act),
        "statement": (ours.statement, statement),
        "signer": (ours.signer, signer),
        "changed": (f"{ours.changed:%Y-%m-%dT%H:%M:%S}", f"{changed:%Y-%m-%dT%H:%M:%S}"),
    }
    if number == 1:
        pairs["published"] = (f"{ours.published:%Y-%m-%dT%H:%M:%S}", f"{changed:%Y-%m-%dT%H:%M:%S}")
    yield from ((name, str(said), str(held)) for name, (said, held) in pairs.items() if said != held)
