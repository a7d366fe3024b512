"""The desk's rating scale: its steps, each with its words and its definition in every language the desk writes in.

Ratings of others are never mapped onto it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from factdesk.domain.events import canonical_payload

NOT_CHECKABLE = "not-checkable"
"""What is said instead of a rating: it is none, and needs a reason."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a scale. `key` is what stands in a check's front matter; `value` counts from 1, higher is truer."""

    key: str
    value: int
    names: Mapping[str, str]
    definitions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scale:
    """A rating scale. `steps` from the least true to the truest."""

    steps: tuple[Step, ...]

    def step(self, key: str) -> Step | None:
        """The step of that key; None for an unknown one, and for “not checkable”."""
        return next((step for step in self.steps if step.key == key), None)

    def content(self) -> str:
        """The scale as canonical JSON."""
        return canonical_payload(asdict(self))


LEAST, MOST = 2, 12
"""Steps of a scale."""
_KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def scale_from(data: Mapping[str, Any]) -> Scale:
    """The scale that `content` wrote, as parsed JSON. Raises `ValueError`, `TypeError` or `KeyError` otherwise."""
    steps = tuple(Step(**{**each, "names": dict(each["names"])}) for each in data["steps"])
    scale = Scale(steps)
    if wrong_in(scale):
        raise ValueError("no scale")
    return scale


def wrong_in(scale: Scale) -> str:
    """What is wrong with a scale, in a word that names the place (`count`, `key`, `names`, …); empty for nothing.

    Every step has a name and a definition in every language in which any has one.
    """
    if not LEAST <= len(scale.steps) <= MOST:
        return "count"
    keys = [step.key for step in scale.steps]
    if len(set(keys)) < len(keys) or any(not _KEY.fullmatch(key) or key == NOT_CHECKABLE for key in keys):
        return "key"
    if [step.value for step in scale.steps] != list(range(1, len(keys) + 1)):
        return "value"
    languages = {language for step in scale.steps for language in (*step.names, *step.definitions)}
    if not languages or any(not _LANGUAGE.fullmatch(language) for language in languages):
        return "language"
    for step in scale.steps:
        for name, words in (("names", step.names), ("definitions", step.definitions)):
            if set(words) != languages or not all(text.strip() and len(text) <= 500 for text in words.values()):
                return name
    return ""


DEFAULT = Scale(
    (
        Step(
            "false",
            1,
            {"en": "False", "vi": "Sai"},
            {
                "en": "The evidence shows the opposite of what the claim says.",
                "vi": "Bằng chứng cho thấy điều ngược lại với nhận định.",
            },
        ),
        Step(
            "mostly-false",
            2,
            {"en": "Mostly false", "vi": "Phần lớn sai"},
            {
                "en": "A part of the claim is right, but what it is meant to show is not.",
                "vi": "Một phần của nhận định đúng, nhưng điều mà nó muốn nói lên thì không.",
            },
        ),
        Step(
            "misleading",
            3,
            {"en": "Misleading", "vi": "Gây hiểu lầm"},
            {
                "en": "What the claim says is right by itself, and leaves out what changes its meaning.",
                "vi": "Điều nhận định nói tự nó đúng, nhưng bỏ qua phần làm thay đổi ý nghĩa.",
            },
        ),
        Step(
            "mostly-true",
            4,
            {"en": "Mostly true", "vi": "Phần lớn đúng"},
            {
                "en": "The claim is right in what matters, and wrong or imprecise in a detail.",
                "vi": "Nhận định đúng ở điều quan trọng, sai hoặc thiếu chính xác ở chi tiết.",
            },
        ),
        Step(
            "true",
            5,
            {"en": "True", "vi": "Đúng"},
            {
                "en": "The evidence shows what the claim says.",
                "vi": "Bằng chứng cho thấy đúng điều nhận định nói.",
            },
        ),
    )
)
