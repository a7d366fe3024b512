"""A child's answer is checked field by field."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.capture.extract.base import Builder, Limits, clean
from factdesk.capture.extract.wire import Answer, NonsenseError, error_frame, frames
from factdesk.domain.documents import About, Block, Document, Extracted, Extractor
from factdesk.domain.matches import Reason
from factdesk.errors import FactdeskError, LimitError

LIMITS = Limits(characters=2000, blocks=1200)
META: dict[str, Any] = {
    "about": {},
    "extractor": {"name": "html", "version": "1"},
    "media_type": "text/html",
    "charset": "utf-8",
    "remarks": [],
}


def frame(kind: str, body: Any) -> bytes:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return kind.encode() + len(data).to_bytes(4, "big") + data


def remark(template: str, values: dict[str, str]) -> bytes:
    return frame("M", META | {"remarks": [{"feature": "x", "template": template, "values": values}]})


def fault(error: str, message: str, values: dict[str, str]) -> bytes:
    return frame("E", {"error": error, "message": message, "remedy": "", "values": values})


def rows(blocks: list[Any]) -> bytes:
    return frame("T", b"abc") + frame("B", blocks) + frame("M", META)


def read(data: bytes, limits: Limits = LIMITS) -> Extracted:
    answer = Answer(limits)
    answer.feed(data)
    return answer.result("a")


@given(st.lists(st.text(max_size=40), max_size=30), st.integers(1, 50))
def test_round_trip(texts: list[str], step: int) -> None:
    builder = Builder(Limits())
    for number, text in enumerate(texts):
        builder.add(text, "cell" if number % 2 else "heading", page=number, level=2, main=bool(number % 3))
    found = Extracted(
        builder.document(), About(title="Một", published="2024-05-12"), Extractor("a", "1"), "text/html", "utf-8",
        (Reason("x", "It is {found}.", {"found": "b"}),),
    )  # fmt: skip
    data = b"".join(frames(found))
    answer = Answer(Limits())
    for at in range(0, len(data), step):
        answer.feed(data[at : at + step])
    assert answer.result("a") == found


def test_boxes_and_confidence_come_through() -> None:
    block = Block(0, 3, page=2, ocr=True, confidence=0.8125, box=(0.1, 0.2, 0.30000000000000004, 1.0))
    found = Extracted(Document("abc", (block,)), About(), Extractor("a", "1"), "image/png")
    assert read(b"".join(frames(found))) == found


def test_errors_come_through_with_the_place_that_we_know() -> None:
    with pytest.raises(LimitError, match=r"^a: More than 5\. Less\.$"):
        read(error_frame(LimitError("More than {limit}.", place="other", remedy="Less.", limit=5)))


@pytest.mark.attack
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(frame("M", META | {"about": {"title": "a\0b"}}), id="control-character-in-title"),
        pytest.param(frame("M", META | {"about": {"title": "x" * 5000}}), id="long-title"),
        pytest.param(frame("M", META | {"about": {"published": "today"}}), id="day-that-is-none"),
        pytest.param(frame("M", META | {"about": {"admin": "yes"}}), id="unknown-field"),
        pytest.param(frame("M", META | {"about": [1]}), id="list-for-about"),
        pytest.param(frame("M", META | {"extractor": {"name": 5, "version": "1"}}), id="number-for-a-name"),
        pytest.param(remark("{a.b}", {"a": "x"}),
                     id="attribute-in-a-template"),
        pytest.param(remark("{a:>9999999999}", {"a": ""}),
                     id="wide-format-in-a-template"),
        pytest.param(remark("{b}", {"a": "x"}),
                     id="template-without-its-value"),
        pytest.param(frame("M", META | {"remarks": [{}] * 500}), id="many-remarks"),
        pytest.param(fault("SystemExit", "x", {}), id="foreign-error"),
        pytest.param(fault("LimitError", "{0}", {}), id="nameless-place"),
        pytest.param(fault("LimitError", "x", {"place": "/etc"}),
                     id="place-of-its-own"),
        pytest.param(frame("M", b"[" * 500_000), id="deep-json"),
        pytest.param(frame("M", b'{"a":' + b"9" * 100_000 + b"}"), id="long-number"),
        pytest.param(b"M\xff\xff\xff\xff", id="four-gigabytes-promised"),
        pytest.param(frame("P", b"cos\nsystem\n(S'true'\ntR."), id="pickle"),
        pytest.param(frame("T", b"x" * 9000) + frame("M", META), id="too-much-text"),
        pytest.param(frame("T", b"\xff\xfe") + frame("M", META), id="no-utf-8"),
        pytest.param(frame("T", b"\xed\xa0\x80") + frame("M", META), id="lone-surrogate"),
        pytest.param(frame("T", b"a\x1b[2Jb") + frame("M", META), id="terminal-command"),
        pytest.param(rows([[0, 9]]), id="block-beyond-the-text"),
        pytest.param(rows([[2, 3], [0, 1]]), id="blocks-out-of-order"),
        pytest.param(rows([[0, 2], [1, 3]]), id="blocks-overlap"),
        pytest.param(rows([[False, True]]), id="booleans-for-places"),
        pytest.param(rows([[0, 1, {"kind": "script"}]]), id="unknown-kind"),
        pytest.param(rows([[0, 1, {"confidence": float("nan")}]]), id="nan"),
        pytest.param(rows([[0, 1, {"box": [0, 0, 1, 1e300]}]]), id="box"),
        pytest.param(frame("B", [[]] * 501) + frame("M", META), id="many-rows"),
        pytest.param(frame("M", META) + frame("M", META), id="two-ends"),
        pytest.param(frame("T", b"abc"), id="no-end"),
    ],
)  # fmt: skip
def test_what_no_child_of_ours_would_say(data: bytes) -> None:
    with pytest.raises(NonsenseError):
        read(data)


@pytest.mark.attack
@given(st.binary(max_size=300))
def test_any_bytes_are_an_answer_or_nonsense(data: bytes) -> None:
    try:
        read(data)
    except (NonsenseError, FactdeskError):
        return


@given(st.text(alphabet=st.characters()))
def test_clean_text_passes_and_cleaning_twice_changes_nothing(text: str) -> None:
    made = clean(text)
    assert clean(made) == made
    found = Extracted(Document(made), About(), Extractor("a", "1"), "text/plain")
    assert read(b"".join(frames(found)), Limits()).document.text == made
