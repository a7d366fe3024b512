"""The balance as a picture: an SVG that stands by itself, in light and in dark, and can be read out.

The same report gives the same bytes. Names of topics are foreign text: they are escaped, cut, and cannot leave their
place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from factdesk.domain.balance import NONE, Balance, Cell, Cross, Group, Row
from factdesk.domain.scales import NOT_CHECKABLE, Scale
from factdesk.queries.balance_svg import GAP, LINE, WIDTH, Piece, bar, cut, document, line, measure, rect, text
from factdesk.wording import Say

MOST = 12
"""Topics that are shown; the report itself has them all."""
LETTER = 6.9
"""The usual width of a letter of a column's head."""
NAMES = 200
"""Where the bars begin: what is left of it is the name."""
BAR = 420
TICKS = 16
"""The height of the figures below bars."""
CELL, CELL_GAP, ROW = 104, 16, 42
"""The width of one rating in the tables at most, what is between two, and the height of a line."""
COLUMNS = 14
"""Ratings in a table: the twelve of the longest scale, what is not checkable, and one that is no step any more."""

TITLES: Mapping[Group, str] = {
    "rating": "How it was rated",
    "claimant": "Who made the claims",
    "topic": "What they are about",
    "origin": "Where the tips came from",
    "language": "Languages of the checks",
}
CROSS_TITLES: Mapping[Group, str] = {
    "claimant": "Ratings by who made the claim",
    "topic": "Ratings by topic",
}
NAMED: Mapping[str, str] = {
    "organisation": "Organisations",
    "public figure": "Public figures",
    "none named": "Nobody named",
    "reader": "Readers",
    "hotline": "Hotline",
    "partner": "Partners",
    "desk": "The desk itself",
    "other": "Other ways",
}
LANGUAGES: Mapping[str, str] = {"en": "English", "vi": "Vietnamese"}
WITHOUT: Mapping[Group, str] = {"topic": "No topic", "origin": "No tip", "language": "Not known"}


@dataclass(frozen=True, slots=True)
class Naming:
    """How cells are called in one language. `others` are names of ratings that are no step of the scale any more."""

    say: Say
    language: str
    scale: Scale
    others: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, by: Group, name: str) -> str:
        """The name of a cell."""
        if by == "rating":
            return self.rating(name)
        if name == NONE:
            return self.say(WITHOUT.get(by, "Not known"))
        known = LANGUAGES if by == "language" else NAMED if by in ("claimant", "origin") else {}
        return self.say(known[name]) if name in known else name

    def rating(self, key: str) -> str:
        """The name of a rating, by its key."""
        step = self.scale.step(key)
        if step is not None:
            return step.names.get(self.language) or next(iter(step.names.values()), key)
        return self.say("Not checkable") if key == NOT_CHECKABLE else self.others.get(key) or key


def balance_svg(report: Balance, desk: str, naming: Naming) -> str:
    """The picture of a report, as a whole SVG document."""
    say = naming.say
    title = say("What {desk} checked", desk=desk) if desk else say("What was checked")
    pieces: list[Piece] = []
    at = _head(pieces, report, title, say)
    for part in report.parts:
        if part.by != "language" or len(part.cells) > 1:
            at = _bars(pieces, at, part.by, part.cells, naming)
    for cross in report.crosses:
        at = _table(pieces, at, cross, report, naming)
    at = _foot(pieces, at, report, say)
    return document(pieces, at, title, "\n".join(described(report, naming)), naming.language)


def described(report: Balance, naming: Naming) -> Iterator[str]:
    """The picture in words, for those who cannot see it."""
    say = naming.say
    yield about(report, say)
    for part in report.parts:
        cells = (
            say("{name} {count} of {of} ({share})", name=naming(part.by, cell.name), **_values(cell))
            for cell in part.cells[:MOST]
        )
        yield f"{say(TITLES[part.by])}: {'; '.join(cells)}."


def percent(share: float) -> str:
    """A share in whole per cent."""
    return f"{share:.0%}"


def span(cell: Cell) -> str:
    """An interval in whole per cent."""
    return f"{cell.interval.low:.0%}–{cell.interval.high:.0%}".replace("%–", "–")


def _values(cell: Cell) -> dict[str, object]:
    return {"count": f"{cell.count:,}", "of": f"{cell.of:,}", "share": percent(cell.share)}


def about(report: Balance, say: Say) -> str:
    """How many checks there are, of when, and how many were corrected or withdrawn."""
    counts = dict(report.standings)
    said = [say("Published checks: {count}", count=f"{report.checks:,}")]
    if report.first:
        said.append(say("from {first} to {last}", first=report.first, last=report.last))
    if counts["corrected"]:
        said.append(say("{count} of them corrected", count=f"{counts['corrected']:,}"))
    if counts["withdrawn"]:
        said.append(say("{count} more withdrawn and not counted", count=f"{counts['withdrawn']:,}"))
    return ", ".join(said) + "."


def _head(pieces: list[Piece], report: Balance, title: str, say: Say) -> int:
    pieces.append(text(0, 30, cut(title, 60), "title"))
    pieces.append(text(0, 56, about(report, say), "soft"))
    return 76


