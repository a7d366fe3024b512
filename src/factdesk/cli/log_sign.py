"""`factdesk log sign`."""

from __future__ import annotations

from factdesk.cli.call import Call
from factdesk.cli.command import command, option
from factdesk.cli.passphrase import own_key
from factdesk.domain.heads import shown_head


@command(
    help="Sign where the log stands now. Your key says: until here, this is the history. It goes on the site with the "
    "next build, and whoever keeps it can tell if anything before it is rewritten or cut off. Every `check sign` does "
    "this too.",
    acts=True,
    examples=("factdesk log sign --as binh",),
)
@option("--passphrase-file", default="", metavar="FILE", help="A file that holds the passphrase of your key.")
@option("--key", default="", metavar="FINGERPRINT", help="Which of your keys, if you have several.")
def sign(call: Call, passphrase_file: str, key: str) -> None:
    """Sign the head of the log."""
    from factdesk.actions.heads import sign_log
    from factdesk.actions.permit import permitted

    with call.record(writable=True) as record:
        with record.read() as session:
            person = permitted(session, call.actor(), "log.sign")
            private = own_key(call, session, person.name, key=key, file=passphrase_file)
        signed = sign_log(record, private, actor=person.name)
    if call.json:
        row = {"head": shown_head(signed.head), "time": signed.time, "person": signed.person}
        call.print_json(row | {"fingerprint": signed.fingerprint, "signature": signed.signature})
        return
    call.print(shown_head(signed.head))
    call.talk("Signed by {person}. The next build of the site publishes it.", person=person.shown or person.name)
