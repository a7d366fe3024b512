"""The sample's pages are served, and its check is one that a desk could publish."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from factdesk.drafts.fields import header
from factdesk.lint.read import read_draft
from factdesk.lint.run import counts, lint
from factdesk.sample.desk import LANGUAGES, check_text


@pytest.fixture(scope="module")
def pages() -> Iterator[str]:
    command = [sys.executable, "-m", "factdesk.sample", "--serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        try:
            assert served.stdout is not None
            yield served.stdout.readline().strip()
        finally:
            served.kill()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_check_quotes_stands_on_the_page(pages: str, language: str) -> None:
    draft = read_draft(check_text(language, "claim-1", "cite-1"))
    with urlopen(f"{pages}/carrots.{language}.html") as page, urlopen(f"{pages}/post.{language}.html") as post:
        source, appearance = page.read().decode(), post.read().decode()
    cited = [quotation.text for quotation in draft.quotations if quotation.cites]
    claimed = [quotation.text for quotation in draft.quotations if not quotation.cites]
    assert len(cited) == len(claimed) == 1
    assert cited[0] in source
    assert claimed[0] in appearance


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_check_names_its_claim_and_is_written_cleanly(language: str) -> None:
    source = check_text(language, "claim-1", "cite-1")
    assert header(source).claims == ("claim-1",)
    assert header(source).language == language
    # Without a desk the citation is unknown; everything else is as it should be.
    assert {each.finding.code for each in counts(lint(read_draft(source)))} <= {"FD212"}


def test_an_unknown_word_writes_no_feed() -> None:
    done = subprocess.run([sys.executable, "-m", "factdesk.sample", "--nonsense"], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "--serve" in done.stderr
