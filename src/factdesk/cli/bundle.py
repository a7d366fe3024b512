"""`factdesk bundle`."""

from __future__ import annotations

from pathlib import Path

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option
from factdesk.errors import UsageError


@command(
    help="Put checks, captures and citations into one file that anyone can verify. A published check comes with its "
    "signature and all that it relies on, a capture with everything that cites it, a citation with its capture. The "
    "file is a WACZ.",
    examples=("factdesk bundle CHECK -o check.wacz", "factdesk bundle CAPTURE CITATION -o evidence.wacz"),
)
@argument("ids", help="Ids of checks, captures and citations.", nargs=-1, required=True)
@option("-o", "--output", metavar="FILE", help="The bundle to write: its name ends in .wacz.", required=True)
@option("--force", is_flag=True, help="Write over a file that is there.")
def bundle(call: Call, ids: tuple[str, ...], output: str, force: bool) -> None:
    """Write a bundle, and say how to verify it."""
    target = Path(output)
    if target.suffix.lower() != ".wacz":
        raise UsageError("The name of a bundle ends in .wacz.", place=output)
    from factdesk.queries.bundle import write_bundle

    with call.record() as record:
        made = write_bundle(record, ids, target, force=force)
    if made.private:
        ids_of = ", ".join(made.private)
        call.warn("It carries what came from a private network: {ids}. Look at it before you pass it on.", ids=ids_of)
    if made.supplied:
        ids_of = ", ".join(made.supplied)
        call.warn("It carries what somebody supplied: {ids}. See that you may pass it on.", ids=ids_of)
    if call.json:
        call.print_json(made)
        return
    template = "{file}: captures {captures}, citations {citations}, bytes {size}."
    counts = {"captures": f"{made.captures:,}", "citations": f"{made.citations:,}", "size": f"{made.size:,}"}
    call.print(call.say(template, file=made.path, **counts))
    call.print(f"SHA-256 {made.digest}")
    call.talk("Who has it verifies it with: factdesk verify {file} --expect {digest}", file=target, digest=made.digest)
