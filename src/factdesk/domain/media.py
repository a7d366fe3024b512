"""A picture, sound or video that a check is about, as its author describes it in the field `media`.

The categories are schema.org's (MediaManipulationRatingEnumeration): which it is, only a person can say.
"""

from __future__ import annotations

from typing import Final

FIELD: Final = "media"

CATEGORIES = (
    "DecontextualizedContent",
    "EditedOrCroppedContent",
    "OriginalMediaContent",
    "SatireOrParodyContent",
    "StagedContent",
    "TransformedContent",
)

KINDS = {"picture": "ImageObject", "video": "VideoObject", "sound": "AudioObject"}
"""What it is, and what schema.org calls that."""

ADDRESSES = ("address", "original")
"""Where it stands, and where it was first."""

PARTS = ("category", "kind", *ADDRESSES, "context")
"""What may be said of one; `context` is what it shows where it was first."""
