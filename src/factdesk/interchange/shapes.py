"""Foreign objects in one shape: keys without prefix, fields under `properties` lifted, lists and objects swapped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from factdesk.interchange.draft import Draft

_PREFIXES = ("schema:", "http://schema.org/", "https://schema.org/")
Node = Mapping[str, Any]


def lifted(value: Node, draft: Draft | None = None) -> Node:
    """The object with plain schema.org keys, and what stood under `properties` beside the rest."""
    if any(key.startswith(_PREFIXES) for key in value):
        value = {_bare(key): item for key, item in value.items()}
    for _ in range(4):
        inner = value.get("properties")
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            inner = inner[0]
        if not isinstance(inner, dict):
            break
        value = {
            **{_bare(key): item for key, item in inner.items()},
            **{k: v for k, v in value.items() if k != "properties"},
        }
        if draft:
            draft.note("nested-properties", "properties")
    return value


def one(value: object, draft: Draft, field: str) -> Node:
    """An object where one is due: itself, the first object of a list, or nothing."""
    if isinstance(value, list):
        found = [item for item in value if isinstance(item, dict)]
        if value and field not in ("author", "publisher"):
            draft.note("list-for-one", field, f"{len(value)}")
        value = found[0] if found else None
    return lifted(value, draft) if isinstance(value, dict) else {}


def types(value: Node) -> set[str]:
    """The object's schema.org types, bare."""
    given = value.get("@type", value.get("type", value.get("itemtype")))
    names = given if isinstance(given, list) else [given]
    return {_bare(name) for name in names if isinstance(name, str)}


def _bare(name: str) -> str:
    for prefix in _PREFIXES:
        if name.startswith(prefix):
            return name[len(prefix) :]
    return name
