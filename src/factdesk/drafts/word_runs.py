"""Runs in one form: what looks alike is written alike, whoever made it.

Emphasis and links begin and end at a letter, since Markdown has no others; a citation's mark and a comment are what
lint takes for one, however they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from factdesk.drafts.word_model import BOLD, ITALIC, STRIKE, Run, Runs, clean
from factdesk.lint.prose import MARK

_OWN = re.compile(f"{MARK.pattern}|<!--")
_SPACES = re.compile(r"\s+")
_MARKS = re.compile(r"[\W_]+")
_LINES = re.compile(r"\s*\n\s*")


def settled(runs: Iterable[Run], *, to_letters: bool = False) -> Runs:
    """The runs of one paragraph in that form; emphasis narrowed `to_letters`, without marks at either end of it."""
    found = merged(piece for run in merged(map(_cleaned, runs)) for piece in _pieces(run))
    for name in (BOLD, ITALIC, STRIKE, "link"):
        if not any(has_mark(run, name) for run in found):
            continue
        found = merged(_narrowed(found, name, _MARKS if to_letters and name != "link" else _SPACES))
    return tuple(merged(_trimmed(found)))


def has_mark(run: Run, name: str) -> bool:
    """Whether a run is bold and so on, or part of a link."""
    return bool(run.link and run.kind != "picture") if name == "link" else name in run.marks


def _cleaned(run: Run) -> Run:
    text = clean(run.text)
    if run.kind == "text":
        text = text.replace("\n", " ")
    elif "\n" in text:
        text = _LINES.sub(" ", text)
    # A space in an address ends it for most readers.
    address = _SPACES.sub("%20", clean(run.link).strip())
    return replace(run, text=text, link=address, title=_LINES.sub(" ", clean(run.title)).strip())


def _pieces(run: Run) -> Iterator[Run]:
    """A run of text, taken apart where it holds marks of citations and comments."""
    if run.kind != "text":
        yield run
        return
    at = 0
    for start, end, cite in _marks(run.text):
        yield replace(run, text=run.text[at:start])
        yield replace(run, text=cite or run.text[start:end], kind="cite" if cite else "raw")
        at = end
    yield replace(run, text=run.text[at:])


def _marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Where marks and comments stand in a text, and the id of each mark."""
    at = 0
    while found := _OWN.search(text, at):
        at = found.end() if found[1] else text.find("-->", found.end()) + 3
        if at < found.end():
            # A comment that is never closed is none, and no later one is.
            yield from ((each.start(), each.end(), each[1]) for each in MARK.finditer(text, found.end()))
            return
        yield found.start(), at, found[1] or ""


def merged(runs: Iterable[Run]) -> list[Run]:
    """Runs without empty ones, where neighbours that are alike are one."""
    found: list[Run] = []
    for run in runs:
        if not run.text and run.kind not in ("break", "picture"):
            continue
        if found and run.kind in ("text", "code") and _are_alike(found[-1], run):
            found[-1] = replace(run, text=found[-1].text + run.text)
        else:
            found.append(run)
    return found


def _are_alike(one: Run, two: Run) -> bool:
    return (one.kind, one.marks, one.link, one.title) == (two.kind, two.marks, two.link, two.title)


def _narrowed(runs: list[Run], name: str, edge: re.Pattern[str]) -> Iterator[Run]:
    """The runs, where no stretch with a mark begins or ends with a space or a break."""
    at = 0
    while at < len(runs):
        end = at
        while end < len(runs) and has_mark(runs[end], name) and _same_link(runs[at], runs[end], name):
            end += 1
        if end == at:
            yield runs[at]
            at += 1
        else:
            yield from _inside(runs[at:end], name, edge)
            at = end


def _same_link(first: Run, second: Run, name: str) -> bool:
    return name != "link" or (first.link, first.title) == (second.link, second.title)


def _inside(stretch: list[Run], name: str, edge: re.Pattern[str]) -> Iterator[Run]:
    before, left = _edge(stretch, name, edge, first=True)
    after, left = _edge(left, name, edge, first=False)
    yield from (*before, *left, *after)


def _edge(stretch: list[Run], name: str, edge: re.Pattern[str], *, first: bool) -> tuple[list[Run], list[Run]]:
    """What does not carry the mark at one edge of a stretch, without it, and the rest."""
    outside: list[Run] = []
    rest = list(stretch)
    while rest:
        run = rest[0 if first else -1]
        at = _border(run, edge, first)
        if at == (0 if first else len(run.text)) and run.kind != "break":
            break
        rest.pop(0 if first else -1)
        out, left = (run.text[:at], run.text[at:]) if first else (run.text[at:], run.text[:at])
        outside.insert(len(outside) if first else 0, _without(replace(run, text=out), name))
        if left:
            rest.insert(0 if first else len(rest), replace(run, text=left))
            break
    return outside, rest


def _border(run: Run, edge: re.Pattern[str], first: bool) -> int:
    """Where in a run the mark may begin or end."""
    if run.kind not in ("text", "break"):
        return 0 if first else len(run.text)
    letters = run.text if first else run.text[::-1]
    skipped = edge.match(letters)
    size = skipped.end() if skipped else 0
    return size if first else len(run.text) - size


def _without(run: Run, name: str) -> Run:
    return replace(run, link="", title="") if name == "link" else replace(run, marks=run.marks - {name})


def _trimmed(runs: list[Run]) -> list[Run]:
    """The runs without spaces at either end and around breaks. What would begin a line as HTML stays on its line."""
    found: list[Run] = []
    for run in runs:
        if run.kind == "break":
            _strip_end(found)
            if found:
                found.append(Run("", "break"))
            continue
        if run.kind == "raw" and found and found[-1].kind == "break":
            found[-1] = Run(" ")
        begins = run.kind == "text" and (not found or found[-1].kind == "break")
        bare = replace(run, text=run.text.lstrip()) if begins else run
        if bare.text or run.kind == "picture":
            found.append(bare)
    while found and (found[-1].kind == "break" or (found[-1].kind == "text" and not found[-1].text.strip())):
        found.pop()
    _strip_end(found)
    return found


def _strip_end(found: list[Run]) -> None:
    while found and found[-1].kind == "text":
        text = found[-1].text.rstrip()
        if text:
            found[-1] = replace(found[-1], text=text)
            return
        found.pop()
