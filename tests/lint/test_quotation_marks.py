"""What counts as quoted: whoever wants to quote what nobody said has many marks to choose from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lint.drafts import draft
from tests.lint.rules.worlds import world

from factdesk.lint.quotation_marks import quoted, tagged
from factdesk.lint.quoted import in_pieces
from factdesk.lint.read import read_draft
from factdesk.lint.run import lint

WORDS = "masts were shown to kill every single cow"
BOUND = "We found no link between masts and headaches"

UNBOUND = {
    "curly": f"They said “{WORDS}”.",
    "over a line end": "They said “masts were shown to kill\nevery single cow”.",
    "straight over a line end": 'They said "masts were shown to kill\nevery single cow".',
    "guillemets turned": f"They said »{WORDS}«.",
    "single": f"They said ‘{WORDS}’.",
    "straight single": f"They said '{WORDS}'.",
    "single guillemets": f"They said ‹{WORDS}›.",
    "corners": f"They said 「{WORDS}」.",
    "wide": f"They said ＂{WORDS}＂.",
    "primes": f"They said ″{WORDS}″.",
    "entities": f"They said &ldquo;{WORDS}&rdquo;.",
    "entity": f"They said &quot;{WORDS}&quot;.",
    "numbers": f"They said &#x201c;{WORDS}&#x201d;.",
    "spaces as entities": f"They said “{WORDS.replace(' ', '&nbsp;')}”.",
    "no spaces": f"They said “{WORDS.replace(' ', '_')}_and_every_single_hen_as_well”.",
    "tag": f"They said <q>{WORDS}</q>.",
    "tag never closed": f"They said <q cite='x'>{WORDS}.",
    "block of HTML": f"<blockquote>\n{WORDS}\n</blockquote>",
    "nested": f"They said “masts {'“were shown” to kill every single cow'} today”.",
    "glued to a word": f'They said"{WORDS}".',
    "long": f"They said “{'masts kill cows and ' * 400}”.",
    "never closed": f"They said “{WORDS}.",
    "closed by another": f'They said “{WORDS}".',
    "opened by another": f'They said "{WORDS}”.',
    "under a picture": f"![They said “{WORDS}”](https://kept.example/a.png)",
    "far from its mark": f"They said “{WORDS}”, as the source shows[^cite:a1].",
    "behind the stop": f"They said “{WORDS}” and went. [^cite:a1]",
}


def codes(source: str) -> set[str]:
    return {each.finding.code for each in lint(read_draft(source, "", world()))}


@pytest.mark.attack
@pytest.mark.parametrize("body", UNBOUND.values(), ids=UNBOUND)
def test_no_quotation_goes_unseen(body: str) -> None:
    assert {"FD204", "FD205"} & codes(draft(f"{body}\n").source)


@pytest.mark.attack
@pytest.mark.parametrize("field", ["title", "summary", "reason"])
def test_what_is_quoted_in_a_field_is_quoted_in_a_citation(field: str) -> None:
    front = f"---\n{field}: 'They said “{{}}”'\nclaims: [c1]\n---\nSo it is[^cite:a1].\n"
    assert "FD204" in codes(front.format(WORDS))
    assert "FD204" not in codes(front.format(BOUND))


@pytest.mark.parametrize(
    "body",
    [
        "It's the dogs' bowl, the cats' food and the cows' barn that the masts don't reach.",
        "The screen is 32\" wide, the mast 6'2\" high, and the next one 5' more.",
        "In the '90s rock 'n' roll wasn't what masts were for, and that's that.",
        "Masts &amp; cows &lt; hens, “so to speak”.",
        f"They found it so: “{BOUND}”[^cite:a1].",
        f"“{BOUND}” is what they wrote in the end[^cite:a1].",
        f"They call it “a mast” where “{BOUND}” stands[^cite:a1].",
        "“5G masts give 9 out of 10 people headaches”, says the post, which the study denies[^cite:a1].",
    ],
)
def test_what_nobody_quoted_wrongly_is_left_alone(body: str) -> None:
    assert not {"FD204", "FD205"} & codes(draft(f"{body}\n").source)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“a” and “b”", ["a", "b"]),
        ("“a “b” c” d", ["a “b” c"]),
        ("„a“ «b» »c«", ["a", "b", "c"]),
        ("“a 'b' c”", ["a 'b' c"]),
        ("‘don’t go’ now", ["don’t go"]),
        ('"a" b "c', ["a", "c"]),
        ("a » b", []),
    ],
)
def test_pairs(text: str, words: list[str]) -> None:
    assert [text[each.inner : each.outer] for each in quoted(text, 0, len(text))] == words


@given(st.text(alphabet="ab1 \n“”„«»‹›「」\"'‘’&quot;<>/q", max_size=60))
def test_quotations_are_apart_and_in_order(text: str) -> None:
    for found in (list(quoted(text, 0, len(text))), list(tagged(text, 0, len(text)))):
        at = 0
        for each in found:
            assert at <= each.start < each.inner <= each.outer <= each.end <= len(text)
            at = each.end


@pytest.mark.attack
@pytest.mark.parametrize("sign", ["“", "«", '"', "'", "‘", "»", "<q>"])
def test_marks_that_never_close_are_read_once(sign: str) -> None:
    # Were each held against all that follow, this would not end today.
    text = f"{sign}a " * 100_000
    assert len([*quoted(text, 0, len(text)), *tagged(text, 0, len(text))]) <= 100_000


@pytest.mark.attack
def test_a_quotation_of_gaps_takes_no_time_that_grows_with_their_square() -> None:
    # Were each number of its parts looked for, this would not end today.
    assert not in_pieces("a […] " * 50_000, ("a b c d",) * 3)
    assert not in_pieces("a. " * 20_000 + "b […] c", ("a. " * 40_000,) * 3)
    assert in_pieces("masts are […] high […] hens can […] fly", ("masts are very high", "hens can hardly fly"))
