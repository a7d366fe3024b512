"""Units of one kind, so that `0.25 l` is found where the source has `250 ml`."""

from __future__ import annotations

_KINDS: dict[str, dict[str, float]] = {
    "length": {
        "km": 1000, "m": 1, "cm": 0.01, "mm": 0.001, "mile": 1609.344, "foot": 0.3048, "inch": 0.0254,
    },
    "area": {"km²": 1e6, "m²": 1, "hectare": 1e4, "acre": 4046.86},
    "mass": {"tonne": 1e6, "kg": 1000, "g": 1, "mg": 0.001, "µg": 1e-6, "pound": 453.592},
    "volume": {"litre": 1, "ml": 0.001},
    "time": {
        "second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2629800, "year": 31557600,
        "decade": 315576000, "century": 3155760000,
    },
    "percent": {"%": 1, "point": 1},
}  # fmt: skip
_ALONE = ("°C", "°F", "USD", "EUR", "GBP", "JPY", "VND", "INR", "CNY", "BRL", "kwh", "mw")
"""Units that are turned into no other: rates change, and half a degree is lost on the way."""
_OF = {unit: (kind, factor) for kind, units in _KINDS.items() for unit, factor in units.items()}
_OF |= {unit: (unit, 1.0) for unit in _ALONE}

CONVERTED = 0.02
"""How far two amounts in different units may be apart: who converts, rounds; a month has 30 or 31 days."""


def counts(unit: str) -> bool:
    """Whether a unit is none that is measured: people, cases, times, and nothing at all."""
    return unit not in _OF


def factor_between(unit: str, other: str) -> float | None:
    """By what an amount is multiplied to be in another unit; None where the two cannot be compared.

    What is counted, and an amount of which one of the two does not name the unit, is compared as it is.
    """
    if unit == other or counts(unit) or counts(other):
        return 1.0
    kind, factor = _OF[unit]
    other_kind, other_factor = _OF[other]
    return factor / other_factor if kind == other_kind else None
