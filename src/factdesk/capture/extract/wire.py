"""How a child process hands over what it found: frames of bounded JSON, and text.

    frame   = kind (1 byte), length (4 bytes, big-endian), body
    "T"     a piece of the text, in UTF-8
    "B"     a JSON list of blocks: [start, end, {what is not as usual}]
    "M"     JSON: what else was extracted; the last frame
    "E"     JSON: the error instead; the only frame

The child may be in a stranger's hands. Nothing here trusts it: every frame is short, the sum is bounded, every field
is checked, and a template for people holds plain names only, since `str.format` could do more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, fields
from typing import Any, get_args

from factdesk import errors
from factdesk.capture.extract.base import Limits, clean
from factdesk.domain.documents import About, Block, BlockKind, Document, Extracted, Extractor
from factdesk.domain.matches import Reason
from factdesk.errors import FactdeskError

HEADER = 5
_MOST = 1 << 20
_PIECE = 1 << 17
_ROWS = 500
_MOST_REMARKS = 100
_ERRORS: dict[str, type[FactdeskError]] = {
    kind.__name__: kind
    for kind in (
        errors.ExtractError,
        errors.UnknownKindError,
        errors.DamagedError,
        errors.ProtectedError,
        errors.LimitError,
        errors.ResourceError,
    )
}
_KINDS = frozenset(get_args(BlockKind))
_FLAWED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_PLACE = re.compile(r"\{([a-z_]{1,30})\}")
_DAY = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]\Z")
_USUAL: dict[str, Any] = {name: value for name, value in asdict(Block(0, 0)).items() if name not in ("start", "end")}
_ABOUT = {"title": 1000, "author": 500, "published": 10, "language": 35, "site": 500}


class NonsenseError(ValueError):
    """What a child handed over is not an answer."""


# The child's side.


def frames(found: Extracted) -> Iterator[bytes]:
    """What was found, as frames."""
    text = found.document.text
    for at in range(0, len(text), _PIECE):
        yield _frame(b"T", text[at : at + _PIECE].encode("utf-8"))
    blocks = found.document.blocks
    for at in range(0, len(blocks), _ROWS):
        yield _frame(b"B", _json([_row(block) for block in blocks[at : at + _ROWS]]))
    other = {
        "about": {name: clean(value)[: _ABOUT[name]] for name, value in asdict(found.about).items() if value},
        "extractor": asdict(found.extractor),
        "media_type": found.media_type,
        "charset": found.charset,
        "remarks": [asdict(remark) for remark in found.remarks[:_MOST_REMARKS]],
    }
    yield _frame(b"M", _json(other))


def error_frame(error: FactdeskError) -> bytes:
    """An error as a frame. Its place is left out: the parent knows it."""
    values = {name: value if isinstance(value, int) else str(value)[:1000] for name, value in error.values.items()}
    data = {"error": type(error).__name__, "message": error.message, "remedy": error.remedy, "values": values}
    return _frame(b"E", _json(data))


def _frame(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "big") + body


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _row(block: Block) -> list[Any]:
    row: list[Any] = [block.start, block.end]
    other = {name: value for name, usual in _USUAL.items() if (value := getattr(block, name)) != usual}
    return [*row, other] if other else row


# The parent's side.


class Answer:
    """What has come from a child so far. Every method raises `NonsenseError` on what no child of ours would say."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._buffer = bytearray()
        self._text = bytearray()
        self._blocks: list[Block] = []
        self._last: tuple[bytes, Any] | None = None

    @property
    def complete(self) -> bool:
        """Whether its last frame is there."""
        return self._last is not None

    def feed(self, data: bytes) -> None:
        """Take what came."""
        self._buffer += data
        while len(self._buffer) >= HEADER:
            length = int.from_bytes(self._buffer[1:HEADER], "big")
            if length > _MOST or self._last is not None:
                raise NonsenseError
            if len(self._buffer) < HEADER + length:
                return
            kind, body = bytes(self._buffer[:1]), bytes(self._buffer[HEADER : HEADER + length])
            del self._buffer[: HEADER + length]
            self._take(kind, body)

    def _take(self, kind: bytes, body: bytes) -> None:
        if kind == b"T":
            self._text += body
            if len(self._text) > 4 * self._limits.characters:
                raise NonsenseError
        elif kind == b"B":
            rows = _parsed(body, list)
            if len(rows) > _ROWS or len(self._blocks) + len(rows) > self._limits.blocks:
                raise NonsenseError
            for row in rows:
                self._blocks.append(_block(row, self._blocks[-1].end if self._blocks else 0))
        elif kind in (b"M", b"E"):
            self._last = kind, _parsed(body, dict)
        else:
            raise NonsenseError

    def result(self, place: str) -> Extracted:
        """What the child found. Raises the error that it reports, naming the document."""
        if self._last is None:
            raise NonsenseError
        kind, data = self._last
        if kind == b"E":
            raise _error(data, place)
        try:
            text = self._text.decode("utf-8")
        except UnicodeDecodeError as error:
            raise NonsenseError from error
        if len(text) > self._limits.characters or _FLAWED.search(text):
            raise NonsenseError
        if self._blocks and self._blocks[-1].end > len(text):
            raise NonsenseError
        return _extracted(Document(text, tuple(self._blocks)), data)


