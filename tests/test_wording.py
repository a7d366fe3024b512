"""Every sentence a person can see has its Vietnamese, with the same places.

The source is read, not run: what is handed to `say` and its like, the words of errors, reasons and findings, help.
A word that is handed on by name is followed to where it was written, within its module.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import factdesk
from factdesk import errors
from factdesk.errors import InputError
from factdesk.wording import LANGUAGES, catalogue, describe, sayer, ui_language

SOURCE = Path(factdesk.__file__).parent
SPEAKING = {"say": 0, "talk": 0, "tell": 0, "warn": 0, "progress": 0, "breaks": 1, "step": 3}
"""Functions and methods that speak: the position of their template."""

WORDED = {"Reason": (1, "template"), "Finding": (2, "message"), "Break": (1, "reason"), "Setting": (2, "meaning")}
"""Values that carry a template: its position and its name."""

ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
NOT_SHOWN_IN_THE_PROGRAM = ("Setting",)
"""The settings' reference is a page of the documentation, which is in English."""


class Module:
    """One file of the source, and where its names come from."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.functions = {node.name: node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)}

    def templates(self) -> Iterator[tuple[str, int]]:
        """Every template with its line."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                for spoken in self.spoken(node):
                    for text in self.strings(spoken):
                        yield text, node.lineno

    def spoken(self, call: ast.Call) -> Iterator[ast.expr]:
        """The expressions in a call that are templates."""
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        words = {keyword.arg: keyword.value for keyword in call.keywords}
        if name in ERRORS or (name in SPEAKING and name != "progress") or self.is_progress(call):
            place = SPEAKING.get(name, 0)
            yield from call.args[place : place + 1]
        if name in ERRORS or name in WORDED:
            yield from (words[key] for key in ("remedy",) if key in words)
        if name in WORDED and name not in NOT_SHOWN_IN_THE_PROGRAM:
            place, key = WORDED[name]
            yield from call.args[place : place + 1]
            yield from (words[key] for key in (key,) if key in words)
        if "help" in words and self.path.parent.name == "cli":
            yield words["help"]

    def is_progress(self, call: ast.Call) -> bool:
        """Whether a call is `call.progress("Importing")`, and not a step of some progress."""
        return isinstance(call.func, ast.Attribute) and call.func.attr == "progress" and len(call.args) == 1

    def strings(self, node: ast.expr, place: int | None = None) -> Iterator[str]:
        """The constant strings that an expression can be; of tuples those at `place`, where one is given."""
        match node:
            case ast.Constant(value=str(text)) if text:
                yield text
            case ast.IfExp():
                yield from self.strings(node.body, place)
                yield from self.strings(node.orelse, place)
            case ast.Dict():
                for value in node.values:
                    yield from self.strings(value, place)
            case ast.Tuple() | ast.List():
                for at, element in enumerate(node.elts):
                    if place is None or at == place or isinstance(element, (ast.Tuple, ast.List)):
                        yield from self.strings(element, place)
            case ast.Subscript(value=ast.Name(id=name)) | ast.Name(id=name):
                yield from self.named(name)

    def named(self, name: str) -> Iterator[str]:
        """What a name can stand for: what is assigned to it, looped over by it, or handed in under it."""
        for node in ast.walk(self.tree):
            match node:
                case ast.Assign(targets=[target], value=value) | ast.For(target=target, iter=value):
                    yield from self.bound(name, target, value, isinstance(node, ast.For))
                case ast.comprehension(target=target, iter=value):
                    yield from self.bound(name, target, value, True)
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    yield from self.bound(name, target, value, False)
        yield from self.imported(name)
        for function in self.functions.values():
            names = [argument.arg for argument in function.args.args]
            if name in names:
                yield from self.handed_in(function.name, names.index(name), name)

    def imported(self, name: str) -> Iterator[str]:
        """What a name stands for in the module of ours that it comes from."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("factdesk."):
                path = SOURCE.joinpath(*str(node.module).split(".")[1:]).with_suffix(".py")
                if any((alias.asname or alias.name) == name for alias in node.names) and path.is_file():
                    yield from Module(path).named(name)

    def bound(self, name: str, target: ast.expr, value: ast.expr, loops: bool) -> Iterator[str]:
        match target:
            case ast.Name(id=bound) if bound == name:
                if isinstance(value, ast.Call):
                    yield from self.returned(getattr(value.func, "id", ""))
                else:
                    yield from self.strings(value)
            case ast.Tuple(elts=parts):
                for at, part in enumerate(parts):
                    if isinstance(part, ast.Name) and part.id == name:
                        yield from self.element(value, at, loops)

    def returned(self, function: str) -> Iterator[str]:
        """The sentences that a function of this module returns: `wrong = wrong_signature(…)`."""
        for node in ast.walk(self.functions[function]) if function in self.functions else ():
            if isinstance(node, ast.Return) and isinstance(node.value, ast.Constant):
                yield from (text for text in self.strings(node.value) if text.endswith("."))

    def element(self, value: ast.expr, at: int, loops: bool) -> Iterator[str]:
        if isinstance(value, ast.Subscript):
            # A row of a table: `message, remedy = TABLE[key]`.
            value = value.value
        if isinstance(value, ast.Name):
            for node in ast.walk(self.tree):
                if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == value.id:
                    yield from self.strings(node.value, at)
                if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == value.id and node.value:
                    yield from self.strings(node.value, at)
        elif isinstance(value, (ast.Tuple, ast.List)):
            yield from self.strings(value, at) if loops else self.strings(value.elts[at])

    def handed_in(self, function: str, place: int, name: str) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == function:
                at = place - (1 if isinstance(node.func, ast.Attribute) else 0)
                given = node.args[at : at + 1] or [word.value for word in node.keywords if word.arg == name]
                for value in given:
                    if not isinstance(value, ast.Name):
                        yield from self.strings(value)
                    elif value.id != name:
                        yield from self.named(value.id)


def all_templates() -> dict[str, str]:
    """Every template of the source, with the place where it first stands."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for text, line in Module(path).templates():
            found.setdefault(text, f"{path.relative_to(SOURCE)}:{line}")
    return found


