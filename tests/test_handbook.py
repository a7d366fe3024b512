"""The handbook's examples work: the commands of a chapter are run in their order, in a desk of its own, by the program.

How a chapter is read, from its top to its end:

- In a `console` block, lines with `$` are commands, and what stands below one is what it answers. `…` stands for
  anything; how spaces and line breaks fall does not matter. A command of whose answer nothing is shown must end well;
  one that shows its answer may be refused.
- A name in capitals (`CHECK`, `CITATION`) that stands in an answer where the program gives an id means that id from
  there on: in commands, in files, in answers.
- A block behind a line that ends in a file's name and a colon (`draft.md`:) is that file.
- `riverside.example` and `townhall.example`, the invented places, are a server here with the pages of `handbook`.
- A chapter that goes on where another one ended stands in `CONTINUES`; both are run one after the other.
"""

from __future__ import annotations

import functools
import io
import os
import re
import shlex
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from factdesk.cli.failing import UNEXPECTED
from factdesk.cli.main import main
from factdesk.clock import uuid7
from factdesk.lint.handbook import CHAPTERS, LANGUAGES, Chapter, chapter_of
from factdesk.lint.pages import reference
from factdesk.lint.rules import all_rules

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "docs" / "handbook"
PAGES = Path(__file__).parent / "handbook"
CONTINUES = {"correcting": "through-the-desk"}
HOSTS = {"https://riverside.example": "http://127.0.0.1:{port}", "https://townhall.example": "http://localhost:{port}"}
PASSPHRASE = "correct horse, sample battery"

_BLOCK = re.compile(r"(?:`(?P<file>[\w-]+(?:[/.][\w-]+)*\.\w+)`:\n\n)?```(?P<kind>\w+)\n(?P<text>.*?)```\n", re.DOTALL)
_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}"
_PLACE = re.compile(r"(…|\b(?:CLAIM|CHECK|CITATION|CAPTURE|TIP|REVISION)(?:-\d)?\b)")


@dataclass
class Reader:
    """Somebody who does what a chapter says: where they stand, and which id each name means."""

    port: int
    ids: dict[str, str] = field(default_factory=dict)

    def read(self, page: str) -> None:
        """Do everything in order."""
        for block in _BLOCK.finditer(page):
            if block["file"]:
                Path(block["file"]).parent.mkdir(exist_ok=True)
                Path(block["file"]).write_text(self._meant(block["text"]), encoding="utf-8")
            elif block["kind"] == "console":
                for line, answer in _commands(block["text"]):
                    self._do(line, answer)

    def _do(self, line: str, answer: str) -> None:
        program, *words = shlex.split(self._meant(line))
        if program == "cd":
            os.chdir(words[0])
            return
        assert program == "factdesk", line
        if words[0] == "capture" and any("://" in word for word in words):
            words.append("--allow-private")
        code, said = _ran(words)
        print(f"$ {line}\n{said}")
        for name, host in self._hosts():
            said = said.replace(host, name)
        assert code != UNEXPECTED, said
        if answer in ("", "…"):
            assert code == 0, f"{line}\n{said}"
            return
        found = re.fullmatch(self._pattern(answer), " ".join(said.split()), re.DOTALL)
        assert found, f"{line}\nshown:\n{answer}\nnow:\n{said}"
        self.ids |= {name.replace("_", "-"): own for name, own in found.groupdict().items()}

    def _hosts(self) -> list[tuple[str, str]]:
        return [(name, host.format(port=self.port)) for name, host in HOSTS.items()]

    def _meant(self, text: str) -> str:
        for name, host in self._hosts():
            text = text.replace(name, host)
        return _PLACE.sub(lambda place: self.ids.get(place[0], place[0]), text)

    def _pattern(self, answer: str) -> str:
        """What an answer may be: the words that are shown, with ids where names stand."""
        known: set[str] = set()
        pieces = []
        for piece in _PLACE.split(re.sub(" ?… ?", "…", " ".join(answer.split()))):
            if piece == "…":
                pieces.append(".*?")
            elif not _PLACE.fullmatch(piece):
                pieces.append(re.escape(piece))
            elif piece in self.ids:
                pieces.append(re.escape(self.ids[piece]))
            else:
                group = piece.replace("-", "_")
                pieces.append(f"(?P={group})" if group in known else f"(?P<{group}>{_ID})")
                known.add(group)
        return "".join(pieces)


def _commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block, and what is shown of its answer."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, answer = part.partition("\n")
        yield line, answer.strip()


def _ran(words: list[str]) -> tuple[int, str]:
    """The exit code of a command and all that it prints, talk and data as they come."""
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", printed)
        patch.setattr(sys, "stderr", printed)
        code = main(words)
    printed.seek(0)
    return code, printed.read()