def _parsed(body: bytes, kind: type) -> Any:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NonsenseError from error
    if not isinstance(data, kind):
        raise NonsenseError
    return data


def _block(row: object, before: int) -> Block:
    match row:
        case [int(start), int(end)]:
            other: dict[str, Any] = {}
        case [int(start), int(end), dict(other)]:
            pass
        case _:
            raise NonsenseError
    if not before <= start < end or isinstance(start, bool) or isinstance(end, bool):
        raise NonsenseError
    for name, value in other.items():
        if name not in _CHECKS or not _CHECKS[name](value):
            raise NonsenseError
    if other.get("box") is not None:
        left, top, right, bottom = other["box"]
        other["box"] = (float(left), float(top), float(right), float(bottom))
    return Block(start, end, **other)


def _is_share(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "kind": lambda value: isinstance(value, str) and value in _KINDS,
    "page": lambda value: type(value) is int and 0 <= value <= 1_000_000,
    "level": lambda value: type(value) is int and 0 <= value <= 100,
    "main": lambda value: isinstance(value, bool),
    "ocr": lambda value: isinstance(value, bool),
    "confidence": _is_share,
    "box": lambda value: isinstance(value, list) and len(value) == 4 and all(map(_is_share, value)),
}


def _extracted(document: Document, data: dict[str, Any]) -> Extracted:
    about, extractor, remarks = data.get("about"), data.get("extractor"), data.get("remarks")
    if not isinstance(about, dict) or not isinstance(extractor, dict) or not isinstance(remarks, list):
        raise NonsenseError
    if not set(about) <= set(_ABOUT) or set(extractor) != {"name", "version"} or len(remarks) > _MOST_REMARKS:
        raise NonsenseError
    told = {name: _line(value, _ABOUT[name]) for name, value in about.items()}
    if told.get("published") and not _DAY.match(told["published"]):
        raise NonsenseError
    return Extracted(
        document,
        About(**told),
        Extractor(_line(extractor["name"], 40), _line(extractor["version"], 200)),
        _line(data.get("media_type"), 100),
        _line(data.get("charset"), 40),
        tuple(_remark(remark) for remark in remarks),
    )


def _line(value: object, most: int) -> str:
    if not isinstance(value, str) or len(value) > most or clean(value) != value:
        raise NonsenseError
    return value


def _remark(data: object) -> Reason:
    if not isinstance(data, dict) or set(data) != {each.name for each in fields(Reason)}:
        raise NonsenseError
    values = _values(data["values"])
    if not all(isinstance(value, str) for value in values.values()):
        raise NonsenseError
    return Reason(_line(data["feature"], 60), _template(data["template"], values), values)


def _error(data: dict[str, Any], place: str) -> FactdeskError:
    kind = _ERRORS.get(data["error"]) if isinstance(data.get("error"), str) else None
    if kind is None:
        raise NonsenseError
    values = _values(data.get("values"))
    return kind(
        _template(data.get("message"), values), place=place, remedy=_template(data.get("remedy"), values), **values
    )


def _values(data: object) -> dict[str, Any]:
    """Values of a template: short lines, and whole numbers."""
    if not isinstance(data, dict) or len(data) > 10:
        raise NonsenseError
    if data.keys() & {"message", "place", "remedy", "self"}:
        raise NonsenseError
    return {name: value if type(value) is int else _line(value, 1000) for name, value in data.items()}


def _template(value: object, values: dict[str, Any]) -> str:
    """A template whose places are plain names that have a value."""
    template = _line(value, 500)
    bare, count = _PLACE.subn(lambda found: "" if found[1] in values else "{", template)
    if "{" in bare or "}" in bare or count > 10:
        raise NonsenseError
    return template
