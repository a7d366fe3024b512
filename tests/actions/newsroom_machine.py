"""A desk on which everybody does everything in any order, and what must hold after each step. Not a test.

What is expected comes from the table of the workflow, and from who wrote what, which is kept count of here.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.actions.desks_of_people import (
    FOUND,
    ROLES,
    SUPPLIED,
    World,
    begun,
    clock_from,
    copied,
    now,
    opened,
    written,
)

from factdesk.actions.checks import Conflict, Saved, save, undo
from factdesk.actions.claims import edit_claim
from factdesk.actions.keys import proof_digest, register_key, revoke_key
from factdesk.actions.people import disable_person, set_role
from factdesk.actions.publish import Published, publish
from factdesk.actions.sign import Signed, sign
from factdesk.actions.workflow import correct, keep, reopen, send_back, submit, withdraw
from factdesk.domain.keys import fingerprint
from factdesk.domain.own_reviews import SOURCE, own_id
from factdesk.domain.people import name_of
from factdesk.domain.scales import DEFAULT, NOT_CHECKABLE
from factdesk.domain.statements import Statement, statement_of
from factdesk.domain.workflow import Action, Role, Standing, after, may, possible
from factdesk.drafts.view import taken, view
from factdesk.errors import FactdeskError, InputError, RefusedError
from factdesk.lint.read import read_draft
from factdesk.lint.run import counts, lint
from factdesk.queries.captures import text_of
from factdesk.queries.desk import Desk
from factdesk.queries.lint_facts import facts_for
from factdesk.queries.verify_desk import verify_desk
from factdesk.queries.verify_held import How
from factdesk.signing.keys import PrivateKey
from factdesk.signing.sign import is_signed
from factdesk.signing.sign import sign as signature_of
from factdesk.store.captures import captures_by_id
from factdesk.store.chain import verify
from factdesk.store.checks import get_revision, get_signoff, publications_of, steps_of
from factdesk.store.reviews import all_reviews
from factdesk.store.sealed import all_sealed

ACTORS = ("an", "binh", "giang", "hoa", "chi", "dung", "em", "nobody", "BINH", " An ")
ABLE = ("an", "binh", "giang", "chi", "dung")
WHY = "There is a reason."
_QUOTED = re.compile(r"“([^”]+)”\[\^cite:([\w-]+)\]")

SOURCES: dict[str, Callable[[World, int], str]] = {
    "fit": lambda w, n: written(w, title=f"Carrots keep eyes healthy, and no more than that ({n})"),
    "fit, otherwise": lambda w, n: written(w, ending=f"So enough vitamin A keeps eyes healthy, in {'any ' * n}case."),
    "by binh": lambda w, n: written(w, authors=["Bình  TRẦN"], title=f"Carrots keep eyes healthy ({n})"),
    "unrated": lambda w, n: written(w, rating='""', title=f"Carrots ({n})"),
    "supplied": lambda w, n: written(w, evidence=f"It says: “{SUPPLIED}”[^cite:{w.supplied}].", title=f"Carrots ({n})"),
    "misquoted": lambda w, n: written(w, evidence=f"It says: “{FOUND[:20]} all”[^cite:{w.cited}].", title=f"({n})"),
    "uncited": lambda w, n: written(w, evidence="Everybody knows.", title=f"Carrots ({n})"),
    "unfinished": lambda w, n: written(w, ending="{{What stays true}}", title=f"Carrots ({n})"),
    "an opinion": lambda w, n: written(w, claims=[w.opinion], title=f"Carrots ({n})"),
    "no claim": lambda w, n: written(w, claims=[], title=f"Carrots ({n})"),
}
FIT = ("fit", "fit, otherwise")


@dataclass
class Kept:
    """What is known of a check: its texts as they came (an undo takes one off), who wrote since it was published."""

    id: str
    texts: list[str]
    writers: set[str] = field(default_factory=set)
    revisions: list[str] = field(default_factory=list)
    public: set[str] = field(default_factory=set)
    since: int = 0
    floor: int = 1


class Newsroom(RuleBasedStateMachine):
    """Everybody does everything."""

    world: ClassVar[World]
    published: ClassVar[list[str]] = []
    """What publishing was, in all runs: a machine that never gets there tries nothing."""

    @initialize()
    def arrive(self) -> None:
        """A desk of its own."""
        self.folder = Path(tempfile.mkdtemp(prefix="newsroom-"))
        self.desk: Desk = opened(copied(self.world, self.folder / "desk"), clock_from(1))
        self.checks: list[Kept] = []
        self.roles: dict[str, Role] = {name: role for name, role in ROLES.items() if name != "em"}  # type: ignore[misc]
        self.keys: dict[str, PrivateKey] = {name: key for name, key in self.world.keys.items() if name != "em"}
        self.sorts: dict[str, str] = {}
        self.sealed: dict[str, str] = {}
        self.head = (0, "")
        self.claimed: list[tuple[int, str]] = []
        self.number = 0

    def teardown(self) -> None:
        """Verify all of it, then clear up."""
        if hasattr(self, "desk"):
            failed = [step for step in verify_desk(self.desk.record, How()) if step.outcome == "fail"]
            self.desk.close()
            shutil.rmtree(self.folder)
            assert failed == []

    # What is written.

    def source(self, sort: str) -> str:
        """A new text of that sort."""
        self.number += 1
        text = SOURCES[sort](self.world, self.number)
        self.sorts[text] = sort
        return text

    def done(self, act: Callable[[], Any], *, expected: bool | None) -> Any:
        """Do it. None where it was refused: then nothing was written, and the way on was said."""
        before = self.desk.record.head()
        refusal: FactdeskError | None = None
        result = None
        try:
            result = act()
        except (RefusedError, InputError) as error:
            refusal = error
        if refusal is not None:
            assert expected is not True, str(refusal)
            assert refusal.remedy
            assert self.desk.record.head() == before
            return None
        assert expected is not False, "it was not refused"
        return result

    def able(self, actor: str, action: Action) -> bool:
        """Whether somebody may, by their role."""
        role = self.roles.get(name_of(actor))
        return role is not None and may(role, action)

    def writers(self, kept: Kept) -> set[str]:
        """Who wrote the check, or its claim, since it was last published."""
        if now(self.desk.record, kept.id).now.claims != (self.world.claim,):
            return kept.writers
        return kept.writers | {name for seq, name in self.claimed if seq > kept.since}

    def check(self, number: int) -> Kept:
        return self.checks[number % len(self.checks)]

    def moved(self, kept: Kept, before: Standing, action: Action) -> None:
        """A check stands where the table says."""
        assert now(self.desk.record, kept.id).now.standing == after(before, action)

    def standing(self, kept: Kept) -> Standing:
        return now(self.desk.record, kept.id).now.standing

    @rule(actor=st.sampled_from(ACTORS), sort=st.sampled_from(sorted(SOURCES)))
    @precondition(lambda self: len(self.checks) < 3)
    def begin(self, actor: str, sort: str) -> None:
        text = self.source(sort)
        made = self.done(lambda: begun(self.desk, text, actor), expected=self.able(actor, "edit"))
        if made is not None:
            self.checks.append(Kept(made.check.id, [text], {name_of(actor)}, [made.revision]))

    @rule(
        number=st.integers(0, 2),
        actor=st.sampled_from(ACTORS),
        sort=st.sampled_from((*FIT, *sorted(SOURCES))),
        back=st.integers(0, 2),
    )
    @precondition(lambda self: self.checks)
    def edit(self, number: int, actor: str, sort: str, back: int) -> None:
        """Save a text that was written on the newest revision, or on an older one."""
        kept, text = self.check(number), self.source(sort)
        base = kept.revisions[-1 - min(back, len(kept.revisions) - 1)]
        self.save(kept, text, base, actor)

    def save(self, kept: Kept, text: str, base: str, actor: str) -> None:
        before = self.standing(kept)
        expected = self.able(actor, "edit") and possible(before, "edit")
        result = self.done(lambda: save(self.desk.record, kept.id, text, base=base, actor=actor), expected=expected)
        if isinstance(result, Conflict):
            assert base != kept.revisions[-1]
            assert result.base == kept.revisions[-1]
        if not isinstance(result, Saved) or not result.changed:
            return
        head = self.text(result.revision)
        assert head == text if base == kept.revisions[-1] else result.merged or head == text
        kept.texts.append(head)
        kept.revisions.append(result.revision)
        kept.writers.add(name_of(actor))
        self.moved(kept, before, "edit")

    def text(self, revision: str) -> str:
        with self.desk.record.read() as session:
            found = get_revision(session, revision)
        assert found is not None
        return found.fact.source

    @rule(number=st.integers(0, 2), other=st.integers(0, 2), actor=st.sampled_from(ACTORS))
    @precondition(lambda self: len(self.checks) > 1)
    def import_forged(self, number: int, other: int, actor: str) -> None:
        """A file that names one check and a revision of another."""
        kept, from_other = self.check(number), self.check(other)
        if kept is from_other:
            return
        file = taken(view(self.source("fit"), kept.id, from_other.revisions[-1]))
        act = lambda: save(self.desk.record, file.check, file.source, base=file.revision, actor=actor)  # noqa: E731
        self.done(act, expected=False)

    @rule(number=st.integers(0, 2), actor=st.sampled_from(ACTORS))
    @precondition(lambda self: self.checks)
    def undo(self, number: int, actor: str) -> None:
        kept = self.check(number)
        before = self.standing(kept)
        may_it = self.able(actor, "undo") and possible(before, "undo") and len(kept.texts) > kept.floor
        result = self.done(lambda: undo(self.desk.record, kept.id, actor=actor), expected=None if may_it else False)
        if result is not None:
            kept.texts.pop()
            assert self.text(result.revision) == kept.texts[-1]
            kept.revisions.append(result.revision)
            kept.writers.add(name_of(actor))
            self.moved(kept, before, "undo")

    @rule(
        number=st.integers(0, 2),
        actor=st.sampled_from(ACTORS),
        action=st.sampled_from(["submit", "return", "reopen", "correct", "withdraw", "keep"]),
    )
    @precondition(lambda self: self.checks)
    def step(self, number: int, actor: str, action: Action) -> None:
        """What needs nothing but the role and the state."""
        kept, record = self.check(number), self.desk.record
        before = self.standing(kept)
        acts: dict[Action, Callable[[], Any]] = {
            "submit": lambda: submit(record, kept.id, actor=actor),
            "return": lambda: send_back(record, kept.id, WHY, actor=actor),
            "reopen": lambda: reopen(record, kept.id, WHY, actor=actor),
            "correct": lambda: correct(record, kept.id, WHY, "minor", actor=actor),
            "withdraw": lambda: withdraw(record, kept.id, WHY, actor=actor),
            "keep": lambda: keep(record, kept.id, WHY, actor=actor),
        }
        expected = self.able(actor, action) and possible(before, action)
        if self.done(acts[action], expected=expected) is None:
            return
        self.moved(kept, before, action)
        if action in ("correct", "withdraw"):
            kept.writers.add(name_of(actor))
        head = now(record, kept.id).now.head
        if head != kept.revisions[-1]:
            assert action == "keep"
            kept.floor = len(kept.texts) + 1
            kept.revisions.append(head)
            kept.texts.append(self.text(head))

    @rule(number=st.integers(0, 2), actor=st.sampled_from(ACTORS), whose=st.sampled_from(("own", "own", "giang", "em")))
    @precondition(lambda self: self.checks)
    def sign(self, number: int, actor: str, whose: str) -> None:
        kept, name = self.check(number), name_of(actor)
        before = now(self.desk.record, kept.id)
        key = self.keys.get(name) if whose == "own" else self.world.keys[whose]
        key = key or self.world.keys["em"]
        could = self.able(actor, "sign") and possible(before.now.standing, "sign")
        could = could and name not in self.writers(kept) and key == self.keys.get(name)
        sort = self.sorts.get(kept.texts[-1], "?")
        fit = before.now.standing.withdrawing or sort in (*FIT, *(["by binh"] if name != "binh" else []))
        expected = False if not could else True if fit else None if sort == "?" else False
        if before.now.standing.withdrawing and could:
            # Whom the public text names as its author cannot sign this either.
            expected = None
        done = self.done(lambda: sign(self.desk, before, key, actor=actor), expected=expected)
        if isinstance(done, Signed):
            self.moved(kept, before.now.standing, "sign")
            if not before.now.standing.withdrawing:
                kept.floor = len(kept.texts)

    @rule(number=st.integers(0, 2), actor=st.sampled_from(ACTORS))
    @precondition(lambda self: self.checks)
    def publish(self, number: int, actor: str) -> None:
        kept = self.check(number)
        before = now(self.desk.record, kept.id)
        could = self.able(actor, "publish") and possible(before.now.standing, "publish")
        done = self.done(lambda: publish(self.desk, before, actor=actor), expected=None if could else False)
        if isinstance(done, Published):
            self.moved(kept, before.now.standing, "publish")
            self.fit_for_readers(kept, done)
            kept.writers, kept.since = set(), self.desk.record.head()[0]
            kept.public = {own_id(kept.id, each.id) for each in done.statement.claims}
            if done.statement.act == "withdraw":
                kept.public = set()
            self.published.append(done.statement.act)

    @rule(number=st.integers(0, 2), actor=st.sampled_from(ABLE), steps=st.integers(1, 4), up=st.booleans())
    @precondition(lambda self: self.checks)
    def forward(self, number: int, actor: str, steps: int, up: bool) -> None:
        """The next steps of a check, by those who can do them, so that some come to their end. `up`: even if unfit."""
        kept = self.check(number)
        for _ in range(steps):
            standing = self.standing(kept)
            if possible(standing, "submit"):
                if self.sorts.get(kept.texts[-1]) not in FIT and not up:
                    self.edit(number, actor, "fit", 0)
                self.step(number, actor, "submit")
            elif standing.state == "submitted":
                self.not_by_those_who_wrote(number)
                clean = [name for name in ("giang", "binh", "dung") if name not in self.writers(kept)]
                if up:
                    self.sign(number, clean[0] if clean else "dung", "em")
                self.sign(number, clean[0] if clean else "dung", "own")
                if up and self.standing(kept).state == "submitted":
                    self.step(number, "giang", "return")
            elif standing.state == "signed":
                self.publish(number, "chi" if up else "dung")
            elif standing.state in ("published", "corrected", "reopened"):
                self.step(number, actor, "withdraw" if up else "correct")

    def not_by_those_who_wrote(self, number: int) -> None:
        """Whoever wrote a part tries to sign it, and somebody to publish it unsigned."""
        for name in sorted(self.writers(self.check(number))):
            self.sign(number, name, "own")
        self.publish(number, "dung")

    @rule(actor=st.sampled_from(ACTORS), topic=st.sampled_from(["eyes", "food", "health"]))
    def edit_claim(self, actor: str, topic: str) -> None:
        """Whoever changes the claim wrote a part of every check of it; a sign-off is void."""
        head = self.desk.record.head()
        act = lambda: edit_claim(self.desk.record, self.world.claim, topics=[topic], actor=actor)  # noqa: E731
        if self.done(act, expected=self.able(actor, "edit")) is not None and self.desk.record.head() != head:
            self.claimed.append((self.desk.record.head()[0], name_of(actor)))

    @rule(name=st.sampled_from(["binh", "giang", "chi"]))
    def exchange_key(self, name: str) -> None:
        """A key goes, another one comes: what the old one signed is published no more."""
        record, new = self.desk.record, PrivateKey(f"{name}{self.number}".encode().ljust(32, b"-"))
        self.number += 1
        if name not in self.roles:
            return
        revoke_key(record, fingerprint(self.keys[name].public), "lost", actor=name)
        register_key(record, new.public, signature_of(new, proof_digest(name, new.public)), actor=name)
        self.keys[name] = new

    @rule(name=st.sampled_from(["binh", "chi"]), role=st.sampled_from(["contributor", "reviewer", "editor", "none"]))
    def change_role(self, name: str, role: str) -> None:
        if role == "none":
            disable_person(self.desk.record, name, actor="dung")
            self.roles.pop(name, None)
        else:
            set_role(self.desk.record, name, role, actor="dung")  # type: ignore[arg-type]
            self.roles[name] = role  # type: ignore[assignment]

    # What must hold.

    def fit_for_readers(self, kept: Kept, done: Published) -> None:
        """What was just published, looked at anew, with other means than those that let it through."""
        said, record = done.statement, self.desk.record
        with record.read() as session:
            signoff = get_signoff(session, done.fact.signoff)
            captures = captures_by_id(session, [each.id for each in said.captures])
            texts = {each.seal: text_of(session, self.desk.config, captures[each.id]) for each in said.captures}
        assert signoff is not None
        assert signoff.fact.person not in self.writers(kept)
        assert self.keys[signoff.fact.person].public == signoff.fact.public
        assert is_signed(signoff.fact.public, said.digest, signoff.fact.signature)
        assert signoff.fact.digest == said.digest
        assert (said.check, said.revision) == (kept.id, signoff.fact.revision)
        if said.act == "withdraw":
            assert said.why
            return
        assert said.source == kept.texts[-1]
        self.rated(said)
        fetched = {each.seal for each in said.captures if not each.supplied}
        assert said.citations
        assert said.rating.key == NOT_CHECKABLE or any(each.capture in fetched for each in said.citations)
        by_mark = {each.mark: each for each in said.citations}
        for words, mark in _QUOTED.findall(said.source):
            assert words in texts[by_mark[mark].capture]
        facts = facts_for(self.desk, [(kept.id, said.source)])
        assert not [each for each in counts(lint(read_draft(said.source, kept.id, facts))) if each.severity == "error"]
        if said.act == "correct":
            assert said.corrections

    def rated(self, said: Statement) -> None:
        """A rating of the scale on claims that can be rated, or a reason why there is none."""
        if said.rating.key == NOT_CHECKABLE:
            assert said.rating.reason
            return
        assert said.rating.key in {step.key for step in DEFAULT.steps}
        assert {claim.kind for claim in said.claims} == {"checkable"}

    @invariant()
    def nothing_sealed_changes(self) -> None:
        if not hasattr(self, "desk"):
            return
        if self.desk.record.head() == self.head:
            # Nothing was written.
            return
        self.head = self.desk.record.head()
        with self.desk.record.read() as session:
            found = {row.id: row.content or "" for row in all_sealed(session)}
            assert verify(session).broken is None
        assert {own: found.get(own) for own in self.sealed} == self.sealed
        self.sealed = found

    @invariant()
    def checks_stand_where_their_steps_lead(self) -> None:
        for kept in getattr(self, "checks", ()):
            with self.desk.record.read() as session:
                steps = steps_of(session, kept.id)
                public = [statement_of(each.fact.statement) for each in publications_of(session, kept.id)]
            stands = Standing()
            for each in steps[1:]:
                stands = after(stands, each.action)  # type: ignore[arg-type]
            assert stands == steps[-1].standing == self.standing(kept)
            # A sign-off is on the text that stands, and gone with any step but publishing.
            assert bool(steps[-1].signed) == (stands.state == "signed")
            assert self.text(steps[-1].head) == kept.texts[-1]
            assert stands.was_public == bool(public)
            assert [each.previous for each in public] == ["", *(each.digest for each in public)][: len(public)]

    @invariant()
    def match_knows_what_is_public(self) -> None:
        if not hasattr(self, "desk"):
            return
        with self.desk.record.read() as session:
            known = {review.own_id for _, review in all_reviews(session) if review.source == SOURCE}
        assert known == {each for kept in self.checks for each in kept.public}
