"""People at work on a desk in a process of their own: to be killed, or beside another one. Not a test.

Run as `python -m tests.actions.busy_newsroom DATABASE_URL FOLDER CLAIM CITATION SEED [ROUNDS CHECK]`. Without ROUNDS it
does everything there is to do, for ever; with them it works ROUNDS times at one check. What was done is named once it
is done, a line each:

    fact ID                 a fact of a person, key, claim, tip or check
    item ID VERSION STATE   where an item stands
    word TOKEN              a remark that was saved in the text of the check
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np
from tests.actions.desks_of_people import FOUND, key_of, now, opened, written_about
from tests.actions.killed_capturer import Encoder

from factdesk.actions.checks import Conflict, Saved, new_check, save, undo
from factdesk.actions.claims import add_claim, edit_claim
from factdesk.actions.keys import proof_digest, register_key, revoke_key
from factdesk.actions.people import add_person, disable_person, set_role
from factdesk.actions.publish import publish
from factdesk.actions.sign import sign
from factdesk.actions.tips import add_tip, link_tips
from factdesk.actions.workflow import correct, keep, reopen, send_back, submit, withdraw
from factdesk.config import DeskConfig
from factdesk.domain.own_reviews import SOURCE, own_id
from factdesk.domain.statements import statement_of
from factdesk.errors import RefusedError
from factdesk.queries.desk import Desk
from factdesk.queries.verify_desk import verify_desk
from factdesk.queries.verify_held import How
from factdesk.signing.keys import new_key
from factdesk.signing.sign import sign as signature_of
from factdesk.store.chain import verify
from factdesk.store.checks import StoredCheck, all_checks, get_revision, publications_of, steps_of
from factdesk.store.items import facts_of_item, items_by_id
from factdesk.store.record import Record
from factdesk.store.reviews import all_reviews
from factdesk.store.sealed import get_sealed

WHY = "There is a reason."


class Vectors(Encoder):
    """Likewise where vectors are compared: nothing is near anything."""

    dimension = Encoder.dimensions

    def project(self, rows: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> object:
        """The same rows."""
        return rows


@dataclass
class Newsroom:
    """A desk, where what was done is told, and what the checks are about."""

    desk: Desk
    out: TextIO
    claim: str
    citation: str
    chance: random.Random

    @property
    def record(self) -> Record:
        """The desk's record."""
        return self.desk.record

    def tell(self, *lines: str) -> None:
        """Name what was done."""
        self.out.write("".join(f"{line}\n" for line in lines))
        self.out.flush()

    def stands(self, check: StoredCheck) -> StoredCheck:
        """Name where a check stands."""
        self.tell(f"item {check.id} {check.version} {check.now.standing.state}")
        return check

    def word(self) -> str:
        """A word that nobody else writes."""
        return "".join(self.chance.choice("bdfgklmnprstv") + self.chance.choice("aeiou") for _ in range(8))

    def source(self) -> str:
        """A check that is fit to be published."""
        evidence = f"The sample source says so plainly: “{FOUND}”[^cite:{self.citation}]."
        return written_about(self.claim, evidence)


def everything_for_ever(room: Newsroom) -> None:
    """Every act of the desk, as fast as they go."""
    while True:
        _people_and_keys(room)
        _claims_and_tips(room)
        _a_check(room)


def _people_and_keys(room: Newsroom) -> None:
    record, name, key = room.record, room.word(), new_key()
    person = add_person(record, name, role="reviewer", actor="dung")
    room.tell(f"item {person.id} 1 active")
    made = register_key(record, key.public, signature_of(key, proof_digest(name, key.public)), actor=name)
    room.tell(f"item {made.id} 1 active")
    other = new_key()
    newer = register_key(
        record, other.public, signature_of(other, proof_digest(name, other.public)), rotate=True, actor=name
    )
    room.tell(f"item {made.id} 2 revoked", f"item {newer.id} 1 active")
    revoke_key(record, newer.key.fingerprint, "lost", actor="dung")
    room.tell(f"item {newer.id} 2 revoked")
    set_role(record, name, "editor", actor="dung")
    disable_person(record, name, actor="dung")
    room.tell(f"item {person.id} 3 disabled")


