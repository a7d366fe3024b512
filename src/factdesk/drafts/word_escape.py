"""Letters that mean something in Markdown, and were meant as letters."""

from __future__ import annotations

import re
from typing import Literal

from factdesk.drafts.word_model import Run

Care = Literal[0, 1, 2]

_MEANING = re.compile(r"[\\`*_\[\]<&~!()]")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_ADDRESS = re.compile(r"https?://[^\s<>\[\]]+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(r"[A-Za-z/!?]")
_TICKS = re.compile("`+")
_START = re.compile(
    r"(?P<before>)(?:#{1,6}(?=[ \t]|$)|>|[-+*](?=[ \t]|$)|=+[ \t]*$|-+[ \t]*$"
    r"|([-*_])[ \t]*(?:\2[ \t]*){2,}$|[|:-][|: -]*$|~~~|`{3,}(?=[^`]*$))"
    r"|(?P<number>\d{1,9})[.)](?=[ \t]|$)"
)
_DEFINITION = re.compile(r"(\[(?:[^\[\]\\]|\\.){1,999}\]):")
_CLOSING = re.compile(r"(?<=[ \t])#+[ \t]*$|^#+[ \t]*$")


def escaped(
    text: str, before: Run | None = None, after: Run | None = None, *, linked: bool = False, care: Care = 1
) -> str:
    """A text between two other runs with a backslash before each sign that would be read as markup.

    `linked`: it stands in a link or names a picture. `care`: 0 leaves backticks and addresses alone, whose backslashes
    lint would take for a part of them, 2 leaves no sign alone.
    """
    spared = [found.span() for found in _ADDRESS.finditer(text)] if care == 0 else []

    def sign(found: re.Match[str]) -> str:
        at = found.start()
        around = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        if care == 0 and (found[0] == "`" or any(start <= at < end for start, end in spared)):
            return found[0]
        needed = care == 2 or _needs(found[0], *around, text, at, before, after, linked)
        return f"\\{found[0]}" if needed else found[0]

    return _MEANING.sub(sign, text)


def _needs(
    sign: str, left: str, right: str, text: str, at: int, before: Run | None, after: Run | None, linked: bool
) -> bool:
    match sign:
        case "\\":
            return not right or bool(_PUNCTUATION.match(right))
        case "`":
            return True
        case "*":
            return not (left.isspace() and right.isspace())
        case "_":
            return not (left.isalnum() and right.isalnum())
        case "[" | "]":
            return linked or (sign == "]" and right == "(")
        case "<":
            return not right or bool(_TAG.match(right))
        case "&":
            return bool(_ENTITY.match(text, at))
        case "~":
            return "~" in (left, right) or not left or not right
        case "!":
            return right == "[" or (not right and after is not None and after.kind != "cite")
        case _:
            # Behind a citation's mark brackets would make a link of it.
            return sign == "(" and not left and before is not None and before.kind == "cite"


def line_start(line: str) -> str:
    """A line of a paragraph that begins no list, quote, heading, rule, table or definition."""
    if found := _START.match(line):
        at = found.end("number") if found["number"] else 0
        return f"{line[:at]}\\{line[at:]}"
    if found := _DEFINITION.match(line):
        return f"{found[1]}\\:{line[found.end() :]}"
    return line


def heading_end(line: str) -> str:
    """A heading's line, whose own `#` at the end is not taken for markup."""
    found = _CLOSING.search(line)
    return line if found is None else f"{line[: found.start()]}\\{line[found.start() :]}"


def fenced(code: str) -> str:
    """Code within a paragraph, between more backticks than it has in a row."""
    ticks = {len(run) for run in _TICKS.findall(code)}
    fence = "`" * next(count for count in range(1, len(ticks) + 2) if count not in ticks)
    padded = code.startswith("`") or code.endswith("`") or (code.strip(" ") and code[0] == " " == code[-1])
    return f"{fence} {code} {fence}" if padded else f"{fence}{code}{fence}"


def pointed(address: str, title: str = "") -> str:
    """The address of a link or picture and its title, as they stand between round brackets."""
    target = _ENTITY.sub(lambda found: f"\\{found[0]}", re.sub(r"\\(?=[!-/:-@\[-`{-~])", r"\\\\", address))
    if re.search(r"[\s<>\x00-\x1f]", target) or not target or not _is_balanced(target):
        angled = re.sub(r"([<>])", r"\\\1", target)
        target = f"<{angled}>" if target or title else ""
    if not title:
        return target
    said = _ENTITY.sub(lambda found: f"\\{found[0]}", title.replace("\\", "\\\\").replace('"', '\\"'))
    return f'{target} "{said}"'


def _is_balanced(address: str) -> bool:
    depth = 0
    for letter in address:
        depth += (letter == "(") - (letter == ")")
        if depth < 0 or depth > 30:
            return False
    return depth == 0
