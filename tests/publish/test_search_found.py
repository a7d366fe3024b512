"""What the site's search finds, and where it puts it: `static/search.js` over our index, in a real browser."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from tests.publish.browsing import browser
from tests.publish.search_samples import mixed, unmarked
from tests.publish.searching import MADE, Reader, put_site, reading

from factdesk.publish.search_index import Doc
from factdesk.publish.search_terms import doc_terms, words

FIRST = """async ([texts, language, root]) => {
  const index = await new factdeskSearch.Index(root, language).open(), found = [];
  for (const text of texts) found.push((await factdeskSearch.search(index, text, language)).numbers[0] ?? -1);
  return found;
}"""


SAMPLE = "s"
"""The folder of the sample's checks; those that are made up are below `m`."""


def sample(language: str) -> list[tuple[str, Doc]]:
    """The sample's short checks, each with its claim."""
    lines = files("factdesk.sample").joinpath("misconceptions.jsonl").read_text("utf-8").splitlines()
    read = [(number, row[language], row) for number, row in enumerate(map(json.loads, lines)) if language in row]
    return [
        (
            said["claim"],
            Doc(
                number, language, f"/{language}/checks/{row['slug']}/", said["title"], row["date"], "False", "low",
                doc_terms(language, said["title"], said["text"], claims=[said["claim"]], topics=[row["topic"]]),
            ),
        )
        for number, said, row in read
    ]  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder: Path = tmp_path_factory.mktemp("found")
    put_site(folder / "m", [*MADE["en"], *MADE["vi"]])
    put_site(folder / SAMPLE, [doc for language in ("en", "vi") for _, doc in sample(language)])
    with browser() as chromium, reading(chromium, folder) as made:
        yield made


def ready(reader: Reader, path: str) -> Any:
    """A page whose script has come, as it does when a reader goes to the box."""
    page = reader.go(path)
    page.get_by_role("searchbox").focus()
    page.wait_for_function("typeof factdeskSearch !== 'undefined'")
    return page


def firsts(reader: Reader, folder: str, language: str, texts: list[str]) -> list[int]:
    """The number of the check that comes first for each text."""
    found: list[int] = ready(reader, f"{folder}/{language}/").evaluate(FIRST, [texts, language, f"/{folder}/"])
    return found


def strings() -> list[str]:
    """What people type: titles as different keyboards send them, and what no keyboard does."""
    chosen = random.Random(7)
    alphabet = [
        *"aàạeêiıoơuưyđĐ STßŒé\u0301\u0323\u031b0159.,'’-\u00a0\u200b\"",
        "ing",
        "ies",
        "ed",
        "漢",
        "ก็",
        "½",
        "ﬁ",
        "𝐀",
    ]
    strange = ["".join(chosen.choices(alphabet, k=chosen.randint(1, 14))) for _ in range(1_500)]
    titled = [each for made in MADE.values() for one in made[::8] for each in mixed(one.title)]
    stems = ["stories running stopped vaccines boxes glasses rising free eyes ties quality money", "buses missed added"]
    return [*titled, *strange, *stems]


def test_what_is_typed_becomes_the_terms_that_are_indexed(reader: Reader) -> None:
    page, texts = ready(reader, "m/en/"), strings()
    for language in ("en", "vi"):
        read = page.evaluate("([texts, own]) => texts.map(text => factdeskSearch.terms(text, own))", [texts, language])
        assert [pair for pair in zip(texts, read, strict=True) if pair[1] != words(language, pair[0])] == []


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_check_comes_first_for_its_title(reader: Reader, language: str) -> None:
    """Of 500 whose titles are made of the same parts, with its marks and without."""
    for typed, wanted in ((str, MADE[language][::4]), (unmarked, MADE[language][::2])):
        found = firsts(reader, "m", language, [typed(each.title) for each in wanted])
        assert [MADE[language][number].title for number in found] == [each.title for each in wanted]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_check_of_the_sample_comes_first_for_its_title_and_claim(reader: Reader, language: str) -> None:
    wanted = sample(language)
    assert len(wanted) > 150
    for typed in (str, unmarked):
        for texts in ([doc.title for _, doc in wanted], [claim for claim, _ in wanted]):
            found = firsts(reader, SAMPLE, language, [typed(each) for each in texts])
            missed = [text for text, number, (_, doc) in zip(texts, found, wanted, strict=True) if number != doc.number]
            assert missed == []


TYPED = {
    "vac xin vo sinh": "Vắc-xin không gây vô sinh",
    "VẮC-XIN VÔ SINH": "Vắc-xin không gây vô sinh",
    "vacxin": "Vắc-xin",
    "nuoc mam": "Nước mắm",
    "duong huy": "tăng đường huyết",
    "bac sỹ": "Bác sĩ",
    "mì ch": "Mì chính",
    "lò vi sóng bỏng": "Lò vi sóng có thể gây bỏng da",
    "thuy ngan": "không chứa chì và thủy ngân",
}


def test_vietnamese_is_found_as_it_is_typed(reader: Reader) -> None:
    reader.go("m/vi/")
    found = {typed: reader.search(typed)[0] for typed in TYPED}
    assert {typed: TYPED[typed] for typed, title in found.items() if TYPED[typed] not in title} == {}


def test_the_last_word_may_be_half_typed(reader: Reader) -> None:
    reader.go("m/en/")
    assert reader.search("iodised sa")[0].startswith("Iodised salt")
    assert reader.search("vaccinat inf")[0].startswith("Vaccines cause no infertility")
    assert reader.search("sa iodi") != []
    assert reader.search("sa ") == []


def test_a_word_that_is_hardly_begun_is_waited_for(reader: Reader) -> None:
    reader.go("m/en/")
    assert (reader.search("b"), reader.said) == ([], "")
    whole = reader.search("fish sauce"), reader.said
    assert (reader.search("fish sauce b"), reader.said) == whole
    assert (reader.search("b "), reader.said) == ([], "No check has these words.")
    assert (reader.search("?"), reader.said) == ([], "No check has these words.")