def _claims_and_tips(room: Newsroom) -> None:
    claim = add_claim(room.record, f"The {room.word()} is blue", actor="an")
    room.tell(f"fact {claim.fact}", f"item {claim.id} 1 checkable")
    edited = edit_claim(room.record, claim.id, kind="opinion", actor="giang")
    room.tell(f"fact {edited.fact}", f"item {claim.id} 2 opinion")
    tip = add_tip(room.desk, f"Is the {room.word()} blue?", actor="an")
    room.tell(f"item {tip.id} 1 reader")
    link_tips(room.record, [tip.id], claim.id, actor="an")
    room.tell(f"item {tip.id} 2 reader")


def _a_check(room: Newsroom) -> None:
    record, source = room.record, room.source()
    own = new_check(record, source, actor="an").check.id

    def saved(result: Saved | Conflict) -> None:
        if not isinstance(result, Saved):
            raise TypeError(result)
        room.tell(f"fact {result.revision}")
        room.stands(result.check)

    def approved() -> None:
        room.stands(submit(record, own, actor="an"))
        _signed_and_published(room, own)

    saved(save(record, own, source + "One more.\n", actor="an"))
    saved(undo(record, own, actor="an"))
    room.stands(submit(record, own, actor="an"))
    room.stands(send_back(record, own, WHY, actor="binh"))
    approved()
    room.stands(reopen(record, own, WHY, actor="an"))
    room.stands(keep(record, own, WHY, actor="chi"))
    room.stands(correct(record, own, WHY, "minor", actor="an"))
    saved(save(record, own, source + "One more.\n", actor="an"))
    approved()
    room.stands(withdraw(record, own, WHY, actor="chi"))
    _signed_and_published(room, own)


def _signed_and_published(room: Newsroom, own: str) -> None:
    done = sign(room.desk, now(room.record, own), key_of("binh"), actor="binh")
    room.tell(f"fact {done.signoff}")
    room.stands(done.check)
    out = publish(room.desk, done.check, actor="chi")
    room.tell(f"fact {out.publication}")
    room.stands(out.check)


MARKS = {"1": "Healthy eyes need vitamin A", "2": "So enough vitamin A keeps eyes healthy"}
"""Behind which paragraph's beginning each of two processes writes."""


def at_one_check(room: Newsroom, own: str, rounds: int, side: str) -> None:
    """Write, submit, return, sign, publish and correct one check, beside somebody who does the same."""
    base, text = _head(room, own)
    writer, signer, editor = ("an", "binh", "chi") if side == "1" else ("hoa", "giang", "dung")
    record = room.record
    acts: dict[str, Callable[[], StoredCheck]] = {
        "submit": lambda: submit(record, own, actor=writer),
        "sign": lambda: sign(room.desk, now(record, own), key_of(signer), actor=signer).check,
        "publish": lambda: publish(room.desk, now(record, own), actor=editor).check,
        "return": lambda: send_back(record, own, WHY, actor=signer),
        "correct": lambda: correct(record, own, WHY, "minor", actor=writer),
    }
    ways = {"submitted": "sign", "signed": "publish", "published": "correct", "corrected": "correct"}
    for _ in range(rounds):
        try:
            if room.chance.random() < 0.25:
                word = room.word()
                at = text.index(MARKS[side])
                result = save(record, own, f"{text[:at]}The {word} too. {text[at:]}", base=base, actor=writer)
                if isinstance(result, Saved):
                    room.tell(f"word {word}", f"fact {result.revision}")
                    room.stands(result.check)
                # Sometimes on from there, sometimes on from what was known before.
                if isinstance(result, Conflict) or room.chance.random() < 0.8:
                    base, text = _head(room, own)
            else:
                # Mostly what comes next, to which the other one may be first.
                next_one = ways.get(now(record, own).now.standing.state, "submit")
                room.stands(acts[next_one if room.chance.random() < 0.8 else room.chance.choice(list(acts))]())
        except RefusedError:
            # It stands elsewhere by now.
            continue


