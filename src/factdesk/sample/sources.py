"""The sample's sources: short texts written for factdesk, to try the evidence library out on. See `sources.jsonl`."""

from __future__ import annotations

from importlib.resources import files


def sources_jsonl() -> str:
    """The sources as JSON Lines, in the shape that `factdesk capture --texts` takes."""
    return (files("factdesk.sample") / "sources.jsonl").read_text(encoding="utf-8")