def _section(pieces: list[Piece], at: int, title: str) -> int:
    pieces.append(text(0, at + 32, title, "head"))
    return at + 46


def _bars(pieces: list[Piece], at: int, by: Group, cells: Sequence[Cell], naming: Naming) -> int:
    """One bar a cell, its interval as a whisker."""
    at = _section(pieces, at, naming.say(TITLES[by]))
    shown = cells if by == "rating" else cells[:MOST]
    for share in (0, 0.25, 0.5, 0.75, 1):
        x, foot = NAMES + share * BAR, at + LINE * len(shown)
        pieces.append(line(x, at, x, foot, "grid"))
        pieces.append(text(x, foot + 14, percent(share), "tick"))
    for cell in shown:
        middle = at + LINE / 2
        pieces.append(text(NAMES - 12, middle + 5, cut(naming(by, cell.name), 26), "name"))
        pieces += bar(NAMES, middle, BAR, cell, 12)
        pieces.append(text(NAMES + BAR + 14, middle + 5, f"{cell.count:,}", "count"))
        pieces.append(text(NAMES + BAR + 66, middle + 5, f"{percent(cell.share)} ({span(cell)})", "soft"))
        at += LINE
    return _more(pieces, at + TICKS, len(cells) if len(shown) < len(cells) else 0, naming.say) + GAP


def _more(pieces: list[Piece], at: int, count: int, say: Say) -> int:
    if count <= MOST:
        return at
    pieces.append(text(NAMES, at + 16, say("and {count} more", count=f"{count - MOST:,}"), "soft"))
    return at + LINE


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the ratings of a table stand, and how wide each is."""

    at: tuple[float, ...]
    width: float

    @classmethod
    def of(cls, count: int) -> _Columns:
        """Columns that fill the room beside the names, but are no wider than is good to look at."""
        width = min(CELL, (WIDTH - NAMES + CELL_GAP) / max(1, count) - CELL_GAP)
        return cls(tuple(NAMES + number * (width + CELL_GAP) for number in range(count)), width)


def _table(pieces: list[Piece], at: int, cross: Cross, report: Balance, naming: Naming) -> int:
    """One line a name, one column a rating; a thin line is where all checks stand."""
    at = _section(pieces, at, naming.say(CROSS_TITLES[cross.by]))
    rows = [row for row in cross.rows if row.of][:MOST]
    ratings = next(part for part in report.parts if part.by == "rating").cells[:COLUMNS]
    columns = _Columns.of(len(ratings))
    letters = int(columns.width / LETTER)
    heads = [measure(cut(naming.rating(cell.name), 5 * letters), letters)[:5] for cell in ratings]
    at += 16 * (max(map(len, heads)) - 1)
    for x, cell, words in zip(columns.at, ratings, heads, strict=True):
        for above, each in enumerate(reversed(words)):
            pieces.append(text(x, at + 10 - 16 * above, cut(each, letters + 2), "column"))
        for number in range(len(rows)):
            here, top = x + cell.share * columns.width, at + 18 + ROW * number
            pieces.append(line(here, top, here, top + 20, "all"))
    at += 18
    for row in rows:
        _table_row(pieces, at, cross.by, row, columns, naming)
        at += ROW
    return _more(pieces, at, sum(1 for row in cross.rows if row.of), naming.say) + GAP


def _table_row(pieces: list[Piece], at: int, by: Group, row: Row, columns: _Columns, naming: Naming) -> None:
    kind = "few" if row.small else ""
    pieces.append(text(NAMES - 12, at + 15, cut(naming(by, row.name), 26), f"name {kind}".strip()))
    count = naming.say("{count}, few", count=f"{row.of:,}") if row.small else f"{row.of:,}"
    pieces.append(text(NAMES - 12, at + 31, count, "name small"))
    for x, cell in zip(columns.at, row.cells, strict=False):
        pieces.append(rect(x, at + 6, columns.width, 8, "track"))
        pieces += bar(x, at + 10, columns.width, cell, 8)
        mark = {"above": " ▲", "below": " ▼", "": ""}[cell.lean]
        pieces.append(text(x, at + 31, f"{percent(cell.share)}{mark}", "lean small" if cell.lean else "value small"))


def _foot(pieces: list[Piece], at: int, report: Balance, say: Say) -> int:
    for sentence in explained(report, say):
        for words in measure(sentence, 134):
            pieces.append(text(0, at + 20, words, "soft"))
            at += 20
        at += 6
    return at + 20


def explained(report: Balance, say: Say) -> Iterator[str]:
    """What one must know to read the figures."""
    yield say(
        "Whiskers and brackets: where the share would lie, 95 times in 100, had many more been checked the same way "
        "(Wilson’s interval). A check counts under each of its topics, kinds of claimant and origins."
    )
    yield say("Of fewer than 30 checks a share says little: those are paler, and no lean is marked.")
    if report.compared:
        yield say(
            "▲ and ▼: the interval lies above or below the share of all checks (thin line). Of {cells} compared, "
            "about {chance} would be marked by chance alone. A mark is a question to the desk, not an answer: what is "
            "said about a topic may differ.",
            cells=f"{report.compared:,}",
            chance=f"{max(1, report.by_chance):.0f}",
        )