class _Quiet(SimpleHTTPRequestHandler):
    """Serves the pages of a folder, whose files end in .html and whose addresses do not."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path) + ".html"

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module", params=LANGUAGES)
def town(request: pytest.FixtureRequest) -> Iterator[tuple[str, int]]:
    """A language, and the port at which the pages of the invented town are served in it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(PAGES / request.param)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield request.param, server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A reader's own place: no desk, no keys, no language but the chapter's."""
    for name in list(os.environ):
        if name.startswith("FACTDESK_") and name not in ("FACTDESK_MODELS_DIR", "FACTDESK_REQUIRE_ALL"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("FACTDESK_KEYS_DIR", str(tmp_path / "keys"))
    monkeypatch.setenv("FACTDESK_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("FACTDESK_ACTOR", "an")
    monkeypatch.chdir(tmp_path)


def text_of(chapter: str, language: str) -> str:
    return (BOOK / language / f"{chapter}.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("surroundings")
@pytest.mark.parametrize(
    "chapter",
    [chapter for chapter in CHAPTERS if chapter.name not in CONTINUES.values()],
    ids=lambda chapter: chapter.name,
)
def test_what_a_chapter_shows_is_what_the_program_does(
    chapter: Chapter, town: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    language, port = town
    monkeypatch.setenv("FACTDESK_UI_LANGUAGE", language)
    reader = Reader(port)
    for name in filter(None, (CONTINUES.get(chapter.name), chapter.name)):
        page = text_of(name, language)
        assert "```console\n$ factdesk " in page
        reader.read(page)


@pytest.mark.usefixtures("surroundings")
@pytest.mark.parametrize(
    "block",
    [
        "$ factdesk rule FD301\nFD302 …\n",
        "$ factdesk rule FD301\n…\nA line that the program does not say.\n",
        "$ factdesk rule FD999\n",
        "$ factdesk rule FD999\n…\n",
        "$ factdesk rule FD301\nCHECK\n…\n",
        "$ rule FD301\n",
    ],
    ids=["another answer", "more than there is", "a refusal", "a hidden refusal", "no id there", "another program"],
)
def test_a_chapter_that_shows_something_else_is_noticed(block: str) -> None:
    with pytest.raises(AssertionError):
        Reader(0).read(f"```console\n{block}```\n")


@pytest.mark.usefixtures("surroundings")
def test_an_id_stands_for_itself_once_it_was_given() -> None:
    own = str(uuid7(1_767_322_800_000, bytes(10)))
    reader = Reader(0, {"CHECK": own})
    reader.read("Save it as `a.md`:\n\n```markdown\nid: CHECK, not CHECKS\n```\n")
    assert Path("a.md").read_text(encoding="utf-8") == f"id: {own}, not CHECKS\n"


RULES = {rule.code: f"{rule.code.lower()}-{rule.name}" for rule in all_rules()}


def rules_linked(page: str) -> set[str]:
    """The codes of the rules that a page links, each under its own name and to its own place."""
    found = re.findall(r"\[(FD\d{3})\]\(\.\./\.\./reference/rules\.md#([\w-]+)\)", page)
    assert found, "no rule is linked"
    assert all(RULES[code] == place for code, place in found)
    return {code for code, _ in found}


def test_every_rule_belongs_to_one_chapter() -> None:
    assert sorted(code for chapter in CHAPTERS for code in chapter.rules) == sorted(RULES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_a_chapter_links_its_rules_and_they_link_back(chapter: Chapter, language: str) -> None:
    assert rules_linked(text_of(chapter.name, language)) >= set(chapter.rules)
    made = reference(all_rules())
    for code in chapter.rules:
        section = made.partition(f"## {code} ")[2].partition("\n## ")[0]
        assert f"[{chapter.title(language)}](../{chapter.page(language)})" in section


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_have_every_chapter_under_its_title_and_in_order(language: str) -> None:
    entries = re.findall(r"^- \[(.+?)\]\(([\w-]+)\.md\)", text_of("index", language), re.MULTILINE)
    assert entries == [(chapter.title(language), chapter.name) for chapter in CHAPTERS]
    for chapter in CHAPTERS:
        assert text_of(chapter.name, language).startswith(f"# {chapter.title(language)}\n")


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_both_languages_give_the_same_commands(chapter: Chapter) -> None:
    shapes = []
    for language in LANGUAGES:
        lines = re.findall(r"^\$ (.+)$", text_of(chapter.name, language), re.MULTILINE)
        shapes.append(
            [re.findall(r"(?<![\w-])--?[a-z][\w-]*|^factdesk [a-z]+(?: [a-z]+(?= ))?", line) for line in lines]
        )
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("code", RULES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_on_the_terminal_names_its_chapter(code: str, language: str) -> None:
    chapter = chapter_of(code)
    assert chapter is not None
    status, said = _ran(["rule", code, "--ui-language", language])
    assert status == 0
    last = said.strip().splitlines()[-1]
    assert chapter.title(language) in last
    page = re.search(r"\((docs/\S+)\)", said)
    assert page is not None
    assert (ROOT / page[1]).is_file()
