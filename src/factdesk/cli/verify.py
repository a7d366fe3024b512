"""`factdesk verify`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option
from factdesk.cli.kept import sound_heads
from factdesk.cli.terminal import Terminal, visible, wrap
from factdesk.config import DESK_FILE, load_desk
from factdesk.domain.verification import Outcome, Step
from factdesk.errors import IntegrityError, NotFoundError, UsageError

if TYPE_CHECKING:
    from factdesk.queries.verify import How, Sums
    from factdesk.store.record import Record

NAMED = 10
"""How many steps that were not checked for the same reason are named, unless all are asked for."""

OUTCOMES: dict[Outcome, str] = {"pass": "pass", "fail": "fail", "not checked": "not checked"}
STYLES: dict[Outcome, str] = {"pass": "green", "fail": "bold red", "not checked": "yellow"}
STEPS = {
    "container": "bundle",
    "record": "record",
    "events": "events",
    "bytes": "bytes",
    "exchange": "requests and answers",
    "text": "text",
    "about": "title and author",
    "quotation": "quotation",
    "timestamp": "timestamp",
    "revision": "revision",
    "signature": "signature",
    "head": "signed head",
    "page": "page",
}
WHAT_IT_SHOWS = (
    "What was shown: the bundle is whole, and its quotations stand in its sources. That it is the desk's own, only a "
    "digest that came another way can tell: compare it, or give it with --expect."
)
PARTLY = (
    "What was shown: the bundle is whole. Not every text was made again from its source here, and so not every "
    "quotation was shown to stand there. That it is the desk's own, only a digest that came another way can tell: "
    "compare it, or give it with --expect."
)


SIGNED = (
    "What was shown: the bundle is whole, its quotations stand in its sources, and what it says was signed by a key "
    "that you pinned."
)
SITE_SIGNED = (
    "What was shown: what the site says of its checks was signed, by keys that you pinned, and what it shows of "
    "sources is what was captured. That these are all checks and the newest was not shown, nor anything of what the "
    "desk says in its own name."
)
SITE_SHOWN = (
    "What was shown: what the site says of its checks and sources is what their bundles hold. Not every signature is "
    "by a key that you pinned, and a site cannot vouch for itself: get the fingerprints another way, and pin them with "
    "factdesk key pin."
)


@command(
    help="Verify a desk, a bundle, a site, a check, a capture or a citation. Nothing is believed that can be computed "
    "again, and no network is used but to read a site by its address. “Not checked” is not a pass; the exit code is 1 "
    "when anything failed.",
    examples=(
        "factdesk verify",
        "factdesk verify evidence.wacz --expect 9f2c…",
        "factdesk verify https://desk.example.org",
        "factdesk verify CITATION --authority-cert tsa.pem",
    ),
)
@argument(
    "what",
    help="A bundle, a site's folder or address, a desk, or the id of a check, capture or citation; the desk here by "
    "default.",
    required=False,
)
@option("--quick", is_flag=True, help="Digests and selectors only: no extractor is run.")
@option("--all", "everything", is_flag=True, help="Name every step.")
@option(
    "--authority-cert", "certs", multiple=True, metavar="FILE", help="A timestamp authority's certificate, PEM or DER."
)
@option("--expect", metavar="SHA256", help="The digest that the bundle must have.")
@option("--pin", "pinned", multiple=True, metavar="FINGERPRINT", help="A key whose signatures count, beside your pins.")
@option(
    "--against",
    metavar="HEAD|FILE|SITE",
    help="A head of the log that was kept, or a kept data/heads.json: a desk or site must still say the same.",
)
@option("--allow-private", is_flag=True, help="Fetch a site from a private network too.")
def verify(
    call: Call,
    what: str | None,
    quick: bool,
    everything: bool,
    certs: tuple[str, ...],
    expect: str | None,
    pinned: tuple[str, ...],
    against: str | None,
    allow_private: bool,
) -> None:
    """Verify, step by step. Raises `IntegrityError` when a step failed."""
    from factdesk.queries.verify import How

    kept = sound_heads(call, against, allow_private=allow_private) if against is not None else ()
    how = How(quick=quick, roots=_roots(certs), pins=_pins(pinned), kept=kept)
    bundle = _bundle_named(what)
    site = bundle is None and what is not None and _is_site(what)
    desk = not site and what is not None and _is_desk(what)
    if expect is not None and bundle is None:
        raise UsageError("{option} goes with a bundle.", option="--expect")
    if against is not None and not (site or desk or what is None):
        raise UsageError("{option} goes with a desk or a site.", option="--against")
    if allow_private and not site and "://" not in (against or ""):
        raise UsageError("{option} goes with a site.", option="--allow-private")
    if bundle is not None:
        _bundle(call, bundle, how, expect)
        return
    if site and what is not None:
        _site(call, what, how, everything=everything, allow_private=allow_private)
        return
    with _record(call, what if desk else None) as record:
        subject = None if desk else what
        _report(call, _steps(call, record, subject, how), everything=everything or subject is not None)


def _bundle(call: Call, path: Path, how: How, expect: str | None) -> None:
    from factdesk.queries.verify import bundle_digest, verify_bundle, with_checks

    digest = bundle_digest(path)
    steps = [*_expected(path, digest, expect), *with_checks(verify_bundle(path, how), path.name)]

    def closing(sums: Sums) -> None:
        call.print(f"SHA-256 {digest}")
        if not sums.total("fail"):
            if sums.steps["signature", "pass"] and not sums.steps["signature", "not checked"]:
                call.talk(SIGNED)
                return
            partly = any(sums.steps[name, "not checked"] for name in ("text", "quotation"))
            call.talk(PARTLY if partly else WHAT_IT_SHOWS)

    _report(call, steps, everything=True, digest=digest, closing=closing)


def _is_site(what: str) -> bool:
    from factdesk.publish.site_source import is_site

    return is_site(what)


def _site(call: Call, what: str, how: How, *, everything: bool, allow_private: bool) -> None:
    from factdesk.publish.site_source import site_at
    from factdesk.publish.verify_site import verify_site

    def closing(sums: Sums) -> None:
        if sums.total("fail") or not sums.steps["page", "pass"]:
            return
        signed = sums.steps["signature", "pass"] and not sums.steps["signature", "not checked"]
        call.talk(SITE_SIGNED if signed else SITE_SHOWN)

    with call.progress("Verifying") as progress:
        steps = verify_site(site_at(what, allow_private=allow_private), how, progress, how.kept)
        _report(call, steps, everything=everything, closing=closing)


def _expected(path: Path, digest: str, expect: str | None) -> Iterator[Step]:
    from factdesk.domain.matches import Reason

    if expect is None:
        return
    wanted = expect.strip().lower().removeprefix("sha256:")
    if re.fullmatch(r"[0-9a-f]{64}", wanted) is None:
        raise UsageError("{value} is no SHA-256.", remedy="It has 64 digits from 0 to f.", value=expect)
    if digest == wanted:
        yield Step("container", path.name, "pass", Reason("container", "It has the digest that was expected."))
    else:
        reason = Reason("container", "Its digest is {digest}, not the one that was expected.", {"digest": digest})
        yield Step("container", path.name, "fail", reason)


def _steps(call: Call, record: Record, subject: str | None, how: How) -> Iterator[Step]:
    from factdesk.queries.verify import verify_desk, verify_subject, with_checks

    if subject is not None:
        yield from verify_subject(record, subject, how)
        return
    with call.progress("Verifying") as progress:
        yield from with_checks(verify_desk(record, how, progress), "–")


def _report(call: Call, steps: Iterable[Step], *, everything: bool, digest: str = "", closing: Any = None) -> None:
    """Show the steps as they come, then their sums. Raises `IntegrityError` when one failed."""
    from factdesk.queries.verify import Sums

    sums, view = Sums(), View(call, everything)
    counted = sums.counted(steps)
    if call.json:
        call.print_json({"steps": list(counted), "sums": _totals(sums)} | ({"sha256": digest} if digest else {}))
    else:
        for each in counted:
            view.show(each)
        view.close(sums)
        if closing is not None:
            closing(sums)
    if sums.total("fail"):
        raise IntegrityError("Steps that failed: {count}.", count=sums.total("fail"))


def _totals(sums: Sums) -> dict[str, int]:
    return {outcome: sums.total(outcome) for outcome in OUTCOMES}


@dataclass(slots=True)
class View:
    """Steps on the screen: each, or only those that did not pass, and of many alike the first."""

    call: Call
    everything: bool
    alike: dict[tuple[str, str], int] = field(default_factory=dict)

    def show(self, step: Step) -> None:
        """Show a step, where it is one to be shown."""
        if not self.everything and step.outcome == "pass":
            return
        key = (step.name, step.reason.template if step.reason else "")
        self.alike[key] = self.alike.get(key, 0) + (step.outcome == "not checked")
        if self.everything or self.alike[key] <= NAMED:
            for line in self._lines(step):
                self.call.print(line)

    def close(self, sums: Sums) -> None:
        """The sums: a line for each kind of step where not each step was named, and the last of all."""
        say = self.call.say
        more = sum(max(0, count - NAMED) for count in self.alike.values())
        if more and not self.everything:
            self.call.print(say("… and {count} more that were not checked; --all names them.", count=f"{more:,}"))
        for name in () if self.everything else sums.names():
            told_of = {outcome: sums.steps[name, outcome] for outcome in OUTCOMES if sums.steps[name, outcome]}
            told = ", ".join(f"{count:,} {say(OUTCOMES[outcome])}" for outcome, count in told_of.items())
            self.call.print(f"{say(STEPS[name])}: {told}")
        template = "{passed} pass, {failed} fail, {unchecked} not checked."
        counts = _totals(sums)
        numbers = {"passed": counts["pass"], "failed": counts["fail"], "unchecked": counts["not checked"]}
        self.call.print(say(template, **{key: f"{count:,}" for key, count in numbers.items()}))

    def _lines(self, step: Step) -> list[str]:
        """A step: its outcome, its name, what it is about, and why."""
        call, terminal = self.call, self.call.out
        # The subject may come from a hostile bundle, and so may what a reason quotes.
        head = f"{call.say(STEPS[step.name])} {visible(step.subject)}".strip()
        why = visible(call.say(step.reason.template, **step.reason.values)) if step.reason else ""
        outcome = terminal.style(call.say(OUTCOMES[step.outcome]), STYLES[step.outcome])
        return [f"{outcome}  {head}", *_indented(why, terminal)]


def _indented(text: str, terminal: Terminal) -> list[str]:
    return [f"    {line}" for line in wrap(text, max(terminal.width - 4, 20)) if line]


def _roots(certs: tuple[str, ...]) -> tuple[bytes, ...]:
    roots = []
    for name in certs:
        path = Path(name)
        if not path.is_file():
            raise NotFoundError("There is no such file.", place=name)
        roots.append(path.read_bytes())
    if roots:
        from factdesk.capture.timestamp import certificates_in

        for root in roots:
            certificates_in(root)
    return tuple(roots)


def _pins(given: tuple[str, ...]) -> dict[str, str]:
    """The reader's pins, and those of the command line. Raises `InputError`."""
    from factdesk.signing.pins import load_pins, pins_file, read_pins

    named = read_pins("".join(f"{each.strip()}  --pin\n" for each in given), "--pin")
    return {own: own[:16] for own in named} | load_pins(pins_file())


def _bundle_named(what: str | None) -> Path | None:
    if what is None or "://" in what:
        return None
    path = Path(what)
    return path if path.suffix.lower() == ".wacz" or path.is_file() else None


def _is_desk(what: str) -> bool:
    """Whether this names a desk. Raises `NotFoundError` for a folder that is none, nor, as was asked before, a site."""
    if "://" in what or (Path(what) / DESK_FILE).is_file():
        return True
    if Path(what).is_dir():
        raise NotFoundError(
            "This folder is neither a site nor a desk.",
            place=what,
            remedy="A site has data/site.json in it, a desk has desk.toml.",
        )
    return False


@contextmanager
def _record(call: Call, place: str | None) -> Iterator[Record]:
    from factdesk.store.record import Record

    config = load_desk(place) if place else call.config()
    with Record.open(config, writable=False) as record:
        yield record
