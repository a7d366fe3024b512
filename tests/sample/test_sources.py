"""The sample's sources can be taken in as they are, and say whose they are."""

from __future__ import annotations

import io
import json

from factdesk.interchange.texts import TextRow, read_texts
from factdesk.sample.sources import sources_jsonl


def rows() -> list[TextRow]:
    return [row for row in read_texts(io.BytesIO(sources_jsonl().encode()), "sample") if isinstance(row, TextRow)]


def test_every_source_is_read_without_repair() -> None:
    assert len(rows()) == len(sources_jsonl().splitlines())
    assert all(not row.repairs and row.title and row.date and row.author == "factdesk sample desk" for row in rows())


def test_each_topic_is_there_in_both_languages() -> None:
    topics: dict[str, set[str]] = {}
    for row in rows():
        topics.setdefault(row.id.partition(".")[0], set()).add(row.language)
    assert all(languages == {"en", "vi"} for languages in topics.values())


def test_ids_and_addresses_are_its_own() -> None:
    data = [json.loads(line) for line in sources_jsonl().splitlines()]
    assert len({row["id"] for row in data}) == len(data)
    assert all(row["url"].startswith("https://sample.example/sources/") for row in data)
