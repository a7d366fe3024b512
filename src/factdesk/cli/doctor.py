"""`factdesk doctor`."""

from __future__ import annotations

import sys

from factdesk.cli.call import Call
from factdesk.cli.command import command
from factdesk.cli.terminal import Terminal, columns, pad, wrap

WORDS = {"ok": "ok", "warning": "look", "problem": "problem"}
STYLE = {"ok": "green", "warning": "bold yellow", "problem": "bold red"}


@command(
    help="Look the desk over for problems. Record, event log, index, model, disk and rights; "
    "the exit code is 1 when there is a problem.",
    examples=("factdesk doctor", "factdesk doctor --json"),
)
def doctor(call: Call) -> int:
    """Examine the desk, and say what to do about each finding."""
    from factdesk.queries.doctor import examine

    findings = examine(call.config())
    if call.json:
        call.print_json(findings)
    terminal = Terminal.of(sys.stdout)
    left = max(columns(call.say(word)) for word in WORDS.values()) + 2
    for finding in [] if call.json else findings:
        words = call.say(finding.message, **finding.values)
        if finding.severity != "ok" and finding.remedy:
            words += " " + call.say(finding.remedy, **finding.values)
        margin = terminal.style(pad(call.say(WORDS[finding.severity]), left), STYLE[finding.severity])
        for at, line in enumerate(wrap(words, terminal.width - left)):
            call.print(f"{margin if at == 0 else ' ' * left}{line}")
    return 1 if any(finding.severity == "problem" for finding in findings) else 0
