"""What a file is, from its first bytes: how its text is encoded, and which format it is in."""

from __future__ import annotations

import codecs
import json
import re
from typing import Literal

from charset_normalizer import from_bytes

from factdesk.errors import InputError, UsageError
from factdesk.interchange.rows import field_of

Format = Literal["json", "jsonl", "csv", "html"]
PEEK = 1 << 20
_SAMPLE = 1 << 16
FORMATS: dict[str, Format] = {
    "json": "json",
    "datafeed": "json",
    "claimreview": "json",
    "json-ld": "json",
    "jsonld": "json",
    "google": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "csv": "csv",
    "tsv": "csv",
    "html": "html",
    "htm": "html",
}
"""Names a person can give for a format, and endings of file names."""
LOOKED_FOR = "DataFeed, ClaimReview JSON or JSON-LD, HTML page, Google API answer, CSV, JSON Lines"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What spreadsheets of the languages we meet are saved in; a longer list only makes wrong guesses likelier.
_CANDIDATES = [
    "cp1258",
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1256",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
    "cp874",
    "iso8859_1",
]


_CHARSET = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?([A-Za-z0-9_-]{2,30})""", re.IGNORECASE)
_PAGE_ENCODINGS = frozenset(
    {*_CANDIDATES, "iso8859-1", "iso8859-2", "iso8859-15", "gbk", "gb2312", "euc_jp", "koi8-r", "tis-620"}
)


def sniff_encoding(head: bytes, source: str) -> tuple[str, bool]:
    """The encoding of a text by its first bytes, and whether it was guessed. Raises `InputError` on what is no text."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name, False
    if utf16 := _utf16(head):
        return utf16, True
    if b"\0" in head[:_SAMPLE] or head.startswith((b"%PDF", b"PK\x03\x04", b"\x1f\x8b")):
        raise unknown(source)
    sample = _whole(head)
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        # Damage to a few letters does not make a file another encoding.
        bad = sample.decode("utf-8", "replace").count("\ufffd")
        good = sum(1 for byte in sample if byte >= 0xC0)
        if bad * 10 < good and error.start:
            return "utf-8", False
        if declared := _declared(head):
            return declared, False
        return _guessed(sample[:_SAMPLE], source), True
    return "utf-8", False


def _whole(head: bytes) -> bytes:
    """The bytes without a letter cut in two at the end."""
    for back in range(1, min(4, len(head)) + 1):
        if head[-back] >= 0xC0:
            return head[:-back]
        if head[-back] < 0x80:
            break
    return head


def _declared(head: bytes) -> str:
    """The encoding that a page or XML text names in its beginning, if it is one that Python decodes text from."""
    found = _CHARSET.search(head[:4096])
    try:
        known = codecs.lookup(found[1].decode("ascii")) if found else None
    except LookupError:
        return ""
    # `hex` and `zip` are codecs too, but not of text, and what is not ASCII below could not have been searched.
    return known.name if known and known.name in _PAGE_ENCODINGS else ""


def _utf16(head: bytes) -> str:
    sample = head[:_SAMPLE]
    if len(sample) < 4 or sample[:2] == b"\0\0":
        return ""
    half = len(sample) // 2
    for name, zeros, others in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if zeros.count(0) > half * 0.4 and others.count(0) < half * 0.05:
            return name
    return ""


def _guessed(sample: bytes, source: str) -> str:
    best = from_bytes(sample, cp_isolation=_CANDIDATES, threshold=0.4).best()
    if best is None:
        raise unknown(source)
    return str(best.encoding)


def sniff_format(head: bytes, source: str, asked: str = "") -> Format:
    """The format by name, by first bytes, or by the ending of the file's name; `head` is UTF-8, at most `PEEK` bytes.

    Raises `UsageError` for a name that is none, `InputError` when nothing fits.
    """
    if asked:
        if asked.lower() not in FORMATS:
            raise UsageError(
                "There is no format {name}.", remedy="Choose one of: {known}.", name=asked, known=", ".join(FORMATS)
            )
        return FORMATS[asked.lower()]
    start = head.lstrip(b" \t\r\n\xef\xbb\xbf")
    ending = source.lower().removesuffix(".gz").rpartition(".")[2]
    if start[:1] == b"[":
        return "json"
    if start[:1] == b"{":
        return "jsonl" if FORMATS.get(ending) == "jsonl" or _is_lines(start) else "json"
    lowered = head[:PEEK].lower()
    if start[:1] == b"<" or b"<html" in lowered or b"ld+json" in lowered:
        return "html"
    if _is_table(start):
        return "csv"
    raise unknown(source)


def _is_lines(start: bytes) -> bool:
    """Whether each line is an object: the first is, or it is damaged and most of the others are."""
    lines = [line for line in start.split(b"\n", 50)[:50] if line.strip()]
    if len(lines) < 2:
        return False
    if _is_json(lines[0]):
        return True
    whole = sum(1 for line in lines[1:] if _is_json(line))
    # The lines of a document that is laid out over several begin or end in the middle of something.
    return whole > 0 and whole * 2 >= len(lines) - 2 and lines[0].rstrip()[-1:] not in b"{[,:"


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_table(start: bytes) -> bool:
    """Whether the first line names a column that can hold a claim."""
    line = start.split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    for delimiter in ",;\t|":
        if any(field_of(name.strip().strip('"')) in ("claim", "text") for name in line[:8192].split(delimiter)):
            return True
    return False


def unknown(source: str) -> InputError:
    """What is said of a file that is nothing we read."""
    return InputError(
        "This is not a file of reviews. What was looked for: {formats}.",
        place=source,
        remedy="Name the format with --format if you know it.",
        formats=LOOKED_FOR,
    )