TEMPLATES = all_templates()


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_the_source_was_read() -> None:
    for known in ("There is no desk here.", "No known check.", "Same", "{count} new", "There is no command {name}."):
        assert known in TEMPLATES
    assert "{publisher} is allowed." in TEMPLATES
    assert "Importing" in TEMPLATES
    assert "new" not in TEMPLATES


def test_every_template_has_its_vietnamese() -> None:
    table = catalogue("vi")
    missing = {text: where for text, where in TEMPLATES.items() if text not in table}
    assert not missing, "\n" + "\n".join(f"{where}: {text}" for text, where in missing.items())


def test_translations_have_the_same_places() -> None:
    different = [text for text, said in catalogue("vi").items() if places(text) != places(said)]
    assert not different


@pytest.mark.parametrize("path", sorted((SOURCE / "locale" / "vi.d").glob("*.json")), ids=lambda path: path.stem)
def test_a_template_is_translated_once(path: Path) -> None:
    others: dict[str, str] = {}
    for other in (SOURCE / "locale" / "vi.d").glob("*.json"):
        if other != path:
            others |= json.loads(other.read_text(encoding="utf-8"))
    twice = {
        text for text, said in json.loads(path.read_text(encoding="utf-8")).items() if others.get(text, said) != said
    }
    assert not twice


def test_vietnamese_is_written_with_its_marks() -> None:
    """Longer sentences without one mark were typed without marks, or left in English."""
    marked = set("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ")
    bare = [said for said in catalogue("vi").values() if len(said) > 25 and not set(said.lower()) & marked]
    assert not bare


def test_a_template_without_translation_is_said_in_english() -> None:
    assert sayer("vi")("{count} things that nobody translates", count=3) == "3 things that nobody translates"
    assert sayer("xx")("{count}", count=3) == "3"


def test_an_error_is_one_line_with_its_remedy() -> None:
    error = InputError("The file has {count} rows.", place="a.csv", remedy="Cut it to {most}.", count=5, most=3)
    assert describe(error, sayer("en")) == "a.csv: The file has 5 rows. Cut it to 3."


@pytest.mark.parametrize(
    ("asked", "env", "language"),
    [
        ("vi", {}, "vi"),
        (None, {"FACTDESK_UI_LANGUAGE": "vi", "LANG": "en_US.UTF-8"}, "vi"),
        (None, {"LANG": "vi_VN.UTF-8"}, "vi"),
        (None, {"LC_ALL": "C.UTF-8", "LANG": "vi_VN.UTF-8"}, "vi"),
        (None, {"LC_ALL": "fr_FR.UTF-8", "LANG": "vi_VN.UTF-8"}, "en"),
        (None, {}, "en"),
    ],
)
def test_the_language_of_messages(
    asked: str | None, env: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FACTDESK_UI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert ui_language(asked) == language
    assert language in LANGUAGES
