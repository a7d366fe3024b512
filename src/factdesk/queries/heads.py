"""The signed heads of the log as they are published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from factdesk.domain.heads import LAST, thinned
from factdesk.domain.keys import fingerprint
from factdesk.store.heads import heads_by_id, placed_heads
from factdesk.store.people import all_people


@dataclass(frozen=True, slots=True)
class SignedHeadRow:
    """A signed head with who signed it as readers see them: `person` is empty where the name was redacted."""

    seq: int
    hash: str
    time: datetime
    desk: str
    public: str
    signature: str
    person: str

    @property
    def fingerprint(self) -> str:
        """What readers pin."""
        return fingerprint(self.public)


def heads_of(session: Session, last: int = LAST) -> tuple[SignedHeadRow, ...]:
    """The signed heads that are published, oldest first: the newest of each month and the `last` of all."""
    placed = placed_heads(session)
    chosen = [placed[place].id for place in thinned([each.time for each in placed], last)]
    if not chosen:
        return ()
    shown = {each.person.name: each.person.shown for each in all_people(session)}
    return tuple(
        SignedHeadRow(
            each.seq, each.hash, each.time, each.desk, each.public, each.signature, shown.get(each.person, "")
        )
        for each in heads_by_id(session, chosen)
    )
