"""Claims in the same words, published twice: one page moved, or one check syndicated.

Nothing in the texts tells such twins apart, so the desk's own comes first, then the one that it has known longer,
whatever small difference (a quotation mark, a space) the engines saw between them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from factdesk.match.words import Words

STEP = 1e-4
"""What a younger twin's margin is below the older one's."""


def settled(
    margins: NDArray[np.float32], claims: Sequence[Words], numbers: Sequence[tuple[bool, int]]
) -> NDArray[np.float32]:
    """The margins, with twins brought to the best of theirs and put in order of their numbers in the record, each
    behind whether it is somebody else's."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, claim in enumerate(claims):
        groups.setdefault(claim.sequence, []).append(place)
    found = margins.copy()
    for places in groups.values():
        if len(places) > 1:
            best = float(margins[places].max())
            for below, place in enumerate(sorted(places, key=lambda at: numbers[at])):
                found[place] = best - below * STEP
    return found