def _head(room: Newsroom, own: str) -> tuple[str, str]:
    with room.record.read() as session:
        found = get_revision(session, now(room.record, own).now.head)
    if found is None:
        raise LookupError(own)
    return found.id, found.fact.source


def what_is_wrong(config: DeskConfig, told: Sequence[str]) -> str:
    """What is wrong with a record on which people were at work; `told` are all their lines. Empty when nothing is."""
    with Record.open(config, patience=60) as record:
        # Waits until the database has let go of what a dead process had begun.
        with record.write():
            pass
        failed = next((step for step in verify_desk(record, How(quick=True)) if step.outcome == "fail"), None)
        if failed is not None:
            return f"{failed.subject} {failed.name}: {failed.reason}"
        with record.read() as session:
            broken = verify(session).broken
            if broken is not None:
                return f"broken at {broken.seq}: it {broken.reason}"
            facts = {line.split()[1] for line in told if line.startswith("fact ")}
            lost = facts - set(get_sealed(session, facts))
            if lost:
                return f"{min(lost)} was acknowledged and is not there"
            lines = [line.split() for line in told if line.startswith("item ")]
            known = items_by_id(session, {line[1] for line in lines})
            for _, own, version, state in lines:
                item = known.get(own)
                if item is None or item.version < int(version):
                    return f"{own} was at {version} and is not"
                if item.version == int(version) and item.state != state:
                    return f"{own} was {state} and is {item.state}"
            return next(_half_done(record), "")


def _half_done(record: Record) -> Iterator[str]:
    """Checks of which an act left a part: a step without its revision, sign-off, publication or review."""
    public: set[str] = set()
    with record.read() as session:
        for check in all_checks(session):
            steps, facts = steps_of(session, check.id), facts_of_item(session, check.id)
            ids = {each.id for each in facts}
            kinds = [each.kind for each in facts]
            if check.version != len(steps) or steps[-1] != check.now:
                yield f"{check.id} stands elsewhere than its steps lead"
            if not {each for step in steps for each in (step.head, step.signed, step.public) if each} <= ids:
                yield f"{check.id} names what is not there"
            made = sum(step.action in ("new", "edit", "undo") for step in steps)
            if (kinds.count("signoff"), kinds.count("publication")) != tuple(
                sum(step.action == action for step in steps) for action in ("sign", "publish")
            ) or kinds.count("revision") < made:
                yield f"{check.id} was done by half"
            for last in publications_of(session, check.id)[-1:]:
                said = statement_of(last.fact.statement)
                public |= {own_id(check.id, each.id) for each in said.claims if said.act != "withdraw"}
        known = {review.own_id for _, review in all_reviews(session) if review.source == SOURCE}
    if known != public:
        yield f"match knows {min(known ^ public)} or does not, and should not or should"


def main() -> None:
    """Be at work."""
    url, folder, claim, citation, seed, *rest = sys.argv[1:]
    config = DeskConfig(folder=Path(folder), database_url=url, name="Test desk")
    with opened(config) as desk:
        work(desk, sys.stdout, claim, citation, seed, *rest)


def work(desk: Desk, out: TextIO, claim: str, citation: str, seed: str, rounds: str = "", check: str = "") -> None:
    """Be at work on an open desk."""
    stand_in = Vectors()
    desk._encoder, desk._matcher = stand_in, stand_in  # type: ignore[assignment]
    room = Newsroom(desk, out, claim, citation, random.Random(seed))
    if rounds:
        at_one_check(room, check, int(rounds), seed)
    else:
        everything_for_ever(room)


if __name__ == "__main__":
    main()
