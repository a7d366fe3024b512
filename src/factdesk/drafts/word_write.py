"""A check as a Word file: its fields in a table at the top, its body below, and the source as it was beside them.

The same source makes the same bytes. Nothing in the file says who made it, or when.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from factdesk.drafts.word_fields import LINE
from factdesk.drafts.word_front import LISTS, Fields, Pairs, Value, field_lines
from factdesk.drafts.word_normal import taken_apart
from factdesk.drafts.word_styles import HEAD, SOURCE, W, numbering, styles
from factdesk.drafts.word_xml import WIDTH, Written, body_xml, cell, letters, paragraph, row_xml, table, uri

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_R = f"{_OFFICE}/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_COUNTRIES = {"vi": "vi-VN", "en": "en-GB"}
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*")


def to_docx(source: str) -> bytes:
    """A check as a Word file. Raises `InputError` for front matter that cannot be read."""
    fields, blocks = taken_apart(source)
    written = Written()
    inside = [_fields(fields)] if fields else []
    body = list(body_xml(blocks, written))
    # A table at the very beginning would be taken for the fields.
    inside += ["<w:p/>"] if fields or (blocks and blocks[0].kind == "table") else []
    return _packed(_parts(source, _document([*inside, *body]), written, fields))


def _document(inside: list[str]) -> str:
    page = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418"'
    section = f'<w:sectPr>{page} w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
    return f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{_R}"><w:body>{"".join(inside)}{section}</w:body></w:document>'


def _fields(fields: Fields) -> str:
    widths = [1900, WIDTH - 1900]
    rows = []
    for name, value in fields:
        key = paragraph(letters(name), "FieldName")
        rows.append(row_xml([cell([key], widths[0], shaded=True), cell(_field(name, value), widths[1])]))
    return table(rows, widths)


def _field(name: str, value: Value) -> list[str]:
    if isinstance(value, str) and not _is_odd(name, value):
        return [paragraph(letters(value), "FieldValue")]
    if isinstance(value, Pairs) and value.items and all(map(_is_line, value.items)):
        return [paragraph(_lines(value), "FieldValue")]
    if isinstance(value, tuple) and all(_is_item(name, item) for item in value):
        number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        inner = [_lines(item) if isinstance(item, Pairs) else letters(str(item)) for item in value]
        return [paragraph(each, "FieldItem", number) for each in inner] or [paragraph("", "FieldValue")]
    # What has no form of its own is shown as it is written in a file.
    return [paragraph(letters("\n".join(field_lines(name, value))), "SourceCode")]


def _is_odd(name: str, text: str) -> bool:
    return name in LISTS or "\t" in text


def _is_line(pair: tuple[str, Value]) -> bool:
    name, value = pair
    return isinstance(value, str) and "\n" not in value and bool(re.fullmatch(r"[^\s:](?:[^:\n]*[^\s:])?", name))


def _is_item(name: str, item: Value) -> bool:
    if isinstance(item, Pairs):
        return bool(item.items) and all(map(_is_line, item.items))
    return isinstance(item, str) and not (name == "claims" and LINE.match(item))


def _lines(pairs: Pairs) -> str:
    """Fields within a field, each on its line behind its name."""
    lines = (letters(f"{name}:", '<w:rStyle w:val="FieldKey"/>') + letters(f" {value}") for name, value in pairs.items)
    return "<w:r><w:br/></w:r>".join(lines)


def _parts(source: str, document: str, written: Written, fields: Fields) -> Iterator[tuple[str, str]]:
    said = dict(fields)
    language, title = str(said.get("language") or ""), said.get("title")
    tag = _COUNTRIES.get(language.lower(), language if _LANGUAGE.fullmatch(language) else "en-GB")
    yield "[Content_Types].xml", _types()
    yield "_rels/.rels", _relations(("officeDocument", "word/document.xml"), ("core", "docProps/core.xml"))
    yield "docProps/core.xml", _core(title if isinstance(title, str) else "", tag)
    yield "word/document.xml", document
    yield "word/styles.xml", styles(tag)
    yield "word/numbering.xml", numbering(written.starts)
    yield "word/settings.xml", f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>{_SETTINGS}</w:settings>'
    inner = [("styles", "styles.xml"), ("numbering", "numbering.xml"), ("settings", "settings.xml")]
    yield (
        "word/_rels/document.xml.rels",
        _relations(*inner, ("customXml", "../customXml/item1.xml"), links=written.links),
    )
    kept = base64.b64encode(source.encode("utf-8", "surrogatepass")).decode()
    yield "customXml/item1.xml", f'{HEAD}<source xmlns="{SOURCE}">{kept}</source>'
    yield "customXml/itemProps1.xml", _ITEM
    yield "customXml/_rels/item1.xml.rels", _relations(("customXmlProps", "itemProps1.xml"))


_SETTINGS = (
    '<w:defaultTabStop w:val="425"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)
_ITEM = (
    f'{HEAD}<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{{6A3D9B52-0C1E-4F7A-9E55-2B8F0D6C4A11}}">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{SOURCE}"/></ds:schemaRefs></ds:datastoreItem>'
)


def _types() -> str:
    parts = {
        "/word/document.xml": f"{_TYPE}.document.main+xml",
        "/word/styles.xml": f"{_TYPE}.styles+xml",
        "/word/numbering.xml": f"{_TYPE}.numbering+xml",
        "/word/settings.xml": f"{_TYPE}.settings+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    }
    named = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    usual = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">{usual}{xml}{named}</Types>'


def _relations(*targets: tuple[str, str], links: list[str] | None = None) -> str:
    """Relations of a part: the kind of each target, and where it is; then addresses outside."""
    rows = []
    for number, (kind, target) in enumerate(targets, 1):
        named = f"{_PACKAGE}/relationships/metadata/core-properties" if kind == "core" else f"{_R}/{kind}"
        rows.append(f'<Relationship Id="part{number}" Type="{named}" Target="{target}"/>')
    for number, address in enumerate(links or [], 1):
        target = quoteattr(uri(address))
        rows.append(f'<Relationship Id="link{number}" Type="{_R}/hyperlink" Target={target} TargetMode="External"/>')
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def _core(title: str, language: str) -> str:
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>{language}</dc:language></cp:coreProperties>"
    )


def _packed(parts: Iterator[tuple[str, str]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            # As if made on the same system everywhere.
            info.create_system = 0
            package.writestr(info, text.encode())
    return out.getvalue()
