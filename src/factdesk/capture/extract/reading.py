"""From bytes as received to what is in them: unpack, see what it is, hand it to its extractor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import cast

from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.encodings import unpack
from factdesk.capture.extract.kinds import EXTRACTORS, Kind, declared, sniff
from factdesk.domain.documents import Extracted
from factdesk.domain.matches import Reason
from factdesk.errors import LimitError

Extract = Callable[[bytes, Hint, Limits], Extracted]


def read(data: bytes, hint: Hint, limits: Limits, content_encoding: str = "", extractor: str = "") -> Extracted:
    """What is in a document. `extractor` is a `module:function` to take in place of that of its kind.

    To be called in a child process: parsers of what strangers made run here. Raises `ExtractError`, `ResourceError`.
    """
    check_size(len(data), hint, limits)
    data = unpack(data, content_encoding, hint, limits)
    if extractor:
        return load(extractor)(data, hint, limits)
    kind = sniff(data, hint)
    found = load(EXTRACTORS[kind.extractor].function)(data, hint, limits)
    return replace(found, remarks=(*_mismatch(kind, hint), *found.remarks))


def check_size(size: int, hint: Hint, limits: Limits) -> None:
    """Raises `LimitError` for a document of more bytes than are read."""
    if size > limits.input_bytes:
        raise LimitError(
            "The document is larger than {limit} MB.",
            place=hint.place,
            remedy="Capture a part of it.",
            limit=limits.input_bytes >> 20,
        )


def load(name: str) -> Extract:
    """The function named `module:function`."""
    module, _, function = name.partition(":")
    return cast(Extract, getattr(import_module(module), function))


def _mismatch(kind: Kind, hint: Hint) -> tuple[Reason, ...]:
    said = declared(hint)
    if not hint.media_type or not said or said == kind.extractor:
        return ()
    values = {"declared": hint.media_type.split(";", 1)[0].strip()[:60], "found": kind.media_type}
    return (Reason("kind", "It was declared as {declared} and is {found}.", values),)
