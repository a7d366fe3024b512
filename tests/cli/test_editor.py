"""What somebody wrote in their editor is never lost, and no editor's failure is ours."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import SOURCE
from tests.cli.newsroom import Newsroom, SetEditor, replaced

from factdesk.cli.call import Call
from factdesk.cli.editor import edit
from factdesk.errors import InputError, RefusedError, UsageError
from factdesk.wording import sayer

CALL = Call(sayer("en"), "en")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the file that is edited lies."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    return tmp_path / "temporary"


def left(folder: Path) -> list[str]:
    """What is left of files, by their content."""
    return [path.read_text("utf-8", "replace") for path in folder.rglob("*") if path.is_file()]


def test_what_is_written_is_kept_and_the_file_goes(folder: Path, editor: SetEditor) -> None:
    editor("{text}more\n")
    kept: list[str] = []
    assert edit(CALL, "text\n", "check-1", lambda text, _: kept.append(text))
    assert kept == ["text\nmore\n"]
    assert list(folder.iterdir()) == []


def test_a_text_that_somebody_has_to_decide_on_comes_back(folder: Path, editor: SetEditor) -> None:
    editor("mine\n", "{text}decided\n")
    seen: list[str] = []

    def keep(text: str, file: str) -> str | None:
        assert Path(file).name == "check-1.md"
        seen.append(text)
        return "both\n" if len(seen) == 1 else None

    assert edit(CALL, "text\n", "check-1", keep)
    assert seen == ["mine\n", "both\ndecided\n"]
    assert list(folder.iterdir()) == []


def test_both_texts_stay_where_nobody_decides(
    folder: Path, editor: SetEditor, capsys: pytest.CaptureFixture[str]
) -> None:
    editor("mine\n", None)
    assert not edit(CALL, "text\n", "check-1", lambda _text, _file: "both\n")
    assert left(folder) == ["both\n"]
    assert "Nothing was decided. The text is in" in capsys.readouterr().err


@pytest.mark.parametrize(("step", "said"), [(None, "Nothing was changed."), (" \n", "The file was left empty")])
def test_an_unchanged_or_empty_file_changes_nothing(
    step: str | None, said: str, folder: Path, editor: SetEditor, capsys: pytest.CaptureFixture[str]
) -> None:
    editor(step)
    assert not edit(CALL, "text\n", "check-1", lambda _text, _file: pytest.fail("kept"))
    assert said in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_what_cannot_be_kept_stays_and_is_named(
    folder: Path, editor: SetEditor, capsys: pytest.CaptureFixture[str]
) -> None:
    editor("mine\n")

    def keep(_text: str, _file: str) -> str | None:
        raise RefusedError("No.")

    with pytest.raises(RefusedError):
        edit(CALL, "text\n", "check-1", keep)
    assert left(folder) == ["mine\n"]
    named = re.search(r"What you wrote is in (\S+)\. Once it is mended: factdesk check import", capsys.readouterr().err)
    assert named is not None
    assert Path(named[1]).read_text(encoding="utf-8") == "mine\n"


def test_another_encoding_is_no_crash(folder: Path, editor: SetEditor) -> None:
    editor("caf\u00e9\n", encoding="latin-1")
    with pytest.raises(InputError, match="This is not text"):
        edit(CALL, "text\n", "check-1", lambda _text, _file: None)
    assert len(left(folder)) == 1, "what was written stays"


@pytest.mark.parametrize("command", ["false", "/nowhere/editor"])
def test_an_editor_that_fails(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", command)
    monkeypatch.delenv("VISUAL", raising=False)
    with pytest.raises(UsageError, match="The editor could not be started"):
        edit(CALL, "text\n", "check-1", lambda _text, _file: pytest.fail("kept"))
    assert list(folder.iterdir()) == []


def test_a_check_survives_every_editor(newsroom: Newsroom, editor: SetEditor, folder: Path) -> None:
    """By the program: broken front matter is named by file and line, and what was written can be taken in."""
    own = newsroom.draft()
    before = newsroom.source(own)
    editor("---\nid: x\ntitle: [a, b\n---\nText.\n")
    ran = newsroom.do("check", "edit", own, by="an", code=3)
    assert re.search(rf"{re.escape(str(folder))}/\S+\.md:\d+: The front matter cannot be read", ran.err)
    assert newsroom.source(own) == before
    file = next(path for path in folder.rglob("*.md"))
    file.write_text(before.replace("ordinary", "everyday"), encoding="utf-8")
    newsroom.do("check", "import", file, by="an")
    assert "everyday" in newsroom.source(own)


MEANWHILE = """
import subprocess, sys
from pathlib import Path

path, turn = Path(sys.argv[1]), Path({turn!r})
text = path.read_text(encoding="utf-8")
if not turn.is_file():
    turn.touch()
    line = [sys.executable, "-m", "factdesk.cli.main", "check", "import", {theirs!r}, "--as", "giang", "--quiet"]
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL)
    path.write_text(text.replace("ordinary food", "everyday food"), encoding="utf-8")
else:
    Path({seen!r}).write_text(text, encoding="utf-8")
    head, rest = text.split("<<<<<<<", 1)
    decided = "Most people get enough vitamin A from what they eat.\\n"
    path.write_text(head + decided + rest.split(">>>>>>>", 1)[1].split("\\n", 1)[1], encoding="utf-8")
"""


def test_somebody_saves_while_the_editor_is_open(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second sees both texts in their editor and decides; nothing is overwritten unseen."""
    own = newsroom.draft()
    theirs = replaced(newsroom.exported(own, "giang.md"), ("ordinary food", "plain food"))
    names = {name: str(tmp_path / name) for name in ("turn", "seen")}
    (tmp_path / "editor.py").write_text(MEANWHILE.format(**names, theirs=str(theirs.absolute())), encoding="utf-8")
    monkeypatch.setenv("EDITOR", f"{sys.executable} {tmp_path / 'editor.py'}")
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    ran = newsroom.do("check", "edit", own, by="an")
    assert "giang saved this check in the meantime" in ran.err
    both = (tmp_path / "seen").read_text(encoding="utf-8")
    assert "plain food" in both
    assert "everyday food" in both
    text = newsroom.source(own)
    assert "Most people get enough vitamin A from what they eat." in text
    assert "<<<<<<<" not in text
    actors = [row["actor"] for row in newsroom.read("log", own)]
    assert actors == ["an", "giang", "an"]
