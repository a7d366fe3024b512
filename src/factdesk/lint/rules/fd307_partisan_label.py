"""A name that one side has for the other.

Why: A label of a quarrel tells where the writer stands. A desk that holds everyone to the same standard calls people
by their names and offices. The list is symmetrical: each label for one side stands beside one for the other
(`lint/words/partisan.json`). What is cited, and what the claim itself says, is left alone.

Bad: The left-wing loons of the council repeat it.
Good: Two members of the council repeat it.

vi: Tên gọi mà phe này đặt cho phe kia.

Vì sao: Nhãn dán trong một cuộc tranh cãi cho biết người viết đứng về phía nào. Ban kiểm chứng dùng một thước đo cho mọi
người thì gọi người ta bằng tên và chức vụ. Danh sách này đối xứng: mỗi nhãn dành cho một phe có một nhãn tương ứng dành
cho phe kia (`lint/words/partisan.json`). Lời trích có dẫn nguồn và lời của chính nhận định thì không bị nhắc.

Sai: Báo này là tiếng nói của bọn phản động.
Đúng: Báo này do một hội ở nước ngoài xuất bản.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.phrases import Entry, Phrases, entries, indexed, own_words, read_list


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each partisan label of the writer's own."""
    for _, span in own_words(draft, labels(draft.language)):
        values = {"word": draft.source[span.start : span.end]}
        yield Finding("FD307", span, Reason("word", "“{word}” is a name that one side has for the other.", values))


@cache
def labels(language: str) -> Phrases:
    """The labels of a language, from pairs and frames."""
    table = read_list("partisan")
    return indexed(
        entry
        for rows, reader in ((table["pairs"], _paired), (table["frames"], _framed))
        for row in rows
        if row["language"] == language
        for entry in reader(row)
    )


def _paired(row: Mapping[str, Any]) -> Iterator[Entry]:
    """Both sides of a pair. What may stand around one side's words holds for the other's."""
    for side in row["sides"]:
        yield from entries({**row, "words": side})


def _framed(row: Mapping[str, Any]) -> Iterator[Entry]:
    """Each side of each pair with each term of abuse."""
    first = row.get("order") == "noun first"
    for pair in row["sides"]:
        for side in pair:
            written = [f"{noun} {side}" if first else f"{side} {noun}" for noun in row["nouns"]]
            yield from entries({"words": written, "why": row["why"]})


RULE = Rule("FD307", "partisan-label", "warning", check)
