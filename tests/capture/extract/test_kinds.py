"""Bytes decide what a document is."""

from __future__ import annotations

import io
import zipfile

import pytest

from factdesk.capture.extract.base import Hint
from factdesk.capture.extract.kinds import DOCX, HTML, ODT, PDF, TEXT, Kind, likely, sniff
from factdesk.capture.extract.run import extract
from factdesk.errors import DamagedError, FactdeskError, ProtectedError, UnknownKindError

NONE = Hint()


def package(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "hint", "kind"),
    [
        (b"%PDF-1.7\n", NONE, PDF),
        (b"\xef\xbb\xbf%PDF-1.7\n", NONE, PDF),
        (b"<!DOCTYPE html><p>x", NONE, HTML),
        (b"\n <!-- a --><HTML>", NONE, HTML),
        (b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', NONE, HTML),
        ("<html>".encode("utf-16"), NONE, HTML),
        (b"<p>x", NONE, HTML),
        (b"<p>x", Hint(media_type="text/plain"), TEXT),
        (b"<html>", Hint(media_type="text/plain"), HTML),
        (b"just text", NONE, TEXT),
        (b"just text", Hint(media_type="text/html; charset=utf-8"), HTML),
        (b"just text", Hint(name="a.HTM"), HTML),
        (b'{"a": 1}', NONE, TEXT),
        (b'<?xml version="1.0"?><rss>', NONE, TEXT),
        ("xin chào".encode("utf-16"), NONE, TEXT),
        ("xin chào".encode("utf-16-le"), NONE, TEXT),
        (b"\x89PNG\r\n\x1a\n0000", NONE, Kind("picture", "image/png")),
        (b"\xff\xd8\xff\xe0", NONE, Kind("picture", "image/jpeg")),
        (b"RIFF0000WEBP", NONE, Kind("picture", "image/webp")),
        (b"GIF89a", NONE, Kind("picture", "image/gif")),
        (b"II*\0", NONE, Kind("picture", "image/tiff")),
        (package(**{"[Content_Types].xml": "", "word/document.xml": ""}), NONE, DOCX),
        (package(mimetype=ODT.media_type), NONE, ODT),
        # What is declared does not make it so.
        (b"%PDF-1.7\n", Hint(media_type="text/html", name="a.html"), PDF),
        (b"<html>%PDF-1.7", Hint(media_type="text/html"), HTML),
    ],
)
def test_what_is_read(data: bytes, hint: Hint, kind: Kind) -> None:
    assert sniff(data, hint) == kind
    # A page is expected where only the whole tells; what it needs is then soon there for all that follow.
    assert likely(data[:4096], hint) in {kind.extractor, "html" if kind is TEXT else ""}


@pytest.mark.attack
@pytest.mark.parametrize(
    ("data", "error", "remedy"),
    [
        pytest.param(b"MZ\x90\0\3\0\0\0", UnknownKindError, "program", id="windows-program"),
        pytest.param(b"\x7fELF\2\1\1", UnknownKindError, "program", id="linux-program"),
        pytest.param(b"{\\rtf1 ", UnknownKindError, "DOCX or PDF", id="rtf"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), UnknownKindError, "DOCX or PDF", id="old-word"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            ProtectedError,
            "without a password",
            id="encrypted-docx",
        ),
        pytest.param(package(**{"xl/workbook.xml": ""}), UnknownKindError, "CSV", id="xlsx"),
        pytest.param(package(**{"ppt/presentation.xml": ""}), UnknownKindError, "PDF", id="pptx"),
        pytest.param(package(**{"a.exe": "MZ"}), UnknownKindError, "unpack", id="zip"),
        pytest.param(b"PK\3\4 and no more", DamagedError, "", id="cut-off-zip"),
        pytest.param(b"\0\0\0\x20ftypisom", UnknownKindError, "transcript", id="video"),
        pytest.param(b"\0\0\0\x20ftypheic", UnknownKindError, "PNG", id="heic"),
        pytest.param(bytes(range(32)) * 50, UnknownKindError, "are read", id="binary"),
        pytest.param(b"", DamagedError, "", id="empty"),
        pytest.param(bytes(1000), DamagedError, "", id="zeros"),
        pytest.param(b"MIME-Version: 1.0\nContent-Type: multipart/related;", UnknownKindError, "HTML only", id="mhtml"),
    ],
)
def test_what_is_refused(data: bytes, error: type[FactdeskError], remedy: str) -> None:
    with pytest.raises(error, match=r"^x: ") as caught:
        sniff(data, Hint(media_type="text/html", name="x"))
    assert remedy in str(caught.value)


def test_a_wrong_declaration_is_told() -> None:
    found = extract(b"<!doctype html><p>Text", Hint(media_type="application/pdf"))
    assert found.media_type == "text/html"
    assert [str(remark) for remark in found.remarks] == ["It was declared as application/pdf and is text/html."]
